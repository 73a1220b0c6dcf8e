using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using Kml.Inference;
using Kml.Inference.Bodies;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Build.Tests;

/// <summary>Weights files: small numbers that nobody trained, with golden vectors that hold.</summary>
internal static class TestWeights
{
    private const int Vectors = 3;

    /// <summary>Makes a weights file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The weights' version.</param>
    public static WeightsFile For(ModelSpec model, int version = 1)
    {
        ModelProgram program = ModelProgram.For(model);
        ProgramWeights weights = Network(program);
        byte[] packed = WeightPacker.Pack(program, weights);
        RecordLayout record = RecordLayout.Of(model);
        byte[] from = [.. Enumerable.Range(0, Vectors * record.FromSize).Select(i => (byte)(i * 37))];
        uint[] features = new uint[Vectors * program.Shape.Features];
        for (int i = 0; i < Vectors; i++)
        {
            new FeatureReplay(model).TryRun(
                from.AsSpan(i * record.FromSize, record.FromSize),
                [],
                features.AsSpan(i * program.Shape.Features, program.Shape.Features));
        }

        int[] Outputs(Func<ReadOnlySpan<uint>, uint> predict) =>
            [.. Enumerable.Range(0, Vectors).Select(i => (int)predict(features.AsSpan(i * program.Shape.Features, program.Shape.Features)))];

        return new WeightsFile(
            new Dictionary<string, string>
            {
                [WeightsFile.ModelKey] = model.Name,
                [WeightsFile.FingerprintKey] = ModelText.Fingerprint(model),
                [WeightsFile.VersionKey] = version.ToString(CultureInfo.InvariantCulture),
                [WeightsFile.ToolKey] = "test",
            },
            [
                .. ProgramTensors.Write(program.Shape, weights),
                WeightsTensor.Of(WeightsNames.GoldenFrom, from, Vectors, record.FromSize),
                WeightsTensor.Of(WeightsNames.GoldenState, new byte[Vectors * record.StateSize], Vectors, record.StateSize),
                WeightsTensor.Of(WeightsNames.GoldenFeatures, features.Select(f => (int)f).ToArray(), Vectors, program.Shape.Features),
                WeightsTensor.Of(WeightsNames.GoldenFloat, Outputs(new FloatEngine(program, packed).Predict), Vectors),
                WeightsTensor.Of(WeightsNames.GoldenInteger, Outputs(new IntegerEngine(program, packed).Predict), Vectors),
            ]);
    }

    /// <summary>Replaces one tensor.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="file">The file.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="index">The element to change.</param>
    /// <param name="value">Its new value.</param>
    public static WeightsFile With<T>(this WeightsFile file, string name, int index, T value)
        where T : unmanaged
    {
        T[] values = file[name].ToArray<T>();
        values[index] = value;
        WeightsTensor changed = WeightsTensor.Of(name, values, [.. file[name].Shape]);
        return new WeightsFile(file.Metadata, file.Tensors.Select(t => t.Name == name ? changed : t));
    }

    private static ProgramWeights Network(ModelProgram program)
    {
        float[] Ramp(int count, float step) => [.. Enumerable.Range(0, count).Select(i => step * (i % 7))];
        Affine keep = new(0, 1, 0);
        return new ProgramWeights(
            Ramp(program.Shape.Features, 1f),
            Ramp(program.Shape.Features, 0.25f),
            [.. program.DenseLayers.Select(l => new LayerWeights(Ramp(l.MultiplyAdds, 0.125f), Ramp(l.Outputs, 0.5f)))],
            2f,
            3f,
            new IntegerWeights(
                [.. Enumerable.Repeat(keep, program.Shape.Features)],
                [
                    .. program.DenseLayers.Select(l => new IntegerLayerWeights(
                        new short[l.MultiplyAdds].Select((_, i) => (short)(i % 5)).ToArray(),
                        new int[l.Outputs],
                        [.. Enumerable.Repeat(keep, l.Outputs)])),
                ],
                null));
    }
}
