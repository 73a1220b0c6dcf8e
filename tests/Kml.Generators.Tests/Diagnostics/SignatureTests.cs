using System;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic about the signature of a model's method.</summary>
public class SignatureTests
{
    private const string Features = "Extract(in BioQueue e, in Queue q, Span<float> x)";
    private const string Shape = "has other parameters or another result";
    private const string Label = "private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;";

    [Theory]
    [InlineData(Shape, "private static void [|On|](in BioQueue e, in Queue q)")]
    [InlineData(Shape, "private static void [|On|](BioQueue e, ref Queue q)")]
    [InlineData(Shape, "private static void [|On|](in int e, ref Queue q)")]
    [InlineData("is not static", "private void [|On|](in BioQueue e, ref Queue q)")]
    [InlineData("is generic", "private static void [|On|]<T>(in BioQueue e, ref Queue q)")]
    [InlineData("is async", "private static async void [|On|](in BioQueue e, ref Queue q)")]
    public Task KML0006_an_update_of_another_shape(string what, string signature) => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(("private static void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting++;", signature + "\n    {")),
        "On",
        "Update",
        what,
        "static void On(in TEvent e, ref Queue s)");

    // The rest of the signature is right in each: the message must say what is not.
    [Theory]
    [InlineData("Update", "void On(in BioQueue e, ref Queue q)", "static void On(in TEvent e, ref Queue s)")]
    [InlineData("Features(2)", "void Extract(in BioQueue e, in Queue q, Span<float> x)", "static void Extract(in TEvent e, in Queue s, Span<float|Q16|int> x)")]
    [InlineData(
        "Label",
        "float WaitUs(in BioQueue a, in BlockIssue b)",
        "static float|int|Q16|bool|enum WaitUs(in TFrom a, in TTo b), an enum's members being 0, 1, 2 and so on")]
    [InlineData("Verdict", "bool Late(in BioQueue e, float us)", "static bool Late(in TFrom e, float value)")]
    [InlineData("Policy", "void Act(ref BioQueue e, float us)", "static void Act(ref TFrom e, float prediction)")]
    public async Task KML0006_a_method_in_two_parts(string attribute, string signature, string wanted)
    {
        string name = signature.Split(' ', '(')[1];
        await AnalyzerRun.ShouldReport(
            SourceRules.Signature,
            ModelSource.With((
                $"[{attribute}]\n    private static {signature}",
                $"[{attribute}]\n    private static partial {signature.Replace(name + "(", $"[|{name}|](", StringComparison.Ordinal)};\n\n    "
                    + $"private static partial {signature}")),
            name,
            attribute.Split('(')[0],
            "is partial",
            wanted);
    }

    // Legal C#, whose calls vanish.
    [Fact]
    public Task KML0006_a_partial_method_without_a_body() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With((
            "private static void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting++;\n    }",
            "static partial void [|On|](in BioQueue e, ref Queue q);")),
        "On",
        "Update",
        "is partial",
        "static void On(in TEvent e, ref Queue s)");

    // Legal C#, whose calls .NET leaves out; the module would keep them.
    [Theory]
    [InlineData("Update", "void On(in BioQueue e, ref Queue q)", "static void On(in TEvent e, ref Queue s)")]
    [InlineData("Features(2)", "void Extract(in BioQueue e, in Queue q, Span<float> x)", "static void Extract(in TEvent e, in Queue s, Span<float|Q16|int> x)")]
    [InlineData("Policy", "void Act(ref BioQueue e, float us)", "static void Act(ref TFrom e, float prediction)")]
    public async Task KML0006_a_method_that_is_conditional(string attribute, string signature, string wanted)
    {
        string name = signature.Split(' ', '(')[1];
        await AnalyzerRun.ShouldReport(
            SourceRules.Signature,
            ModelSource.With((
                $"[{attribute}]\n    private static {signature}",
                $"[{attribute}]\n    [System.Diagnostics.Conditional(\"TRACE\")]\n    "
                    + $"private static {signature.Replace(name + "(", $"[|{name}|](", StringComparison.Ordinal)}")),
            name,
            attribute.Split('(')[0],
            "is conditional",
            wanted);
    }

    [Theory]
    [InlineData("[|Extract|](in BioQueue e, in Queue q, Span<double> x)")]
    [InlineData("[|Extract|](in BioQueue e, in Queue q, float[] x)")]
    [InlineData("[|Extract|](in BioQueue e, ref Queue q, Span<float> x)")]
    public Task KML0006_features_of_another_shape(string signature) => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With((Features, signature)),
        "Extract",
        "Features",
        Shape,
        "static void Extract(in TEvent e, in Queue s, Span<float|Q16|int> x)");

    [Theory]
    [InlineData("private static double [|WaitUs|](in BioQueue a, in BlockIssue b) => 1;")]
    [InlineData("private static float [|WaitUs|](in BioQueue a) => 1;")]
    [InlineData("private static Sparse [|WaitUs|](in BioQueue a, in BlockIssue b) => Sparse.A; private enum Sparse { A, C = 2 }")]
    public Task KML0006_a_label_of_another_shape(string method) => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(
            (Label, method),
            ("[Verdict]", string.Empty),
            ("[Policy]", string.Empty)),
        "WaitUs",
        "Label",
        Shape,
        "static float|int|Q16|bool|enum WaitUs(in TFrom a, in TTo b), an enum's members being 0, 1, 2 and so on");

    [Fact]
    public Task KML0006_a_verdict_on_another_type_than_the_labels() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(("Late(in BioQueue e, float us)", "[|Late|](in BioQueue e, int us)")),
        "Late",
        "Verdict",
        Shape,
        "static bool Late(in TFrom e, float value)");

    [Fact]
    public Task KML0006_a_policy_that_cannot_act() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(("Act(ref BioQueue e, float us)", "[|Act|](in BioQueue e, float us)"), ("e.RaisePriority(IoPriority.RealTime)", "return")),
        "Act",
        "Policy",
        Shape,
        "static void Act(ref TFrom e, float prediction)");
}
