using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.Model;

/// <summary>The part of a declaration that a finding is about, so that the source's place can be found for it.</summary>
public enum ModelPart
{
    /// <summary>The name in [KernelModel].</summary>
    Name,

    /// <summary>A [Dense] attribute; the finding's index says which.</summary>
    Layer,

    /// <summary>The [Ring] attribute.</summary>
    Ring,

    /// <summary>The [Features] attribute.</summary>
    Features,

    /// <summary>The label method.</summary>
    Label,

    /// <summary>The verdict method.</summary>
    Verdict,

    /// <summary>The policy method.</summary>
    Policy,
}

/// <summary>Something that a check found.</summary>
/// <param name="Rule">The diagnostic.</param>
/// <param name="Part">Where.</param>
/// <param name="Index">Which of them, where a part is repeated.</param>
/// <param name="Arguments">The message's arguments.</param>
public sealed record ModelFinding(DiagnosticRule Rule, ModelPart Part, int Index, EquatableArray<string> Arguments);

/// <summary>The checks that need only the model, not its source.</summary>
public static class ModelChecks
{
    /// <summary>The most features that a model may have.</summary>
    public const int MaxFeatures = 256;

    /// <summary>The most characters that a model's name may have: a module's name has a limit.</summary>
    public const int MaxName = 24;

    /// <summary>The fewest records that a ring may have.</summary>
    public const int MinRecords = 64;

    /// <summary>The most records that a ring may have.</summary>
    public const int MaxRecords = 65536;

    /// <summary>Checks a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>What was found, in the order of the declaration; empty if all is well.</returns>
    public static IEnumerable<ModelFinding> Check(ModelSpec model)
    {
        if (!IsModuleName(model.Name))
            yield return Finding(ModelRules.Name, ModelPart.Name, 0, model.Name);

        if (model.Layers.Count == 0)
            yield return Finding(ModelRules.NoLayers, ModelPart.Name, 0, model.Name);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            if (model.Layers[i].Units is < 1 or > ProgramShape.MaxWidth)
                yield return Finding(ModelRules.LayerSize, ModelPart.Layer, i, Text(i + 1), Text(model.Layers[i].Units));
        }

        int records = model.Ring.Records;
        if (records is < MinRecords or > MaxRecords || (records & (records - 1)) != 0)
            yield return Finding(ModelRules.RingSize, ModelPart.Ring, 0, Text(records));

        if (model.Features.Count is < 1 or > MaxFeatures)
            yield return Finding(ModelRules.FeatureRange, ModelPart.Features, 0, Text(model.Features.Count));

        if (JoinCatalog.Between(model.From, model.To) is null)
            yield return Finding(ModelRules.Join, ModelPart.Label, 0, Name(model.From), Name(model.To), JoinsInWords());

        int needed = Outputs(model);
        if (model.Layers.Count > 0 && model.Layers[model.Layers.Count - 1].Units is >= 1 and int units && units != needed)
            yield return Finding(ModelRules.HeadWidth, ModelPart.Layer, model.Layers.Count - 1, Text(units), model.Label.Method.Name, Text(needed));

        if (model.Features.Count <= MaxFeatures
            && ProgramShape.Of(model) is { IsWell: true } shape && ModelProgram.For(shape) is { FitsFrame: false } program)
        {
            string bytes = Text(program.StackBytes), most = Text(ModelProgram.MaxStackBytes);
            yield return Finding(ModelRules.Frame, ModelPart.Layer, Widest(model.Layers), model.Name, bytes, most);
        }

        (ModelPart, Method?)[] methods = [(ModelPart.Features, model.Features.Method), (ModelPart.Verdict, model.Verdict), (ModelPart.Policy, model.Policy)];
        foreach ((ModelPart part, Method? method) in methods)
        {
            if (method?.Parameters[0].Event is EventKind kind && kind != model.From)
                yield return Finding(ModelRules.FeatureEvent, part, 0, method.Name, Name(kind), Name(model.From));
        }
    }

    /// <summary>
    /// Whether a name can name a module: a lower-case C identifier, short enough for a kernel module's name. Files and symbols of the model begin with it,
    /// those that all modules have with kml.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <returns>True if it can.</returns>
    public static bool IsModuleName(string name) =>
        name.Length is >= 1 and <= MaxName
        && name[0] is >= 'a' and <= 'z'
        && !name.StartsWith("kml", StringComparison.Ordinal)
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    /// <summary>How many outputs the last layer of a model has to have.</summary>
    /// <param name="model">The model.</param>
    /// <returns>One for each class of its label, or one.</returns>
    public static int Outputs(ModelSpec model) => model.Label.IsClassification ? model.Label.Classes : 1;

    private static int Widest(EquatableArray<LayerSpec> layers) =>
        Enumerable.Range(0, layers.Count).OrderByDescending(i => layers[i].Units).First();

    private static string JoinsInWords() =>
        string.Join(
            ", or from ",
            from a in EventCatalog.All
            from b in EventCatalog.All
            where JoinCatalog.Between(a.Kind, b.Kind) is not null
            select $"{a.Kind} to {b.Kind}");

    private static ModelFinding Finding(DiagnosticRule rule, ModelPart part, int index, params string[] arguments) =>
        new(rule, part, index, new(arguments));

    private static string Name(EventKind kind) => kind.ToString();

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
