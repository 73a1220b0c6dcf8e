using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering.Budgets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>A class marked as a model, as the generator's pipeline carries it: by value.</summary>
/// <param name="Name">The name that it gives to its model, and where; null where the C# is wrong.</param>
/// <param name="Model">The model; null if anything is wrong.</param>
/// <param name="Refusal">The class with all that is wrong with it: no reasons where nothing is, and where only the compiler has anything to say.</param>
/// <param name="Methods">What the model's methods take; none without a model.</param>
/// <param name="State">The model's state; null without one, and without a model.</param>
/// <param name="Limits">What the class states of its limits.</param>
internal sealed record Declaration(
    DeclaredName? Name, ParsedModel? Model, RefusedModel Refusal, EquatableArray<DeclaredMethod> Methods, DeclaredState? State, Limits Limits)
{
    /// <summary>The class as one that is no model; null if it is one, and where the class can have no other part.</summary>
    public RefusedModel? Refused => Refusal.Reasons.Count == 0 && (Model is not null || Refusal.Surface is null) ? null : Refusal;

    /// <summary>Reads a declaration.</summary>
    public static Declaration Read(
        INamedTypeSymbol type,
        AttributeData attribute,
        TypeDeclarationSyntax syntax,
        Compilation compilation,
        CancellationToken cancellation)
    {
        Reading reading = DeclarationParser.Parse(type, syntax, compilation, cancellation);
        Readings.Keep(syntax, compilation, reading);
        string space = type.ContainingNamespace.ToDisplayString(DeclarationParser.Plain);
        DeclaredName? name = attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string given
            ? new DeclaredName(given, RefusedModel.NameOf(type), RefusedModel.KindOf(type), space, type.Name, SourcePlace.Of(attribute.Place(0)))
            : null;
        EquatableArray<RefusalReason> reasons = reading.Findings
            .Where(f => f.Rule.Severity == RuleSeverity.Error)
            .Select(RefusalReason.Of)
            .ToEquatableArray();
        return new Declaration(
            name,
            reading.Model,
            new RefusedModel(RefusedModel.NameOf(type), RefusedModel.KindOf(type), space, type.Name, reading.Surface, reasons),
            reading.Budgets.Zip(reading.Methods, (budget, place) => new DeclaredMethod(budget, SourcePlace.Of(place))).ToEquatableArray(),
            reading.State is null ? null : new DeclaredState(reading.State.Name, reading.State.Bytes, SourcePlace.Of(reading.State.Place)),
            reading.Limits);
    }

    /// <summary>The declaration in a project with limits: refused where a method is over one.</summary>
    public Declaration Within(Limits project)
    {
        BodyLimits limits = Limits.Or(project).Bodies;
        EquatableArray<RefusalReason> reasons = Methods
            .SelectMany(m => limits.Exceeded(m.Budget).Select(e => RefusalReason.Of(SourceRules.BodyBudget, m.Place, [.. e])))
            .Concat(State is not null && Limits.Or(project).Exceeded(State.Name, State.Bytes) is { } state
                ? [RefusalReason.Of(SourceRules.BodyBudget, State.Place, [.. state])]
                : [])
            .ToEquatableArray();
        return reasons.Count == 0 ? this : this with { Model = null, Refusal = Refusal with { Reasons = reasons } };
    }
}

/// <summary>A method of a model.</summary>
/// <param name="Budget">What it takes.</param>
/// <param name="Place">Its name.</param>
internal sealed record DeclaredMethod(BodyBudget Budget, SourcePlace Place);

/// <summary>The state of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What it takes.</param>
/// <param name="Place">Its name in the source.</param>
internal sealed record DeclaredState(string Name, long Bytes, SourcePlace Place);

/// <summary>The name that a class gives to its model.</summary>
/// <param name="Name">The name.</param>
/// <param name="FullName">The class's full name, as metadata spells it.</param>
/// <param name="Kind">What kind of type it is.</param>
/// <param name="Namespace">The class's namespace, empty for the global one.</param>
/// <param name="ClassName">The class's name.</param>
/// <param name="Place">Where the name is given.</param>
internal sealed record DeclaredName(string Name, string FullName, string Kind, string Namespace, string ClassName, SourcePlace Place)
{
    /// <summary>The classes whose model's name another has already.</summary>
    public static IEnumerable<RefusedModel> Duplicates(ImmutableArray<DeclaredName> names) =>
        DuplicateNames.Of(names, n => n.Name, n => (n.Place.Source, n.Place.Start)).Select(pair => new RefusedModel(
            pair.Later.FullName,
            pair.Later.Kind,
            pair.Later.Namespace,
            pair.Later.ClassName,
            Surface: null,
            EquatableArray.Of(RefusalReason.Of(ModelRules.DuplicateName, pair.Later.Place, pair.First.ClassName, pair.Later.ClassName, pair.Later.Name))));
}
