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
    /// <param name="plan">Its lowered network.</param>
    /// <param name="banner">The comment that follows the licence line.</param>
    public static Dictionary<string, object> Of(string model, NetworkPlan plan, string banner)
    {
        Dictionary<string, object> values = new()
        {
            ["model"] = model,
            ["model_upper"] = model.ToUpperInvariant(),
            ["banner"] = banner,
            ["weights"] = $"struct kml_{model}_weights",
            ["weights_size"] = plan.Size,
            ["has_integer"] = plan.Shape.IntegerTwin,
            ["feature_count"] = plan.Shape.Features,
            ["multiply_adds"] = plan.MultiplyAdds,
            ["instruction_sets"] = ComputeFiles.InstructionSets.Append("scalar").ToArray(),
            ["steps"] = plan.Layers.Select(l => LayerText.Shape(plan, l)).Append(LayerText.Head(plan)).ToArray(),
            ["arrays"] = plan.Arrays.Select(a => Array(plan, a)).ToArray(),
        };
        AddStages(values, plan);
        AddBuffers(values, plan);
        AddTables(values, plan);
        return values;
    }

    // The integer form has all layers; in the float form a streamed one takes the next along.
    private static void AddStages(Dictionary<string, object> values, NetworkPlan plan)
    {
        List<object> floats = [NormaliseValues.Of(plan)], integers = [NormaliseValues.Of(plan)];
        int slot = 0;
        foreach (LayerPlan layer in plan.Layers)
        {
            int to = slot + (plan.StreamsIntoNext(layer.Index) ? 2 : 1);
            Dictionary<string, object?> dense = DenseValues.Of(plan, layer, slot, to);
            integers.Add(dense);
            if (layer.Index > 0 && plan.StreamsIntoNext(layer.Index - 1))
                continue;
            floats.Add(dense);
            slot = to;
        }

        Dictionary<string, object?> head = HeadValues.Of(plan, slot);
        values["float_stages"] = floats.Append(head).ToArray();
        values["integer_stages"] = integers.Append(head).ToArray();
    }

    private static void AddBuffers(Dictionary<string, object> values, NetworkPlan plan)
    {
        string[] names = ["x", .. plan.Layers.Select(l => LayerText.Output(plan, l))];
        int[] lengths = [plan.Shape.Features, .. plan.Layers.Select(l => l.Outputs)];
        bool Kept(int slot) => slot == 0 || !plan.StreamsIntoNext(slot - 1);
        object Buffer(int parity, int length, IEnumerable<int> slots) =>
            new { Name = Slots.Name(parity), Length = length, Holds = string.Join(", then ", slots.Where(s => s % 2 == parity).Select(s => names[s])) };

        int[] floats = [.. Enumerable.Range(0, names.Length).Where(Kept)];
        values["float_buffers"] = new[] { (Parity: 0, Length: plan.EvenBuffer), (Parity: 1, Length: plan.OddBuffer) }
            .Where(b => b.Length > 0).Select(b => Buffer(b.Parity, b.Length, floats)).ToArray();

        bool scores = DenseValues.GivesScores(plan, plan.Layers[plan.Layers.Count - 1]);
        int[] integers = [.. Enumerable.Range(0, scores ? names.Length - 1 : names.Length)];
        values["integer_buffers"] = integers.GroupBy(s => s % 2).OrderBy(g => g.Key)
            .Select(g => Buffer(g.Key, g.Max(s => lengths[s]), integers)).ToArray();
    }

    private static void AddTables(Dictionary<string, object> values, NetworkPlan plan) =>
        values["tables"] = plan.Layers.Where(l => NetworkPlan.IntegerFormat(l) is not null).Select(l => l.Activation).Distinct().Select(a => new
        {
            Name = a.ToString().ToLowerInvariant(),
            Format = a == LayerActivation.Sigmoid ? "Q4.11" : "Q3.12",
            Length = ActivationTable.Of(a).Count,
            Rows = ActivationTable.Of(a).Chunk(10).Select(row => string.Join(", ", row.Select(v => LayerText.Number(v)))).ToArray(),
        }).ToArray();

    private static object Array(NetworkPlan plan, WeightArray array) => new
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
            _ when array == plan.Mean => "subtracted from the features",
            _ when array == plan.InvStd => "by which the differences are multiplied",
            _ when array == plan.Label => "scale, mean; the rest pads",
            _ when array == plan.IntegerInput => "feature -> Q3.12",
            _ when array == plan.IntegerLabel => "Q0.15 -> label",
            _ => plan.Layers.FirstOrDefault(l => l.Weights == array) is LayerPlan layer ? LayerText.Shape(plan, layer) : null,
        },
    };
}
