using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;

using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Build;

/// <summary>
/// Replays a weights file's golden vectors through the managed reference. The module does the same with the same bytes when it is loaded:
/// what does not hold here would be refused there.
/// </summary>
public static class GoldenVectors
{
    /// <summary>Checks the vectors, from features to output, of each engine that the model has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="file">The weights, found good by <see cref="WeightsCheck"/>.</param>
    /// <returns>The first vector of each engine that does not hold.</returns>
    public static IEnumerable<WeightsFinding> Check(ModelSpec model, string path, WeightsFile file)
    {
        NetworkPlan plan = NetworkPlan.For(model);
        byte[] packed = WeightPacker.Pack(plan, NetworkTensors.Read(plan.Shape, file));
        uint[] features = Bits(file, WeightsNames.GoldenFeatures);

        DenseNetwork network = new(plan, packed);
        if (Replay(path, features, Bits(file, WeightsNames.GoldenFloat), plan.Shape.Features, network.Predict) is WeightsFinding finding)
            yield return finding;
        if (!plan.Shape.IntegerTwin)
            yield break;
        IntegerNetwork twin = new(plan, packed);
        if (Replay(path, features, Bits(file, WeightsNames.GoldenInteger), plan.Shape.Features, twin.Predict) is WeightsFinding twinFinding)
            yield return twinFinding;
    }

    private static WeightsFinding? Replay(string path, uint[] features, uint[] expected, int width, Func<ReadOnlySpan<uint>, uint> predict)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            uint actual = predict(features.AsSpan(i * width, width));
            if (actual != expected[i])
                return new WeightsFinding(BuildRules.Golden, EquatableArray.Of(path, i.ToString(CultureInfo.InvariantCulture), $"0x{actual:x8}", $"0x{expected[i]:x8}"));
        }

        return null;
    }

    private static uint[] Bits(WeightsFile file, string tensor) => MemoryMarshal.Cast<int, uint>(file[tensor].ToArray<int>()).ToArray();
}
