using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering.Budgets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>
/// Reads a class marked [KernelModel]. The generator and the analyzer share it: the one takes the model, the other the findings.
/// </summary>
internal sealed class DeclarationParser
{
    /// <summary>What the generator adds to the class.</summary>
    private static readonly string[] Added =
        ["Name", "CanonicalText", "Fingerprint", "Predict", "TryFeatures", "TryLabel", "TryVerdict", "TryPolicy", "TryUpdate"];

    /// <summary>How namespaces are spelled: without escapes, which are put where the name is written; and empty for the global one.</summary>
    public static readonly SymbolDisplayFormat Plain = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private readonly INamedTypeSymbol _class;
    private readonly TypeDeclarationSyntax _syntax;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly AttributeData _attribute;
    private readonly Findings _findings = new();
    private readonly List<Location> _methods = [];
    private ReadState? _state;

    private DeclarationParser(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellation)
    {
        _class = type;
        _syntax = syntax;
        _compilation = compilation;
        _cancellation = cancellation;
        _attribute = type.Attributes(KmlNames.KernelModel).First();
    }

    /// <summary>Reads a declaration.</summary>
    /// <param name="type">The class.</param>
    /// <param name="syntax">The part that carries the attribute.</param>
    /// <param name="compilation">The compilation; the class may have parts in several of its trees.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The model, or what other code calls of it; and what was found.</returns>
    public static Reading Parse(
        INamedTypeSymbol type,
        TypeDeclarationSyntax syntax,
        Compilation compilation,
        CancellationToken cancellation)
    {
        DeclarationParser parser = new(type, syntax, compilation, cancellation);
        if (compilation.Options is CSharpCompilationOptions { CheckOverflow: true })
            parser._findings.Report(SourceRules.CheckedArithmetic, syntax.Identifier.GetLocation());
        if (parser.OldLanguage is { } language)
            parser._findings.Report(SourceRules.OldLanguage, syntax.Identifier.GetLocation(), language.ToDisplayString(), type.Name);
        ParsedModel? model = parser.Parse();
        Surface? surface = parser.IsCompletable ? new Surface(parser.TakenNames(), model is null ? null : PredictSignature.Of(model)) : null;
        bool isModel = model is not null && !parser._findings.HasErrors;
        return new Reading(
            isModel ? model : null,
            surface,
            parser._findings.Reported,
            parser._findings.IsLeftToCompiler,
            isModel ? BodyBudget.Of(model!.Spec) : default,
            isModel ? parser._methods : [],
            isModel ? parser._state : null,
            Limits.Of(type));
    }

