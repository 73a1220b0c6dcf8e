using System;
using System.Numerics;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>
/// The functions that bodies may call, as .NET and this library have them: a row a function, for all the types that it has a form for. The first row of each
/// switch makes an object: all of numbers would be converted to the type that holds them.
/// </summary>
internal static class Functions
{
    public static object Call(Function function, object[] x) => x[0] switch
    {
        sbyte => OfIntegers<sbyte>(function, x),
        byte => OfIntegers<byte>(function, x),
        short => OfIntegers<short>(function, x),
        ushort => OfIntegers<ushort>(function, x),
        int => OfIntegers<int>(function, x),
        uint => OfIntegers<uint>(function, x),
        long => OfIntegers<long>(function, x),
        ulong => OfIntegers<ulong>(function, x),
        float => OfFloats(function, x),
        _ => OfFixedPoint(function, x),
    };

    private static object OfIntegers<T>(Function function, object[] x)
        where T : struct, IBinaryInteger<T> => (function, x) switch
    {
        (Function.Abs, [T a]) => (object)T.Abs(a),
        (Function.Min, [T a, T b]) => T.Min(a, b),
        (Function.Max, [T a, T b]) => T.Max(a, b),
        (Function.Sign, [T a]) => T.Sign(a),
        (Function.Clamp, [T a, T b, T c]) => T.Clamp(a, b, c),
        (Function.FloorLog2, [T a]) => T.Log2(a),
        (Function.PopCount, [T a]) => T.PopCount(a),
        (Function.LeadingZeroCount, [T a]) => T.LeadingZeroCount(a),
        (Function.TrailingZeroCount, [T a]) => T.TrailingZeroCount(a),
        (Function.RotateLeft, [T a, int n]) => T.RotateLeft(a, n),
        (Function.RotateRight, [T a, int n]) => T.RotateRight(a, n),
        (Function.IsPow2, [T a]) => T.IsPow2(a),
        _ => OfSomeIntegers(function, x),
    };

    private static object OfSomeIntegers(Function function, object[] x) => (function, x) switch
    {
        (Function.RoundUpToPowerOf2, [uint a]) => (object)BitOperations.RoundUpToPowerOf2(a),
        (Function.RoundUpToPowerOf2, [ulong a]) => BitOperations.RoundUpToPowerOf2(a),
        (Function.SaturatingAdd, [byte a, byte b]) => Saturating.Add(a, b),
        (Function.SaturatingAdd, [ushort a, ushort b]) => Saturating.Add(a, b),
        (Function.SaturatingAdd, [uint a, uint b]) => Saturating.Add(a, b),
        (Function.SaturatingAdd, [ulong a, ulong b]) => Saturating.Add(a, b),
        (Function.SaturatingSubtract, [byte a, byte b]) => Saturating.Subtract(a, b),
        (Function.SaturatingSubtract, [ushort a, ushort b]) => Saturating.Subtract(a, b),
        (Function.SaturatingSubtract, [uint a, uint b]) => Saturating.Subtract(a, b),
        (Function.SaturatingSubtract, [ulong a, ulong b]) => Saturating.Subtract(a, b),
        (Function.Log2Bucket, [ulong a, int n]) => Buckets.Log2(a, n),
        (Function.Mix, [ulong a]) => Hash.Mix(a),
        (Function.Mix32, [ulong a]) => Hash.Mix32(a),
        (Function.EwmaNext, [uint a, uint b, int n]) => Ewma.Next(a, b, n),
        (Function.ReciprocalOf, [uint a]) => Reciprocal.Of(a),
        (Function.ReciprocalDivide, [uint a, ulong b]) => Reciprocal.Divide(a, b),
        (Function.FixedLog2, [ulong a]) => Q16.Log2(a),
        _ => throw Unknown(function, x),
    };

    private static object OfFloats(Function function, object[] x) => (function, x) switch
    {
        (Function.Abs, [float a]) => (object)Math.Abs(a),
        (Function.Min, [float a, float b]) => Math.Min(a, b),
        (Function.Max, [float a, float b]) => Math.Max(a, b),
        (Function.Sign, [float a]) => Math.Sign(a),
        (Function.Clamp, [float a, float b, float c]) => Math.Clamp(a, b, c),
        (Function.Sqrt, [float a]) => MathF.Sqrt(a),
        (Function.Floor, [float a]) => MathF.Floor(a),
        (Function.Ceiling, [float a]) => MathF.Ceiling(a),
        (Function.Truncate, [float a]) => MathF.Truncate(a),
        (Function.Round, [float a]) => MathF.Round(a),
        (Function.Exp, [float a]) => KmlMath.Exp(a),
        (Function.Log, [float a]) => KmlMath.Log(a),
        (Function.Log2, [float a]) => KmlMath.Log2(a),
        (Function.Tanh, [float a]) => KmlMath.Tanh(a),
        (Function.Sigmoid, [float a]) => KmlMath.Sigmoid(a),
        _ => throw Unknown(function, x),
    };

    private static object OfFixedPoint(Function function, object[] x) => (function, x) switch
    {
        (Function.Abs, [Q16 a]) => (object)Q16.Abs(a),
        (Function.Min, [Q16 a, Q16 b]) => Q16.Min(a, b),
        (Function.Max, [Q16 a, Q16 b]) => Q16.Max(a, b),
        (Function.Sign, [Q16 a]) => Q16.Sign(a),
        (Function.Clamp, [Q16 a, Q16 b, Q16 c]) => Q16.Clamp(a, b, c),
        (Function.FixedReciprocal, [Q16 a]) => Q16.Reciprocal(a),
        (Function.FixedLog2, [Q16 a]) => Q16.Log2(a),
        (Function.FixedExp2, [Q16 a]) => Q16.Exp2(a),
        _ => throw Unknown(function, x),
    };

    // No exception of arithmetic or arguments: those the interpreter takes for faults of the body.
    private static InvalidOperationException Unknown(Function function, object[] x) => new($"{function} of {x[0].GetType().Name}");
}
