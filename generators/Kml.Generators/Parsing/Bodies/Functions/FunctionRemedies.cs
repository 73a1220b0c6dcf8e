using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>What to write instead of methods that are near to functions and are none: mathematics in other bits, or in double precision.</summary>
internal static class FunctionRemedies
{
    private const FunctionHome Real = FunctionHome.Math | FunctionHome.MathF | FunctionHome.Float | FunctionHome.Double;
    private const FunctionHome Any = Real | FunctionHome.Integer | FunctionHome.BitOperations;

    private const string Single = "global::System.MathF.";
    private const string Library = "global::Kml.KmlMath.";

    private static readonly Dictionary<string, FunctionRemedy> ByName = new()
    {
        ["Sqrt"] = new(Real, "use MathF.Sqrt", 1, Single + "Sqrt"),
        ["Floor"] = new(Real, "use MathF.Floor", 1, Single + "Floor"),
        ["Ceiling"] = new(Real, "use MathF.Ceiling", 1, Single + "Ceiling"),
        ["Truncate"] = new(Real, "use MathF.Truncate", 1, Single + "Truncate"),
        ["Round"] = new(Real, "use MathF.Round of one argument, in which a half goes to the even one", 1, Single + "Round"),
        ["Exp"] = new(Real, "use KmlMath.Exp", 1, Library + "Exp"),
        ["Log"] = new(Real, "use KmlMath.Log of one argument", 1, Library + "Log"),
        ["Tanh"] = new(Real, "use KmlMath.Tanh", 1, Library + "Tanh"),
        ["Exp2"] = new(Real, "use KmlMath.Exp(x * 0.6931472f)"),
        ["Log2"] = new(Real, "use KmlMath.Log2, or uint.Log2 of an integer", 1, Library + "Log2"),
        ["Log10"] = new(Real, "use KmlMath.Log(x) * 0.4342945f"),
        ["Pow"] = new(Real, "multiply it out, or use KmlMath.Exp(y * KmlMath.Log(x))"),
        ["ScaleB"] = new(Real, "multiply by a power of two"),
        ["FusedMultiplyAdd"] = new(Real, "use x * y + z, which rounds twice"),
        ["MultiplyAddEstimate"] = new(Real, "use x * y + z"),
        ["ReciprocalEstimate"] = new(Real, "use 1f / x"),
        ["ReciprocalSqrtEstimate"] = new(Real, "use 1f / MathF.Sqrt(x)"),
        ["CopySign"] = new(Any, "use ?: with a comparison; no two compilers agree on the sign of a NaN"),
        ["IsNegative"] = new(Real, "compare with 0f; no two compilers agree on the sign of a NaN"),
        ["IsPositive"] = new(Real, "compare with 0f; no two compilers agree on the sign of a NaN"),
        ["Clamp"] = new(FunctionHome.Float, "give it constant bounds, or use Math.Clamp, which has another order of NaN and zeros"),
        ["MinNumber"] = new(Real, "use MathF.Min, whose result is NaN where an argument is"),
        ["MaxNumber"] = new(Real, "use MathF.Max, whose result is NaN where an argument is"),
        ["MinNative"] = new(Real, "use MathF.Min", 2, Single + "Min"),
        ["MaxNative"] = new(Real, "use MathF.Max", 2, Single + "Max"),
        ["ClampNative"] = new(Real, "use Math.Clamp"),
        ["MinMagnitude"] = new(Any, "use Math.Min of Math.Abs"),
        ["MaxMagnitude"] = new(Any, "use Math.Max of Math.Abs"),
        ["DivRem"] = new(Any, "use / and %"),
        ["BigMul"] = new(Any, "use Math.BigMul of two int or two uint"),
    };

    /// <summary>What to write instead of a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The remedy, or null where there is none of its own.</returns>
    public static string? For(IMethodSymbol method)
    {
        if (Row(method) is { } row)
            return row.Words;
        return FunctionTable.Find(method) is null ? null : "convert what is narrower to uint, and use uint." + method.Name;
    }

    /// <summary>The row of a method; null where there is none.</summary>
    /// <param name="method">The method.</param>
    public static FunctionRemedy? Row(IMethodSymbol method) =>
        ByName.TryGetValue(method.Name, out FunctionRemedy? row) && (row.Homes & FunctionHomes.Of(method.ContainingType)) != 0 ? row : null;
}

/// <summary>What to write instead of a method.</summary>
/// <param name="Homes">The classes whose method it is.</param>
/// <param name="Words">The remedy in words.</param>
/// <param name="Arity">How many arguments the function takes that does the same, in the same order; 0 where there is none.</param>
/// <param name="Instead">That function, in full; null where there is none.</param>
internal sealed record FunctionRemedy(FunctionHome Homes, string Words, int Arity = 0, string? Instead = null);