    private LanguageVersion? OldLanguage =>
        _syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp11 and var language } ? language : null;

    private bool IsPartial => _syntax.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>Whether another part of the class can be written.</summary>
    private bool IsCompletable =>
        _class.TypeKind == TypeKind.Class
        && IsNamed(_class)
        && IsPartial
        && Misplaced() is null
        && OldLanguage is null
        && !_class.AllInterfaces.Any(i => i.IsNamed(KmlNames.Interface));

    // While somebody types, a class may have no name yet, or its namespace half of one.
    private static bool IsNamed(INamespaceOrTypeSymbol symbol) => symbol is INamespaceSymbol { IsGlobalNamespace: true }
        || (symbol.Name.Length > 0 && IsNamed(symbol.ContainingNamespace));

    private ParsedModel? Parse()
    {
        // The compiler has refused an attribute on anything but a class, and a class that has no name.
        if (_class.TypeKind != TypeKind.Class || !IsNamed(_class))
        {
            _findings.LeaveToCompiler();
            return null;
        }

        // So it has an attribute without the model's name; but all the rest can be read.
        TypedConstant? given = _attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Kind == TypedConstantKind.Primitive
            ? arguments[0]
            : null;
        if (given is null)
            _findings.LeaveToCompiler();
        CheckPlacement();
        List<EventKind> observed = Observed();
        (INamedTypeSymbol Type, StateSpec Spec)? state = State();
        LibrarySource library = new(_compilation);
        FunctionRegistry functions = new(_compilation.Assembly, library, state?.Type, _findings, _cancellation);
        MethodParser methods = new(state?.Type, observed, library.Semantics, functions, _findings, _cancellation);

        List<(IMethodSymbol Symbol, Method Method)> updates = Marked(KmlNames.Update)
            .Select(m => (Symbol: m, Method: methods.Update(m)))
            .Where(u => u.Method is not null)
            .Select(u => (u.Symbol, u.Method!))
            .OrderBy(u => u.Item2.Parameters[0].Event!.Value)
            .ToList();
        foreach (IGrouping<EventKind, (IMethodSymbol Symbol, Method Method)> same in updates.GroupBy(u => u.Method.Parameters[0].Event!.Value))
            IsInOneFile(same.Select(u => u.Symbol.Locations[0]), $"an [Update] of '{same.Key}'");
        IMethodSymbol? featuresMethod = Single(KmlNames.Features, "Features", SourceRules.NoFeatures);
        FeaturesSpec? features = featuresMethod is null ? null : methods.Features(featuresMethod, featuresMethod.Attributes(KmlNames.Features).First());
        IMethodSymbol? labelMethod = Single(KmlNames.Label, "Label", SourceRules.NoLabel);
        (LabelSpec Spec, LabelType Type)? label = labelMethod is null ? null : methods.Label(labelMethod);
        IMethodSymbol? verdictMethod = Single(KmlNames.Verdict, "Verdict");
        Method? verdict = verdictMethod is null ? null : methods.Verdict(verdictMethod, label?.Type, labelMethod?.ReturnType);
        IMethodSymbol? policyMethod = Single(KmlNames.Policy, "Policy");
        Method? policy = policyMethod is null ? null : methods.Policy(policyMethod, label?.Type, labelMethod?.ReturnType);

        AttributeData? ring = _class.Attributes(KmlNames.Ring).FirstOrDefault();
        List<AttributeData> dense = _class.Attributes(KmlNames.Dense).ToList();
        bool isOrdered = IsInOneFile(dense.Select(d => d.ApplicationSyntaxReference!.GetSyntax(_cancellation).GetLocation()), "[Dense] attributes");
        if (features is null || label is null || !isOrdered)
            return null;

        ModelSpec spec = new(
            given?.Value as string ?? string.Empty,
            observed.ToEquatableArray(),
            state?.Spec,
            updates.Select(u => u.Method).ToEquatableArray(),
            features,
            dense.Select(d => new LayerSpec(d.Number(0), d.Member<LayerActivation>(1, _findings))).ToEquatableArray(),
            label.Value.Spec,
            verdict,
            policy,
            new RingSpec(ring?.Named("Records", 4096) ?? 4096, ring?.Member("WhenFull", RingWhenFull.Drop, _findings) ?? RingWhenFull.Drop),
            functions.Functions.ToEquatableArray());
        IEnumerable<IMethodSymbol?> others = [featuresMethod, labelMethod, verdictMethod, policyMethod];
        _state = state is null ? null : new(state.Value.Type.Name, StateLimit.BytesOf(state.Value.Spec.Fields), state.Value.Type.Locations[0]);
        _methods.AddRange(updates.Select(u => u.Symbol).Concat(others.OfType<IMethodSymbol>()).Select(m => m.Locations[0]));
        foreach (ModelFinding finding in ModelChecks.Check(spec).Where(f => given is not null || f.Rule != ModelRules.Name))
        {
            Location place = Place(finding, ring, dense, featuresMethod!, labelMethod!, verdictMethod, policyMethod);
            _findings.Report(finding.Rule, place, DeclarationFixes.For(finding, spec), [.. finding.Arguments]);
        }

        return new ParsedModel(
            spec,
            _class.ContainingNamespace.ToDisplayString(Plain),
            _class.Name,
            TakenNames(),
            state?.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            state is null ? Accessibility.Public : TypeAccess.Of(state.Value.Type),
            label.Value.Type);
    }

    private EquatableArray<string> TakenNames()
    {
        List<string> members = [_class.Name];
        for (INamedTypeSymbol? type = _class; type is not null; type = type.BaseType)
            members.AddRange(type.GetMembers().Select(m => m.Name));
        return Added.Where(members.Contains).ToEquatableArray();
    }

    private Location Place(
        ModelFinding finding,
        AttributeData? ring,
        List<AttributeData> dense,
        IMethodSymbol features,
        IMethodSymbol label,
        IMethodSymbol? verdict,
        IMethodSymbol? policy) => finding.Part switch
    {
        ModelPart.Layer => dense[finding.Index].Place(0),
        ModelPart.Ring => ring!.Place("Records"),
        ModelPart.Features when finding.Rule == ModelRules.FeatureEvent => features.Locations[0],
        ModelPart.Features => features.Attributes(KmlNames.Features).First().Place(0),
        ModelPart.Label => label.Locations[0],
        ModelPart.Verdict => verdict!.Locations[0],
        ModelPart.Policy => policy!.Locations[0],
        _ => _attribute.Place(0),
    };

    private void CheckPlacement()
    {
        Location identifier = _syntax.Identifier.GetLocation();
        if (Misplaced() is { } place)
            _findings.Report(SourceRules.Placement, identifier, _class.IsStatic ? DeclarationFixes.ForStatic(_class) : null, _class.Name, place);
        if (!IsPartial)
            _findings.Report(SourceRules.NotPartial, identifier, new Fix(FixKind.Partial), _class.Name);
    }

    /// <summary>What keeps the class from being completed where it is; null if nothing does.</summary>
    private string? Misplaced() => _class switch
    {
        { IsRecord: true } => "a record",
        { IsStatic: true } => "static",
        { TypeParameters.Length: > 0 } => "generic",
        { ContainingType: not null } => $"nested in '{_class.ContainingType.Name}'",
        { IsFileLocal: true } => "local to its file",
        _ when BaseModel() is { } model => $"derived from the model '{model.Name}'",
        _ => null,
    };

    private INamedTypeSymbol? BaseModel()
    {
        INamedTypeSymbol? type = _class.BaseType;
        while (type is not null && !type.Has(KmlNames.KernelModel))
            type = type.BaseType;
        return type;
    }

    private List<EventKind> Observed()
    {
        SortedSet<EventKind> kinds = [];
        foreach (AttributeData observe in _class.Attributes(KmlNames.Observe))
        {
            if (observe.ConstructorArguments.FirstOrDefault().Value is not ITypeSymbol { TypeKind: not TypeKind.Error } type)
            {
                _findings.LeaveToCompiler();
            }
            else if (EventCatalog.ByClrName(type.ToDisplayString()) is { } info)
            {
                kinds.Add(info.Kind);
            }
            else
            {
                AttributeSyntax syntax = (AttributeSyntax)observe.ApplicationSyntaxReference!.GetSyntax();
                Location place = syntax.ArgumentList?.Arguments[0].Expression is TypeOfExpressionSyntax typeOf ? typeOf.Type.GetLocation() : observe.Place(0);
                _findings.Report(
                    SourceRules.NoEvent,
                    place,
                    type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                    string.Join(", ", EventCatalog.All.Select(e => e.Kind)));
            }
        }

        return [.. kinds];
    }

    private (INamedTypeSymbol Type, StateSpec Spec)? State()
    {
        List<INamedTypeSymbol> states = _class.GetTypeMembers().Where(t => t.Has(KmlNames.State)).ToList();
        foreach (INamedTypeSymbol extra in states.Skip(1))
            _findings.Report(SourceRules.MoreThanOne, extra.Locations[0], _class.Name, "[State] struct");
        return states.Count == 0
            ? null
            : (states[0], StateParser.Parse(states[0], states[0].Attributes(KmlNames.State).First(), _findings));
    }

    /// <summary>Whether what has a meaning by its order is in one file; otherwise reported: parts have the order of their files, which come in any.</summary>
    private bool IsInOneFile(IEnumerable<Location> places, string what)
    {
        List<Location> others = places
            .GroupBy(p => p.SourceTree)
            .OrderBy(file => file.Key!.FilePath, StringComparer.Ordinal)
            .Skip(1)
            .Select(file => file.First())
            .ToList();
        foreach (Location other in others)
            _findings.Report(SourceRules.MoreThanOne, other, _class.Name, $"file with {what}");
        return others.Count == 0;
    }

    private IEnumerable<IMethodSymbol> Marked(string attribute) =>
        _class.GetMembers().OfType<IMethodSymbol>().Where(m => m.Has(attribute));

    private IMethodSymbol? Single(string attribute, string word, DiagnosticRule? required = null)
    {
        List<IMethodSymbol> methods = Marked(attribute).ToList();
        if (methods.Count == 0 && required is not null)
            _findings.Report(required, _syntax.Identifier.GetLocation(), _class.Name);
        foreach (IMethodSymbol extra in methods.Skip(1))
            _findings.Report(SourceRules.MoreThanOne, extra.Locations[0], _class.Name, $"[{word}] method");
        return methods.FirstOrDefault();
    }
}
