using System.Globalization;
using Kml.Generators.Parsing.Declarations;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Refusals;

/// <summary>A finding as a value, with the message that its diagnostic has.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">The message.</param>
/// <param name="Place">Where.</param>
internal sealed record RefusalReason(string Id, string Message, SourcePlace Place)
{
    /// <summary>The reason that a finding is.</summary>
    public static RefusalReason Of(Finding finding) => Of(finding.Rule, SourcePlace.Of(finding.Place), [.. finding.Arguments]);

    /// <summary>The reason that a rule is at some place.</summary>
    public static RefusalReason Of(DiagnosticRule rule, SourcePlace place, params object[] arguments) =>
        new(rule.Id, string.Format(CultureInfo.InvariantCulture, rule.Format, arguments), place);
}

/// <summary>A class that is marked as a model and cannot be one.</summary>
/// <param name="FullName">Its full name, as metadata spells it.</param>
/// <param name="Kind">What kind of type it is: a class and a record may be given one name, and both be wrong.</param>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="ClassName">Its name, without escapes.</param>
/// <param name="Surface">What other code calls of it; null where no other part of it can be written.</param>
/// <param name="Reasons">What is wrong with it; empty where the compiler alone says so.</param>
internal sealed record RefusedModel(
    string FullName,
    string Kind,
    string Namespace,
    string ClassName,
    Surface? Surface,
    EquatableArray<RefusalReason> Reasons)
{
    /// <summary>A type's kind, in a word.</summary>
    public static string KindOf(INamedTypeSymbol type) => type.IsRecord ? "Record" : type.TypeKind.ToString();

    /// <summary>A type's full name, as metadata spells it.</summary>
    public static string NameOf(INamedTypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => NameOf(outer) + "+" + type.MetadataName,
        { ContainingNamespace: { IsGlobalNamespace: false } space } => space.ToDisplayString(DeclarationParser.Plain) + "." + type.MetadataName,
        _ => type.MetadataName,
    };
}
