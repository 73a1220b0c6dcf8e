using System;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>How members of a committee are held to disagree.</summary>
public enum Disagreement
{
    /// <summary>The entropy of their votes (Dagan, Engelson 1995).</summary>
    Votes,

    /// <summary>The mean divergence of each from the mean of all (McCallum, Nigam 1998).</summary>
    Divergence,
}

/// <summary>
/// Asks where models that all agree with the known labels disagree with each other (Seung, Opper, Sompolinsky 1992). Members are fitted by the same learner to
/// the same rows, each with random weights of its own (Bayesian bootstrap, Rubin 1981). Of a regression: the variance of their predictions.
/// </summary>
/// <param name="Members">How many, at least 2.</param>
/// <param name="Disagreement">How classifiers are held to disagree.</param>
public sealed record CommitteeQuery(int Members = 5, Disagreement Disagreement = Disagreement.Divergence) : IQueryStrategy
{
    /// <inheritdoc/>
    public string Name => Disagreement == Disagreement.Votes ? "committee (votes)" : "committee (divergence)";

    /// <inheritdoc/>
    public IQueryScorer Prepare(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Randomness random = new(context.Seed);
        return new CommitteeScorer([.. Enumerable.Range(0, Members).Select(_ => context.Learner.Fit(Bootstrap(context.Labelled, random)))], Disagreement);
    }

    /// <summary>The same rows, each weight times an exponential draw: no row, and so no class, is ever lost.</summary>
    private static Samples Bootstrap(Samples rows, Randomness random)
    {
        float[] weights = rows.Weights.ToArray();
        foreach (ref float weight in weights.AsSpan())
            weight *= -MathF.Log(1 - ((random.Symmetric() + 1) / 2));
        return new Samples(rows.Names, rows.Features.ToArray(), rows.Labels.ToArray(), rows.Classes, weights, rows.Times.ToArray(), rows.Groups.ToArray());
    }
}
