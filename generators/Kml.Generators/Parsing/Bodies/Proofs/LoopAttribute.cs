using System.Linq;
using Kml.Generators.Parsing.Symbols;
using Kml.Model.Lowering.Ranges;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Proofs;

/// <summary>Reads [Bound(n)]: the user's word for how many turns a loop of the method takes at the most.</summary>
internal static class LoopAttribute
{
    /// <summary>The bound that a method states.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The most turns; null where it states none.</returns>
    public static int? Of(IMethodSymbol method) =>
        method.Attributes(KmlNames.Bound).FirstOrDefault() is { } attribute && attribute.Number(0) is > 0 and <= LoopBounds.Most and int turns ? turns : null;
}
