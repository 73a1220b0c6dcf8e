using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>What bodies may not do: each construct is refused at its token, with its remedy.</summary>
public class SubsetTests
{
    private const string Functions = "call only Math.Abs, Min, Max, Sign and Clamp, their MathF and Q16 forms, or write its code in place";
    private const string Types = "use bool, an integer, an enum, float or Q16";
    private const string Generic = "use arithmetic, comparisons, conversions, if, ?: and locals";
    private const string OwnStatement = "make it a statement of its own";

    [Theory]
    [InlineData("[|for|] (int i = 0; i < 3; i++) { }", "A loop", "write its steps out")]
    [InlineData("[|while|] (q.Waiting > 0) { }", "A loop", "write its steps out")]
    [InlineData("[|do|] { } while (q.Waiting > 0);", "A loop", "write its steps out")]
    [InlineData("[|foreach|] (char c in \"x\") { }", "A loop", "write its steps out")]
    [InlineData("[|switch|] (q.Waiting) { case 1: break; }", "'switch'", "use if and else, or ?:")]
    [InlineData("uint a = q.Waiting [|switch|] { 1 => 2u, _ => 3u };", "'switch'", "use if and else, or ?:")]
    [InlineData("[|try|] { } finally { }", "An exception", "test for the condition; a division by zero already abandons the record")]
    [InlineData("[|throw|] null!;", "An exception", "test for the condition; a division by zero already abandons the record")]
    [InlineData("bool a = q.Waiting [|is|] 1 or 2;", "A pattern", "use comparisons, joined by && and ||")]
    [InlineData("uint a = [|checked|](q.Waiting + 1);", "'checked' arithmetic", "arithmetic wraps in the kernel; test the range before")]
    [InlineData("[|checked|] { q.Waiting++; }", "'checked' arithmetic", "arithmetic wraps in the kernel; test the range before")]
    [InlineData("uint a = q.Waiting [|=|] 3;", "An assignment inside an expression", OwnStatement)]
    [InlineData("uint a = q.Waiting [|+=|] 3;", "An assignment inside an expression", OwnStatement)]
    [InlineData("uint a = q.Waiting[|++|];", "An increment inside an expression", OwnStatement)]
    [InlineData("uint a = [|--|]q.Waiting;", "An increment inside an expression", OwnStatement)]
    [InlineData("q.Waiting = (uint)Math.[|BigMul|](1, (int)q.Waiting);", "A call of 'Math.BigMul'", Functions)]
    [InlineData("var (a, b) [|=|] (1u, 2u);", "A tuple", "assign one variable at a time")]
    [InlineData("(q.Waiting, q.LastSector) [|=|] (1, 2);", "A tuple", "assign one variable at a time")]
    [InlineData("GC.[|Collect|]();", "A call of 'GC.Collect'", Functions)]
    [InlineData("[|lock|] (typeof(int)) { }", "'lock'", "leave it out")]
    [InlineData("[|ref uint|] w = ref q.Waiting;", "A 'ref' local", "use a plain local")]
    [InlineData("Queue copy = [|q|];", "A value of type 'Queue'", Types)]
    [InlineData("uint[] a = [|new|] uint[2];", "An array", "use locals, or fields of the state")]
    [InlineData("[|uint?|] a = q.Waiting;", "A value of type 'uint?'", Types)]
    [InlineData("var a = [|\"text\"|];", "A string", "use numbers, or an enum")]
    [InlineData("[|decimal|] a;", "A value of type 'decimal'", Types)]
    [InlineData("[|object|] a = q.Waiting;", "A value of type 'object'", Types)]
    [InlineData("Func<int> a = () [|=>|] 1;", "A lambda", "write its code in place")]
    [InlineData("q.Waiting = (uint)Environment.[|TickCount|];", "'Environment.TickCount'", Generic)]
    [InlineData("q.Waiting = e.[|GetHashCode|]() > 0 ? 1u : 2u;", "A call of 'e.GetHashCode'", Functions)]
    public Task KML0003_in_an_update(string body, string what, string remedy) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.WithUpdate(body), what, remedy);

    [Fact]
    public Task KML0003_a_local_function_and_its_call() => AnalyzerRun.ShouldReport(
        ModelSource.WithUpdate("q.Waiting = [|Twice|](q.Waiting);\n        static uint [|Twice|](uint v) => v * 2;"),
        checkOverflow: false,
        (SourceRules.OutsideSubset, ["A call of 'Twice'", Functions]),
        (SourceRules.OutsideSubset, ["A local function", "write its code in place"]));

    [Fact]
    public Task KML0003_a_jump() => AnalyzerRun.ShouldReport(
        ModelSource.WithUpdate("[|goto|] end;\n        [|end|]: q.Waiting = 1;"),
        checkOverflow: false,
        (SourceRules.OutsideSubset, ["A jump", "use if and else, or return"]),
        (SourceRules.OutsideSubset, ["A jump", "use if and else, or return"]));

    [Fact]
    public Task KML0003_each_mistake_of_a_body_is_reported() => AnalyzerRun.ShouldReport(
        ModelSource.WithUpdate("uint a = q.Waiting[|++|] + q.Waiting[|--|] + (uint)Math.[|BigMul|](1, 2);"),
        checkOverflow: false,
        (SourceRules.OutsideSubset, ["An increment inside an expression", OwnStatement]),
        (SourceRules.OutsideSubset, ["An increment inside an expression", OwnStatement]),
        (SourceRules.OutsideSubset, ["A call of 'Math.BigMul'", Functions]));

    [Theory]
    [InlineData("x[0] = q.Waiting * [|1.5|] > 2 ? 1 : 0;", "The double '1.5'", "use float (1.5f)")]
    [InlineData("x[0] = (float)(q.Waiting * [|1.5D|]);", "The double '1.5D'", "use float (1.5f)")]
    [InlineData("var a = [|1.5|];", "The double '1.5'", "use float (1.5f)")]
    [InlineData("x[0] = (float)Math.[|Sqrt|](q.Waiting);", "A call of 'Math.Sqrt'", Functions)]
    [InlineData("[|double|] a;", "'double' arithmetic", "use float or Q16")]
    [InlineData("x[0] = (float)([|double|])q.Waiting;", "'double' arithmetic", "use float or Q16")]
    [InlineData("x[0] = [|x[(int)q.Waiting]|];", "An element access", "only x[constant] = value is translated, x being the features")]
    [InlineData("x[[|(int)q.Waiting|]] = 1;", "The index '(int)q.Waiting'", "write each feature under a constant index")]
    [InlineData("[|x[0]|] += 1;", "An assignment to 'x[0]'", "assign to locals, and to features as x[constant] = value")]
    [InlineData("x[0] = (float)(q.Waiting * [|1e39|]);", "The double '1e39'", "use a number that a float holds")]
    [InlineData("x[0] = (float)(q.Waiting * [|1e-50|]);", "The double '1e-50'", "use a number that a float holds")]
    [InlineData("x.[|Clear|]();", "A call of 'x.Clear'", Functions)]
    public Task KML0003_in_features(string body, string what, string remedy) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.WithFeatures(body), what, remedy);

    // What each remedy with a way to write it asks for: the text after it is followed.
    [Theory]
    [InlineData("x[0] = q.Waiting * 1.5 > 2 ? 1 : 0;", "x[0] = q.Waiting * 1.5f > 2 ? 1 : 0;")]
    [InlineData("x[0] = (float)(q.Waiting * 1.5D);", "x[0] = (float)(q.Waiting * 1.5f);")]
    [InlineData("double a = q.Waiting; x[0] = (float)a;", "float a = q.Waiting; x[0] = (float)a;")]
    [InlineData("for (int i = 0; i < 2; i++) x[0] = i;", "{ int i = 0; x[0] = i; i++; x[0] = i; }")]
    [InlineData("switch (q.Waiting) { case 1: x[0] = 2; break; }", "if (q.Waiting == 1) { x[0] = 2; }")]
    [InlineData("x[0] = q.Waiting switch { 1 => 2, _ => 3 };", "x[0] = q.Waiting == 1 ? 2 : 3;")]
    [InlineData("x[0] = q.Waiting is 1 or 2 ? 1 : 0;", "x[0] = q.Waiting == 1 || q.Waiting == 2 ? 1 : 0;")]
    [InlineData("uint a = 1; x[0] = a++;", "uint a = 1; x[0] = a; a++;")]
    [InlineData("uint a = 1; x[0] = a += 2;", "uint a = 1; a += 2; x[0] = a;")]
    [InlineData("var (a, b) = (1u, 2u); x[0] = a + b;", "var a = 1u; var b = 2u; x[0] = a + b;")]
    [InlineData("x[0] += 1;", "float a = 0; a += 1; x[0] = a;")]
    [InlineData("x[(int)q.Waiting] = 1;", "x[1] = 1;")]
    public async Task KML0003_a_remedy_that_is_followed_is_accepted(string refused, string followed)
    {
        (await AnalyzerRun.Run(ModelSource.WithFeatures(refused))).ShouldNotBeEmpty();
        (await AnalyzerRun.Run(ModelSource.WithFeatures(followed))).ShouldBeEmpty();
        GeneratorRun.Of(ModelSource.WithFeatures(followed)).Models.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("q.Waiting = (uint)([|1.5f|] * q.Waiting);", "1.5f")]
    [InlineData("q.Waiting = (uint)([|1.5|] * q.Waiting);", "1.5")]
    [InlineData("q.Waiting = (uint)([|float|])q.Waiting;", "float")]
    [InlineData("[|float|] mean;", "float")]
    public Task KML0004_floating_point_in_an_update(string body, string what) =>
        AnalyzerRun.ShouldReport(SourceRules.FloatInUpdate, ModelSource.WithUpdate(body), what);

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

        found.GetMessage(null).ShouldBe(string.Format(null, SourceRules.OutsideSubset.Format, "A call of 'e.RaisePriority'", Functions));
        GeneratorRun.Of(compilation).Models.ShouldBeEmpty();
    }

    [Fact]
    public Task KML0003_an_assignment_to_the_prediction() => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.With(("if (us > 2000)", "[|us|] = 1;\n        if (us > 2000)")),
        "An assignment to 'us'",
        "assign to locals");
}
