using System;

namespace Kml.Training.Adapting;

/// <summary>
/// Asks where the distribution over classes is the least certain (Lewis, Gale 1994; Shannon's entropy, as a share of the greatest there can be).
/// </summary>
public sealed record EntropyQuery : IQueryStrategy
{
    /// <inheritdoc/>
    public string Name => "entropy";

    /// <inheritdoc/>
    public IQueryScorer Prepare(QueryContext context) => new Scorer(context.Model, Name);

    private sealed class Scorer(IPredictor model, string name) : ProbabilityScorer(model, name)
    {
        protected override float Of(ReadOnlySpan<float> probabilities, int stride, int row, int classes)
        {
            double entropy = 0;
            for (int k = 0; k < classes; k++)
            {
                double p = probabilities[(k * stride) + row];
                entropy -= p > 0 ? p * Math.Log(p) : 0;
            }

            return (float)Math.Clamp(entropy / Math.Log(classes), 0, 1);
        }
    }
}
