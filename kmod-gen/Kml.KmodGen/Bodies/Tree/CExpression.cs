using System;
using System.Collections.Generic;
using Kml.Model;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>A C expression. Parentheses are the printer's business.</summary>
/// <param name="Binding">How tightly its outermost operator binds.</param>
/// <param name="Type">The type that C gives it: that of the value, or a narrower one that holds every value it can have.</param>
internal abstract record CExpression(Binding Binding, ScalarType Type);

/// <summary>A variable or parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record CName(string Name, ScalarType Type) : CExpression(Binding.Primary, Type);

/// <summary>A member of a struct.</summary>
/// <param name="Of">The struct, or a pointer to it.</param>
/// <param name="IsPointer">Whether it is a pointer.</param>
/// <param name="Field">The member.</param>
/// <param name="Type">The member's type; meaningless for what is no scalar.</param>
internal sealed record CMember(CExpression Of, bool IsPointer, string Field, ScalarType Type) : CExpression(Binding.Primary, Type);

/// <summary>An element of an array.</summary>
/// <param name="Array">The array.</param>
/// <param name="Index">Its index.</param>
/// <param name="Type">The element's type; meaningless for what is no scalar.</param>
internal sealed record CElement(CExpression Array, CExpression Index, ScalarType Type) : CExpression(Binding.Primary, Type);

/// <summary>A whole number.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Suffix">What gives it its type; empty for an int.</param>
/// <param name="Type">Its type.</param>
internal sealed record CInteger(Int128 Value, string Suffix, ScalarType Type) : CExpression(Value < 0 ? Binding.Prefix : Binding.Primary, Type);

/// <summary>A floating point number.</summary>
/// <param name="Magnitude">The number without its sign, as C spells it.</param>
/// <param name="IsNegative">Whether a minus stands before it.</param>
internal sealed record CFloat(string Magnitude, bool IsNegative) : CExpression(IsNegative ? Binding.Prefix : Binding.Primary, ScalarType.F32);

/// <summary>A call.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Type">The type that it returns.</param>
internal sealed record CCall(string Function, IReadOnlyList<CExpression> Arguments, ScalarType Type) : CExpression(Binding.Primary, Type);

/// <summary>An operator before its operand.</summary>
/// <param name="Symbol">One of <c>-</c>, <c>~</c>, <c>!</c>, <c>&amp;</c>, <c>*</c>.</param>
/// <param name="Operand">The operand.</param>
/// <param name="Type">The result's type.</param>
internal sealed record CPrefix(string Symbol, CExpression Operand, ScalarType Type) : CExpression(Binding.Prefix, Type);

/// <summary>A cast.</summary>
/// <param name="TypeName">What is cast to.</param>
/// <param name="Operand">The operand.</param>
/// <param name="Type">The result's type.</param>
internal sealed record CCast(string TypeName, CExpression Operand, ScalarType Type) : CExpression(Binding.Prefix, Type);

/// <summary>An operator between two operands.</summary>
/// <param name="Left">The left operand.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Right">The right operand.</param>
/// <param name="Type">The result's type.</param>
internal sealed record CInfix(CExpression Left, COperator Operator, CExpression Right, ScalarType Type) : CExpression(Operator.Binding, Type);

/// <summary>A choice.</summary>
/// <param name="Test">What decides.</param>
/// <param name="WhenTrue">The value if it holds.</param>
/// <param name="WhenFalse">The value if not.</param>
/// <param name="Type">The values' type.</param>
internal sealed record CConditional(CExpression Test, CExpression WhenTrue, CExpression WhenFalse, ScalarType Type) : CExpression(Binding.Conditional, Type);

/// <summary>What has parentheses wherever it stands: a number that C cannot spell in one word.</summary>
/// <param name="Inner">What stands in them.</param>
internal sealed record CEnclosed(CExpression Inner) : CExpression(Binding.Primary, Inner.Type);
