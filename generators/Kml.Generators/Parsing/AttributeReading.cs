using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Parsing;

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

    /// <summary>The place of a positional argument, or of the whole attribute.</summary>
    public static Location Place(this AttributeData attribute, int? argument = null)
    {
        AttributeSyntax syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        SyntaxNode node = argument is { } i && syntax.ArgumentList?.Arguments.Count > i ? syntax.ArgumentList.Arguments[i].Expression : syntax;
        return node.GetLocation();
    }

    /// <summary>The place of a named argument's value, or of the whole attribute.</summary>
    public static Location Place(this AttributeData attribute, string argument)
    {
        AttributeSyntax syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        SyntaxNode? node = syntax.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument)?.Expression;
        return (node ?? syntax).GetLocation();
    }

    /// <summary>A C# identifier, escaped where it is a keyword.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
