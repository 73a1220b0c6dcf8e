namespace Kml.KmodGen.Bodies.Tree;

/// <summary>A C statement.</summary>
internal abstract record CStatement;

/// <summary><c>place = value;</c></summary>
/// <param name="Place">What is assigned to.</param>
/// <param name="Value">The value.</param>
internal sealed record CAssign(CExpression Place, CExpression Value) : CStatement;

/// <summary><c>place += value;</c></summary>
/// <param name="Place">What is changed.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Value">Its right operand.</param>
internal sealed record CCompound(CExpression Place, COperator Operator, CExpression Value) : CStatement;

/// <summary><c>place++;</c> or <c>place--;</c></summary>
/// <param name="Place">What is changed by one.</param>
/// <param name="Operator">Addition or subtraction.</param>
internal sealed record CStep(CExpression Place, COperator Operator) : CStatement;

/// <summary><c>(void)value;</c></summary>
/// <param name="Value">What is evaluated for its effect, or named so that it counts as used.</param>
internal sealed record CDiscard(CExpression Value) : CStatement;

/// <summary><c>call();</c></summary>
/// <param name="Value">What is evaluated.</param>
internal sealed record CEvaluate(CExpression Value) : CStatement;

/// <summary><c>return value;</c></summary>
/// <param name="Value">What is returned.</param>
internal sealed record CReturn(CExpression Value) : CStatement;

/// <summary><c>if (test) ... else ...</c></summary>
/// <param name="Test">What decides.</param>
/// <param name="WhenTrue">Done if it holds; not empty.</param>
/// <param name="WhenFalse">Done if not; may be empty.</param>
internal sealed record CIf(CExpression Test, CBlock WhenTrue, CBlock WhenFalse) : CStatement;
