using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>What bodies may not do, statement by statement: each construct is refused at its token, with its remedy, once.</summary>
public class SubsetTests
{
    private const string Exception = "test for the condition; a division by zero already abandons the body";
    private const string Bounded = "count up to a constant or a length of at most 65536, or say [Bound(n)] on the method";
    private const string Jump = "use a loop, break, continue, or return";

    [Theory]
    [InlineData("[|while|] (q.Waiting > 0) { }", "A loop of which nothing shows that it ends", Bounded)]
    [InlineData("[|do|] { } while (q.Waiting > 0);", "A loop of which nothing shows that it ends", Bounded)]
    [InlineData("[|for|] (uint i = 0; i < q.Waiting; i++) { }", "A loop of which nothing shows that it ends", Bounded)]
    [InlineData("[|for|] (int i = 0; i < 100000; i++) { }", "A loop of which nothing shows that it ends", Bounded)]
    [InlineData("[|for|] (int i = 0; i < 10; ) { }", "A loop of which nothing shows that it ends", Bounded)]
    [InlineData("foreach (char c in [|\"x\"|]) { }", "'foreach' over it", "go through an [InlineArray], a span or a table")]
    [InlineData("[|try|] { q.Waiting++; } catch (DivideByZeroException) { }", "An exception", Exception)]
    [InlineData("[|throw|] new InvalidOperationException();", "An exception", Exception)]
    [InlineData("q.Waiting = q.Waiting > 1 ? 1 : [|throw|] null!;", "An exception", Exception)]
    [InlineData("[|lock|] (typeof(int)) { }", "'lock'", "leave it out")]
    [InlineData("[|using|] (null as IDisposable) { }", "'using'", "leave it out")]
    [InlineData("[|using|] IDisposable? a = null;", "'using'", "leave it out")]
    [InlineData("[|goto|] end; end: q.Waiting = 1;", "A jump", Jump)]
    [InlineData("for (int i = 0; i < 3; i++) { for (int j = 0; j < 3; j++) { [|goto|] end; } } end: q.Waiting = 1;", "A jump", Jump)]
    [InlineData(
        "switch (q.Waiting) { case 1: [|goto|] case 3; case 2: break; case 3: break; }",
        "A jump to this case",
        "jump to the case that follows, at the end of its own")]
    [InlineData("System.Diagnostics.Debug.Assert(q.Waiting[|++|] > 0);", "An effect within a call of 'Assert'", "do it before: the module leaves the call out")]
    public Task KML0003_a_statement(string body, string what, string remedy) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.WithUpdate(body), what, remedy);

    [Fact]
    public Task KML0003_each_mistake_of_a_body_is_reported() => AnalyzerRun.ShouldReport(
        ModelSource.WithUpdate("uint a = (uint)DateTime.Now.[|Hour|] + (uint)HashCode.[|Combine|](1, 2);"),
        checkOverflow: false,
        (SourceRules.OutsideSubset, ["'DateTime.Hour'", "use the TimeNs of the event"]),
        (SourceRules.OutsideSubset, ["A call of 'HashCode.Combine'", "use Hash.Mix of the parts"]));

    [Theory]
    [InlineData("x[0] = q.Waiting * [|1.5|] > 2 ? 1 : 0;", "The double '1.5'", "use float (1.5f)")]
    [InlineData("x[0] = (float)(q.Waiting * [|1.5D|]);", "The double '1.5D'", "use float (1.5f)")]
    [InlineData("var a = [|1.5|]; x[0] = (float)a;", "The double '1.5'", "use float (1.5f)")]
    [InlineData("double a = q.Waiting / [|2.0|]; x[0] = (float)a;", "The double '2.0'", "use float (2.0f)")]
    [InlineData("x[0] = (float)Math.[|Sqrt|](q.Waiting);", "A call of 'Math.Sqrt'", "use MathF.Sqrt")]
    [InlineData("[|double|] a = q.Waiting; x[0] = (float)a;", "'double' arithmetic", "use float or Q16")]
    [InlineData("x[0] = (float)([|double|])q.Waiting;", "'double' arithmetic", "use float or Q16")]
    [InlineData("x[0] = (float)(Math.PI [|*|] q.Waiting);", "'double' arithmetic", "use float or Q16")]
    [InlineData("x[0] = (float)(q.Waiting * [|1e39|]);", "The double '1e39'", "use a number that a float holds")]
    [InlineData("x[0] = (float)(q.Waiting * [|1e-50|]);", "The double '1e-50'", "use a number that a float holds")]
    public Task KML0003_a_double(string body, string what, string remedy) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.WithFeatures(body), what, remedy);

    [Theory]
    [InlineData("q.Waiting = (uint)([|1.5f|] * q.Waiting);", "1.5f")]
    [InlineData("q.Waiting = (uint)([|1.5|] * q.Waiting);", "1.5")]
    [InlineData("q.Waiting = (uint)([|float|])q.Waiting;", "float")]
    [InlineData("[|float|] mean;", "float")]
    public Task KML0004_floating_point_in_an_update(string body, string what) =>
        AnalyzerRun.ShouldReport(SourceRules.FloatInUpdate, ModelSource.WithUpdate(body), what);

    [Fact]
    public Task KML0004_floating_point_in_what_an_update_calls() => AnalyzerRun.ShouldReport(
        SourceRules.FloatInUpdate,
        ModelSource.With(
            ("q.Waiting++;", "q.Waiting = [|Half|](q.Waiting);"),
            ("[Verdict]", "private static uint Half(uint n) => (uint)(n * 0.5f);\n\n    [Verdict]")),
        "Half");

    [Theory]
    [InlineData("[Dense(1)]", "[Dense(1, [|(Activation)7|])]", "(Activation)7", "Identity or Relu or Sigmoid or Tanh")]
    [InlineData("[Dense(1)]", "[Dense(activation: [|(Activation)(-1)|], units: 1)]", "(Activation)(-1)", "Identity or Relu or Sigmoid or Tanh")]
    [InlineData("[Ring(Records = 1024)]", "[Ring(WhenFull = [|(WhenFull)2|])]", "(WhenFull)2", "Drop")]
    [InlineData("[State]", "[State(Scope = [|(Scope)9|])]", "(Scope)9", "PerDevice")]
    public Task KML0003_a_number_that_is_no_member(string before, string after, string what, string members) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.With((before, after)), $"'{what}'", $"use {members}");

    [Fact]
    public async Task KML0003_too_deep_a_nesting()
    {
        const string remedy = "So deep a nesting cannot be translated to kernel C; put parts of it into locals, or return early";
        string[] bodies =
        [
            "q.Waiting = 1" + string.Concat(Enumerable.Repeat(" + q.Waiting", 2000)) + ";",
            "q.Waiting = " + string.Concat(Enumerable.Repeat("~", 400)) + "q.Waiting;",
            string.Concat(Enumerable.Repeat("if (q.Waiting > 0) q.Waiting = 1; else ", 300)) + "q.Waiting = 2;",
        ];
        foreach (string body in bodies)
        {
            Diagnostic found = (await AnalyzerRun.Run(ModelSource.WithUpdate(body))).ShouldHaveSingleItem();
            found.GetMessage(null).ShouldBe($"{remedy} (kml explain KML0003)");
            GeneratorRun.Of(ModelSource.WithUpdate(body)).Models.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("byte a = 1; q.Waiting = 1", " + q.Waiting", ";")]
    [InlineData("sbyte a = 1; a = (sbyte)(1", " >>> a", ");")]
    [InlineData("IoOperation a = e.Operation; a = a", " | a", ";")]
    public void What_nests_almost_too_deep_is_translated_and_read_back(string first, string repeated, string last) =>
        GeneratorRun.Of(ModelSource.WithUpdate(first + string.Concat(Enumerable.Repeat(repeated, 120)) + last)).Models.ShouldHaveSingleItem();

    [Fact]
    public Task KML0003_a_lever_outside_a_policy() => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.WithFeatures("e.[|RaisePriority|](IoPriority.RealTime);"),
        "'RaisePriority' outside a policy",
        "call it in the [Policy] method");

    // A method of an extension block has a receiver as the event's own method has, and may have its name.
    [Fact]
    public async Task KML0003_a_method_that_is_named_as_a_lever()
    {
        string source = ModelSource.With(("e.RaisePriority(IoPriority.RealTime);", "e.RaisePriority(3);"))
            + "\npublic static class Levers\n{\n    extension(ref BioQueue e)\n    {\n        public void RaisePriority(int times) { }\n    }\n}\n";
        CSharpCompilation compilation = TestCompilation.Of(source, parseOptions: TestCompilation.ParseOptions.WithLanguageVersion(LanguageVersion.Preview));
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();

        Diagnostic found = (await AnalyzerRun.Run(compilation)).ShouldHaveSingleItem();

        found.GetMessage(null).ShouldBe(string.Format(
            null,
            SourceRules.OutsideSubset.Format,
            "'RaisePriority' of an extension block",
            "write it as an extension method, with 'this' before its first parameter"));
        GeneratorRun.Of(compilation).Models.ShouldBeEmpty();
    }

    [Fact]
    public Task KML0003_an_assignment_to_the_prediction() => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.With(("if (us > 2000)", "[|us|] = 1;\n        if (us > 2000)")),
        "An assignment to 'us'",
        "assign to locals");
}
