using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>A diagnostic that a model's text causes is reported in that text, where a project's severities and a pragma reach it.</summary>
public class SeverityTests
{
    private const string Name = "[KernelModel(\"issue_time\")]";

    [Fact]
    public void Every_rule_about_source_or_model_is_an_analyzers() =>
        AnalyzerRun.All.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id)
            .ShouldBe(SourceRules.All.Concat(ModelRules.All).Select(r => r.Id), ignoreOrder: true);

    [Fact]
    public void Only_errors_cannot_be_configured()
    {
        foreach (DiagnosticDescriptor descriptor in AnalyzerRun.All.SelectMany(a => a.SupportedDiagnostics))
        {
            descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)
                .ShouldBe(descriptor.DefaultSeverity == DiagnosticSeverity.Error, descriptor.Id);
        }
    }

    [Fact]
    public async Task KML1010_is_reported_at_the_models_name()
    {
        Diagnostic diagnostic = (await AnalyzerRun.Run(TestCompilation.Of(ModelSource.Good), "100")).ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("KML1010");
        diagnostic.Severity.ShouldBe(DiagnosticSeverity.Warning);
        diagnostic.GetMessage(null).ShouldBe("Model 'issue_time' takes 48 multiply-adds in one guarded section, about 148 ns, over the bound of 100 ns; "
            + "use smaller layers, or raise KmlMaxGuardedNs (kml explain KML1010)");
        diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)
            .ShouldBe("\"issue_time\"");
    }

    [Theory]
    [InlineData("148")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a few")]
    public async Task KML1010_is_not_reported_within_the_bound_or_without_one(string? bound) =>
        (await AnalyzerRun.Run(TestCompilation.Of(ModelSource.Good), bound)).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("20us")]
    public async Task KML1010_has_its_own_bound_where_the_project_names_none(string bound)
    {
        string wide = ModelSource.With(("[Dense(16, Activation.Relu)]", string.Concat(Enumerable.Repeat("[Dense(80, Activation.Relu)]", 7))));

        (await AnalyzerRun.Run(TestCompilation.Of(wide), bound)).ShouldHaveSingleItem().GetMessage(null).ShouldContain("over the bound of 5000 ns");
    }

    [Fact]
    public async Task KML1010_takes_the_projects_severity()
    {
        (await AnalyzerRun.Run(TestCompilation.Of(ModelSource.Good), "100", ("KML1010", ReportDiagnostic.Error)))
            .ShouldHaveSingleItem().Severity.ShouldBe(DiagnosticSeverity.Error);
        (await AnalyzerRun.Run(TestCompilation.Of(ModelSource.Good), "100", ("KML1010", ReportDiagnostic.Suppress))).ShouldBeEmpty();
    }

    [Fact]
    public async Task KML1010_is_silenced_by_a_pragma()
    {
        IReadOnlyList<Diagnostic> reported = await AnalyzerRun.Run(
            TestCompilation.Of(ModelSource.With((Name, $"#pragma warning disable KML1010\n{Name}\n#pragma warning restore KML1010"))), "100");

        reported.Where(d => !d.IsSuppressed).ShouldBeEmpty();
    }
}
