using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Parsing.Symbols;

/// <summary>Reads attributes and the places of their arguments.</summary>
internal static class AttributeReading
{
    /// <summary>The attributes of one kind, in declaration order.</summary>
    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().Where(a => a.AttributeClass.IsNamed(fullName));

    /// <summary>Whether a symbol carries an attribute.</summary>
    public static bool Has(this ISymbol symbol, string fullName) => symbol.Attributes(fullName).Any();

    /// <summary>A number or enum member among the constructor's arguments; 0 where the C# is wrong.</summary>
    public static int Number(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index].Value is int value ? value : 0;

    /// <summary>A number or enum member among the named arguments.</summary>
    public static int Named(this AttributeData attribute, string name, int otherwise) =>
        attribute.NamedArguments.Where(a => a.Key == name).Select(a => a.Value.Value as int?).FirstOrDefault() ?? otherwise;

    /// <summary>A member of an enum among the constructor's arguments; a number that is none of its members is reported.</summary>
    public static T Member<T>(this AttributeData attribute, int index, Findings findings)
        where T : struct, Enum =>
        Member<T>(attribute.Number(index), attribute.Place(index), findings);

    /// <summary>A member of an enum among the named arguments; a number that is none of its members is reported.</summary>
    public static T Member<T>(this AttributeData attribute, string name, T otherwise, Findings findings)
        where T : struct, Enum =>
        Member<T>(attribute.Named(name, Convert.ToInt32(otherwise, CultureInfo.InvariantCulture)), attribute.Place(name), findings);

    /// <summary>The place of a constructor's argument, or of the whole attribute.</summary>
    public static Location Place(this AttributeData attribute, int argument)
    {
        AttributeSyntax syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = syntax.ArgumentList?.Arguments ?? default;
        string? name = attribute.AttributeConstructor?.Parameters.ElementAtOrDefault(argument)?.Name;
        AttributeArgumentSyntax? found = arguments.FirstOrDefault(a => a.NameColon is { } colon && colon.Name.Identifier.ValueText == name)
            ?? arguments.Where(a => a.NameColon is null && a.NameEquals is null).ElementAtOrDefault(argument);
        return ((SyntaxNode?)found?.Expression ?? syntax).GetLocation();
    }

    /// <summary>The place of a named argument's value, or of the whole attribute.</summary>
    public static Location Place(this AttributeData attribute, string argument)
    {
        AttributeSyntax syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        SyntaxNode? node = syntax.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument)?.Expression;
        return (node ?? syntax).GetLocation();
    }

    private static T Member<T>(int value, Location place, Findings findings)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(typeof(T), value))
        {
            string written = place.SourceTree!.GetText().ToString(place.SourceSpan);
            findings.Report(SourceRules.OutsideSubset, place, $"'{written}'", $"use {string.Join(" or ", Enum.GetNames(typeof(T)))}");
        }

        return (T)Enum.ToObject(typeof(T), value);
    }

    /// <summary>
    /// A C# identifier, escaped where it is a keyword, be it only in some contexts: a type may not be named 'record' or 'required' otherwise.
    /// </summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
