using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Symbols;

/// <summary>How far a type can be seen.</summary>
internal static class TypeAccess
{
    /// <summary>The least accessible of a type and the types it is nested in: public, internal or private.</summary>
    public static Accessibility Of(ITypeSymbol type)
    {
        Accessibility least = Accessibility.Public;
        for (ITypeSymbol? t = type; t is not null; t = t.ContainingType)
        {
            Accessibility own = t.DeclaredAccessibility switch
            {
                Accessibility.Public => Accessibility.Public,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
                _ => Accessibility.Private,
            };
            least = own < least ? own : least;
        }

        return least;
    }
}
