using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>The methods that bodies may call.</summary>
internal static class FunctionTable
{
    /// <summary>Finds the function that a method stands for.</summary>
    /// <param name="method">The method that C# has chosen.</param>
    /// <returns>The function, or null where the module has none.</returns>
    public static Function? Find(IMethodSymbol method)
    {
        Function? function = method.Name switch
        {
            "Abs" => Function.Abs,
            "Min" => Function.Min,
            "Max" => Function.Max,
            "Sign" => Function.Sign,
            "Clamp" => Function.Clamp,
            _ => null,
        };
        return method.IsStatic && IsHome(method.ContainingType) ? function : null;
    }

    private static bool IsHome(INamedTypeSymbol type) =>
        type.IsNamed("System.Math") || type.IsNamed("System.MathF") || type.IsNamed(KmlNames.Q16);
}
