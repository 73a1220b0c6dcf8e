using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>Static methods that bodies may call, of one name.</summary>
/// <param name="Homes">The types that have it.</param>
/// <param name="Name">The name.</param>
/// <param name="Arity">How many arguments it takes; its other overloads are not translated.</param>
/// <param name="Lower">Makes of the arguments, which have the parameters' types, what stands for the call; null where there is no form for those types.</param>
internal sealed record FunctionRow(FunctionHome Homes, string Name, int Arity, Func<IReadOnlyList<Expression>, Expression?> Lower);

/// <summary>The methods that bodies may call: a row a name, and what each becomes.</summary>
internal static class FunctionTable
{
    private const FunctionHome AnyMath = FunctionHome.Math | FunctionHome.MathF | FunctionHome.Q16 | FunctionHome.Integer | FunctionHome.Float;
    private const FunctionHome Floats = FunctionHome.MathF | FunctionHome.Float;
    private const FunctionHome Bits = FunctionHome.BitOperations | FunctionHome.Integer;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<FunctionRow> Rows { get; } =
    [
        Row(AnyMath, Function.Abs),
        Row(AnyMath, Function.Min),
        Row(AnyMath, Function.Max),
        Row(AnyMath, Function.Sign),
        Row(FunctionHome.Math | FunctionHome.Q16 | FunctionHome.Integer, Function.Clamp),
        Row(Bits, Function.FloorLog2, "Log2"),
        Row(Bits, Function.PopCount),
        Row(Bits, Function.LeadingZeroCount),
        Row(Bits, Function.TrailingZeroCount),
        Row(Bits, Function.RotateLeft),
        Row(Bits, Function.RotateRight),
        Row(Bits, Function.IsPow2),
        Row(FunctionHome.BitOperations, Function.RoundUpToPowerOf2),
        Row(Floats, Function.Sqrt),
        Row(Floats, Function.Floor),
        Row(Floats, Function.Ceiling),
        Row(Floats, Function.Truncate),
        Row(Floats, Function.Round),
        Row(FunctionHome.KmlMath, Function.Exp),
        Row(FunctionHome.KmlMath, Function.Log),
        Row(FunctionHome.KmlMath, Function.Log2),
        Row(FunctionHome.KmlMath, Function.Tanh),
        Row(FunctionHome.KmlMath, Function.Sigmoid),
        Row(FunctionHome.Saturating, Function.SaturatingAdd, "Add"),
        Row(FunctionHome.Saturating, Function.SaturatingSubtract, "Subtract"),
        Row(FunctionHome.Buckets, Function.Log2Bucket, "Log2"),
        Row(FunctionHome.Hash, Function.Mix),
        Row(FunctionHome.Hash, Function.Mix32),
        Row(FunctionHome.Ewma, Function.EwmaNext, "Next"),
        Row(FunctionHome.Reciprocal, Function.ReciprocalOf, "Of"),
        Row(FunctionHome.Reciprocal, Function.ReciprocalDivide, "Divide"),
        Row(FunctionHome.Q16, Function.FixedReciprocal, "Reciprocal"),
        Row(FunctionHome.Q16, Function.FixedLog2, "Log2"),
        Row(FunctionHome.Q16, Function.FixedExp2, "Exp2"),

        // By operators, each argument once. No comparison holds for NaN.
        new(FunctionHome.Float, "IsNaN", 1, x => new Unary(UnaryOperator.Not, Magnitude(BinaryOperatorKind.LessThanOrEqual, x[0]))),
        new(FunctionHome.Float, "IsFinite", 1, x => Magnitude(BinaryOperatorKind.LessThan, x[0])),
        new(FunctionHome.Float, "IsInfinity", 1, x => Magnitude(BinaryOperatorKind.Equals, x[0])),
        new(FunctionHome.Float, "IsPositiveInfinity", 1, x => Compare(BinaryOperatorKind.Equals, x[0], Constants.Of(ScalarType.F32, float.PositiveInfinity))),
        new(FunctionHome.Float, "IsNegativeInfinity", 1, x => Compare(BinaryOperatorKind.Equals, x[0], Constants.Of(ScalarType.F32, float.NegativeInfinity))),
        new(FunctionHome.Integer, "IsNegative", 1, x => Compare(BinaryOperatorKind.LessThan, x[0], Constants.Zero(x[0].Type))),
        new(FunctionHome.Integer, "IsPositive", 1, x => Compare(BinaryOperatorKind.GreaterThanOrEqual, x[0], Constants.Zero(x[0].Type))),
        new(FunctionHome.Integer, "IsEvenInteger", 1, x => Compare(BinaryOperatorKind.Equals, LowestBit(x[0]), Constants.Zero(x[0].Type))),
        new(FunctionHome.Integer, "IsOddInteger", 1, x => Compare(BinaryOperatorKind.NotEquals, LowestBit(x[0]), Constants.Zero(x[0].Type))),
        new(FunctionHome.Math | FunctionHome.Integer, "BigMul", 2, Product),
        new(FunctionHome.Float, "Clamp", 3, Clamped),
    ];

