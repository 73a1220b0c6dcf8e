extern alias codefixes;

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using codefixes::Kml.CodeFixes;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

public class CodeFixTests
{
    [Fact]
    public async Task A_class_is_made_partial() =>
        (await Fix(new MakePartialFix(), ModelSource.With(("public partial class", "public class")))).ShouldBe(ModelSource.Good);

    [Fact]
    public async Task A_class_without_modifiers_is_made_partial() =>
        (await Fix(new MakePartialFix(), ModelSource.With(("public partial class", "class")))).ShouldBe(ModelSource.With(("public partial class", "partial class")));

    [Fact]
    public async Task A_missing_event_is_observed_beside_the_others() =>
        (await Fix(new AddObserveFix(), ModelSource.With(("[Observe(typeof(BlockIssue))]\n", string.Empty)))).ShouldBe(ModelSource.Good);

    [Fact]
    public async Task The_first_event_is_observed_after_the_models_name()
    {
        string bare = ModelSource.With(("[Observe(typeof(BlockIssue))]\n", string.Empty), ("[Observe(typeof(BioQueue))]\n", string.Empty));

        (await Fix(new AddObserveFix(), bare)).ShouldContain("[KernelModel(\"issue_time\")]\n[Observe(typeof(BioQueue))]\n[Dense(16");
    }

    [Theory]
    [InlineData("1.5", "1.5f")]
    [InlineData("1.5d", "1.5f")]
    [InlineData("1e3", "1e3f")]
    public async Task A_double_literal_becomes_a_float(string before, string after) =>
        (await Fix(new FloatLiteralFix(), ModelSource.WithFeatures($"bool far = e.Sectors * 1f > {before};")))
            .ShouldBe(ModelSource.WithFeatures($"bool far = e.Sectors * 1f > {after};"));

    private static async Task<string> Fix(CodeFixProvider provider, string source)
    {
        Diagnostic diagnostic = (await AnalyzerRun.Run(source)).First();
        provider.FixableDiagnosticIds.ShouldContain(diagnostic.Id);
        provider.GetFixAllProvider().ShouldNotBeNull();

        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("Models", LanguageNames.CSharp)
            .WithMetadataReferences(TestCompilation.References)
            .WithParseOptions(TestCompilation.ParseOptions);
        Document document = project.AddDocument(TestCompilation.ModelPath, source);
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        ApplyChangesOperation operation = (await actions.ShouldHaveSingleItem().GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
