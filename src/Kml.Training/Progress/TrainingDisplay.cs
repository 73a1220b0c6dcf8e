using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Kml.Training.Optimisation;
using Spectre.Console;

namespace Kml.Training;

/// <summary>Shows training as it goes.</summary>
internal static class TrainingDisplay
{
    private const int QuietEvery = 10;
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs training with its display.</summary>
    /// <param name="console">Where to show it; null for nowhere.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="maxEpochs">The most epochs.</param>
    /// <param name="output">Keeps what shows it from ending it.</param>
    /// <param name="train">Trains; calls its argument after each epoch.</param>
    /// <returns>What training gave.</returns>
    internal static DescentResult Run(IAnsiConsole? console, string name, int maxEpochs, SideOutput output, Func<Action<EpochReport>, DescentResult> train)
    {
        if (console is null)
            return train(_ => { });

        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
        {
            EpochReport? last = null;
            DescentResult result = train(report =>
            {
                last = report;
                if (report.Epoch % QuietEvery == 0)
                    output.Write(() => Line(console, name, report));
            });
            if (last is not null && last.Epoch % QuietEvery != 0)
                output.Write(() => Line(console, name, last));
            return result;
        }

        return Live(console, name, maxEpochs, output, train);
    }

    /// <summary>What is live has an end of its own, which may fail after training has not: so training's own end, good or bad, is kept apart from it.</summary>
    private static DescentResult Live(IAnsiConsole console, string name, int maxEpochs, SideOutput output, Func<Action<EpochReport>, DescentResult> train)
    {
        using CursorGuard cursor = new(console);
        Task<DescentResult>? training = null;
        output.Write(() => console.Live(Text.Empty).AutoClear(true).Start(live =>
        {
            long shown = 0;
            training = Ended(() => train(report =>
            {
                if (shown != 0 && Stopwatch.GetElapsedTime(shown) < RefreshEvery)
                    return;
                shown = Stopwatch.GetTimestamp();
                output.Write(() =>
                {
                    live.UpdateTarget(Panel(name, maxEpochs, report));
                    live.Refresh();
                });
            }));
        }));

        // Where the display did not even begin, nothing is shown.
        return (training ?? Ended(() => train(_ => { }))).GetAwaiter().GetResult();
    }

    /// <summary>Runs to the end, on this thread.</summary>
    private static Task<DescentResult> Ended(Func<DescentResult> train)
    {
        Task<DescentResult> task = new(train);
        task.RunSynchronously(TaskScheduler.Default);
        return task;
    }

    private static void Line(IAnsiConsole console, string name, EpochReport r) =>
        // Past the console, which would break lines at 80 columns in a log.
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: epoch {r.Epoch}  loss {r.TrainLoss:G4}  validation {r.ValidationLoss:G4} (best {r.BestLoss:G4} in epoch {r.BestEpoch})  "
                + $"rate {r.LearningRate:G3}  {r.RowsPerSecond:F0} rows/s"));

    private static Panel Panel(string name, int maxEpochs, EpochReport r)
    {
        Grid grid = new();
        grid.AddColumns(2);
        Row("epoch", $"{r.Epoch} of at most {maxEpochs}");
        Row("training loss", $"{r.TrainLoss:G5}");
        Row("validation loss", $"{r.ValidationLoss:G5}, best {r.BestLoss:G5} in epoch {r.BestEpoch}");
        Row("learning rate", $"{r.LearningRate:G3}");
        Row("speed", $"{r.RowsPerSecond:N0} rows/s");
        Row("time", $"{r.Elapsed:mm\\:ss}, at most {r.AtMostLeft:mm\\:ss} left");
        return new Panel(grid).Header($"training {Markup.Escape(name)}");

        void Row(string what, FormattableString value) =>
            grid.AddRow(new Text(what), new Text(value.ToString(CultureInfo.InvariantCulture)));
    }
}
