using System;

namespace Kml.Training.Adapting;

/// <summary>
/// The classifier that needs fewest rows: each class is the weighted mean of its rows in an embedding, and the nearest mean decides (Snell, Swersky, Zemel
/// 2017). Squared distances count in units of the mean variance within classes, which makes probabilities of them.
/// </summary>
/// <param name="Embedding">Where distances are measured.</param>
public sealed record Prototypes(IEmbedding Embedding) : ILearner
{
    /// <inheritdoc/>
    public string Name => "prototypes";

    /// <inheritdoc/>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Classes == 0)
            throw new TrainingException("Prototypes are of classes, and the label is a number. Fine-tune a network instead, or learn the verdict.");
        int units = Embedding.EmbeddingWidth;
        float[] embedded = new float[ArraySize.Of("The embedded rows", units, train.Count)];
        Embedding.Embed(train.Features, train.Count, embedded);

        Moments[] moments = new Moments[ArraySize.Of("The means of all classes", train.Classes, units)];
        for (int unit = 0; unit < units; unit++)
        {
            for (int row = 0; row < train.Count; row++)
            {
                if (train.Weights[row] > 0)
                    moments[((int)train.Labels[row] * units) + unit] += Moments.Of(embedded[(unit * train.Count) + row], train.Weights[row]);
            }
        }

        double deviation = 0, weight = 0;
        bool[] present = new bool[train.Classes];
        int classes = 0;
        for (int k = 0; k < train.Classes; k++)
        {
            present[k] = moments[k * units].Weight > 0;
            classes += present[k] ? 1 : 0;
            for (int unit = 0; unit < units; unit++)
            {
                deviation += moments[(k * units) + unit].Deviation;
                weight += moments[(k * units) + unit].Weight;
            }
        }

        if (classes < 2)
            throw new TrainingException($"The {train.Count} labelled rows are of {classes} class(es): prototypes need at least 2. Label more rows.");

        // Without any spread within classes the nearest mean decides for certain.
        double variance = deviation / weight;
        return new PrototypePredictor(Embedding, [.. Array.ConvertAll(moments, m => (float)m.Mean)], present, (float)(0.5 / Math.Max(variance, 1e-12)));
    }
}
