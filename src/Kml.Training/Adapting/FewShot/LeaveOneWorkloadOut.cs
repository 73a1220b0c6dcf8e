using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>
/// Compares ways to serve a new workload on old ones: each in turn plays the new one, of which few labels are known. So the choice costs no label of the real
/// one.
/// </summary>
public static class LeaveOneWorkloadOut
{
    /// <summary>The share of the played workload, later in time than all that is drawn from, on which is counted.</summary>
    private const double TestShare = 0.3;

    /// <summary>Measures methods.</summary>
    /// <param name="workloads">Rows of all workloads, each a group; at least 2.</param>
    /// <param name="methods">What to compare. Methods with the same <see cref="FewShotMethod.Pretrain"/> share its result.</param>
    /// <param name="shots">Labelled rows of the new workload.</param>
    /// <param name="draws">How many times other rows are drawn for each workload.</param>
    /// <param name="seed">Fixes the draws.</param>
    /// <returns>
    /// For each method, its mean loss (<see cref="EvaluationRow.Loss"/>: of classifiers the share of wrong classes) over workloads and draws.
    /// </returns>
    /// <exception cref="TrainingException">There are fewer than two workloads.</exception>
    public static double[] Losses(Samples workloads, IReadOnlyList<FewShotMethod> methods, int shots, int draws, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        ArgumentNullException.ThrowIfNull(methods);
        int[] groups = workloads.Groups.ToArray(), distinct = [.. groups.Distinct().Order()];
        if (distinct.Length < 2)
            throw new TrainingException("All rows are of one workload (group): to leave one out takes at least 2. Give each workload a group of its own.");

        double[] losses = new double[methods.Count];
        foreach (int left in distinct)
        {
            Samples others = Of(group => group != left);
            Samples[] parts = Of(group => group == left).SplitByTime(1 - TestShare, TestShare);
            Dictionary<Func<Samples, IReadOnlyList<NetworkPredictor>>, IReadOnlyList<NetworkPredictor>> learned = [];
            for (int m = 0; m < methods.Count; m++)
            {
                if (!learned.TryGetValue(methods[m].Pretrain, out IReadOnlyList<NetworkPredictor>? starts))
                    learned[methods[m].Pretrain] = starts = methods[m].Pretrain(others);
                ILearner learner = methods[m].Adapt(starts, parts[0]);
                for (int draw = 0; draw < draws; draw++)
                {
                    IPredictor adapted = learner.Fit(Draw(parts[0], shots, seed + (ulong)draw));
                    losses[m] += Evaluation.RowOf(methods[m].Name, adapted, parts[1]).Loss / (draws * distinct.Length);
                }
            }
        }

        return losses;

        Samples Of(Func<int, bool> which) => workloads.Select([.. Enumerable.Range(0, groups.Length).Where(row => which(groups[row]))]);
    }

    /// <summary>Draws rows at random, none twice.</summary>
    /// <param name="rows">The rows to draw from.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Fixes them.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="TrainingException">There are not as many.</exception>
    public static Samples Draw(Samples rows, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (count < 1 || count > rows.Count)
            throw new TrainingException($"{count} labelled rows are asked for, of a workload of {rows.Count}. Collect more records, or ask for fewer.");
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        new Randomness(seed).Shuffle(order);
        return rows.Select(order.AsSpan(0, count));
    }
}
