using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Data;
using Kml.KmodGen.Rows;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Model.Lowering.Budgets;

namespace Kml.KmodGen.Templating;

/// <summary>The values that templates name. All that is true of a model and may be asked for stands here, once.</summary>
internal sealed class TemplateValues
{
    private const int JoinEntries = 4096;

    private TemplateValues(IReadOnlyDictionary<string, object> byName) => ByName = byName;

    /// <summary>The values: texts, numbers and truth values.</summary>
    public IReadOnlyDictionary<string, object> ByName { get; }

    /// <summary>Collects the values of a model.</summary>
    /// <param name="input">What is rendered.</param>
    /// <returns>The values.</returns>
    public static TemplateValues Of(RenderInput input)
    {
        Dictionary<string, object> values = [];
        AddIdentity(values, input);
        HookValues.Add(values, input.Model);
        LeverValues.Add(values, input.Model);
        AbiValues.Add(values);
        SwitchValues.Add(values, input.Model.From.Info().Entity);
        AddBodies(values, input);
        AddLayout(values, input);
        AddData(values, input);
        AddBudget(values, input);
        return new(values);
    }

    private static void AddIdentity(Dictionary<string, object> values, RenderInput input)
    {
        values["model"] = input.Names.Model;
        values["module"] = input.Names.Module;
        values["module_upper"] = input.Names.Module.ToUpperInvariant();
        values["fingerprint"] = ModelText.Fingerprint(input.Model);
        values["tool_version"] = input.ToolVersion;
        values["banner"] = input.Banner;

        // DKMS takes no second source of one version: retrained weights are another.
        values["module_version"] = $"{input.ToolVersion}-w{(input.Weights?.Version ?? 0).ToString(CultureInfo.InvariantCulture)}";
        values["refused_characters"] = KbuildPath.MakeList;
        values["ring_records"] = input.Model.Ring.Records;
        values["features"] = input.Model.Features.Count;
        values["sets"] = input.Target.Sets.Select(s => new
        {
            s.Word,
            Upper = s.Word.ToUpperInvariant(),
            Flags = string.Concat(s.KernelFlags.Select(f => " " + f)),
            Missing = s.Features.Select(f => $"!boot_cpu_has(X86_FEATURE_{f.Name})")
                .Concat(s.Registers.Length == 0 ? [] : [$"!cpu_has_xfeatures({s.Registers}, NULL)"])
                .ToArray(),
        }).ToArray();
        values["set_name_size"] = CText.Size(input.Target.Sets.Select(s => s.Word));
        values["group_name_size"] = CText.Size(Groups(input.Model).Select(g => g.Word));
        values["counter_name_size"] = CText.Size(Groups(input.Model).SelectMany(g => g.Counters).Select(c => c.Word));
        values["counter_groups"] = Groups(input.Model).Select(g => new
        {
            g.Word,
            g.Identity,
            First = g.Counters[0].Symbol,
            Counters = g.Counters.ToArray(),
        }).ToArray();
    }

    /// <summary>All groups of counters, but for the accounts of other joins.</summary>
    private static IEnumerable<CounterGroup> Groups(ModelSpec model)
    {
        JoinInfo? own = JoinCatalog.Between(model.From, model.To);
        return CounterCatalog.Groups.Where(g => g == own?.Account || JoinCatalog.All.All(j => j.Account != g));
    }

