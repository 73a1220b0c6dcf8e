using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Compute.Stages;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>The values that the templates of <c>compute/program</c> name.</summary>
internal static class ProgramValues
{
    /// <summary>Collects the values of a program.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="program">Its program.</param>
    /// <param name="banner">The comment that follows the licence line.</param>
    /// <param name="sets">The instruction sets for which the float form is compiled.</param>
    public static Dictionary<string, object> Of(string model, ModelProgram program, string banner, IEnumerable<InstructionSet> sets)
    {
        StageText[] stages = [.. Enumerable.Range(0, program.Stages.Count).Select(at => StageText.Of(new StagePlace(program, at)))];
        ILookup<WeightArray?, string> words = stages.SelectMany(s => s.Arrays).ToLookup(a => a.Array, a => a.Words);
        return new()
        {
            ["model"] = model,
            ["model_upper"] = model.ToUpperInvariant(),
            ["banner"] = banner,
            ["weights"] = $"struct kml_{model}_weights",
            ["weights_size"] = program.Size,
            ["has_integer"] = program.Shape.IntegerTwin,
            ["feature_count"] = program.Shape.Features,
            ["confidences"] = program.Head.Confidences.Select(s => s.Info().Word).ToArray(),
            ["multiply_adds"] = program.MultiplyAdds,
            ["instruction_sets"] = sets.Append(InstructionSet.Scalar).Select(s => s.Word).ToArray(),
            ["steps"] = ProgramText.Steps(program),
            ["arrays"] = program.Arrays.Select(a => Array(a, words[a].FirstOrDefault())).ToArray(),

            // The integer form has all stages; in the float form one whose outputs are not stored takes the next along.
            ["float_stages"] = stages.Where((_, at) => at == 0 || program.Stages[at - 1].FloatLength > 0).Select(s => s.Values).ToArray(),
            ["integer_stages"] = stages.Select(s => s.Values).ToArray(),
            ["float_buffers"] = Buffers(program, program.FloatFrame),
            ["integer_buffers"] = Buffers(program, program.IntegerFrame),
            ["tables"] = stages.SelectMany(s => s.Tables).Distinct().Select(Table).ToArray(),
        };
    }

    private static object[] Buffers(ModelProgram program, ProgramFrame? frame) =>
    [
        .. (frame?.Buffers ?? default).Select(b => new
        {
            Name = StagePlace.Buffer(b.Parity),
            b.Length,
            Holds = string.Join(", then ", b.Slots.Select(slot => StagePlace.Vector(program, slot))),
        }),
    ];

    private static object Table(LayerActivation curve)
    {
        int fraction = DenseStage.FractionBits(curve)!.Value;
        return new
        {
            Name = ActivationWord.Of(curve),
            Format = $"Q{ProgramText.Number(15 - fraction)}.{ProgramText.Number(fraction)}",
            Length = ActivationTable.Of(curve).Entries.Count,
            Rows = ActivationTable.Of(curve).Entries.Chunk(10).Select(row => string.Join(", ", row.Select(v => ProgramText.Number(v)))).ToArray(),
        };
    }

    private static object Array(WeightArray array, string? words) => new
    {
        array.Name,
        array.Offset,
        Dimensions = string.Concat(array.Dimensions.Select(d => $"[{ProgramText.Number(d)}]")),
        Element = array.Element switch
        {
            WeightElement.F32 => "float",
            WeightElement.Pair => "kml_s64",
            _ => "struct kml_affine",
        },
        Words = words,
    };
}
