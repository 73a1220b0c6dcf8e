using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Declarations;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Model.Lowering.Budgets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Analysis;

/// <summary>Says what is wrong with a model's declaration and its bodies. It takes what the generator has read, or reads it with the same parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    // Those of one model; two models together are for another to judge.
    private static readonly ImmutableArray<DiagnosticDescriptor> Supported = SourceRules.All
        .Concat(ModelRules.All)
        .Where(r => r != ModelRules.DuplicateName)
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
        Reading reading = Readings.Find(declaration, context.Compilation)
            ?? DeclarationParser.Parse(type, declaration, context.Compilation, context.CancellationToken);
        foreach (Finding finding in reading.Findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
        if (reading.Model is not { Spec: var spec })
            return;
        Limits limits = reading.Limits.Or(Limits.Of(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions));
        ModelBudget network = ModelBudget.Of(spec);
        Location name = type.ModelAttribute()!.Place(0);
        foreach ((BodyBudget body, Location place) in reading.Budgets.Zip(reading.Methods, (body, place) => (body, place)))
        {
            foreach (EquatableArray<string> arguments in limits.Bodies.Exceeded(body))
                context.ReportDiagnostic(new Finding(SourceRules.BodyBudget, place, arguments).ToDiagnostic());
        }

        if (reading.State is { } state && limits.Exceeded(state.Name, state.Bytes) is { } excess)
            context.ReportDiagnostic(new Finding(SourceRules.BodyBudget, state.Place, excess).ToDiagnostic());

        JudgeGuardedSection(context, spec, network, limits, name);
        if (BudgetReport.Of(reading, network, name) is { } report)
            context.ReportDiagnostic(report);
    }

    private static void JudgeGuardedSection(SymbolAnalysisContext context, ModelSpec model, ModelBudget budget, Limits limits, Location place)
    {
        if (limits.GuardedNs is not { } most || budget.GuardedNs <= most)
            return;
        EquatableArray<string> arguments = EquatableArray.Of(model.Name, Text(budget.MultiplyAdds), Text(budget.GuardedNs), Text(most));
        context.ReportDiagnostic(new Finding(ModelRules.GuardedSection, place, arguments).ToDiagnostic());
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
