using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

public class GeneratorTests
{
    private const string Usings = "using System;\nusing Kml;";
    private const string Namespace = "namespace Tests;";
    private const string WaitUs = "[Label]\n    private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;";

    [Fact]
    public void A_model_is_completed_and_compiles_without_a_warning()
    {
        GeneratorRun run = GeneratorRun.Of(ModelSource.Good);

        run.Result.GeneratedSources.Single().HintName.ShouldMatch(@"^Tests\.IssueTime\.[0-9a-f]{8}\.g\.cs$");
        run.Load().GetType("Tests.IssueTime")!.IsAssignableTo(typeof(IKernelModel)).ShouldBeTrue();
        run.Models.Single().Name.ShouldBe("issue_time");
    }

    [Fact]
    public void The_emitted_text_is_the_approved_one() =>
        GeneratorRun.Of(ModelSource.Good).Result.GeneratedSources.Single().SourceText.ToString()
            .ShouldMatchApproved(c => c.SubFolder("Approved").WithFileExtension(".cs.txt").NoDiff());

    [Fact]
    public void A_model_of_integers_gets_both_engines()
    {
        string text = GeneratorRun.Of(ModelSource.With(
            ("Span<float> x", "Span<int> x"),
            ("x[0] = q.Waiting;", "x[0] = (int)q.Waiting;"),
            ("x[1] = Math.Abs((long)(e.Sector - q.LastSector)) / (float)e.DiskSectors;", "x[1] = (int)(e.Sector / 8);"),
            (
                "static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;",
                "static int WaitUs(in BioQueue a, in BlockIssue b) => (int)((b.TimeNs - a.TimeNs) / 1000);"),
            ("Late(in BioQueue e, float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)", "Late(in BioQueue e, int us) => us > 500"),
            ("float us)\n    {", "int us)\n    {"))).Result.GeneratedSources.Single().SourceText.ToString();

        text.ShouldContain(
            "public static int Predict(in global::Kml.BioQueue e, in global::Tests.IssueTime.Queue s, global::Kml.Inference.FloatEngine network)");
        text.ShouldContain(
            "public static int Predict(in global::Kml.BioQueue e, in global::Tests.IssueTime.Queue s, global::Kml.Inference.IntegerEngine network)");
    }

    [Fact]
    public void A_private_state_makes_Predict_private() =>
        GeneratorRun.Of(ModelSource.With(("public struct Queue", "private struct Queue")))
            .Result.GeneratedSources.Single().SourceText.ToString()
            .ShouldContain("private static float Predict(");