    private static readonly ILookup<string, FunctionRow> ByName = Rows.ToLookup(r => r.Name);

    /// <summary>Finds the row of a method.</summary>
    /// <param name="method">The method that C# has chosen.</param>
    /// <returns>The row, or null where the module has none.</returns>
    public static FunctionRow? Find(IMethodSymbol method)
    {
        if (!method.IsStatic || !ByName.Contains(method.Name))
            return null;
        FunctionHome home = FunctionHomes.Of(method.ContainingType);
        return ByName[method.Name].FirstOrDefault(r => (r.Homes & home) != 0 && r.Arity == method.Parameters.Length);
    }

    private static FunctionRow Row(FunctionHome homes, Function function, string? name = null)
    {
        FunctionInfo info = function.Info();
        return new(homes, name ?? function.ToString(), info.Arity, x => Call(info, x));
    }

    private static FunctionCall? Call(FunctionInfo info, IReadOnlyList<Expression> arguments)
    {
        ScalarType own = arguments[0].Type;
        ScalarType operand = info.Widens ? own.Promoted() : own;

        // What looks at bits alone has a form for unsigned types.
        if (!info.Operands.Contains(operand))
            operand = operand switch { ScalarType.I32 => ScalarType.U32, ScalarType.I64 => ScalarType.U64, _ => operand };
        return info.Operands.Contains(operand)
            ? new FunctionCall(info.ResultOf(operand), info.Function, info.ParametersOf(operand).Zip(arguments, Arithmetic.ConvertTo).ToEquatableArray())
            : null;
    }

    private static Expression Compare(BinaryOperatorKind relation, Expression left, Expression right) =>
        Arithmetic.Binary(relation, ScalarType.Bool, left, right)!;

    private static Expression Magnitude(BinaryOperatorKind relation, Expression x) => Compare(
        relation,
        new FunctionCall(ScalarType.F32, Function.Abs, EquatableArray.Of(x)),
        Constants.Of(ScalarType.F32, float.PositiveInfinity));

    private static Expression LowestBit(Expression x) => Arithmetic.Binary(BinaryOperatorKind.And, x.Type.Promoted(), x, Constants.One(x.Type))!;

    // float.Clamp is the lesser of the greater; where the bounds may cross it throws, and Math.Clamp does, too.
    private static Expression? Clamped(IReadOnlyList<Expression> x)
    {
        if (x[1] is not Constant least || x[2] is not Constant most || !(Constants.Float(least) <= Constants.Float(most)))
            return null;
        FunctionCall raised = new(ScalarType.F32, Function.Max, EquatableArray.Of(x[0], least));
        return new FunctionCall(ScalarType.F32, Function.Min, EquatableArray.Of<Expression>(raised, most));
    }

    private static Expression? Product(IReadOnlyList<Expression> x)
    {
        ScalarType? product = x[0].Type switch { ScalarType.I32 => ScalarType.I64, ScalarType.U32 => ScalarType.U64, _ => null };
        return product is { } type
            ? new Binary(type, BinaryOperator.Multiply, Arithmetic.ConvertTo(type, x[0]), Arithmetic.ConvertTo(type, x[1]))
            : null;
    }
}
