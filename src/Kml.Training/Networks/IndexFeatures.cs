using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Layers;

namespace Kml.Training.Networks;

/// <summary>
/// The features that a network's embeddings take as indices. They must not be normalised, and only whole numbers of the right range may come in.
/// </summary>
internal static class IndexFeatures
{
    /// <summary>Finds them.</summary>
    /// <param name="form">The network.</param>
    /// <returns>Each feature, as the network takes it, with the number of its indices.</returns>
    /// <exception cref="TrainingException">An embedding takes what is no feature any more.</exception>
    internal static IReadOnlyList<(int Feature, int Count)> Of(NetworkForm form)
    {
        const int learned = -1;
        List<int> features = [.. Enumerable.Range(0, form.Input.Units)];
        List<(int, int)> found = [];
        LayerShape[] shapes = form.Shapes();
        for (int l = 0; l < form.Layers.Count; l++)
        {
            if (form.Layers[l] is not EmbeddingLayer embedding)
            {
                features = [.. Enumerable.Repeat(learned, shapes[l + 1].Units)];
                continue;
            }

            int feature = features[embedding.Feature];
            if (feature == learned)
            {
                throw new TrainingException($"Layer {l} embeds unit {embedding.Feature}, which is no feature but what a layer below computes. "
                    + "Embeddings come first.");
            }

            found.Add((feature, embedding.Count));
            features.RemoveAt(embedding.Feature);
            features.InsertRange(embedding.Feature, Enumerable.Repeat(learned, embedding.Size));
        }

        return found;
    }

    /// <summary>Checks that every index is one.</summary>
    /// <param name="form">The network.</param>
    /// <param name="samples">Rows; of a network with steps, either one step a row or all steps in a row, step by step.</param>
    /// <exception cref="TrainingException">One is not; the message names feature and row.</exception>
    internal static void Check(NetworkForm form, Samples samples)
    {
        foreach ((int feature, int count) in Of(form))
        {
            for (int column = feature; column < samples.Width; column += form.Input.Units)
                Check(samples.Names[column], samples.Column(column), count);
        }
    }

    private static void Check(string name, ReadOnlySpan<float> indices, int count)
    {
        for (int row = 0; row < indices.Length; row++)
        {
            float index = indices[row];
            if (!(index >= 0 && index < count && index == MathF.Floor(index)))
            {
                throw new TrainingException(
                    FormattableString.Invariant($"Feature '{name}' of row {row} is {index:R}, and its embedding has {count} vectors: ")
                    + FormattableString.Invariant($"it must be a whole number from 0 to {count - 1}. Give the embedding more vectors, or leave the row out."));
            }
        }
    }
}
