using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>Learns from a pool by asking for the labels of few rows, round after round (Settles 2009).</summary>
/// <param name="learner">Fits the model anew in each round.</param>
/// <param name="strategy">Chooses what to ask.</param>
public sealed class ActiveLearner(ILearner learner, IQueryStrategy strategy)
{
    /// <summary>Rows labelled at random before the first model.</summary>
    public int Initial { get; init; } = 32;

    /// <summary>Rows labelled in each later round.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Fixes what is random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Runs rounds as they are taken; whoever has seen enough stops taking.</summary>
    /// <param name="pool">The rows; their labels are not looked at, and may be anything that is valid. Their weights and groups count.</param>
    /// <param name="oracle">Gives the labels of rows of the pool.</param>
    /// <param name="labels">How many labels there may be at most.</param>
    /// <returns>The rounds.</returns>
    /// <exception cref="TrainingException">The settings are none, the oracle gave other than asked, or all of the allowed labels are of one class.</exception>
    public IEnumerable<ActiveRound> Run(Samples pool, Func<IReadOnlyList<int>, IReadOnlyList<float>> oracle, int labels)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(oracle);
        if (Initial < 1 || Batch < 1)
            throw new TrainingException($"{nameof(ActiveLearner)} asks for {Initial} labels at first and {Batch} in a round: both must be at least 1.");
        return Rounds(pool, oracle, labels);
    }

    private IEnumerable<ActiveRound> Rounds(Samples pool, Func<IReadOnlyList<int>, IReadOnlyList<float>> oracle, int labels)
    {
        Randomness seeds = new(Seed);
        SortedDictionary<int, float> known = [];
        Samples labelled = pool.Select([]);
        IPredictor? model = null;
        while (known.Count < labels)
        {
            QueryContext? context = model is null ? null : new QueryContext(learner, model, labelled, pool, seeds.Next());
            IQueryScorer scorer = context is null ? RandomQuery.Scores(seeds.Next()) : strategy.Prepare(context);
            int count = Math.Min(model is null ? Initial : Batch, labels - known.Count);
            int[] rows = QueryBatch.Choose(scorer, pool, Enumerable.Range(0, pool.Count).Where(row => !known.ContainsKey(row)), count);
            if (rows.Length == 0)
                yield break;
            Ask(oracle, rows, known);
            labelled = Labelled(pool, known);

            // With one class there is no model to ask from: more rows at random first.
            if (pool.Classes > 0 && known.Values.Distinct().Count() == 1)
            {
                if (known.Count >= labels)
                {
                    throw new TrainingException($"All of the {known.Count} labels that were allowed are of class {known.Values.First()}: "
                        + "there is nothing to choose between. Allow more labels, or bring the rare class into the pool.");
                }

                continue;
            }

            model = learner.Fit(labelled);
            yield return new ActiveRound(rows, labelled, model);
        }
    }

    private static void Ask(Func<IReadOnlyList<int>, IReadOnlyList<float>> oracle, int[] rows, SortedDictionary<int, float> known)
    {
        IReadOnlyList<float> answers = oracle(rows);
        if (answers.Count != rows.Length)
            throw new TrainingException($"The oracle was asked for {rows.Length} labels and gave {answers.Count}: it must answer for each row, in order.");
        for (int i = 0; i < rows.Length; i++)
            known[rows[i]] = answers[i];
    }

    private static Samples Labelled(Samples pool, SortedDictionary<int, float> known)
    {
        Samples rows = pool.Select([.. known.Keys]);
        return new Samples(
            rows.Names,
            rows.Features.ToArray(),
            [.. known.Values],
            rows.Classes,
            rows.Weights.ToArray(),
            rows.Times.ToArray(),
            rows.Groups.ToArray());
    }
}