    private static void AddBodies(Dictionary<string, object> values, RenderInput input)
    {
        ModelSpec model = input.Model;
        ModelTraits traits = input.Traits;
        bool weights = input.Weights is not null, twin = input.Program.Shape.IntegerTwin, labelInFloat = traits.LabelFloat || traits.VerdictFloat;
        BodyFiles bodies = new(new BodyModel(input.Names, model));
        values["integer_bodies"] = Text(bodies.Integer);
        values["float_bodies"] = Text(bodies.Float);
        values["has_float_bodies"] = bodies.Float.Count > 0;
        values["integer_headers"] = bodies.Headers(useFloat: false);
        values["float_headers"] = bodies.Headers(useFloat: true);
        values["features_float"] = traits.FeaturesFloat;
        values["has_verdict"] = model.Verdict is not null;
        values["has_policy"] = model.Policy is not null;
        values["decides"] = model.Verdict is not null || model.Policy is not null;
        values["confidences"] = Confidences(ConfidenceCatalog.Of(model));
        values["verdict_confidences"] = Confidences(ConfidenceCatalog.Of(model.Verdict));
        values["policy_confidences"] = Confidences(ConfidenceCatalog.Of(model.Policy));
        values["has_integer"] = twin;
        values["has_weights"] = weights;
        values["predicts_int"] = weights && twin;
        values["label_in_float"] = labelInFloat;
        values["uses_fpu"] = weights || labelInFloat;
        values["has_integer_object"] = !labelInFloat || (weights && twin);

        string type = CTypes.Name(model.Label.Type);
        values["label_type"] = type;
        values["prediction_value"] = type switch
        {
            "float" => "kml_f32_from_bits(record->head.prediction)",
            "s32" => "(s32)record->head.prediction",
            _ => "record->head.prediction",
        };
        values["label_bits"] = type switch { "float" => "kml_f32_to_bits(label)", "s32" => "(u32)label", _ => "label" };
    }

    private static object[] Confidences(IEnumerable<Confidence> confidences) =>
    [
        .. confidences.Select(s => s.Info()).Select(s => new
        {
            s.Word,
            Certain = ExpressionPrinter.Text(CLiteral.Of(new Constant(ScalarType.F32, BitConverter.SingleToUInt32Bits(s.Certain)))),
        }),
    ];

    private static void AddLayout(Dictionary<string, object> values, RenderInput input)
    {
        RecordLayout record = RecordLayout.Of(input.Model);
        (string Name, int Offset)[] members =
            [("features", record.FeaturesOffset), ("from", record.FromOffset), ("to", record.ToOffset), ("state", record.StateOffset)];
        string name = $"struct {input.Names.Symbol("record")}";
        StructNames structs = new(input.Names, input.Model);
        values["state_struct"] = string.Join("\n\n", structs.Definitions);
        values["record_size"] = record.Size;

        // The module's own build checks the sum.
        int join = JoinEntries * record.EntrySize;
        values["join_bytes"] = join;
        values["join_kib"] = join / 1024;
        values["layout_assertions"] = string.Join('\n', [
            .. structs.Assertions,
            .. members.Select(m => $"KML_ASSERT_LAYOUT(__builtin_offsetof({name}, {m.Name}) == {Number(m.Offset)});"),
            $"KML_ASSERT_LAYOUT(sizeof({name}) == {Number(record.Size)});",
        ]);
    }

    private static void AddData(Dictionary<string, object> values, RenderInput input)
    {
        values["weights_version"] = input.Weights?.Version ?? 0;
        values["weights_binary"] = input.WeightBytes is { Length: >= WeightsData.BinaryFrom };
        values["weights_data"] = input.WeightBytes is null ? "" : WeightsData.Definition(input.Names, input.Program, input.WeightBytes);
        values["golden_count"] = input.Weights is null ? 0 : GoldenData.Count(input.Weights);
        values["golden_data"] = input.Weights is null ? "" : GoldenData.Elements(input.Model, input.Weights);
    }

    private static void AddBudget(Dictionary<string, object> values, RenderInput input)
    {
        ModelBudget budget = ModelBudget.Of(input.Program);
        values["network_text"] = string.Join('\n', ProgramText.Steps(input.Program));
        values["budget_parameters"] = budget.Parameters;
        values["budget_bytes"] = budget.WeightBytes;
        values["budget_multiply_adds"] = budget.MultiplyAdds;
        values["budget_guarded_ns"] = budget.GuardedNs;
        values["budget_bodies"] = BodyBudget.Of(input.Model).Select(b => new
        {
            Name = b.Title,
            b.Operations,
            b.FrameBytes,
            Checks = b.ChecksInWords(),
        }).ToArray();
    }

    private static string Text(IEnumerable<BodyPart> parts) => string.Join("\n\n", parts.Select(p => OriginMarks.Of(p.Origin, p.Text)));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
