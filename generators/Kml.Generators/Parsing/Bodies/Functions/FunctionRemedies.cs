using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>What to write instead of methods that are near to functions and are none: mathematics in other bits, or in double precision.</summary>
internal static class FunctionRemedies
{
    private const FunctionHome Real = FunctionHome.Math | FunctionHome.MathF | FunctionHome.Float | FunctionHome.Double;
    private const FunctionHome Any = Real | FunctionHome.Integer | FunctionHome.BitOperations;

    private static readonly Dictionary<string, (FunctionHome Homes, string Remedy)> ByName = new()
    {
        ["Sqrt"] = (Real, "use MathF.Sqrt"),
        ["Floor"] = (Real, "use MathF.Floor"),
        ["Ceiling"] = (Real, "use MathF.Ceiling"),
        ["Truncate"] = (Real, "use MathF.Truncate"),
        ["Round"] = (Real, "use MathF.Round of one argument, in which a half goes to the even one"),
        ["Exp"] = (Real, "use KmlMath.Exp"),
        ["Log"] = (Real, "use KmlMath.Log of one argument"),
        ["Tanh"] = (Real, "use KmlMath.Tanh"),
        ["Exp2"] = (Real, "use KmlMath.Exp(x * 0.6931472f)"),
        ["Log2"] = (Real, "use KmlMath.Log2, or uint.Log2 of an integer"),
        ["Log10"] = (Real, "use KmlMath.Log(x) * 0.4342945f"),
        ["Pow"] = (Real, "multiply it out, or use KmlMath.Exp(y * KmlMath.Log(x))"),
        ["ScaleB"] = (Real, "multiply by a power of two"),
        ["FusedMultiplyAdd"] = (Real, "use x * y + z, which rounds twice"),
        ["MultiplyAddEstimate"] = (Real, "use x * y + z"),
        ["ReciprocalEstimate"] = (Real, "use 1f / x"),
        ["ReciprocalSqrtEstimate"] = (Real, "use 1f / MathF.Sqrt(x)"),
        ["CopySign"] = (Any, "use ?: with a comparison; no two compilers agree on the sign of a NaN"),
        ["IsNegative"] = (Real, "compare with 0f; no two compilers agree on the sign of a NaN"),
        ["IsPositive"] = (Real, "compare with 0f; no two compilers agree on the sign of a NaN"),
        ["Clamp"] = (FunctionHome.Float, "give it constant bounds, or use Math.Clamp, which has another order of NaN and zeros"),
        ["MinNumber"] = (Real, "use MathF.Min, whose result is NaN where an argument is"),
        ["MaxNumber"] = (Real, "use MathF.Max, whose result is NaN where an argument is"),
        ["MinNative"] = (Real, "use MathF.Min"),
        ["MaxNative"] = (Real, "use MathF.Max"),
        ["ClampNative"] = (Real, "use Math.Clamp"),
        ["MinMagnitude"] = (Any, "use Math.Min of Math.Abs"),
        ["MaxMagnitude"] = (Any, "use Math.Max of Math.Abs"),
        ["DivRem"] = (Any, "use / and %"),
        ["BigMul"] = (Any, "use Math.BigMul of two int or two uint"),
    };

    /// <summary>What to write instead of a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The remedy, or null where there is none of its own.</returns>
    public static string? For(IMethodSymbol method)
    {
        if (ByName.TryGetValue(method.Name, out (FunctionHome Homes, string Remedy) row) && (row.Homes & FunctionHomes.Of(method.ContainingType)) != 0)
            return row.Remedy;
        return FunctionTable.Find(method) is null ? null : "convert what is narrower to uint, and use uint." + method.Name;
    }
}
