using System;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>Each diagnostic about a declaration: the marked place, the rule, and its arguments.</summary>
public class DiagnosticTests
{
    private const string Features = "Extract(in BioQueue e, in Queue q, Span<float> x)";
    private const string Shape = "has other parameters or another result";
    private const string BioUpdate = "[Update]\n    private static void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting++;\n    }";
    private const string SecondUpdate = "[Update] private static void Second(in BioQueue e, ref Queue q) => q.Waiting *= 2;";
    private const string Label = "private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;";

    [Fact]
    public Task KML0001_a_class_that_is_not_partial() => AnalyzerRun.ShouldReport(
        SourceRules.NotPartial,
        ModelSource.With(("partial class IssueTime", "class [|IssueTime|]")),
        "IssueTime");

    [Fact]
    public Task KML0002_no_features_method() => AnalyzerRun.ShouldReport(
        SourceRules.NoFeatures,
        ModelSource.With(("class IssueTime", "class [|IssueTime|]"), ("[Features(2)]\n", string.Empty)),
        "IssueTime");

    [Fact]
    public Task KML0005_state_written_in_features() => AnalyzerRun.ShouldReport(
        SourceRules.StateWritten,
        ModelSource.WithFeatures("[|q.Waiting|] = 1;"),
        "q.Waiting");

