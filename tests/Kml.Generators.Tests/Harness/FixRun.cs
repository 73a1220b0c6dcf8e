using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Shouldly;

namespace Kml.Generators.Tests.Harness;

/// <summary>Makes fixes as an editor does.</summary>
internal static class FixRun
{
    /// <summary>A source after the fix of its first finding that the fix is for.</summary>
    public static async Task<string> Fix(CodeFixProvider provider, string source)
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, source);
        return await Apply((await Actions(provider, source, document)).ShouldHaveSingleItem(), document);
    }

    /// <summary>What a fix offers for the first finding that it is for.</summary>
    public static async Task<List<CodeAction>> Actions(CodeFixProvider provider, string source)
    {
        using AdhocWorkspace workspace = new();
        return await Actions(provider, source, Open(workspace, source));
    }

    private static async Task<List<CodeAction>> Actions(CodeFixProvider provider, string source, Document document)
    {
        Diagnostic diagnostic = (await AnalyzerRun.Run(source)).First(d => provider.FixableDiagnosticIds.Contains(d.Id));
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>A source after the fix of all findings that the fix is for.</summary>
    public static async Task<string> FixAll(CodeFixProvider provider, string source)
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, source);
        SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
        IReadOnlyList<Diagnostic> diagnostics = await AnalyzerRun.Run(source);
        Found found = new([.. diagnostics.Select(d => Diagnostic.Create(d.Descriptor, Location.Create(tree, d.Location.SourceSpan), d.Properties))]);
        FixAllContext context = new(
            document, provider, FixAllScope.Document, provider.GetType().Name, provider.FixableDiagnosticIds, found, CancellationToken.None);
        CodeAction? action = await provider.GetFixAllProvider().ShouldNotBeNull().GetFixAsync(context);
        return await Apply(action.ShouldNotBeNull(), document);
    }

    private static Document Open(AdhocWorkspace workspace, string source) => workspace.AddProject("Models", LanguageNames.CSharp)
        .WithMetadataReferences(TestCompilation.References)
        .WithParseOptions(TestCompilation.ParseOptions)
        .AddDocument(TestCompilation.ModelPath, source);

    private static async Task<string> Apply(CodeAction action, Document document)
    {
        ApplyChangesOperation operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    /// <summary>What the analyzers found, as a fix of all of it asks for it.</summary>
    private sealed class Found(IReadOnlyList<Diagnostic> all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
