using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic about the features that a model writes.</summary>
public class FeatureTests
{
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
    [InlineData("for (int i = 0; i < e.Sectors && i < 8; i++) if (i == 3) return;\n        x[0] = q.Waiting;", "x[0], x[1]")]
    public Task KML0007_features_that_one_way_does_not_write(string statements, string missing) => AnalyzerRun.ShouldReport(
        SourceRules.FeatureCount,
        ModelSource.With(("[Features(2)]", "[Features([|2|])]"), ("x[0] = q.Waiting;", statements)),
        "2",
        $"some way through it does not write {missing}");
}
