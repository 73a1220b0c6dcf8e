using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>
/// The functions that bodies may call: the one table of their types and faults. What a C# method becomes is a row of the generator, what .NET gives a row
/// of the interpreter, and how C calls it a row of the renderer.
/// </summary>
public static class FunctionCatalog
{
    private static readonly ScalarType[] Signed = [ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64];
    private static readonly ScalarType[] Unsigned = [ScalarType.U8, ScalarType.U16, ScalarType.U32, ScalarType.U64];
    private static readonly ScalarType[] Wide = [ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64];
    private static readonly ScalarType[] Words = [ScalarType.U32, ScalarType.U64];
    private static readonly ScalarType[] Numbers = [.. Signed, .. Unsigned, ScalarType.F32, ScalarType.Q16];
    private static readonly ScalarType[] Float = [ScalarType.F32];
    private static readonly ScalarType[] Fixed = [ScalarType.Q16];
    private static readonly ScalarType[] Bits32 = [ScalarType.U32];
    private static readonly ScalarType[] Bits64 = [ScalarType.U64];

    /// <summary>All functions.</summary>
    public static IReadOnlyList<FunctionInfo> All { get; } =
    [
        new(Function.Abs, [.. Signed, ScalarType.F32, ScalarType.Q16]) { Faulting = Signed },
        new(Function.Min, Numbers) { Others = [null], Widens = true },
        new(Function.Max, Numbers) { Others = [null], Widens = true },
        new(Function.Sign, Numbers) { Result = ScalarType.I32, Faulting = Float, Widens = true },
        new(Function.Clamp, Numbers) { Others = [null, null], Faulting = Numbers, Widens = true },
        new(Function.FloorLog2, Wide) { Faulting = Signed },
        new(Function.PopCount, Words),
        new(Function.LeadingZeroCount, Words),
        new(Function.TrailingZeroCount, Words),
        new(Function.RotateLeft, Words) { Others = [ScalarType.I32] },
        new(Function.RotateRight, Words) { Others = [ScalarType.I32] },
        new(Function.RoundUpToPowerOf2, Words),
        new(Function.IsPow2, Wide) { Result = ScalarType.Bool },
        new(Function.Sqrt, Float),
        new(Function.Floor, Float),
        new(Function.Ceiling, Float),
        new(Function.Truncate, Float),
        new(Function.Round, Float),
        new(Function.Exp, Float),
        new(Function.Log, Float),
        new(Function.Log2, Float),
        new(Function.Tanh, Float),
        new(Function.Sigmoid, Float),
        new(Function.SaturatingAdd, Unsigned) { Others = [null] },
        new(Function.SaturatingSubtract, Unsigned) { Others = [null] },
        new(Function.Log2Bucket, Bits64) { Others = [ScalarType.I32], Result = ScalarType.I32 },
        new(Function.Mix, Bits64),
        new(Function.Mix32, Bits64) { Result = ScalarType.U32 },
        new(Function.EwmaNext, Bits32) { Others = [null, ScalarType.I32] },
        new(Function.ReciprocalOf, Bits32) { Result = ScalarType.U64, Faulting = Bits32 },
        new(Function.ReciprocalDivide, Bits32) { Others = [ScalarType.U64] },
        new(Function.FixedReciprocal, Fixed) { Faulting = Fixed },
        new(Function.FixedLog2, [ScalarType.Q16, ScalarType.U64]) { Result = ScalarType.Q16 },
        new(Function.FixedExp2, Fixed),
    ];

    private static readonly Dictionary<Function, FunctionInfo> ByFunction = All.ToDictionary(i => i.Function);

    /// <summary>The row of a function.</summary>
    /// <param name="function">The function.</param>
    /// <returns>Its row.</returns>
    public static FunctionInfo Info(this Function function) => ByFunction[function];
}
