using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Kml.TestSupport;

/// <summary>Calls of every function in C#, each with holes for its arguments.</summary>
public static partial class FunctionCalls
{
    private static readonly string[] Signed = ["sbyte", "short", "int", "long"];
    private static readonly string[] Unsigned = ["byte", "ushort", "uint", "ulong"];
    private static readonly string[] Integers = [.. Signed, .. Unsigned];
    private static readonly string[] Wide = ["int", "uint", "long", "ulong"];

    /// <summary>The calls: the type that each gives, and its text, in which <c>{type}</c> is an argument, and <c>{~type}</c> one that is no constant.</summary>
    public static IReadOnlyList<(string Result, string Text)> All { get; } =
    [
        .. Each(["Math", "*"], [.. Integers, "float"], "Min({*}, {*})", "Max({*}, {*})"),
        .. Each(["Math", "*"], Integers, "Clamp({*}, {*}, {*})"),
        .. Each(["Math"], ["float"], "Clamp({*}, {*}, {*})"),
        .. Each(["float"], ["float"], "Clamp({*}, -1f, 65536f)"),
        .. Each(["Math", "*"], [.. Signed, "float"], "Abs({*})"),
        .. Each(["*"], [.. Integers, "float"], "int Sign({*})"),
        .. Each(["Math"], [.. Signed, "float"], "int Sign({*})"),
        .. Each(["MathF"], ["float"], "Min({*}, {*})", "Max({*}, {*})", "Abs({*})", "int Sign({*})"),
        .. Each(["MathF", "*"], ["float"], "Sqrt({*})", "Floor({*})", "Ceiling({*})", "Truncate({*})", "Round({*})"),
        .. Each(["KmlMath"], ["float"], "Exp({*})", "Log({*})", "Log2({*})", "Tanh({*})", "Sigmoid({*})"),
        .. Each(["*"], ["float"], "bool IsNaN({*})", "bool IsFinite({*})", "bool IsInfinity({*})"),
        .. Each(["*"], ["float"], "bool IsPositiveInfinity({*})", "bool IsNegativeInfinity({*})"),
        .. Each(["Q16"], ["Q16"], "Min({*}, {*})", "Max({*}, {*})", "Abs({*})", "Clamp({*}, {*}, {*})", "int Sign({*})"),
        .. Each(["*"], ["uint", "ulong"], "Log2({*})"),

        // .NET 10's compiler makes a method invalid in which such a call has an argument that it finds to be a negative constant.
        .. Each(["*"], ["int", "long"], "Log2({~*} ^ {~*})"),
        .. Each(["*"], Wide, "PopCount({*})", "LeadingZeroCount({*})", "TrailingZeroCount({*})"),
        .. Each(["*"], Wide, "RotateLeft({*}, {int})", "RotateRight({*}, {int})", "bool IsPow2({*})"),
        .. Each(["BitOperations"], Wide, "int TrailingZeroCount({*})", "bool IsPow2({*})"),
        .. Each(["BitOperations"], ["uint", "ulong"], "int Log2({*})", "int PopCount({*})", "int LeadingZeroCount({*})"),
        .. Each(["BitOperations"], ["uint", "ulong"], "RotateLeft({*}, {int})", "RotateRight({*}, {int})", "RoundUpToPowerOf2({*})"),
        .. Each(["*"], Signed, "bool IsNegative({*})", "bool IsPositive({*})"),
        .. Each(["*"], Integers, "bool IsEvenInteger({*})", "bool IsOddInteger({*})"),
        .. Each(["Math", "*"], ["int"], "long BigMul({*}, {*})"),
        .. Each(["Math", "*"], ["uint"], "ulong BigMul({*}, {*})"),
        .. Each(["Saturating"], Unsigned, "Add({*}, {*})", "Subtract({*}, {*})"),
        .. Each(["Buckets"], ["ulong"], "int Log2({*}, {int})"),
        .. Each(["Hash"], ["ulong"], "Mix({*})", "uint Mix32({*})"),
        .. Each(["Ewma"], ["uint"], "Next({*}, {*}, {int})"),
        .. Each(["Reciprocal"], ["uint"], "ulong Of({*})", "Divide({*}, {ulong})"),
        .. Each(["Q16"], ["Q16"], "Reciprocal({*})", "Log2({*})", "Log2((ulong){ulong})", "Exp2({*})"),
        ("bool", "({Color}).HasFlag({Color})"),
        ("bool", "({Color}).HasFlag(Color.Blue)"),
    ];

    /// <summary>A call's text with its holes filled.</summary>
    /// <param name="text">The text.</param>
    /// <param name="argument">Writes an argument of a type, which may be a constant or not.</param>
    public static string Fill(string text, Func<string, bool, string> argument) =>
        Hole().Replace(text, m => argument(m.Groups[2].Value, m.Groups[1].Length == 0));

    // Of each class, for each type: * is the type. A call that names no result gives the type.
    private static IEnumerable<(string Result, string Text)> Each(string[] classes, string[] types, params string[] calls) =>
        from home in classes
        from type in types
        from call in calls
        let parts = call.Split(' ', 2)
        let named = Result().IsMatch(call)
        select (named ? parts[0] : type, $"{home}.{(named ? parts[1] : call)}".Replace("*", type, StringComparison.Ordinal));

    [GeneratedRegex(@"\{(~?)(\w+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex("^[a-z]+ ")]
    private static partial Regex Result();
}