    [Fact]
    public void A_class_without_namespace_and_names_that_are_keywords_are_completed()
    {
        GeneratorRun run = GeneratorRun.Of(ModelSource.With(
            ("namespace Tests;", string.Empty),
            ("partial class IssueTime", "partial class @switch"),
            ("float WaitUs", "float @float")));

        run.Load().GetType("switch")!.IsAssignableTo(typeof(IKernelModel)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("record")]
    [InlineData("required")]
    [InlineData("file")]
    [InlineData("field")]
    [InlineData("await")]
    public void Names_that_are_keywords_in_some_contexts_are_completed(string name) =>
        GeneratorRun.Of(ModelSource.With(
            ("namespace Tests;", $"namespace @{name}.@event;"),
            ("partial class IssueTime", $"partial class @{name}"),
            ("void Act", $"void @{name}1"))).Load();

    [Fact]
    public void Classes_whose_names_differ_in_case_alone_and_names_beyond_ASCII_are_completed() =>
        GeneratorRun.Of(ModelSource.Good
            + ModelSource.With((Usings, string.Empty), (Namespace, string.Empty), ("issue_time", "second"), ("class IssueTime", "class Issuetime"))
            + ModelSource.With((Usings, string.Empty), (Namespace, string.Empty), ("issue_time", "third"), ("class IssueTime", "class Été\u203Ftemps"))).Load();

    [Theory]
    [InlineData("public static string Name => \"mine\";")]
    [InlineData("public int Fingerprint;")]
    [InlineData("public enum CanonicalText { A }")]
    [InlineData("public static bool TryLabel(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out uint label) { label = 0; return false; }")]
    [InlineData("public static float Predict(in BioQueue e, in Queue s, Kml.Inference.FloatEngine network) => 0;")]
    [InlineData("public static int Predict => 0;")]
    public void A_member_of_the_class_keeps_a_name_that_the_generator_would_give(string member) =>
        Name(GeneratorRun.Of(ModelSource.With(("[State]", member + "\n    [State]"))), "Tests.IssueTime").ShouldBe("issue_time");

    [Fact]
    public void A_member_of_a_base_keeps_a_name_that_the_generator_would_give() =>
        Name(
            GeneratorRun.Of(ModelSource.With(("class IssueTime", "class IssueTime : Base")) + "\npublic class Base { public static string Name => \"mine\"; }"),
            "Tests.IssueTime").ShouldBe("issue_time");

    [Theory]
    [InlineData("Name")]
    [InlineData("Predict")]
    public void A_class_may_have_the_name_of_an_added_member(string name) =>
        Name(GeneratorRun.Of(ModelSource.With(("class IssueTime", $"class {name}"))), $"Tests.{name}").ShouldBe("issue_time");

    [Theory]
    [InlineData("e")]
    [InlineData("label")]
    [InlineData("features")]
    [InlineData("wouldAct")]
    public void A_method_may_have_the_name_of_an_emitted_local(string name)
    {
        foreach (string method in new[] { "Extract(", "WaitUs(", "Late(", "Act(" })
            GeneratorRun.Of(ModelSource.With((method, name + "("))).Load();
    }

    [Theory]
    [InlineData("private")]
    [InlineData("internal")]
    [InlineData("protected")]
    [InlineData("private protected")]
    [InlineData("protected internal")]
    public void A_state_and_a_label_of_any_accessibility_compile(string access) =>
        GeneratorRun.Of(ModelSource.With(
            ("public struct Queue", $"{access} struct Queue"),
            ("[Dense(1)]", "[Dense(2)]"),
            (
                WaitUs,
                "[Label] private static Wait Long(in BioQueue a, in BlockIssue b) => b.TimeNs > a.TimeNs + 9 ? Wait.Long : Wait.Short;\n    "
                    + $"{access} enum Wait : byte {{ Short, Long }}"),
            ("Late(in BioQueue e, float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)", "Late(in BioQueue e, Wait w) => w == Wait.Long"),
            ("float us)\n    {", "Wait us)\n    {"),
            ("if (us > 2000)", "if (us == Wait.Long)"))).Load();

    [Fact]
    public void A_class_that_carries_the_attribute_twice_is_left_to_the_compiler()
    {
        (_, GeneratorRunResult result) =
            GeneratorRun.Once(TestCompilation.Of(ModelSource.Good + "\n[KernelModel(\"issue_time\")] public partial class IssueTime;"));

        result.Exception.ShouldBeNull();
        result.GeneratedSources.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("[KernelModel(\"issue_time\")]", "[KernelModel]")]
    [InlineData("public partial class IssueTime", "public partial struct IssueTime")]
    public async Task What_the_compiler_refuses_is_said_once(string before, string after)
    {
        string source = ModelSource.With((before, after));
        CSharpCompilation input = TestCompilation.Of(source);

        Errors(GeneratorRun.Once(input).Output).ShouldBe(Errors(input));
        (await AnalyzerRun.Run(source)).ShouldBeEmpty();
    }

    [Fact]
    public void What_other_code_calls_of_a_model_stays_while_one_of_its_bodies_is_wrong()
    {
        const string Use = """

            internal static class Use
            {
                public static string Known() => IssueTime.Fingerprint + Named<IssueTime>();
                public static float Predicted(in BioQueue e, in IssueTime.Queue q, Kml.Inference.FloatEngine n) => IssueTime.Predict(in e, in q, n);
                private static string Named<T>() where T : IKernelModel => T.Name;
            }
            """;

        Errors(GeneratorRun.Once(TestCompilation.Of(ModelSource.WithUpdate("q.Waiting + ;") + Use)).Output).ShouldBe(["CS1525"]);
        Errors(GeneratorRun.Once(TestCompilation.Of(ModelSource.WithUpdate("string s = null!;") + Use)).Output).ShouldBeEmpty();
    }

    [Fact]
    public void A_class_and_a_record_of_one_name_that_are_both_wrong_are_two_files()
    {
        (_, GeneratorRunResult result) = GeneratorRun.Once(
            TestCompilation.Of(ModelSource.WithUpdate("string s = null!;") + "\n[KernelModel(\"other\")] public partial record IssueTime;"));

        result.Exception.ShouldBeNull();
        result.GeneratedSources.Length.ShouldBe(2);
    }

    [Fact]
    public void Types_of_the_users_namespace_do_not_get_in_the_way() =>
        GeneratorRun.Of(ModelSource.Good
            + "\npublic class MemoryMarshal;\npublic class BitConverter;\npublic class Exception;\npublic class ArithmeticException;\n").Load();

    [Fact]
    public void A_model_in_two_parts_is_one_model()
    {
        string one = ModelSource.With((WaitUs, string.Empty));

        GeneratorRun.Of(one + "\npublic partial class IssueTime\n{\n" + WaitUs + "\n}\n").Models.Single().Label.Method.Name.ShouldBe("WaitUs");
    }

    [Fact]
    public void Two_models_are_two_files_and_two_attributes()
    {
        string second = ModelSource.With(
            ("using System;\nusing Kml;", string.Empty),
            ("namespace Tests;", string.Empty),
            ("issue_time", "other"),
            ("class IssueTime", "class Other"));
        GeneratorRun run = GeneratorRun.Of(ModelSource.Good + second);

        run.Models.Select(m => m.Name).ShouldBe(["issue_time", "other"], ignoreOrder: true);
        run.Result.GeneratedSources.Length.ShouldBe(2);
    }

    [Fact]
    public void Local_functions_of_one_name_in_two_bodies_are_two_functions() =>
        GeneratorRun.Of(ModelSource.With(
            ("q.Waiting++;", "static uint Next(uint n) => n + 1; q.Waiting = Next(q.Waiting);"),
            ("q.Waiting--;", "static uint Next(uint n) => n - 1; q.Waiting = Next(q.Waiting);"))).Models.Single().Functions.Count.ShouldBe(2);

    [Fact]
    public void An_indexer_is_a_function_of_the_name_that_dotnet_gives_it() =>
        GeneratorRun.Of(ModelSource.With(
            ("q.Waiting++;", "Two two = new() { A = 1, B = 2 }; q.Waiting = two[0];"),
            ("[Verdict]", "struct Two { public uint A, B; public uint this[int i] => i == 0 ? A : B; }\n\n    [Verdict]")))
            .Models.Single().Functions.Select(f => f.Name).ShouldBe(["Item"]);

    [Fact]
    public void Nothing_is_generated_without_a_model() =>
        GeneratorRun.Of("public class Plain;").Result.GeneratedSources.ShouldBeEmpty();

    [Fact]
    public void The_search_for_objects_of_the_compiler_finds_them() =>
        CompilerObjects.In(new { Inner = new object[] { 1, Location.None } }).Single().ShouldContain("Location");

    [Fact]
    public void An_edit_of_the_model_is_seen()
    {
        string before = GeneratorRun.Of(ModelSource.Good).Result.GeneratedSources.Single().SourceText.ToString();
        string after = GeneratorRun.Of(ModelSource.With(("2000", "3000"))).Result.GeneratedSources.Single().SourceText.ToString();

        after.ShouldNotBe(before);
    }

    [Theory]
    [InlineData("Extract", "Summary")]
    [InlineData("WaitUs", "WaitMicroseconds")]
    [InlineData("e", "queued")]
    [InlineData("q", "queue")]
    [InlineData("Waiting", "Depth")]
    [InlineData("far", "distance")]
    public void A_rename_keeps_the_fingerprint(string name, string other)
    {
        string source = ModelSource.WithFeatures("float far = e.Sectors; x[0] = far;");
        string renamed = Regex.Replace(source, $@"\b{name}\b", other);

        renamed.ShouldNotBe(source);
        Fingerprint(renamed).ShouldBe(Fingerprint(source));
    }

    [Fact]
    public void How_an_increment_is_spelled_does_not_change_the_fingerprint() =>
        Fingerprint(ModelSource.With(("q.Waiting++;", "q.Waiting  +=  1;"))).ShouldBe(Fingerprint(ModelSource.Good));

    private static IEnumerable<string> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id);

    private static string Fingerprint(string source) => ModelText.Fingerprint(GeneratorRun.Of(source).Models.Single());

    /// <summary>The model's name through the interface, from the compiled class.</summary>
    private static string Name(GeneratorRun run, string type) =>
        (string)typeof(GeneratorTests).GetMethod(nameof(NameOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(run.Load().GetType(type, throwOnError: true)!).Invoke(null, null)!;

    private static string NameOf<T>()
        where T : IKernelModel => T.Name;
}
