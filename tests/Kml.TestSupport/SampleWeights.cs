using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference;
using Kml.Inference.Bodies;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.TestSupport;

/// <summary>Weights that nobody trained, but whose golden vectors hold: random numbers, and what the managed reference makes of them.</summary>
public static class SampleWeights
{
    private const int Vectors = 8;

    /// <summary>Makes weights for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">Where the random numbers begin.</param>
    /// <returns>The weights, as a trainer would hand them over.</returns>
    public static WeightsFile For(ModelSpec model, int seed = 1)
    {
        Random random = new(seed);
        ModelProgram program = ModelProgram.For(model);
        ProgramWeights weights = Network(program, random);
        byte[] packed = WeightPacker.Pack(program, weights);

        BodyInput[] inputs = [.. Inputs(model, random).Where(i => !BodyInterpreter.Run(model, model.Features.Method, i).Faulted).Take(Vectors)];
        uint[][] features =
            [.. inputs.Select(i => BodyInterpreter.Run(model, model.Features.Method, i).Features.Select(f => (uint)f).ToArray())];
        FloatEngine network = new(program, packed);
        List<WeightsTensor> tensors =
        [
            .. ProgramTensors.Write(program.Shape, weights),
            Bytes(WeightsNames.GoldenFrom, inputs, Parameter(model, ParameterKind.Event), model.From.Info().Layout.Size),
            Bytes(WeightsNames.GoldenState, inputs, Parameter(model, ParameterKind.State), StructLayout.Of(model.State?.Fields ?? default).Size),
            WeightsTensor.Of(WeightsNames.GoldenFeatures, features.SelectMany(f => f).Select(f => (int)f).ToArray(), Vectors, model.Features.Count),
            WeightsTensor.Of(WeightsNames.GoldenFloat, features.Select(f => (int)network.Predict(f)).ToArray(), Vectors),
        ];
        if (program.Shape.IntegerTwin)
        {
            IntegerEngine twin = new(program, packed);
            tensors.Add(WeightsTensor.Of(WeightsNames.GoldenInteger, features.Select(f => (int)twin.Predict(f)).ToArray(), Vectors));
        }

        Dictionary<string, string> metadata = new()
        {
            [WeightsFile.ModelKey] = model.Name,
            [WeightsFile.FingerprintKey] = ModelText.Fingerprint(model),
            [WeightsFile.VersionKey] = "1",
            [WeightsFile.ToolKey] = "tests",
        };
        return new(metadata, tensors);
    }

    private static string Parameter(ModelSpec model, ParameterKind kind) =>
        model.Features.Method.Parameters.FirstOrDefault(p => p.Kind == kind)?.Name ?? "";

    private static ProgramWeights Network(ModelProgram program, Random random)
    {
        float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
        short[] Shorts(int count) => [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-900, 900))];
        Affine[] Maps(int count, int shift) => [.. Enumerable.Range(0, count).Select(_ => new Affine(1L << (shift - 1), random.Next(1 << 12, 1 << 14), shift))];
        bool labelMap = program.Head.Integer is not null;
        IntegerWeights? twin = program.Shape.IntegerTwin
            ? new(
                Maps(program.Shape.Features, 12),
                [
                    .. program.DenseLayers.Select(l => new IntegerLayerWeights(
                        Shorts(l.MultiplyAdds),
                        [.. Shorts(l.Outputs).Select(b => (int)b)],
                        Maps(l.Outputs, 24))),
                ],
                labelMap ? Maps(1, 12)[0] : null)
            : null;
        return new(
            Floats(program.Shape.Features),
            Floats(program.Shape.Features),
            [.. program.DenseLayers.Select(l => new LayerWeights(Floats(l.MultiplyAdds), Floats(l.Outputs)))],
            program.Shape.IsClassification ? 1f : 1000f,
            program.Shape.IsClassification ? 0f : 250f,
            twin);
    }

    /// <summary>Events of a disk and states of a queue that could be.</summary>
    private static IEnumerable<BodyInput> Inputs(ModelSpec model, Random random)
    {
        while (true)
        {
            BodyInput input = new();
            input.Memory[Parameter(model, ParameterKind.Event)] = BodyMemory.Of(model.From.Info().Layout, field => field.Path switch
            {
                "DiskSectors" => 2097152,
                "Sector" => (ulong)random.Next(2097152),
                "Operation" => (ulong)random.Next(2),
                _ => field.Type == ScalarType.U64 ? (ulong)random.NextInt64(1L << 40) : (ulong)random.Next(256),
            });
            input.Memory[Parameter(model, ParameterKind.State)] = BodyMemory.Of(
                StructLayout.Of(model.State?.Fields ?? default),
                field => field.Type == ScalarType.Bool ? (ulong)random.Next(2) : (ulong)random.Next(100000));
            yield return input;
        }
    }

    private static WeightsTensor Bytes(string name, BodyInput[] inputs, string parameter, int size) =>
        WeightsTensor.Of(name, inputs.SelectMany(i => i.Memory[parameter]).ToArray(), inputs.Length, size);
}
