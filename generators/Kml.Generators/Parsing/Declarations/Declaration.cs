using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>A class marked as a model, as the generator's pipeline carries it: by value.</summary>
/// <param name="Name">The name that it gives to its model, and where; null where the C# is wrong.</param>
/// <param name="Model">The model; null if anything is wrong.</param>
/// <param name="Refused">What is wrong; null if nothing is, and where only the compiler has anything to say.</param>
internal sealed record Declaration(DeclaredName? Name, ParsedModel? Model, RefusedModel? Refused)
{
    /// <summary>Reads a declaration.</summary>
    public static Declaration Read(
        INamedTypeSymbol type,
        AttributeData attribute,
        TypeDeclarationSyntax syntax,
        Compilation compilation,
        CancellationToken cancellation)
    {
        (ParsedModel? model, IReadOnlyList<Finding> findings) = DeclarationParser.Parse(type, syntax, compilation, cancellation);
        string space = type.ContainingNamespace.ToDisplayString(DeclarationParser.Plain);
        DeclaredName? name = attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string given
            ? new DeclaredName(given, RefusedModel.NameOf(type), space, type.Name, SourcePlace.Of(attribute.Place(0)))
            : null;
        EquatableArray<RefusalReason> reasons = findings.Where(f => f.Rule.Severity == RuleSeverity.Error).Select(RefusalReason.Of).ToEquatableArray();
        return new Declaration(
            name,
            model,
            reasons.Count == 0 ? null : new RefusedModel(RefusedModel.NameOf(type), space, type.Name, IsCompletable(type, findings), reasons));
    }

    private static bool IsCompletable(INamedTypeSymbol type, IReadOnlyList<Finding> findings) =>
        findings.All(f => f.Rule != SourceRules.NotPartial && f.Rule != SourceRules.Placement && f.Rule != SourceRules.OldLanguage)
        && type.TypeKind == TypeKind.Class
        && !type.AllInterfaces.Any(i => i.IsNamed(KmlNames.Interface));
}

/// <summary>The name that a class gives to its model.</summary>
/// <param name="Name">The name.</param>
/// <param name="FullName">The class's full name, as metadata spells it.</param>
/// <param name="Namespace">The class's namespace, empty for the global one.</param>
/// <param name="ClassName">The class's name.</param>
/// <param name="Place">Where the name is given.</param>
internal sealed record DeclaredName(string Name, string FullName, string Namespace, string ClassName, SourcePlace Place)
{
    /// <summary>The classes whose model's name another has already.</summary>
    public static IEnumerable<RefusedModel> Duplicates(ImmutableArray<DeclaredName> names) =>
        DuplicateNames.Of(names, n => n.Name, n => (n.Place.Source, n.Place.Start)).Select(pair => new RefusedModel(
            pair.Later.FullName,
            pair.Later.Namespace,
            pair.Later.ClassName,
            IsCompletable: false,
            EquatableArray.Of(RefusalReason.Of(ModelRules.DuplicateName, pair.Later.Place, pair.First.ClassName, pair.Later.ClassName, pair.Later.Name))));
}
