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
/// Fails when a ratio is below its goal, or when our loss is the worse one, whoever is faster.
/// </summary>
internal static class TrainingBenchmark
{
    /// <summary>What a pair may take, and the fewest alternations it gets whatever that takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private const int LeastRounds = 5;

    /// <summary>How much greater than its reference's our loss may be: first weights differ.</summary>
    private const double LossSlack = 1.1;

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
        Console.WriteLine("An op is an epoch (of trees a fit), shuffling, gathering, loss and optimiser included; milliseconds. "
            + "A pair's losses are those after the same number of epochs; ratios are of medians.");
        Console.WriteLine($"{"case",-26}{"variant",-12}{"min",10}{"median",10}{"loss",8}   "
            + $"{"reference",-20}{"min",10}{"median",10}{"loss",8}{"ratio",8}{"goal",7}");
        foreach (TrainingCase pair in DenseCases.All().Concat(RecurrentCases.All()).Concat(TreeCases.All()))
        {
            using Side ours = Side.Of(pair.Ours, pair.Threads)!;
            using Side? theirs = Side.Of(pair.Theirs, pair.TheirThreads);
            Measure(ours, theirs);
            double? ratio = theirs?.Median / ours.Median;
            string text = ratio?.ToString("F2", CultureInfo.InvariantCulture) ?? string.Empty;
            string goal = pair.Goal > 0 ? pair.Goal.ToString(CultureInfo.InvariantCulture) : string.Empty;
            int epochs = Math.Min(ours.Epochs, theirs?.Epochs ?? ours.Epochs);
            Console.WriteLine($"{pair.Name,-26}{pair.Variant,-12}{ours.Text(epochs)}   {pair.Reference,-20}{theirs?.Text(epochs),28}{text,8}{goal,7}");
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{pair.Name}\t{pair.Variant}\t{ours.Median * 1e9:F0}\t{pair.Reference}\t{theirs?.Median * 1e9:F0}\t{text}\n");
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

    /// <summary>Times both sides of a pair in turns, after both were warmed alike.</summary>
    private static void Measure(Side ours, Side? theirs)
    {
        ours.Warm();
        theirs?.Warm();
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < Patience; round++)
        {
            ours.Turn();
            theirs?.Turn();
        }
    }
}
