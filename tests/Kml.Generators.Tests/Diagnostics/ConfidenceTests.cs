using System;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>What a verdict and a policy may take behind the value, and what becomes of it.</summary>
public class ConfidenceTests
{
    private const string Verdict = "Late(in BioQueue e, float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)";
    private const string Policy = "Act(ref BioQueue e, float us)\n    {\n        if (us > 2000)";

    [Theory]
    [InlineData("float probability", "float margin")]
    [InlineData("float margin, float probability", "float probability")]
    [InlineData("float margin", "float margin, float probability")]
    public void A_verdict_and_a_policy_of_a_class_take_them_by_name_in_any_order(string verdict, string policy)
    {
        ModelSpec model = GeneratorRun.Of(Classes(verdict, policy)).Models.Single();

        Names(model.Verdict!).ShouldBe(verdict);
        Names(model.Policy!).ShouldBe(policy);
        ModelText.Read(ModelText.Write(model)).ShouldBe(model);
        ProgramShape.Of(model).Confidences.ShouldBe(
            ConfidenceCatalog.All.Where(c => (verdict + policy).Contains(c.Word)).Select(c => c.Confidence).ToEquatableArray());

        static string Names(Method method) => string.Join(", ", ConfidenceCatalog.Of(method).Select(c => "float " + c.Info().Word));
    }

    [Theory]
    [InlineData("(scalar margin f32 margin)", "(scalar margin f32 probability)")]
    [InlineData("(scalar margin f32 margin)", "(scalar margin q16 margin)")]
    public void A_text_in_which_one_stands_twice_or_in_another_type_is_refused(string part, string other)
    {
        string text = ModelText.Write(GeneratorRun.Of(Classes("float probability, float margin", "")).Models.Single());
        Should.Throw<FormatException>(() => ModelText.Read(text.Replace(part, other, StringComparison.Ordinal)));
    }

    /// <summary>What is learned is the same: weights of the one are weights of the other.</summary>
    [Fact]
    public void They_are_outside_the_fingerprint() =>
        ModelText.Fingerprint(GeneratorRun.Of(Classes("float margin", "float margin")).Models.Single())
            .ShouldBe(ModelText.Fingerprint(GeneratorRun.Of(Classes("", "")).Models.Single()));

    [Fact]
    public void A_model_that_takes_one_has_no_integer_twin()
    {
        (string, string)[] integers =
        [
            ("Span<float> x", "Span<int> x"),
            ("x[0] = q.Waiting;", "x[0] = (int)q.Waiting;"),
            ("x[1] = Math.Abs((long)(e.Sector - q.LastSector)) / (float)e.DiskSectors;", "x[1] = (int)(e.Sector / 8);"),
        ];
        bool Twin(string verdict) => ProgramShape.Of(GeneratorRun.Of(Classes(verdict, "", integers)).Models.Single()).IntegerTwin;

        Twin("").ShouldBeTrue();
        Twin("float margin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Late", "probability", "Late(in BioQueue e, float us", "Late(in BioQueue e, float us, float [|probability|]")]
    [InlineData("Act", "margin", "Act(ref BioQueue e, float us", "Act(ref BioQueue e, float us, Q16 [|margin|]")]
    public Task KML0018_a_regression_has_none(string method, string name, string before, string after) =>
        AnalyzerRun.ShouldReport(SourceRules.NoConfidence, ModelSource.With((before, after)), method, name);

    [Theory]
    [InlineData("[|Q16|] margin", "margin", "Q16")]
    [InlineData("float margin, [|int|] probability", "probability", "int")]
    [InlineData("[|double|] margin", "margin", "double")]
    public Task KML0019_each_is_a_float(string parameters, string name, string type) =>
        AnalyzerRun.ShouldReport(SourceRules.ConfidenceType, Classes(parameters, ""), name, type);

    [Theory]
    [InlineData("float certainty")]
    [InlineData("float Margin")]
    [InlineData("in float margin")]
    public Task KML0006_a_verdict_takes_nothing_else(string parameter) => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        Classes(parameter, "").Replace("bool Late", "bool [|Late|]", StringComparison.Ordinal),
        "Late",
        "Verdict",
        "has other parameters or another result",
        "static bool Late(in TFrom e, bool value, float probability, float margin), probability and margin as needed");

    /// <summary>The good model as a classification, with what is to stand behind the values of verdict and policy.</summary>
    private static string Classes(string verdict, string policy, params (string, string)[] more) => ModelSource.With(
    [
        ("[Dense(1)]", "[Dense(2)]"),
        (
            "static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f",
            "static bool IsLong(in BioQueue a, in BlockIssue b) => b.TimeNs - a.TimeNs > 1000"),
        (Verdict, $"Late(in BioQueue e, bool value{After(verdict)}) => value{Above(verdict)}"),
        (Policy, $"Act(ref BioQueue e, bool value{After(policy)})\n    {{\n        if (value{Above(policy)})"),
        .. more,
    ]);

    private static string After(string parameters) => parameters.Length == 0 ? "" : ", " + parameters;

    private static string Above(string parameters) =>
        string.Concat(ConfidenceCatalog.All.Where(c => parameters.Contains("float " + c.Word)).Select(c => $" && {c.Word} > 0.5f"));
}
