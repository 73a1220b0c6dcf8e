using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Benchmarks.Training;

namespace Kml.Benchmarks;

/// <summary>Prices epochs of training, each task against others who train it on the same rows in the same run.</summary>
internal static class TrainingBenchmark
{
    /// <summary>What a pair may take, and the fewest alternations it gets whatever that takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private const int LeastRounds = 5;

    /// <summary>Ours runs as many epochs in a row as last this long: between two epochs of another process its data leaves the caches, which is not what training is like.</summary>
    private static readonly TimeSpan LeastTurn = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the benchmark.</summary>
    /// <param name="table">Where the table goes.</param>
    public static void Run(string table)
    {
        StringBuilder rows = new("case\tvariant\tns_per_op\treference\treference_ns_per_op\tratio\n");
        Console.WriteLine("An op is an epoch (of trees a fit), shuffling, gathering, loss and optimiser included; milliseconds. A pair's losses are those after the same number of epochs.");
        Console.WriteLine($"{"case",-26}{"variant",-12}{"min",10}{"median",10}{"loss",8}   {"reference",-20}{"min",10}{"median",10}{"loss",8}{"ratio",8}{"goal",7}");
        foreach (TrainingCase pair in DenseCases.All().Concat(RecurrentCases.All()).Concat(TreeCases.All()))
        {
            (Laps ours, Laps? theirs) = Measure(pair);
            string ratio = theirs is null ? string.Empty : (theirs.Least / ours.Least).ToString("F2", CultureInfo.InvariantCulture);
            string goal = pair.Goal > 0 ? pair.Goal.ToString(CultureInfo.InvariantCulture) : string.Empty;
            int epochs = Math.Min(ours.Count, theirs?.Count ?? ours.Count);
            Console.WriteLine($"{pair.Name,-26}{pair.Variant,-12}{ours.Text(epochs)}   {pair.Reference,-20}{theirs?.Text(epochs),28}{ratio,8}{goal,7}");
            rows.Append(CultureInfo.InvariantCulture, $"{pair.Name}\t{pair.Variant}\t{ours.Least * 1e9:F0}\t{pair.Reference}\t{theirs?.Least * 1e9:F0}\t{ratio}\n");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(table))!);
        File.WriteAllText(table, rows.ToString());
        Console.WriteLine($"Written to {table}, nanoseconds an epoch, minima.");
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
            mine.Add(warm = ours.Run(), timed: false);
        if (theirs is not null)
            other.Add(theirs.Run(), timed: false);
        int turn = Math.Max(1, (int)Math.Ceiling(LeastTurn.TotalSeconds / warm.Seconds));

        start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < Patience; round++)
        {
            for (int i = 0; i < turn; i++)
                mine.Add(ours.Run(), timed: true);
            if (theirs is not null)
                other.Add(theirs.Run(), timed: true);
        }

        return (mine, theirs is null ? null : other);
    }

    private sealed class Laps
    {
        private readonly List<double> _losses = [];
        private readonly List<double> _seconds = [];

        internal int Count => _losses.Count;

        internal double Least => _seconds.Min();

        internal void Add(Lap lap, bool timed)
        {
            _losses.Add(lap.Loss);
            if (timed)
                _seconds.Add(lap.Seconds);
        }

        /// <summary>Least and median milliseconds, and the loss after a number of epochs.</summary>
        internal string Text(int epochs) =>
            string.Create(CultureInfo.InvariantCulture, $"{Least * 1e3,10:F3}{_seconds.Order().ElementAt(_seconds.Count / 2) * 1e3,10:F3}{_losses[epochs - 1],8:F4}");
    }
}
