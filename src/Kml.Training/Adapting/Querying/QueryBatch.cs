using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>Chooses rows of a pool to be labelled.</summary>
public static class QueryBatch
{
    /// <summary>
    /// Chooses the rows that tell most: of the largest score times weight, one after the other, scores being lowered by what is already chosen.
    /// Groups (workloads, devices) share a batch as their rows weigh, so that no group is forgotten for another that is harder.
    /// </summary>
    /// <param name="scorer">Scores rows.</param>
    /// <param name="pool">The rows.</param>
    /// <param name="candidates">Which of them may be chosen; a row of weight 0 never is.</param>
    /// <param name="count">How many to choose.</param>
    /// <returns>The rows, in the order in which they were chosen; fewer if there are not as many candidates.</returns>
    public static int[] Choose(IQueryScorer scorer, Samples pool, IEnumerable<int> candidates, int count)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(pool);
        float[] weights = pool.Weights.ToArray();
        int[] rows = [.. candidates.Where(row => weights[row] > 0)];
        Samples open = pool.Select(rows);
        float[] scores = new float[rows.Length];
        scorer.Score(open.Features, open.Count, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] >= 0))
            {
                throw new TrainingException(
                    FormattableString.Invariant($"A scorer gave {scores[i]} for row {rows[i]}: ")
                    + "a score must not be negative, and must be a number. Look at the row's features, and leave it out if one is extreme.");
            }
        }

        Dictionary<int, int> due = Quotas(open, Math.Min(count, rows.Length));
        bool[] chosen = new bool[rows.Length];
        List<int> order = [];
        while (due.Values.Any(d => d > 0))
        {
            int best = -1;
            for (int i = 0; i < rows.Length; i++)
            {
                if (!chosen[i] && due[open.Groups[i]] > 0 && (best < 0 || (double)scores[i] * open.Weights[i] > (double)scores[best] * open.Weights[best]))
                    best = i;
            }

            chosen[best] = true;
            due[open.Groups[best]]--;
            order.Add(rows[best]);
            scorer.Chosen(best, scores);
        }

        return [.. order];
    }

    /// <summary>Shares of a whole number, by the largest remainders; no group gets more than it has rows.</summary>
    private static Dictionary<int, int> Quotas(Samples open, int count)
    {
        Dictionary<int, (double Weight, int Rows)> groups = [];
        for (int i = 0; i < open.Count; i++)
        {
            (double weight, int rows) = groups.GetValueOrDefault(open.Groups[i]);
            groups[open.Groups[i]] = (weight + open.Weights[i], rows + 1);
        }

        Dictionary<int, int> due = groups.Keys.ToDictionary(group => group, _ => 0);
        double total = groups.Values.Sum(group => group.Weight);

        // One label after the other to the group that is furthest behind its share and still has rows.
        for (int given = 0; given < count; given++)
        {
            int next = groups.Keys.Where(group => due[group] < groups[group].Rows)
                .MaxBy(group => (groups[group].Weight / total * (given + 1)) - due[group]);
            due[next]++;
        }

        return due;
    }
}
