using System;

namespace Kml.Training.Adapting;

/// <summary>Asks anywhere: what every other strategy has to beat.</summary>
public sealed record RandomQuery : IQueryStrategy
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public IQueryScorer Prepare(QueryContext context) => Scores(context.Seed);

    /// <summary>Scores that are random, and need no model.</summary>
    internal static IQueryScorer Scores(ulong seed) => new Scorer(seed);

    private sealed class Scorer(ulong seed) : IQueryScorer
    {
        private readonly Randomness _random = new(seed);

        public void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
        {
            foreach (ref float score in scores[..rows])
                score = (_random.Symmetric() + 1) / 2;
        }
    }
}
