using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

using Kml.Inference.Bodies;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference;

/// <summary>
/// Replays a weights file's golden vectors: from event and state to features, and from features to the output of each engine. The module does the same
/// with the same bytes when it is loaded: what does not hold here would be refused there.
/// </summary>
internal static class GoldenCheck
{
    /// <summary>Checks all vectors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="file">The weights, found good by <see cref="WeightsCheck"/>.</param>
    /// <returns>The first vector of each step that does not hold.</returns>
    internal static IEnumerable<WeightsFinding> Check(ModelSpec model, string path, WeightsFile file)
    {
        ModelProgram program = ModelProgram.For(model);
        byte[] packed = WeightPacker.Pack(program, ProgramTensors.Read(program.Shape, file));
        uint[] features = Bits(file, WeightsNames.GoldenFeatures);
        int width = program.Shape.Features;

        FloatEngine network = new(program, packed);
        IEnumerable<string?> differences =
        [
            Features(model, file, features),
            Predictions("float prediction", features, width, Bits(file, WeightsNames.GoldenFloat), network.Predict),
            program.Shape.IntegerTwin
                ? Predictions("integer prediction", features, width, Bits(file, WeightsNames.GoldenInteger), new IntegerEngine(program, packed).Predict)
                : null,
        ];
        return differences.OfType<string>().Select(difference => new WeightsFinding(BuildRules.Golden, EquatableArray.Of(path, difference)));
    }

    private static string? Features(ModelSpec model, WeightsFile file, uint[] expected)
    {
        byte[] from = file[WeightsNames.GoldenFrom].ToArray<byte>();
        byte[] state = file[WeightsNames.GoldenState].ToArray<byte>();
        FeatureReplay replay = new(model);
        uint[] actual = new uint[model.Features.Count];
        int vectors = expected.Length / actual.Length;
        for (int i = 0; i < vectors; i++)
        {
            if (!replay.TryRun(Row(from, i, vectors), Row(state, i, vectors), actual))
                return Invariant($"vector {i} faults in '{model.Features.Method.Name}', where no prediction is made");
            int at = actual.AsSpan().CommonPrefixLength(expected.AsSpan(i * actual.Length, actual.Length));
            if (at < actual.Length)
            {
                uint wanted = expected[(i * actual.Length) + at];
                return Invariant($"vector {i} gives feature {at} as 0x{actual[at]:x8} in this build's reference, not 0x{wanted:x8}");
            }
        }

        return null;
    }

    private static string? Predictions(string what, uint[] features, int width, uint[] expected, Func<ReadOnlySpan<uint>, uint> predict)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            uint actual = predict(features.AsSpan(i * width, width));
            if (actual != expected[i])
                return Invariant($"vector {i} gives the {what} 0x{actual:x8} in this build's reference, not 0x{expected[i]:x8}");
        }

        return null;
    }

    private static ReadOnlySpan<byte> Row(byte[] rows, int row, int count) => rows.AsSpan(row * (rows.Length / count), rows.Length / count);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static uint[] Bits(WeightsFile file, string tensor) => MemoryMarshal.Cast<int, uint>(file[tensor].ToArray<int>()).ToArray();
}
