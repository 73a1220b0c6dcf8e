using System.Linq;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

public class GeneratorTests
{
    [Fact]
    public void A_model_is_completed_and_compiles_without_a_warning()
    {
        GeneratorRun run = GeneratorRun.Of(ModelSource.Good);

        run.Result.GeneratedSources.Single().HintName.ShouldBe("Tests.IssueTime.g.cs");
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
            ("static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;", "static int WaitUs(in BioQueue a, in BlockIssue b) => (int)((b.TimeNs - a.TimeNs) / 1000);"),
            ("Late(in BioQueue e, float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)", "Late(in BioQueue e, int us) => us > 500"),
            ("float us)\n    {", "int us)\n    {"))).Result.GeneratedSources.Single().SourceText.ToString();

        text.ShouldContain("public static int Predict(in global::Kml.BioQueue e, in global::Tests.IssueTime.Queue s, global::Kml.Inference.DenseNetwork network)");
        text.ShouldContain("public static int Predict(in global::Kml.BioQueue e, in global::Tests.IssueTime.Queue s, global::Kml.Inference.IntegerNetwork network)");
    }

    [Fact]
    public void A_private_state_makes_Predict_private() =>
        GeneratorRun.Of(ModelSource.With(("public struct Queue", "private struct Queue")))
            .Result.GeneratedSources.Single().SourceText.ToString()
            .ShouldContain("private static float Predict(");

    [Fact]
    public void A_class_without_namespace_and_names_that_are_keywords_are_completed()
    {
        GeneratorRun run = GeneratorRun.Of(ModelSource.With(("namespace Tests;", string.Empty), ("partial class IssueTime", "partial class @switch"), ("float WaitUs", "float @float")));

        run.Load().GetType("switch")!.IsAssignableTo(typeof(IKernelModel)).ShouldBeTrue();
    }

    [Fact]
    public void Types_of_the_users_namespace_do_not_get_in_the_way() =>
        GeneratorRun.Of(ModelSource.Good + "\npublic class MemoryMarshal;\npublic class BitConverter;\npublic class Exception;\npublic class ArithmeticException;\n").Load();

    [Fact]
    public void A_model_in_two_parts_is_one_model()
    {
        const string part = "\n[Label]\nprivate static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;\n";
        string one = ModelSource.With(("[Label]\n    private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;", string.Empty));

        GeneratorRun.Of(one + "\npublic partial class IssueTime\n{" + part + "}\n").Models.Single().Label.Method.Name.ShouldBe("WaitUs");
    }

    [Fact]
    public void Two_models_are_two_files_and_two_attributes()
    {
        string second = ModelSource.With(("using System;\nusing Kml;", string.Empty), ("namespace Tests;", string.Empty), ("issue_time", "other"), ("class IssueTime", "class Other"));
        GeneratorRun run = GeneratorRun.Of(ModelSource.Good + second);

        run.Models.Select(m => m.Name).ShouldBe(["issue_time", "other"], ignoreOrder: true);
        run.Result.GeneratedSources.Select(s => s.HintName).ShouldBe(["Tests.IssueTime.g.cs", "Tests.Other.g.cs"], ignoreOrder: true);
    }

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

    [Fact]
    public void How_an_increment_is_spelled_does_not_change_the_fingerprint() =>
        ModelText.Fingerprint(GeneratorRun.Of(ModelSource.With(("q.Waiting++;", "q.Waiting  +=  1;"))).Models.Single())
            .ShouldBe(ModelText.Fingerprint(GeneratorRun.Of(ModelSource.Good).Models.Single()));
}