    [Fact]
    public Task KML0005_state_counted_up_in_features() => AnalyzerRun.ShouldReport(
        SourceRules.StateWritten,
        ModelSource.WithFeatures("[|q.Waiting|]++;"),
        "q.Waiting");

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
    [InlineData("Label", "float WaitUs(in BioQueue a, in BlockIssue b)", "static float|int|Q16|bool|enum WaitUs(in TFrom a, in TTo b), an enum's members being 0, 1, 2 and so on")]
    [InlineData("Verdict", "bool Late(in BioQueue e, float us)", "static bool Late(in TFrom e, float value)")]
    [InlineData("Policy", "void Act(ref BioQueue e, float us)", "static void Act(ref TFrom e, float prediction)")]
    public async Task KML0006_a_method_in_two_parts(string attribute, string signature, string wanted)
    {
        string name = signature.Split(' ', '(')[1];
        await AnalyzerRun.ShouldReport(
            SourceRules.Signature,
            ModelSource.With((
                $"[{attribute}]\n    private static {signature}",
                $"[{attribute}]\n    private static partial {signature.Replace(name + "(", $"[|{name}|](", StringComparison.Ordinal)};\n\n    private static partial {signature}")),
            name,
            attribute.Split('(')[0],
            "is partial",
            wanted);
    }

    // Legal C#, whose calls vanish.
    [Fact]
    public Task KML0006_a_partial_method_without_a_body() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(("private static void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting++;\n    }", "static partial void [|On|](in BioQueue e, ref Queue q);")),
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
                $"[{attribute}]\n    [System.Diagnostics.Conditional(\"TRACE\")]\n    private static {signature.Replace(name + "(", $"[|{name}|](", StringComparison.Ordinal)}")),
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

    [Theory]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)] public struct [|Queue|]", "has a layout of its own")]
    [InlineData("public ref struct [|Queue|]", "is a ref struct")]
    public Task KML0006_a_state_that_is_no_plain_struct(string declaration, string fault) => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(("public struct Queue", declaration)),
        "Queue",
        "State",
        fault,
        "a plain struct in one part, without [StructLayout]");

    [Fact]
    public Task KML0006_a_state_that_is_an_inline_array() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(
            ("public struct Queue\n    {\n        public uint Waiting;\n        public ulong LastSector;", "[System.Runtime.CompilerServices.InlineArray(4)] public struct [|Queue|]\n    {\n        public uint Waiting;"),
            ("q.LastSector = e.Sector;", string.Empty),
            (" - q.LastSector", string.Empty)),
        "Queue",
        "State",
        "is an inline array",
        "a plain struct in one part, without [StructLayout]");

    [Fact]
    public Task KML0006_a_state_without_fields() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(
            ("struct Queue\n    {\n        public uint Waiting;\n        public ulong LastSector;", "struct [|Queue|]\n    {"),
            ("q.Waiting++;", string.Empty),
            ("q.Waiting--;\n        q.LastSector = e.Sector;", string.Empty),
            ("x[0] = q.Waiting;", "x[0] = 1;"),
            (" - q.LastSector", string.Empty)),
        "Queue",
        "State",
        "has no field",
        "a struct with at least one field");

    [Fact]
    public Task KML0007_a_feature_beyond_the_count() => AnalyzerRun.ShouldReport(
        SourceRules.FeatureCount,
        ModelSource.WithFeatures("x[[|2|]] = 1;"),
        "2",
        "it writes x[2]");

    [Fact]
    public Task KML0007_a_negative_feature() => AnalyzerRun.ShouldReport(
        SourceRules.FeatureCount,
        ModelSource.WithFeatures("x[[|-1|]] = 1;"),
        "2",
        "it writes x[-1]");

    [Fact]
    public Task KML0007_features_that_are_never_written() => AnalyzerRun.ShouldReport(
        SourceRules.FeatureCount,
        ModelSource.With(("[Features(2)]", "[Features([|4|])]")),
        "4",
        "some way through it does not write x[2], x[3]");

    [Theory]
    [InlineData("if (e.Sectors > 8) return;\n        x[0] = q.Waiting;", "x[0], x[1]")]
    [InlineData("if (e.Sectors > 8) x[0] = 1;", "x[0]")]
    [InlineData("if (e.Sectors > 8) x[0] = 1; else { x[1] = 1; }", "x[0]")]
    [InlineData("if (e.Sectors > 8) { x[0] = 1; return; }\n        x[0] = q.Waiting;", "x[1]")]
    public Task KML0007_features_that_one_way_does_not_write(string statements, string missing) => AnalyzerRun.ShouldReport(
        SourceRules.FeatureCount,
        ModelSource.With(("[Features(2)]", "[Features([|2|])]"), ("x[0] = q.Waiting;", statements)),
        "2",
        $"some way through it does not write {missing}");

    [Fact]
    public Task KML0008_no_label_method() => AnalyzerRun.ShouldReport(
        SourceRules.NoLabel,
        ModelSource.With(("class IssueTime", "class [|IssueTime|]"), ("[Label]\n", string.Empty), ("[Verdict]\n", string.Empty), ("[Policy]\n", string.Empty)),
        "IssueTime");

    [Theory]
    [InlineData("[Features(1)] private static void [|Second|](in BioQueue e, Span<float> x) => x[0] = 1;", "[Features] method")]
    [InlineData("[Label] private static float [|Second|](in BioQueue a, in BlockIssue b) => 1;", "[Label] method")]
    [InlineData("[Verdict] private static bool [|Second|](in BioQueue e, float us) => true;", "[Verdict] method")]
    [InlineData("[Policy] private static void [|Second|](ref BioQueue e, float us) { }", "[Policy] method")]
    [InlineData("[State] public struct [|Second|] { public int A; }", "[State] struct")]
    public Task KML0009_a_second_one(string member, string what) => AnalyzerRun.ShouldReport(
        SourceRules.MoreThanOne,
        ModelSource.With(("e.RaisePriority(IoPriority.RealTime);\n    }", $"e.RaisePriority(IoPriority.RealTime);\n    }}\n\n    {member}")),
        "IssueTime",
        what);

    // The compiler puts parts in the order in which it is given their files, and layers and updates in that of the parts.
    [Theory]
    [InlineData("[Dense(1)]\n", "[Dense(1)] public partial class IssueTime;", "Dense(1)", "file with [Dense] attributes")]
    [InlineData(BioUpdate + "\n", "public partial class IssueTime\n{\n    " + SecondUpdate + "\n}", "Second", "file with an [Update] of 'BioQueue'", BioUpdate + "\n")]
    public async Task KML0009_parts_whose_order_would_have_a_meaning(string before, string part, string place, string what, string after = "")
    {
        string first = ModelSource.With((before, after));
        string second = "using Kml;\nnamespace Tests;\n" + part;
        string[] sources = [first, second];
        foreach (int[] order in new int[][] { [0, 1], [1, 0] })
        {
            CSharpCompilation compilation = TestCompilation.Of(string.Empty);
            compilation = compilation.AddSyntaxTrees(order.Select(i => TestCompilation.Parse(sources[i], $"Part{i}.cs")));

            Diagnostic found = (await AnalyzerRun.Run(compilation)).ShouldHaveSingleItem();

            found.Id.ShouldBe("KML0009");
            found.GetMessage(null).ShouldBe(string.Format(null, SourceRules.MoreThanOne.Format, "IssueTime", what));
            found.Location.SourceTree!.FilePath.ShouldBe("Part1.cs");
            second.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length).ShouldBe(place);
            GeneratorRun run = GeneratorRun.Of(compilation);
            run.Refusals.ShouldBe([GeneratorRun.Line(found)]);
            run.Models.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Parts_whose_order_has_no_meaning_are_one_model()
    {
        string one = ModelSource.With((BioUpdate, string.Empty));
        string other = "using Kml;\nnamespace Tests;\npublic partial class IssueTime\n{\n    " + SecondUpdate + "\n    " + SecondUpdate.Replace("Second", "Third", StringComparison.Ordinal) + "\n}";
        CSharpCompilation compilation = TestCompilation.Of(one).AddSyntaxTrees(TestCompilation.Parse(other, "Other.cs"));

        (await AnalyzerRun.Run(compilation)).ShouldBeEmpty();
        GeneratorRun.Of(compilation).Models.ShouldHaveSingleItem().Updates.Count.ShouldBe(3);
    }

    [Fact]
    public Task KML0010_a_type_that_is_no_event() => AnalyzerRun.ShouldReport(
        SourceRules.NoEvent,
        ModelSource.With(("[Observe(typeof(BlockIssue))]", "[Observe(typeof(BlockIssue))]\n[Observe(typeof([|string|]))]")),
        "string",
        "BioQueue, BlockInsert, BlockIssue, BlockComplete");

    [Fact]
    public Task KML0011_an_event_that_is_not_observed() => AnalyzerRun.ShouldReport(
        SourceRules.NotObserved,
        ModelSource.With(("[Update]\n    private static void On(in BioQueue e, ref Queue q)", "[Update]\n    private static void On(in [|BlockComplete|] e, ref Queue q)")),
        "BlockComplete",
        "On");

    [Theory]
    [InlineData("public float [|Mean|];", "has type 'float'")]
    [InlineData("public string [|Mean|];", "has type 'string'")]
    [InlineData("private uint [|Mean|];", "is not public")]
    [InlineData("public static uint [|Mean|];", "is static")]
    [InlineData("public uint [|Mean|] { get; set; }", "is a property")]
    [InlineData("public event Action [|Mean|];", "is an event")]
    [InlineData("public unsafe fixed uint [|Mean|][4];", "is a fixed-size buffer")]
    public Task KML0012_a_field_that_no_state_can_keep(string field, string fault) => AnalyzerRun.ShouldReport(
        SourceRules.StateField,
        ModelSource.With(("public uint Waiting;", "public uint Waiting;\n        " + field)),
        "Mean",
        fault);

    [Fact]
    public Task KML0013_a_project_that_checks_arithmetic() => AnalyzerRun.ShouldReport(
        ModelSource.With(("class IssueTime", "class [|IssueTime|]")),
        checkOverflow: true,
        (SourceRules.CheckedArithmetic, []));

    [Theory]
    [InlineData("public partial record [|IssueTime|]", "a record")]
    [InlineData("public static partial class [|IssueTime|]", "static")]
    [InlineData("public partial class [|IssueTime|]<T>", "generic")]
    [InlineData("file partial class [|IssueTime|]", "local to its file")]
    public Task KML0014_a_class_that_cannot_be_completed(string declaration, string what) => AnalyzerRun.ShouldReport(
        SourceRules.Placement,
        ModelSource.With(("public partial class IssueTime", declaration)),
        "IssueTime",
        what);

    [Fact]
    public Task KML0014_a_class_inside_another() => AnalyzerRun.ShouldReport(
        SourceRules.Placement,
        ModelSource.With(("[KernelModel(", "public partial class Outer {\n[KernelModel("), ("partial class IssueTime", "partial class [|IssueTime|]")) + "\n}\n",
        "IssueTime",
        "nested in 'Outer'");

    // What is generated into both would have the same names, and the base's would be called through the derived class.
    [Theory]
    [InlineData("Base", "[KernelModel(\"base\")] public partial class Base;", true)]
    [InlineData("Base", "public class Base : Between; public class Between : Base1; [KernelModel(\"base\")] public partial class Base1;", true)]
    [InlineData("Base", "[KernelModel(\"base\")] public class Base;", false)]
    public async Task KML0014_a_class_that_derives_from_a_model(string baseClass, string declarations, bool sameProject)
    {
        string model = ModelSource.With(("class IssueTime", $"class IssueTime : {baseClass}"));
        CSharpCompilation compilation = TestCompilation.Of(sameProject ? model + "\n" + declarations : model);
        if (!sameProject)
        {
            CSharpCompilation library = CSharpCompilation.Create(
                "Library",
                [TestCompilation.Parse("using Kml;\nnamespace Tests;\n" + declarations, "Library.cs")],
                TestCompilation.References,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            compilation = compilation.AddReferences(library.ToMetadataReference());
        }

        Diagnostic found = (await AnalyzerRun.Run(compilation)).Where(d => d.Id == "KML0014").ShouldHaveSingleItem();

        string name = declarations.Contains("Base1", StringComparison.Ordinal) ? "Base1" : "Base";
        found.GetMessage(null).ShouldBe(string.Format(null, SourceRules.Placement.Format, "IssueTime", $"derived from the model '{name}'"));
        found.Location.SourceSpan.Start.ShouldBe(model.IndexOf("IssueTime :", StringComparison.Ordinal));
        GeneratorRun run = GeneratorRun.Of(compilation);
        run.Refusals.ShouldContain(GeneratorRun.Line(found));
        run.Models.ShouldBeEmpty();
    }

    [Fact]
    public Task KML0015_a_policy_where_nothing_can_be_done() => AnalyzerRun.ShouldReport(
        ModelSource.With(
            ("[Observe(typeof(BioQueue))]", "[Observe(typeof(BioQueue))]\n[Observe(typeof(BlockInsert))]"),
            ("Extract(in BioQueue e,", "Extract(in BlockInsert e,"),
            ("WaitUs(in BioQueue a,", "WaitUs(in BlockInsert a,"),
            ("Late(in BioQueue e,", "Late(in BlockInsert e,"),
            ("Act(ref BioQueue e,", "Act(ref [|BlockInsert|] e,"),
            ("if (us > 2000)\n            e.RaisePriority(IoPriority.RealTime);", string.Empty)),
        checkOverflow: false,
        (SourceRules.NoLever, ["BlockInsert", "BioQueue"]));

    [Theory]
    [InlineData("Issue")]
    [InlineData("1st")]
    [InlineData("a-b")]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("kml")]
    [InlineData("kml_x")]
    public Task KML1001_a_name_that_is_no_C_identifier(string name) => AnalyzerRun.ShouldReport(
        ModelRules.Name,
        ModelSource.With(("\"issue_time\"", $"[|\"{name}\"|]")),
        name);

    [Fact]
    public Task KML1002_two_models_of_one_name() => AnalyzerRun.ShouldReport(
        ModelRules.DuplicateName,
        ModelSource.Good + ModelSource.With(("using System;\nusing Kml;", string.Empty), ("namespace Tests;", string.Empty), ("class IssueTime", "class Other"), ("\"issue_time\"", "[|\"issue_time\"|]")),
        "IssueTime",
        "Other",
        "issue_time");

    [Fact]
    public Task KML1011_layers_too_wide_for_the_stack() => AnalyzerRun.ShouldReport(
        ModelRules.Frame,
        ModelSource.With(("[Dense(16,", "[Dense([|256|], Activation.Relu)] [Dense(255,")),
        "issue_time",
        "1152",
        "704");

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("1025")]
    public Task KML1003_a_layer_of_no_size(string units) => AnalyzerRun.ShouldReport(
        ModelRules.LayerSize,
        ModelSource.With(("[Dense(16,", $"[Dense([|{units}|],")),
        "1",
        units);

    [Fact]
    public Task KML1004_a_label_over_events_that_no_join_connects() => AnalyzerRun.ShouldReport(
        ModelRules.Join,
        ModelSource.With(
            ("WaitUs(in BioQueue a, in BlockIssue b)", "[|WaitUs|](in BlockIssue a, in BioQueue b)"),
            ("Extract(in BioQueue e,", "Extract(in BlockIssue e,"),
            ("Late(in BioQueue e,", "Late(in BlockIssue e,"),
            ("    [Policy]\n", string.Empty)),
        "BlockIssue",
        "BioQueue",
        "BioQueue to BlockIssue, or from BioQueue to BlockComplete, or from BlockInsert to BlockIssue, or from BlockInsert to BlockComplete, or from BlockIssue to BlockComplete");

    [Theory]
    [InlineData("32")]
    [InlineData("1000")]
    [InlineData("131072")]
    public Task KML1005_a_ring_that_is_no_power_of_two(string records) => AnalyzerRun.ShouldReport(
        ModelRules.RingSize,
        ModelSource.With(("Records = 1024", $"Records = [|{records}|]")),
        records);

    [Fact]
    public Task KML1006_a_last_layer_that_does_not_fit_the_label() => AnalyzerRun.ShouldReport(
        ModelRules.HeadWidth,
        ModelSource.With(("[Dense(1)]", "[Dense([|2|])]")),
        "2",
        "WaitUs",
        "1");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("257")]
    public Task KML1007_a_number_of_features_out_of_range(string count) => AnalyzerRun.ShouldReport(
        ModelRules.FeatureRange,
        ModelSource.With(("[Features(2)]", $"[Features([|{count}|])]")),
        count);

    [Fact]
    public Task KML1008_no_layers() => AnalyzerRun.ShouldReport(
        ModelRules.NoLayers,
        ModelSource.With(("\"issue_time\"", "[|\"issue_time\"|]"), ("[Dense(16, Activation.Relu)]\n", string.Empty), ("[Dense(1)]\n", string.Empty)),
        "issue_time");

    [Fact]
    public Task KML1009_features_of_another_event_than_the_labels_first() => AnalyzerRun.ShouldReport(
        ModelRules.FeatureEvent,
        ModelSource.With(("Extract(in BioQueue e,", "[|Extract|](in BlockIssue e,")),
        "Extract",
        "BlockIssue",
        "BioQueue");

    [Fact]
    public Task KML1011_layers_that_do_not_fit_the_stack() => AnalyzerRun.ShouldReport(
        ModelRules.Frame,
        ModelSource.With(("[Dense(16, Activation.Relu)]", "[Dense([|256|], Activation.Relu)]\n[Dense(256, Activation.Relu)]")),
        "issue_time",
        "1152",
        "704");

    [Theory]
    [InlineData("q.Waiting = nowhere;")]
    [InlineData("q.Waiting = (uint)q.Nowhere;")]
    [InlineData("Nowhere a = q.Waiting;")]
    public async Task A_mistake_of_the_C_sharp_itself_is_left_to_the_compiler(string source)
    {
        Assert.Empty(await AnalyzerRun.Run(ModelSource.WithUpdate(source)));
        Assert.Empty(GeneratorRun.Of(ModelSource.WithUpdate(source)).Result.GeneratedSources);
    }

    [Fact]
    public async Task A_model_in_generated_code_is_judged_too() =>
        Assert.Equal("KML0002", Assert.Single(await AnalyzerRun.Run("// <auto-generated/>\n" + ModelSource.With(("[Features(2)]\n", string.Empty)))).Id);

    [Fact]
    public async Task An_error_cannot_be_silenced() =>
        Assert.Equal("KML0002", Assert.Single(await AnalyzerRun.Run("#pragma warning disable KML0002\n" + ModelSource.With(("[Features(2)]\n", string.Empty)))).Id);

    [Fact]
    public async Task The_good_model_has_no_diagnostics() => Assert.Empty(await AnalyzerRun.Run(ModelSource.Good));
}
