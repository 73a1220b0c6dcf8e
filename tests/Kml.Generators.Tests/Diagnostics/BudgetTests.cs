using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>What a model costs is shown, and a method that takes too much is refused, by whatever limit holds for it.</summary>
public class BudgetTests
{
    private const string Signature = "private static void On(in BioQueue e, ref Queue q)";
    private const string ByTurns = "let its loops take fewer turns";
    private const string ByOperations = "[Budget(Operations = n)] or KmlMaxBodyOperations";

    // An inner turn is 10 operations: 1 for the jump, 2 for j < n, 4 for the sum, 3 for j++. An outer one is 1 for the jump, 2 for i < n, 1 for j = 0,
    // the inner loop with its last test, and 3 for i++. Around that are i = 0 and a last test.
    private const string Large = "for (int i = 0; i < 1024; i++) for (int j = 0; j < 1024; j++) q.Waiting += e.Sectors;";
    private const string LargeCount = "10494979 operations";

    private const string Small = "for (int i = 0; i < 64; i++) for (int j = 0; j < 64; j++) q.Waiting += Weight(i, j) + Nearest((uint)j, e.Sectors);";

    private const string Helpers = """
        private static uint Weight(int i, int j) => (uint)(i > j ? i - j : j - i) * 3 / (uint)(i + 1);

            private static uint Nearest(uint a, uint b)
            {
                uint least = uint.MaxValue;
                for (uint k = 0; k < 4; k++)
                    least = Math.Min(least, (a ^ b) >> (int)k);
                return least;
            }

            [Update]
        """;

    [Fact]
    public Task KML0017_loops_that_take_more_turns_than_a_probe_has_time_for() => AnalyzerRun.ShouldReport(
        SourceRules.BodyBudget,
        ModelSource.With((Signature, Signature.Replace("On", "[|On|]", System.StringComparison.Ordinal)), ("q.Waiting++;", Large)),
        "On",
        LargeCount,
        "1048576",
        ByTurns,
        ByOperations);

    [Fact]
    public Task KML0017_a_frame_that_does_not_fit() => AnalyzerRun.ShouldReport(
        SourceRules.BodyBudget,
        ModelSource.With(
            (Signature, Signature.Replace("On", "[|On|]", System.StringComparison.Ordinal)),
            ("q.Waiting++;", "Span<ulong> a = stackalloc ulong[128]; a[5] = e.Sector; q.LastSector = a[5];")),
        "On",
        "1096 bytes of stack",
        "768",
        "use smaller local arrays, or keep them in the state",
        "[Budget(FrameBytes = n)] or KmlMaxFrameBytes");

    [Fact]
    public async Task KML0017_has_a_count_where_no_number_holds_it()
    {
        string loops = string.Concat("ijkl".Select(c => $"for (int {c} = 0; {c} < 65536; {c}++) ")) + "q.Waiting++;";

        Diagnostic found = (await AnalyzerRun.Run(ModelSource.WithUpdate(loops))).ShouldHaveSingleItem();

        found.Id.ShouldBe("KML0017");
        found.GetMessage(null).ShouldContain($"takes up to {long.MaxValue} operations, over the limit of 1048576");
    }

