using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Benchmarks.Training;

namespace Kml.Benchmarks;

/// <summary>
/// Prices epochs of training, each task against others who train it on the same rows in the same run. Ratios are of medians over equal numbers of turns.
/// Fails when a ratio is below its goal, or when who is faster has the worse loss.
/// </summary>
internal static class TrainingBenchmark
{
    /// <summary>What a pair may take, and the fewest alternations it gets whatever that takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private const int LeastRounds = 5;

    /// <summary>How much greater than its reference's a loss may be: first weights differ.</summary>
    private const double LossSlack = 1.1;

    /// <summary>Ours runs as many epochs in a row as last this long: between two epochs of another process its data leaves the caches, which is not what training is like. Their mean is one lap.</summary>
    private static readonly TimeSpan LeastTurn = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the benchmark.</summary>
    /// <param name="table">Where the table goes.</param>
    public static void Run(string table)
    {
        try
        {
            Pairs(table);
        }
        finally
        {
            Scratch.Delete();
        }
    }

    private static void Pairs(string table)
    {
        StringBuilder rows = new("case\tvariant\tns_per_op\treference\treference_ns_per_op\tratio\n");
        List<string> missed = [];
        Console.WriteLine("An op is an epoch (of trees a fit), shuffling, gathering, loss and optimiser included; milliseconds. A pair's losses are those after the same number of epochs; ratios are of medians.");
        Console.WriteLine($"{"case",-26}{"variant",-12}{"min",10}{"median",10}{"loss",8}   {"reference",-20}{"min",10}{"median",10}{"loss",8}{"ratio",8}{"goal",7}");
        foreach (TrainingCase pair in DenseCases.All().Concat(RecurrentCases.All()).Concat(TreeCases.All()))
        {
            (Laps ours, Laps? theirs) = Measure(pair);
            double? ratio = theirs?.Median / ours.Median;
            string text = ratio?.ToString("F2", CultureInfo.InvariantCulture) ?? string.Empty;
            string goal = pair.Goal > 0 ? pair.Goal.ToString(CultureInfo.InvariantCulture) : string.Empty;
            int epochs = Math.Min(ours.Count, theirs?.Count ?? ours.Count);
            Console.WriteLine($"{pair.Name,-26}{pair.Variant,-12}{ours.Text(epochs)}   {pair.Reference,-20}{theirs?.Text(epochs),28}{text,8}{goal,7}");
            rows.Append(CultureInfo.InvariantCulture, $"{pair.Name}\t{pair.Variant}\t{ours.Median * 1e9:F0}\t{pair.Reference}\t{theirs?.Median * 1e9:F0}\t{text}\n");
            if (ratio < pair.Goal)
                missed.Add($"{pair.Name}, {pair.Variant}: {text} times {pair.Reference}, not {goal}");
            if (theirs is not null && ours.Loss(epochs) > theirs.Loss(epochs) * LossSlack)
                missed.Add($"{pair.Name}, {pair.Variant}: a loss of {ours.Loss(epochs):F4}, and {pair.Reference} has {theirs.Loss(epochs):F4}");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(table))!);
        File.WriteAllText(table, rows.ToString());
        Console.WriteLine($"Written to {table}, nanoseconds an epoch, medians.");
        foreach (string miss in missed)
            Console.Error.WriteLine($"missed: {miss}");
        if (missed.Count > 0)
            Environment.ExitCode = 1;
    }

    private static (Laps Ours, Laps? Theirs) Measure(TrainingCase pair)
    {
        using IContender ours = pair.Ours();
        using IContender? theirs = pair.Theirs();
        Cores.Pin(pair.Threads);
        Laps mine = new(), other = new();

        // Compiled, and its data touched; these count as training, not as time.
        long start = Stopwatch.GetTimestamp();
        Lap warm = default;
        for (int i = 0; i < 3 || Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1); i++)
            mine.Add(warm = ours.Run());
        if (theirs is not null)
            other.Add(theirs.Run());
        int turn = Math.Max(1, (int)Math.Ceiling(LeastTurn.TotalSeconds / warm.Seconds));

        start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < Patience; round++)
        {
            double seconds = 0;
            for (int i = 0; i < turn; i++)
            {
                Lap lap = ours.Run();
                seconds += lap.Seconds;
                mine.Add(lap);
            }

            mine.Time(seconds / turn);
            if (theirs is not null)
            {
                Lap lap = theirs.Run();
                other.Add(lap);
                other.Time(lap.Seconds);
            }
        }

        return (mine, theirs is null ? null : other);
    }

    private sealed class Laps
    {
        private readonly List<double> _losses = [];
        private readonly List<double> _seconds = [];

        internal int Count => _losses.Count;

        internal double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

        internal void Add(Lap epoch) => _losses.Add(epoch.Loss);

        internal void Time(double seconds) => _seconds.Add(seconds);

        /// <summary>The loss after a number of epochs.</summary>
        internal double Loss(int epochs) => _losses[epochs - 1];

        /// <summary>Least and median milliseconds, and the loss after a number of epochs.</summary>
        internal string Text(int epochs) =>
            string.Create(CultureInfo.InvariantCulture, $"{_seconds.Min() * 1e3,10:F3}{Median * 1e3,10:F3}{Loss(epochs),8:F4}");
    }
}
