using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic about a model that is well written, and cannot be one.</summary>
public class ModelRuleTests
{
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
        ModelSource.Good + ModelSource.With(
            ("using System;\nusing Kml;", string.Empty),
            ("namespace Tests;", string.Empty),
            ("class IssueTime", "class Other"),
            ("\"issue_time\"", "[|\"issue_time\"|]")),
        "IssueTime",
        "Other",
        "issue_time");

    // The order is that of the files as they are, whatever a template says of where it took its lines from.
    [Theory]
    [InlineData("", "")]
    [InlineData("#line 1 \"z.cs\"\n", "")]
    [InlineData("#line 1 \"z.cs\"\n", "#line 1 \"a.cs\"\n")]
    public async Task KML1002_is_reported_at_the_later_by_generator_and_analyzer_alike(string firstLine, string otherLine)
    {
        string other = otherLine + ModelSource.With(("class IssueTime", "class Other"));
        CSharpCompilation compilation = TestCompilation.Of(firstLine + ModelSource.Good).AddSyntaxTrees(TestCompilation.Parse(other, "Other.cs"));

        Diagnostic found = (await AnalyzerRun.Run(compilation)).ShouldHaveSingleItem();

        found.Id.ShouldBe("KML1002");
        found.Location.SourceTree!.FilePath.ShouldBe("Other.cs");
        GeneratorRun.Of(compilation).Refusals.ShouldBe([GeneratorRun.Line(found)]);
    }

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
        string.Join(
            ", or from ",
            from a in EventCatalog.All
            from b in EventCatalog.All
            where JoinCatalog.All.Any(j => j.Connects(a.Kind, b.Kind))
            select $"{a.Kind} to {b.Kind}"));

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
}
