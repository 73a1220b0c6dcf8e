using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using Kml.Generators.Parsing.Declarations;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Analysis;

/// <summary>
/// Finds two models of one name. Only the end of a compilation knows all of them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateNameAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<DiagnosticDescriptor> Supported = [ModelRules.DuplicateName.Descriptor()];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Supported;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // In generated code, too: what a template wrote is a model like any other, and the generator completes it.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            ConcurrentBag<(string Name, string Class, Location Place)> models = [];
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (((INamedTypeSymbol)symbol.Symbol).ModelAttribute() is { ConstructorArguments: { Length: 1 } arguments } attribute
                        && arguments[0].Value is string name)
                        models.Add((name, symbol.Symbol.Name, attribute.Place(0)));
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, models));
        });
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<(string Name, string Class, Location Place)> models)
    {
        foreach ((var first, var later) in DuplicateNames.Of(models, m => m.Name, m => (m.Place.SourceTree?.FilePath, m.Place.SourceSpan.Start)))
            context.ReportDiagnostic(Diagnostic.Create(ModelRules.DuplicateName.Descriptor(), later.Place, first.Class, later.Class, later.Name));
    }
}
