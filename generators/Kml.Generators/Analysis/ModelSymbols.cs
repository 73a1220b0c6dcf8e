using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Analysis;

/// <summary>Finds the declaration behind a symbol that is a model.</summary>
internal static class ModelSymbols
{
    /// <summary>The attribute that makes a type a model, or null.</summary>
    public static AttributeData? ModelAttribute(this INamedTypeSymbol type) => type.Attributes(KmlNames.KernelModel).FirstOrDefault();

    /// <summary>The part of the type that carries the attribute.</summary>
    public static TypeDeclarationSyntax? Declaration(this AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();
}
