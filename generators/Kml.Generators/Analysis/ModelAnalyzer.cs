using System.Collections.Immutable;
using System.Linq;
using Kml.Generators.Parsing;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Analysis;

/// <summary>Says what is wrong with a model's declaration and its bodies. It reads them as the generator does: with the same parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    // Those of one model. Two models together, and the price of a model on a machine, are for others to judge.
    private static readonly ImmutableArray<DiagnosticDescriptor> Supported = SourceRules.All
        .Concat(ModelRules.All)
        .Where(r => r != ModelRules.DuplicateName && r != ModelRules.GuardedSection)
        .Select(r => r.Descriptor())
        .ToImmutableArray();

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Supported;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // In generated code, too: what a template wrote is a model like any other, and the generator completes it.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.ModelAttribute()?.Declaration(context.CancellationToken) is not { } declaration)
            return;
        foreach (Finding finding in DeclarationParser.Parse(type, declaration, context.Compilation, context.CancellationToken).Findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
    }
}
