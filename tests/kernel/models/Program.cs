using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Runtime;

namespace Kml.KernelModels;

/// <summary>What the suites run: on the host to make weights, in a guest to replay what its kernel did.</summary>
internal static class Program
{
    private const string Use = """
        use: weights FOLDER   (makes them)
             replay FOLDER    (of weights); then, a line each, followed by its checks and "done":
               compare MODEL COUNT ENGINES   (ENGINES: float, integer, none, joined by commas)
               states MODEL COUNT
               acting MODEL COUNT HOLDOUT plain|urgent|off
        """;

    private static int Main(string[] words)
    {
        switch (words)
        {
            case ["weights", string folder]:
                WeightsMaker.Write<WaitTime>(folder);
                WeightsMaker.Write<ServiceTime>(folder);
                WeightsMaker.Write<Outcome>(folder);
                WeightsMaker.Write<SureWait>(folder);
                return 0;
            case ["replay", string folder]:
                while (Console.ReadLine() is { } line)
                {
                    if (!Try(line.Split(' '), folder))
                        return 1;
                    Console.WriteLine("done");
                }

                return 0;
            default:
                Console.Error.WriteLine(Use);
                return 2;
        }
    }

    private static bool Try(string[] words, string folder)
    {
        try
        {
            if (Do(words, folder))
                return true;
            Console.Error.WriteLine(Use);
        }
        catch (Exception e) when (e is KernelModelException or IOException)
        {
            Checks.Print(false, string.Join(' ', words), e.Message);
        }

        return false;
    }

    private static bool Do(string[] words, string folder) => words switch
    {
        ["compare", string model, string count, string engines] => With(model, new Compare(folder, Number(count), engines)),
        ["states", string model, string count] => With(model, new States(Number(count))),
        ["acting", string model, string count, string holdout, "plain" or "urgent" or "off"] =>
            With(model, new Acting(Number(count), Number(holdout), words.Last())),
        _ => false,
    };

    private static bool With<TTask>(string model, TTask task)
        where TTask : ITask
    {
        switch (model)
        {
            case "wait_time": task.Run<WaitTime>(); break;
            case "service_time": task.Run<ServiceTime>(); break;
            case "outcome": task.Run<Outcome>(); break;
            case "sure_wait": task.Run<SureWait>(); break;
            case "backlog": task.Run<Backlog>(); break;
            default:
                return false;
        }

        return true;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Something to do with a model, whichever it is.</summary>
    private interface ITask
    {
        void Run<TModel>()
            where TModel : IKernelModel;
    }

    private sealed record Compare(string Folder, int Count, string Engines) : ITask
    {
        public void Run<TModel>()
            where TModel : IKernelModel => Replay.Compare<TModel>(Folder, Count, Engines);
    }

    private sealed record States(int Count) : ITask
    {
        public void Run<TModel>()
            where TModel : IKernelModel => Replay.States<TModel>(Count);
    }

    private sealed record Acting(int Count, int Holdout, string Kind) : ITask
    {
        public void Run<TModel>()
            where TModel : IKernelModel => Replay.Acting<TModel>(Count, Holdout, Kind);
    }
}
