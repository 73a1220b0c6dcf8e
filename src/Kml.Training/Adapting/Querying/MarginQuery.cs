using System;

namespace Kml.Training.Adapting;

/// <summary>
/// Asks where the two likeliest classes are nearly as likely (Scheffer, Decomain, Wrobel 2001): 1 less the difference of their probabilities.
/// </summary>
public sealed record MarginQuery : IQueryStrategy
{
    /// <inheritdoc/>
    public string Name => "margin";

    /// <inheritdoc/>
    public IQueryScorer Prepare(QueryContext context) => new Scorer(context.Model, Name);

    private sealed class Scorer(IPredictor model, string name) : ProbabilityScorer(model, name)
    {
        protected override float Of(ReadOnlySpan<float> probabilities, int stride, int row, int classes)
        {
            float first = 0, second = 0;
            for (int k = 0; k < classes; k++)
            {
                float p = probabilities[(k * stride) + row];
                if (p > first)
                    (first, second) = (p, first);
                else if (p > second)
                    second = p;
            }

            return Math.Clamp(1 - (first - second), 0, 1);
        }
    }
}
