using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Kml.Generators.Parsing;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Analysis;

/// <summary>
/// Finds two models of one name. Only the end of a compilation knows all of them; the generator could, by collecting them,
/// but then each model's output would depend on all the others.
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
        foreach (IGrouping<string, (string Name, string Class, Location Place)> same in models.GroupBy(m => m.Name))
        {
            // In the order of the source, since symbols arrive in any.
            List<(string Name, string Class, Location Place)> ordered =
                [.. same.OrderBy(m => m.Place.SourceTree?.FilePath, System.StringComparer.Ordinal).ThenBy(m => m.Place.SourceSpan.Start)];
            foreach ((string name, string type, Location place) in ordered.Skip(1))
                context.ReportDiagnostic(Diagnostic.Create(ModelRules.DuplicateName.Descriptor(), place, ordered[0].Class, type, name));
        }
    }
}
