using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Kml.Model.Text;
using static Kml.Model.Text.SExpression;

namespace Kml.Model;

/// <summary>
/// The canonical text of a model: S-expressions, one spelling for one model. The generator writes it into the assembly;
/// the build and the trainer read it back. Version 2.
/// </summary>
public static class ModelText
{
    private const string Version = "2";

    // What a text may have. A tool that skipped what it does not know would build another model.
    private static readonly string[] Parts =
        ["name", "observe", "state", "function", "update", "features", "dense", "label", "verdict", "policy", "ring"];

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its canonical text, one line.</returns>
    public static string Write(ModelSpec model)
    {
        List<SExpression> parts = [Atom(Version), List("name", Atom(model.Name)), .. LearnedParts(model, model.Functions)];
        if (model.Verdict is not null)
            parts.Add(List("verdict", BodyText.Write(model.Verdict)));
        if (model.Policy is not null)
            parts.Add(List("policy", BodyText.Write(model.Policy)));
        parts.Add(List("ring", Number(model.Ring.Records), Atom(model.Ring.WhenFull.ToString())));
        return List("kml-model", parts).ToString();
    }

    /// <summary>Reads a model.</summary>
    /// <param name="text">A canonical text.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FormatException">The text is not a model of this version; the message says where it fails.</exception>
    public static ModelSpec Read(string text)
    {
        ModelSpec model = ReadParts(text);
        ModelTextCheck.Check(model);
        return model;
    }

    /// <summary>Reads a model of which one part may not fit another.</summary>
    internal static ModelSpec ReadParts(string text)
    {
        SExpression root = Parse(text);
        if (root.Head != "kml-model")
            throw new FormatException("The text is no kernel model.");
        if (root.At(1).Word != Version)
            throw new FormatException($"The text is of version {root.At(1).Word}; this tool reads version {Version}. Rebuild with one version of KmlCompiler.");

        ILookup<string, SExpression> parts = root.Items.Skip(2).ToLookup(p => p.Head);
        if (parts.FirstOrDefault(p => !Parts.Contains(p.Key)) is { Key: { } unknown })
            throw new FormatException($"The text has a part '{unknown}', which this tool does not know. Rebuild with one version of KmlCompiler.");
        SExpression features = One(parts, "features");
        SExpression label = One(parts, "label");
        SExpression ring = One(parts, "ring");
        return new ModelSpec(
            One(parts, "name").At(1).Word,
            One(parts, "observe").Items.Skip(1).Select(e => EventCatalog.FromWord(e.Word).Kind).ToEquatableArray(),
            Optional(parts, "state").Select(ReadState).SingleOrDefault(),
            parts["update"].Select(u => BodyText.ReadMethod(u.At(1))).ToEquatableArray(),
            new FeaturesSpec(features.At(1).Int32(), ScalarTypes.FromWord(features.At(2).Word), BodyText.ReadMethod(features.At(3))),
            parts["dense"].Select(l => new LayerSpec(l.At(1).Int32(), l.At(2).Enum<LayerActivation>())).ToEquatableArray(),
            new LabelSpec(
                ScalarTypes.FromWord(label.At(1).Word),
                label.At(2).Int32(),
                EventCatalog.FromWord(label.At(3).Word).Kind,
                EventCatalog.FromWord(label.At(4).Word).Kind,
                BodyText.ReadMethod(label.At(5))),
            Optional(parts, "verdict").Select(v => BodyText.ReadMethod(v.At(1))).SingleOrDefault(),
            Optional(parts, "policy").Select(p => BodyText.ReadMethod(p.At(1))).SingleOrDefault(),
            new RingSpec(ring.At(1).Int32(), ring.At(2).Enum<RingWhenFull>()),
            parts["function"].Select(f => BodyText.ReadMethod(f.At(1))).ToEquatableArray());
    }

    /// <summary>
    /// The model's fingerprint, which weights carry: of what is learned from and what is learned. Verdict, policy, ring and name are outside it,
    /// so that a changed threshold does not cost a training run; and so are names (<see cref="CanonicalNames"/>), so that a rename does not either.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>SHA-256 as 64 lower-case hexadecimal digits.</returns>
    public static string Fingerprint(ModelSpec model)
    {
        ModelSpec named = CanonicalNames.Of(model);
        string learned = List("kml-learned", [Atom(Version), .. LearnedParts(named, named.Functions)]).ToString();
        using SHA256 sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(learned)).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// What keeps a model from learning from the records of another: their events, their state, or what updates make of it. The two may differ in all
    /// else: features and label are computed anew, and names (<see cref="CanonicalNames"/>) are in no record.
    /// </summary>
    /// <param name="model">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>Words for it, to follow "other"; null where one has records like the other's.</returns>
    public static string? RecordDifference(ModelSpec model, ModelSpec other)
    {
        ModelSpec a = CanonicalNames.Of(model), b = CanonicalNames.Of(other);
        return a.From != b.From || a.To != b.To ? "events"
            : a.State != b.State ? "state"
            : a.Updates != b.Updates || a.Observes != b.Observes || FunctionsOfUpdates(a) != FunctionsOfUpdates(b) ? "updates of the state"
            : null;
    }

    private static EquatableArray<Method> FunctionsOfUpdates(ModelSpec model) =>
        new ModelFunctions(model.Functions).CalledBy(model.Updates).ToEquatableArray();

    private static IEnumerable<SExpression> LearnedParts(ModelSpec model, IEnumerable<Method> functions)
    {
        yield return List("observe", model.Observes.Select(e => Atom(e.Info().Word)));
        if (model.State is not null)
        {
            yield return List(
                "state",
                [Atom(model.State.Scope.ToString()), .. model.State.Fields.Select(PlaceText.Write)]);
        }

        foreach (Method function in functions)
            yield return List("function", BodyText.Write(function));

        foreach (Method update in model.Updates)
            yield return List("update", BodyText.Write(update));
        yield return List("features", Number(model.Features.Count), Atom(model.Features.Type.Word()), BodyText.Write(model.Features.Method));
        foreach (LayerSpec layer in model.Layers)
            yield return List("dense", Number(layer.Units), Atom(layer.Activation.ToString()));
        yield return List(
            "label",
            Atom(model.Label.Type.Word()),
            Number(model.Label.Classes),
            Atom(model.Label.From.Info().Word),
            Atom(model.Label.To.Info().Word),
            BodyText.Write(model.Label.Method));
    }

    private static StateSpec ReadState(SExpression node) =>
        new(
            node.At(1).Enum<StateScope>(),
            node.Items.Skip(2).Select(PlaceText.ReadField).ToEquatableArray());

    private static SExpression One(ILookup<string, SExpression> parts, string head) =>
        parts[head].Count() == 1
            ? parts[head].Single()
            : throw new FormatException($"The text has {parts[head].Count()} parts '{head}', not one.");

    private static IEnumerable<SExpression> Optional(ILookup<string, SExpression> parts, string head) =>
        parts[head].Count() <= 1
            ? parts[head]
            : throw new FormatException($"The text has {parts[head].Count()} parts '{head}'; one is the most.");
}