    [Fact]
    public async Task An_array_that_no_memory_holds_is_refused_and_no_more()
    {
        const string Source = "Span<Big> a = stackalloc Big[1000000000]; a[5].A = e.Sector; q.LastSector = a[5].A;";

        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(
            ModelSource.WithUpdate(Source) + "\npublic struct Big { public ulong A, B, C, D; }");

        found.Select(d => d.Id).ShouldBe(["KML0017", "KML0017"]);
        found.ShouldContain(d => d.GetMessage(null).Contains("32000000072 bytes of stack", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task Loops_of_64_by_64_with_helpers_are_within()
    {
        string source = ModelSource.With(("[Update]\n    " + Signature, Helpers + "\n    " + Signature), ("q.Waiting++;", Small));

        (await AnalyzerRun.Run(source)).ShouldBeEmpty();
        GeneratorRun.Of(source).Load().GetType("Tests.IssueTime")!.IsAssignableTo(typeof(IKernelModel)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "10494978", false)]
    [InlineData("", "10494979", true)]
    [InlineData("", "many", false)]
    [InlineData("[Budget(Operations = 10494979)]", "", true)]
    [InlineData("[Budget(Operations = 10494979)]", "5000", true)]
    [InlineData("[Budget(Operations = 10494978)]", "20000000", false)]
    [InlineData("[Budget(FrameBytes = 512)]", "20000000", true)]
    [InlineData("[Budget(FrameBytes = 8)]", "20000000", false)]
    public async Task A_limit_is_the_classs_else_the_projects(string attribute, string property, bool isWithin)
    {
        string source = ModelSource.With(("[Ring(Records = 1024)]", "[Ring(Records = 1024)]" + attribute), ("q.Waiting++;", Large));
        ProjectProperties project = property.Length == 0 ? new() : new(("KmlMaxBodyOperations", property));

        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Everything(TestCompilation.Of(source), project);
        (Compilation output, _) = GeneratorRun.Once(TestCompilation.Of(source), project);

        found.Any(d => d.Id == "KML0017").ShouldBe(!isWithin);
        GeneratorRun.RefusalsOf(output).ShouldBe(found.Where(d => d.Id == "KML0017").Select(GeneratorRun.Line), ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "65552", true)]
    [InlineData("", "65551", false)]
    [InlineData("[Budget(StateBytes = 65552)]", "5", true)]
    [InlineData("[Budget(StateBytes = 65551)]", "100000", false)]
    public async Task A_state_has_a_limit(string attribute, string property, bool isWithin)
    {
        const string Array = "\n[System.Runtime.CompilerServices.InlineArray(65536)] public struct Many { private byte _item; }";
        string source = ModelSource.With(
            ("[Ring(Records = 1024)]", "[Ring(Records = 1024)]" + attribute),
            ("public ulong LastSector;", "public ulong LastSector; public Many Many;")) + Array;
        ProjectProperties project = property.Length == 0 ? new() : new(("KmlMaxStateBytes", property));

        List<Diagnostic> found = [.. (await AnalyzerRun.Everything(TestCompilation.Of(source), project)).Where(d => d.Id == "KML0017")];
        (Compilation output, _) = GeneratorRun.Once(TestCompilation.Of(source), project);

        found.Count.ShouldBe(isWithin ? 0 : 1);
        found.ShouldAllBe(d => d.GetMessage(null).StartsWith("'Queue' takes up to 65552 bytes of state, over the limit of ", System.StringComparison.Ordinal));
        GeneratorRun.RefusalsOf(output).ShouldBe(found.Select(GeneratorRun.Line));
    }

    [Fact]
    public async Task A_frame_has_a_property_and_a_guarded_section_an_attribute()
    {
        (await AnalyzerRun.Everything(TestCompilation.Of(ModelSource.Good), new(("KmlMaxFrameBytes", "60"))))
            .Where(d => d.Id == "KML0017").ShouldNotBeEmpty();
        (await AnalyzerRun.Run(ModelSource.With(("[Ring(Records = 1024)]", "[Budget(GuardedNs = 100)]")))).ShouldHaveSingleItem().Id.ShouldBe("KML1010");
        (await AnalyzerRun.Run(TestCompilation.Of(ModelSource.With(("[Ring(Records = 1024)]", "[Budget(GuardedNs = 1000)]"))), "100")).ShouldBeEmpty();
    }

    [Fact]
    public async Task KML1012_shows_what_a_model_costs()
    {
        Diagnostic found = (await AnalyzerRun.Everything(TestCompilation.Of(ModelSource.Good), new())).ShouldHaveSingleItem();

        (found.Id, found.Severity).ShouldBe(("KML1012", DiagnosticSeverity.Info));
        found.Location.SourceTree!.ToString().Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length).ShouldBe("\"issue_time\"");
        found.GetMessage(null).ShouldBe(
            "Model 'issue_time' has 65 parameters in 512 bytes of weights, 48 multiply-adds, about 148 ns guarded, 16 bytes of state a disk, "
            + "264 bytes for each open record; On(BioQueue): 3 operations, 72 bytes of stack, checks: none; On(BlockIssue): 5 operations, "
            + "72 bytes of stack, checks: none; Extract(BioQueue): 24 operations, 80 bytes of stack, checks: 1 overflow; WaitUs(BioQueue, BlockIssue): "
            + "13 operations, 72 bytes of stack, checks: none; Late(BioQueue): 6 operations, 72 bytes of stack, checks: none; Act(BioQueue): 11 operations, "
            + "72 bytes of stack, checks: none (kml explain KML1012)");
        found.Properties["multiplyAdds"].ShouldBe("48");
        found.Properties["stateBytes"].ShouldBe("16");
        found.Properties["On(BioQueue).operations"].ShouldBe("3");
        found.Properties["Extract(BioQueue).checks.overflow"].ShouldBe("1");
    }
}
