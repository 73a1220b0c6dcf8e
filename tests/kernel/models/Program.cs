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
        use: weights FOLDER
             compare MODEL FOLDER COUNT ENGINES   (ENGINES: float, integer, none, joined by commas)
             states MODEL COUNT
             acting MODEL COUNT HOLDOUT plain|urgent|off
        """;

    private static int Main(string[] words)
    {
        try
        {
            return Run(words);
        }
        catch (Exception e) when (e is KernelModelException or IOException)
        {
            Checks.Print(false, string.Join(' ', words), e.Message);
            return 1;
        }
    }

    private static int Run(string[] words)
    {
        switch (words)
        {
            case ["weights", string folder]:
                WeightsMaker.Write<WaitTime>(folder);
                WeightsMaker.Write<ServiceTime>(folder);
                WeightsMaker.Write<Outcome>(folder);
                return 0;
            case ["compare", string model, string folder, string count, string engines]:
                return With(model, new Compare(folder, Number(count), engines));
            case ["states", string model, string count]:
                return With(model, new States(Number(count)));
            case ["acting", string model, string count, string holdout, "plain" or "urgent" or "off"]:
                return With(model, new Acting(Number(count), Number(holdout), words.Last()));
            default:
                Console.Error.WriteLine(Use);
                return 2;
        }
    }

    private static int With<TTask>(string model, TTask task)
        where TTask : ITask
    {
        switch (model)
        {
            case "wait_time": task.Run<WaitTime>(); break;
            case "service_time": task.Run<ServiceTime>(); break;
            case "outcome": task.Run<Outcome>(); break;
            case "backlog": task.Run<Backlog>(); break;
            default:
                Console.Error.WriteLine($"no model '{model}'");
                return 2;
        }

        return 0;
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
