using System.Collections.Generic;

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
/// <param name="Value">What is returned; null for nothing.</param>
internal sealed record CReturn(CExpression? Value) : CStatement;

/// <summary><c>break;</c>, <c>continue;</c>, <c>fallthrough;</c> or <c>goto label;</c></summary>
/// <param name="Words">The statement without its semicolon.</param>
internal sealed record CJump(string Words) : CStatement;

/// <summary><c>label:</c></summary>
/// <param name="Label">Where a jump leads.</param>
internal sealed record CLabel(string Label) : CStatement;

/// <summary><c>if (test) ... else ...</c></summary>
/// <param name="Test">What decides.</param>
/// <param name="WhenTrue">Done if it holds; not empty.</param>
/// <param name="WhenFalse">Done if not; may be empty.</param>
internal sealed record CIf(CExpression Test, CBlock WhenTrue, CBlock WhenFalse) : CStatement;

/// <summary><c>for (first; test; steps)</c>, or <c>while (test)</c> where there is neither a first nor a step.</summary>
/// <param name="First">What is done before; null for nothing.</param>
/// <param name="Test">What must hold for another turn; null for always.</param>
/// <param name="Steps">What is done after each turn, with commas between.</param>
/// <param name="Body">What is done in each turn.</param>
internal sealed record CFor(CStatement? First, CExpression? Test, IReadOnlyList<CStatement> Steps, CBlock Body) : CStatement;

/// <summary><c>do ... while (test);</c></summary>
/// <param name="Body">What is done in each turn.</param>
/// <param name="Test">What must hold for another turn.</param>
internal sealed record CDo(CBlock Body, CExpression Test) : CStatement;

/// <summary><c>switch (value) ...</c></summary>
/// <param name="Value">What decides.</param>
/// <param name="Sections">The sections, in order.</param>
internal sealed record CSwitch(CExpression Value, IReadOnlyList<CSection> Sections) : CStatement;

/// <summary>A section of a switch.</summary>
/// <param name="Labels">The values that lead to it.</param>
/// <param name="IsDefault">Whether all others do, too.</param>
/// <param name="Body">What is done; its end is a jump.</param>
internal sealed record CSection(IReadOnlyList<CExpression> Labels, bool IsDefault, CBlock Body);
