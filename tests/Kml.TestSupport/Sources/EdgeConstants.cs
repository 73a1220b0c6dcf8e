using System.Collections.Generic;

namespace Kml.TestSupport;

/// <summary>Constants in C# that an operator, or a compiler that folds it, treats as special.</summary>
public static class EdgeConstants
{
    public static readonly string[] Floats =
    [
        "0f", "(-0f)", "1f", "(-1f)", "float.NaN", "float.PositiveInfinity", "float.NegativeInfinity", "float.Epsilon", "(-float.Epsilon)",
        "1.17549435E-38f", "float.MaxValue", "float.MinValue",
    ];

    public static readonly string[] Fixed =
    [
        "Q16.Zero", "Q16.One", "Q16.MaxValue", "Q16.MinValue", "(Q16)float.NaN", "(Q16)(-0f)", "Q16.FromRaw(-1)", "Q16.FromRaw(7)",
    ];

    // Of the very type, so that they give it to the operator.
    private static readonly Dictionary<string, string[]> Whole = new()
    {
        ["int"] = ["0", "1", "(-1)", "int.MaxValue", "int.MinValue"],
        ["uint"] = ["0u", "1u", "uint.MaxValue", "0x80000000u"],
        ["long"] = ["0L", "1L", "(-1L)", "long.MaxValue", "long.MinValue"],
        ["ulong"] = ["0ul", "1ul", "ulong.MaxValue", "0x8000000000000000ul"],
    };

    public static readonly string[] Counts = ["0", "31", "32", "63", "64", "(-1)", "int.MinValue"];

    /// <summary>The constants of a type that has any, or null.</summary>
    public static string[]? Of(string type) => type switch
    {
        "float" => Floats,
        "Q16" => Fixed,
        _ => Whole.GetValueOrDefault(type),
    };
}
