using System;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>The operators, as C# has them.</summary>
internal static class Operators
{
    public static object Unary(UnaryOperator operation, object x) => (operation, x) switch
    {
        (UnaryOperator.Not, bool v) => !v,
        (UnaryOperator.Negate, int v) => unchecked(-v),
        (UnaryOperator.Negate, long v) => unchecked(-v),
        (UnaryOperator.Negate, float v) => -v,
        (UnaryOperator.Negate, Q16 v) => -v,
        (UnaryOperator.Complement, int v) => ~v,
        (UnaryOperator.Complement, uint v) => ~v,
        (UnaryOperator.Complement, long v) => ~v,
        (UnaryOperator.Complement, ulong v) => ~v,
        _ => throw new ArgumentException($"{operation} {x.GetType().Name}"),
    };

    public static object Binary(BinaryOperator operation, object left, object right) => (left, right) switch
    {
        (bool a, bool b) => Of(operation, a, b),
        (int a, int b) => Of(operation, a, b),
        (uint a, int b) => operation == BinaryOperator.ShiftLeft ? a << b : a >> b,
        (uint a, uint b) => Of(operation, a, b),
        (long a, int b) => operation == BinaryOperator.ShiftLeft ? a << b : a >> b,
        (long a, long b) => Of(operation, a, b),
        (ulong a, int b) => operation == BinaryOperator.ShiftLeft ? a << b : a >> b,
        (ulong a, ulong b) => Of(operation, a, b),
        (float a, float b) => Of(operation, a, b),
        (Q16 a, Q16 b) => Of(operation, a, b),
        _ => throw new ArgumentException($"{left.GetType().Name} {operation} {right.GetType().Name}"),
    };

    private static object Of(BinaryOperator operation, bool a, bool b) => operation switch
    {
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        BinaryOperator.Equal => a == b,
        BinaryOperator.NotEqual => a != b,
        _ => throw new ArgumentException($"bool {operation}"),
    };

    private static object Of(BinaryOperator operation, int a, int b) => operation switch
    {
        BinaryOperator.Add => unchecked(a + b),
        BinaryOperator.Subtract => unchecked(a - b),
        BinaryOperator.Multiply => unchecked(a * b),
        BinaryOperator.Divide => a / b,
        BinaryOperator.Remainder => a % b,
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        BinaryOperator.ShiftLeft => a << b,
        BinaryOperator.ShiftRight => a >> b,
        _ => Compared(operation, a.CompareTo(b)),
    };

    private static object Of(BinaryOperator operation, uint a, uint b) => operation switch
    {
        BinaryOperator.Add => unchecked(a + b),
        BinaryOperator.Subtract => unchecked(a - b),
        BinaryOperator.Multiply => unchecked(a * b),
        BinaryOperator.Divide => a / b,
        BinaryOperator.Remainder => a % b,
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        _ => Compared(operation, a.CompareTo(b)),
    };

    private static object Of(BinaryOperator operation, long a, long b) => operation switch
    {
        BinaryOperator.Add => unchecked(a + b),
        BinaryOperator.Subtract => unchecked(a - b),
        BinaryOperator.Multiply => unchecked(a * b),
        BinaryOperator.Divide => a / b,
        BinaryOperator.Remainder => a % b,
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        _ => Compared(operation, a.CompareTo(b)),
    };

    private static object Of(BinaryOperator operation, ulong a, ulong b) => operation switch
    {
        BinaryOperator.Add => unchecked(a + b),
        BinaryOperator.Subtract => unchecked(a - b),
        BinaryOperator.Multiply => unchecked(a * b),
        BinaryOperator.Divide => a / b,
        BinaryOperator.Remainder => a % b,
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        _ => Compared(operation, a.CompareTo(b)),
    };

    private static object Of(BinaryOperator operation, float a, float b) => operation switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.Remainder => a % b,
        BinaryOperator.Equal => a == b,
        BinaryOperator.NotEqual => a != b,
        BinaryOperator.Less => a < b,
        BinaryOperator.LessOrEqual => a <= b,
        BinaryOperator.Greater => a > b,
        BinaryOperator.GreaterOrEqual => a >= b,
        _ => throw new ArgumentException($"float {operation}"),
    };

    private static object Of(BinaryOperator operation, Q16 a, Q16 b) => operation switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.Remainder => a % b,
        _ => Compared(operation, a.CompareTo(b)),
    };

    private static object Compared(BinaryOperator operation, int order) => operation switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        BinaryOperator.GreaterOrEqual => order >= 0,
        _ => throw new ArgumentException(operation.ToString()),
    };
}
