using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Compute.Stages;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>The values that the templates of <c>compute/network</c> name.</summary>
internal static class NetworkValues
{
    /// <summary>Collects the values of a network.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="program">Its lowered network.</param>
    /// <param name="banner">The comment that follows the licence line.</param>
    /// <param name="sets">The instruction sets for which the float form is compiled.</param>
    public static Dictionary<string, object> Of(string model, ModelProgram program, string banner, IEnumerable<InstructionSet> sets)
    {
        Dictionary<string, object> values = new()
        {
            ["model"] = model,
            ["model_upper"] = model.ToUpperInvariant(),
            ["banner"] = banner,
            ["weights"] = $"struct kml_{model}_weights",
            ["weights_size"] = program.Size,
            ["has_integer"] = program.Shape.IntegerTwin,
            ["feature_count"] = program.Shape.Features,
            ["multiply_adds"] = program.MultiplyAdds,
            ["instruction_sets"] = sets.Append(InstructionSet.Scalar).Select(s => s.Word).ToArray(),
            ["steps"] = LayerText.Steps(program),
            ["arrays"] = program.Arrays.Select(a => Array(program, a)).ToArray(),
        };
        AddStages(values, program);
        AddBuffers(values, program);
        AddTables(values, program);
        return values;
    }

    // The integer form has all layers; in the float form a streamed one takes the next along.
    private static void AddStages(Dictionary<string, object> values, ModelProgram program)
    {
        List<object> floats = [NormaliseValues.Of(program)], integers = [NormaliseValues.Of(program)];
        int slot = 0;
        foreach (DenseStage layer in program.Layers)
        {
            int to = slot + (layer.StreamsIntoNext ? 2 : 1);
            Dictionary<string, object?> dense = DenseValues.Of(program, layer, slot, to);
            integers.Add(dense);
            if (layer.Index > 0 && program.Layers[layer.Index - 1].StreamsIntoNext)
                continue;
            floats.Add(dense);
            slot = to;
        }

        Dictionary<string, object?> head = HeadValues.Of(program, slot);
        values["float_stages"] = floats.Append(head).ToArray();
        values["integer_stages"] = integers.Append(head).ToArray();
    }

    private static void AddBuffers(Dictionary<string, object> values, ModelProgram program)
    {
        string[] names = ["x", .. program.Layers.Select(l => LayerText.Output(program, l))];
        object[] Buffers(ProgramFrame? frame) =>
        [
            .. (frame?.Buffers ?? default)
                .Select(b => new { Name = Slots.Name(b.Parity), b.Length, Holds = string.Join(", then ", b.Slots.Select(s => names[s])) }),
        ];
        values["float_buffers"] = Buffers(program.FloatFrame);
        values["integer_buffers"] = Buffers(program.IntegerFrame);
    }

    private static void AddTables(Dictionary<string, object> values, ModelProgram program) =>
        values["tables"] = program.Layers.Where(l => l.IntegerFormat is not null).Select(l => l.Activation).Distinct().Select(a => new
        {
            Name = ActivationWord.Of(a),
            Format = $"Q{LayerText.Number(15 - DenseStage.FractionBits(a)!.Value)}.{LayerText.Number(DenseStage.FractionBits(a)!.Value)}",
            Length = ActivationTable.Of(a).Count,
            Rows = ActivationTable.Of(a).Chunk(10).Select(row => string.Join(", ", row.Select(v => LayerText.Number(v)))).ToArray(),
        }).ToArray();

    private static object Array(ModelProgram program, WeightArray array) => new
    {
        array.Name,
        array.Offset,
        Dimensions = string.Concat(array.Dimensions.Select(d => $"[{LayerText.Number(d)}]")),
        Element = array.Element switch
        {
            WeightElement.F32 => "float",
            WeightElement.Pair => "kml_s64",
            _ => "struct kml_affine",
        },
        Words = array switch
        {
            _ when array == program.Normalise.Mean => "subtracted from the features",
            _ when array == program.Normalise.InvStd => "by which the differences are multiplied",
            _ when array == program.Head.Label => "scale, mean; the rest pads",
            _ when array == program.Normalise.Integer => "feature -> Q3.12",
            _ when array == program.Head.Integer => "Q0.15 -> label",
            _ => program.Layers.FirstOrDefault(l => l.Weights == array) is DenseStage layer ? LayerText.Shape(program, layer) : null,
        },
    };
}
