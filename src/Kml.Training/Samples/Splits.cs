using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training;

/// <summary>Ways to keep apart what is learned from and what is measured on. One seed, one split, on every machine.</summary>
public static class Splits
{
    /// <summary>Splits by time, so that no part holds anything later than the part after it.</summary>
    /// <param name="samples">The rows, in any order.</param>
    /// <param name="shares">The share of rows of each part, earliest first; together 1.</param>
    /// <returns>The parts, each in the order of time.</returns>
    /// <exception cref="TrainingException">The shares are none, or a part would be empty.</exception>
    public static Samples[] SplitByTime(this Samples samples, params ReadOnlySpan<double> shares)
    {
        ArgumentNullException.ThrowIfNull(samples);
        RequireShares(shares);
        int[] rows = ByTime(samples);
        Samples[] parts = new Samples[shares.Length];
        double sum = 0;
        for (int p = 0, begin = 0; p < parts.Length; p++)
        {
            sum += shares[p];
            int end = p == parts.Length - 1 ? rows.Length : (int)Math.Round(rows.Length * sum, MidpointRounding.AwayFromZero);
            if (end <= begin)
            {
                throw new TrainingException(
                    FormattableString.Invariant($"{rows.Length} rows leave none for the share of {shares[p]} (part {p}). ")
                    + "Collect more records, or raise the share.");
            }

            parts[p] = samples.Select(rows.AsSpan(begin, end - begin));
            begin = end;
        }

        return parts;
    }

    /// <summary>
    /// Splits by group (workload, device), so that no group is on both sides: what is measured is how the model does where it was not trained.
    /// </summary>
    /// <param name="samples">The rows.</param>
    /// <param name="seed">Fixes which groups go where.</param>
    /// <param name="shares">The share of rows of each part, together 1; kept as nearly as whole groups allow.</param>
    /// <returns>The parts, rows in their order in <paramref name="samples"/>.</returns>
    /// <exception cref="TrainingException">The shares are none, or there are fewer groups than parts.</exception>
    public static Samples[] SplitByGroup(this Samples samples, ulong seed, params ReadOnlySpan<double> shares)
    {
        ArgumentNullException.ThrowIfNull(samples);
        RequireShares(shares);
        double[] due = new double[shares.Length];
        for (int p = 0; p < due.Length; p++)
            due[p] = shares[p] * samples.Count;
        int[] partOf = Deal(samples, due, seed);
        return [.. Enumerable.Range(0, due.Length).Select(part => samples.Select(RowsOf(partOf, p => p == part)))];
    }

    /// <summary>The folds of a cross validation.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="count">How many folds, at least 2.</param>
    /// <param name="kind">What the folds keep together or in proportion.</param>
    /// <param name="seed">Fixes the folds.</param>
    /// <returns>For each fold, the other rows and its own, in their order in <paramref name="samples"/>.</returns>
    /// <exception cref="TrainingException">There are not enough rows or groups, or a regression is to be stratified.</exception>
    public static IEnumerable<(Samples Train, Samples Test)> Folds(this Samples samples, int count, FoldKind kind, ulong seed)
    {
        int[] foldOf = FoldOf(samples, count, kind, seed);
        return Enumerable.Range(0, count).Select(fold => (samples.Select(RowsOf(foldOf, f => f != fold)), samples.Select(RowsOf(foldOf, f => f == fold))));
    }

    /// <summary>The fold of each row, to have the same folds elsewhere.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="count">How many folds, at least 2.</param>
    /// <param name="kind">What the folds keep together or in proportion.</param>
    /// <param name="seed">Fixes the folds.</param>
    /// <returns>[row].</returns>
    /// <exception cref="TrainingException">There are not enough rows or groups, or a regression is to be stratified.</exception>
    public static int[] FoldOf(this Samples samples, int count, FoldKind kind, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (count < 2 || count > samples.Count)
            throw new TrainingException($"{samples.Count} rows cannot make {count} folds: ask for 2 to {samples.Count}.");
        if (kind == FoldKind.Grouped)
            return Deal(samples, [.. Enumerable.Repeat((double)samples.Count / count, count)], seed);
        if (kind == FoldKind.Stratified && samples.Classes == 0)
            throw new TrainingException("A regression has no classes to stratify by. Use plain folds.");

        int[] order = [.. Enumerable.Range(0, samples.Count)];
        new Randomness(seed).Shuffle(order);
        if (kind == FoldKind.Stratified)
        {
            // Class after class, dealt out in turns without a break: classes and folds both differ by one row at most.
            float[] labels = samples.Labels.ToArray();
            order = [.. order.OrderBy(row => labels[row])];
        }

        int[] foldOf = new int[samples.Count];
        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % count;
        return foldOf;
    }

    /// <summary>The rows in the order of time; of one time, in their own.</summary>
    private static int[] ByTime(Samples samples)
    {
        int[] rows = [.. Enumerable.Range(0, samples.Count)];
        ulong[] times = samples.Times.ToArray();
        return [.. rows.OrderBy(row => times[row])];
    }

    /// <summary>Gives whole groups to parts: the largest first (of equal ones, in random order), each to the part that lacks most rows.</summary>
    private static int[] Deal(Samples samples, double[] due, ulong seed)
    {
        int[] groups = samples.Groups.ToArray();
        (int Group, int Rows)[] sizes = [.. groups.CountBy(g => g).Select(g => (g.Key, g.Value)).OrderBy(g => g.Key)];
        if (sizes.Length < due.Length)
        {
            throw new TrainingException($"{sizes.Length} groups cannot be kept apart in {due.Length} parts. "
                + "Ask for fewer parts, or collect from more workloads.");
        }

        int[] order = [.. Enumerable.Range(0, sizes.Length)];
        new Randomness(seed).Shuffle(order);

        Dictionary<int, int> partOf = [];
        double[] lacking = [.. due];
        bool[] given = new bool[due.Length];
        foreach (int g in order.OrderByDescending(g => sizes[g].Rows))
        {
            // No part may stay empty: the last groups go to those that have none.
            bool mustFill = given.Count(has => !has) == sizes.Length - partOf.Count;
            int part = Enumerable.Range(0, due.Length).Where(p => !mustFill || !given[p]).MaxBy(p => lacking[p]);
            partOf[sizes[g].Group] = part;
            given[part] = true;
            lacking[part] -= sizes[g].Rows;
        }

        return [.. groups.Select(g => partOf[g])];
    }

    private static int[] RowsOf(int[] partOf, Func<int, bool> wanted) => [.. Enumerable.Range(0, partOf.Length).Where(row => wanted(partOf[row]))];

    private static void RequireShares(ReadOnlySpan<double> shares)
    {
        double sum = 0;
        bool positive = !shares.IsEmpty;
        foreach (double share in shares)
        {
            positive &= share > 0;
            sum += share;
        }

        if (!positive || !(Math.Abs(sum - 1) < 1e-9))
        {
            throw new TrainingException($"The shares are {string.Join(", ", shares.ToArray().Select(s => FormattableString.Invariant($"{s}")))}: "
                + "each must be above 0, and together they must be 1.");
        }
    }
}
