using System.Collections.Generic;

namespace Kml.Model.Lowering.Budgets;

/// <summary>
/// What the parts of a body count for. The unit is an operation: a part of the translated body that becomes an instruction or two, taken as about a nanosecond.
/// What takes longer counts for as many operations as it takes of those, in the worst case and rounded up: here, once.
/// </summary>
public static class OperationCosts
{
    /// <summary>Any part that is not below: an operator, a conversion, a read, a store, a branch.</summary>
    public const long One = 1;

    /// <summary>A check for a fault, where one remains.</summary>
    public const long Check = 1;

    /// <summary>A call of a function of the model's, beside its arguments and its body.</summary>
    public const long Call = 4;

    /// <summary>A lever, beside its arguments.</summary>
    public const long Lever = 8;

    /// <summary>A division or a remainder of integers, of 64 bits on an older core.</summary>
    public const long Division = 24;

    /// <summary>A division of Q16, which is one of 64 bits and a rounding.</summary>
    public const long FixedDivision = 32;

    /// <summary>A division in floating point.</summary>
    public const long FloatDivision = 8;

    /// <summary>A remainder in floating point: where the exponents are far apart, up to 277 steps of four operations.</summary>
    public const long FloatRemainder = 277 * 4;

    /// <summary>Bytes that are copied or made zero by one operation.</summary>
    public const long BytesAtOnce = 8;

    // In the order of the catalogue.
    private static readonly Dictionary<Function, long> OfFunctions = new()
    {
        [Function.Abs] = 2,
        [Function.Min] = 2,
        [Function.Max] = 2,
        [Function.Sign] = 3,
        [Function.Clamp] = 4,
        [Function.FloorLog2] = 3,
        [Function.PopCount] = 12,
        [Function.LeadingZeroCount] = 3,
        [Function.TrailingZeroCount] = 3,
        [Function.RotateLeft] = 3,
        [Function.RotateRight] = 3,
        [Function.RoundUpToPowerOf2] = 6,
        [Function.IsPow2] = 3,
        [Function.Sqrt] = 20,
        [Function.Floor] = 8,
        [Function.Ceiling] = 8,
        [Function.Truncate] = 8,
        [Function.Round] = 8,
        [Function.Exp] = 40,
        [Function.Log] = 40,
        [Function.Log2] = 40,
        [Function.Tanh] = 60,
        [Function.Sigmoid] = 60,
        [Function.SaturatingAdd] = 2,
        [Function.SaturatingSubtract] = 2,
        [Function.Log2Bucket] = 6,
        [Function.Mix] = 8,
        [Function.Mix32] = 9,
        [Function.EwmaNext] = 6,
        [Function.ReciprocalOf] = Division + 1,
        [Function.ReciprocalDivide] = 7,
        [Function.FixedReciprocal] = FixedDivision + 4,
        [Function.FixedLog2] = 16,
        [Function.FixedExp2] = 24,
    };

    /// <summary>A function that bodies may call, beside its arguments and the check of what it can fault.</summary>
    /// <param name="function">The function.</param>
    /// <returns>Its operations.</returns>
    public static long Of(Function function) => OfFunctions[function];

    /// <summary>An operator, beside its operands and the check of what it can fault.</summary>
    /// <param name="operation">The operator, with the operands' type.</param>
    /// <returns>Its operations.</returns>
    public static long Of(Binary operation) => (operation.Operator, operation.Type) switch
    {
        (BinaryOperator.Divide, ScalarType.F32) => FloatDivision,
        (BinaryOperator.Remainder, ScalarType.F32) => FloatRemainder,
        (BinaryOperator.Divide or BinaryOperator.Remainder, ScalarType.Q16) => FixedDivision,
        (BinaryOperator.Divide or BinaryOperator.Remainder, _) => Division,
        _ => One,
    };

    /// <summary>Bytes that are copied, or made zero.</summary>
    /// <param name="data">What lies there.</param>
    /// <returns>The operations.</returns>
    public static long OfBytes(DataType data) => (DataBytes.Of(data) + BytesAtOnce - 1) / BytesAtOnce;
}
