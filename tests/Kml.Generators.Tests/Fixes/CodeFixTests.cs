extern alias codefixes;

using System;
using System.Linq;
using System.Threading.Tasks;
using codefixes::Kml.CodeFixes.Bodies;
using codefixes::Kml.CodeFixes.Declarations;
using Kml.Generators.Tests.Harness;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Fixes;

public class CodeFixTests
{
    [Fact]
    public async Task A_class_is_made_partial() =>
        (await FixRun.Fix(new MakePartialFix(), ModelSource.With(("public partial class", "public class")))).ShouldBe(ModelSource.Good);

    [Fact]
    public async Task A_class_without_modifiers_is_made_partial() =>
        (await FixRun.Fix(new MakePartialFix(), ModelSource.With(("public partial class", "class"))))
            .ShouldBe(ModelSource.With(("public partial class", "partial class")));

    [Fact]
    public async Task A_missing_event_is_observed_beside_the_others() =>
        (await FixRun.Fix(new AddObserveFix(), ModelSource.With(("[Observe(typeof(BlockIssue))]\n", string.Empty)))).ShouldBe(ModelSource.Good);

    [Fact]
    public async Task The_first_event_is_observed_after_the_models_name()
    {
        string bare = ModelSource.With(("[Observe(typeof(BlockIssue))]\n", string.Empty), ("[Observe(typeof(BioQueue))]\n", string.Empty));

        (await FixRun.Fix(new AddObserveFix(), bare)).ShouldContain("[KernelModel(\"issue_time\")]\n[Observe(typeof(BioQueue))]\n[Dense(16");
    }

    [Fact]
    public async Task A_part_without_attributes_observes_what_it_uses()
    {
        const string Part = """


            namespace Parts
            {
                /// <summary>Counts what is done.</summary>
                public partial class IssueTime
                {
                    [Update] private static void Done(in BlockComplete e, ref Queue q) => q.Waiting--;
                    [Update] private static void Queued(in BlockInsert e, ref Queue q) => q.Waiting++;
                }
            }
            """;
        string whole = ModelSource.With(("namespace Tests;", "namespace Parts\n{")) + "\n}" + Part;

        string both = await FixRun.FixAll(new AddObserveFix(), whole);

        both.ShouldBe(whole.Replace(
            "    public partial class IssueTime",
            "    [Observe(typeof(BlockComplete))]\n    [Observe(typeof(BlockInsert))]\n    public partial class IssueTime",
            StringComparison.Ordinal));
        (await AnalyzerRun.Run(both)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1.5", "1.5f")]
    [InlineData("1.5d", "1.5f")]
    [InlineData("1e3", "1e3f")]
    public async Task A_double_literal_becomes_a_float(string before, string after) =>
        (await FixRun.Fix(new FloatLiteralFix(), ModelSource.WithFeatures($"bool far = e.Sectors * 1f > {before};")))
            .ShouldBe(ModelSource.WithFeatures($"bool far = e.Sectors * 1f > {after};"));

    [Theory]
    [InlineData("1e-300")]
    [InlineData("1e300")]
    [InlineData("4e38d")]
    public async Task A_double_literal_that_no_float_holds_is_not_made_one(string literal) =>
        (await FixRun.Actions(new FloatLiteralFix(), ModelSource.WithFeatures($"bool far = e.Sectors * 1f > {literal};"))).ShouldBeEmpty();

    [Fact]
    public async Task All_missing_events_of_a_file_are_observed_at_once()
    {
        string bare = ModelSource.With(("[Observe(typeof(BlockIssue))]\n", string.Empty), ("[Observe(typeof(BioQueue))]\n", string.Empty));

        string[] lines = (await FixRun.FixAll(new AddObserveFix(), bare)).Split('\n');

        lines.Count(l => l == "[Observe(typeof(BioQueue))]").ShouldBe(1);
        lines.Count(l => l == "[Observe(typeof(BlockIssue))]").ShouldBe(1);
        (await AnalyzerRun.Run(string.Join('\n', lines))).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_double_literals_of_a_file_become_floats() =>
        (await FixRun.FixAll(new FloatLiteralFix(), ModelSource.WithFeatures("bool far = e.Sectors * 1.5 > 2.5d;")))
            .ShouldBe(ModelSource.WithFeatures("bool far = e.Sectors * 1.5f > 2.5f;"));

    [Fact]
    public async Task All_classes_of_a_file_are_made_partial()
    {
        string two = ModelSource.Good + ModelSource.With(
            ("using System;\nusing Kml;", string.Empty),
            ("namespace Tests;", string.Empty),
            ("class IssueTime", "class Other"),
            ("\"issue_time\"", "\"other\""));

        (await FixRun.FixAll(new MakePartialFix(), two.Replace("partial class", "class", StringComparison.Ordinal))).ShouldBe(two);
    }
}
