using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Declarations;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Analysis;

/// <summary>Says what is wrong with a model's declaration and its bodies. It reads them as the generator does: with the same parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The project's property with the longest guarded section that needs no warning, in nanoseconds.</summary>
    public const string MaxGuardedNs = "build_property.KmlMaxGuardedNs";

    private const long DefaultMaxGuardedNs = 5000;

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
        (ParsedModel? model, IReadOnlyList<Finding> findings) = DeclarationParser.Parse(type, declaration, context.Compilation, context.CancellationToken);
        foreach (Finding finding in findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
        if (model is not null)
            JudgeGuardedSection(context, model.Spec, type.ModelAttribute()!.Place(0));
    }

    // The bound is the project's, not the model's; without the package's targets there is none. What is no number the build task refuses.
    private static void JudgeGuardedSection(SymbolAnalysisContext context, ModelSpec model, Location place)
    {
        if (!context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(MaxGuardedNs, out string? text))
            return;
        long most = long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long set) ? set : DefaultMaxGuardedNs;
        ModelBudget budget = ModelBudget.Of(model);
        if (budget.GuardedNs <= most)
            return;
        EquatableArray<string> arguments = EquatableArray.Of(model.Name, Text(budget.MultiplyAdds), Text(budget.GuardedNs), Text(most));
        context.ReportDiagnostic(new Finding(ModelRules.GuardedSection, place, arguments).ToDiagnostic());
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
