using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference;
using Kml.Model;

namespace Kml.Training;

/// <summary>
/// Golden vectors: held-out events and states with the bits of features and predictions that they give, which the build checks against its reference
/// and the module against its own engines before it attaches.
/// </summary>
internal static class GoldenVectors
{
    /// <summary>The fewest that a file has.</summary>
    internal const int Minimum = 16;

    private const int Wanted = 32;

    /// <summary>Takes them evenly from the test rows.</summary>
    /// <param name="test">The test rows, at least <see cref="Minimum"/>.</param>
    /// <param name="network">The float engine.</param>
    /// <param name="twin">The integer engine, of a model that has one.</param>
    /// <returns>The tensors.</returns>
    internal static IEnumerable<WeightsTensor> Of(Dataset test, FloatEngine network, IntegerEngine? twin)
    {
        int count = Math.Min(Wanted, test.Count);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * test.Count / count))];
        RecordLayout layout = test.Source.Layout;
        yield return WeightsTensor.Of(WeightsNames.GoldenFrom, Concat(row => test.Source.From(test.Record(row)).ToArray()), count, layout.FromSize);
        yield return WeightsTensor.Of(WeightsNames.GoldenState, Concat(row => test.Source.State(test.Record(row)).ToArray()), count, layout.StateSize);
        yield return WeightsTensor.Of(WeightsNames.GoldenFeatures, Concat(row => Bits(test.FeatureBits(row))), count, test.Model.Features.Count);
        yield return WeightsTensor.Of(WeightsNames.GoldenFloat, Concat<int>(row => [(int)network.Predict(test.FeatureBits(row))]), count);
        if (twin is not null)
            yield return WeightsTensor.Of(WeightsNames.GoldenInteger, Concat<int>(row => [(int)twin.Predict(test.FeatureBits(row))]), count);

        T[] Concat<T>(Func<int, T[]> of) => [.. rows.SelectMany(of)];
    }

    private static int[] Bits(ReadOnlySpan<uint> features)
    {
        int[] bits = new int[features.Length];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = (int)features[i];
        return bits;
    }
}
