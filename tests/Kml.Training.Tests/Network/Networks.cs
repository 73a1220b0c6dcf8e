using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training.Tests;

/// <summary>Networks and rows made from a seed.</summary>
internal static class Networks
{
    /// <summary>Every activation, as hidden layer and as last one, under every loss.</summary>
    internal static IEnumerable<(NetworkShape Shape, DenseLoss Loss)> All() =>
        from hidden in Enum.GetValues<LayerActivation>()
        from last in Enum.GetValues<LayerActivation>()
        from loss in (DenseLoss[])[new(0, RegressionLoss.Squared, 1f), new(0, RegressionLoss.Huber, 0.3f), new(3, RegressionLoss.Huber, 1f)]
        select (Shape(loss.Classes, 3, (5, hidden), (loss.Classes > 0 ? loss.Classes : 1, last)), loss);

    internal static NetworkShape Shape(int classes, int features, params (int Units, LayerActivation Activation)[] layers) =>
        new(
            features,
            ScalarType.F32,
            layers.Select(l => new LayerSpec(l.Units, l.Activation)).ToEquatableArray(),
            classes > 0 ? ScalarType.U32 : ScalarType.F32,
            classes,
            false);

    internal static TrainingRows Rows(NetworkShape shape, int count, int seed)
    {
        Random random = new(seed);
        return new TrainingRows(
            [.. Enumerable.Range(0, count * shape.Features).Select(_ => (random.NextSingle() * 4) - 2)],
            [.. Enumerable.Range(0, count).Select(_ => shape.Classes > 0 ? random.Next(shape.Classes) : (random.NextSingle() * 3) - 1.5f)],
            [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() + 0.5f)]);
    }

    internal static float[] Parameters(NetworkShape shape, int seed)
    {
        ParameterLayout layout = ParameterLayout.Of(shape);
        Randomness random = new((ulong)seed);
        float[] parameters = layout.Initial(random);
        foreach (LayerSlice layer in layout.Layers)
        {
            for (int o = 0; o < layer.Outputs; o++)
                parameters[layer.Bias + o] = random.Symmetric() * 0.5f;
        }

        return parameters;
    }
}
