using System;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>The functions that bodies may call, as .NET has them.</summary>
internal static class Functions
{
    public static object Call(Function function, object[] x) => (function, x) switch
    {
        (Function.Abs, [sbyte a]) => Math.Abs(a),
        (Function.Abs, [short a]) => Math.Abs(a),
        (Function.Abs, [int a]) => Math.Abs(a),
        (Function.Abs, [long a]) => Math.Abs(a),
        (Function.Abs, [float a]) => Math.Abs(a),
        (Function.Abs, [Q16 a]) => Q16.Abs(a),
        (Function.Min, [sbyte a, sbyte b]) => Math.Min(a, b),
        (Function.Min, [byte a, byte b]) => Math.Min(a, b),
        (Function.Min, [short a, short b]) => Math.Min(a, b),
        (Function.Min, [ushort a, ushort b]) => Math.Min(a, b),
        (Function.Min, [int a, int b]) => Math.Min(a, b),
        (Function.Min, [uint a, uint b]) => Math.Min(a, b),
        (Function.Min, [long a, long b]) => Math.Min(a, b),
        (Function.Min, [ulong a, ulong b]) => Math.Min(a, b),
        (Function.Min, [float a, float b]) => Math.Min(a, b),
        (Function.Min, [Q16 a, Q16 b]) => Q16.Min(a, b),
        (Function.Max, [sbyte a, sbyte b]) => Math.Max(a, b),
        (Function.Max, [byte a, byte b]) => Math.Max(a, b),
        (Function.Max, [short a, short b]) => Math.Max(a, b),
        (Function.Max, [ushort a, ushort b]) => Math.Max(a, b),
        (Function.Max, [int a, int b]) => Math.Max(a, b),
        (Function.Max, [uint a, uint b]) => Math.Max(a, b),
        (Function.Max, [long a, long b]) => Math.Max(a, b),
        (Function.Max, [ulong a, ulong b]) => Math.Max(a, b),
        (Function.Max, [float a, float b]) => Math.Max(a, b),
        (Function.Max, [Q16 a, Q16 b]) => Q16.Max(a, b),
        (Function.Sign, [sbyte a]) => Math.Sign(a),
        (Function.Sign, [short a]) => Math.Sign(a),
        (Function.Sign, [int a]) => Math.Sign(a),
        (Function.Sign, [long a]) => Math.Sign(a),
        (Function.Sign, [float a]) => Math.Sign(a),
        (Function.Clamp, [sbyte a, sbyte b, sbyte c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [byte a, byte b, byte c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [short a, short b, short c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [ushort a, ushort b, ushort c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [int a, int b, int c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [uint a, uint b, uint c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [long a, long b, long c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [ulong a, ulong b, ulong c]) => Math.Clamp(a, b, c),
        (Function.Clamp, [float a, float b, float c]) => Math.Clamp(a, b, c),
        _ => throw new ArgumentException(function.ToString()),
    };
}
