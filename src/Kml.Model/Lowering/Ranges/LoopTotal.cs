using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>What one variable holds while a loop is done: what it begins with or is given, and what is added to that.</summary>
internal sealed class LoopTotal
{
    private readonly string _name;
    private readonly List<ScalarType> _through;
    private IntegerRange _given;
    private IntegerRange _added = IntegerRange.Exactly(0);
    private bool _isOpen;

    /// <summary>A variable before a loop.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type, an integer or another whole one.</param>
    /// <param name="before">What is known before the loop.</param>
    public LoopTotal(string name, ScalarType type, Facts before)
    {
        _name = name;
        _through = [type];
        _isOpen = !Facts.IsWhole(type);
        if (!_isOpen)
            _given = before.Of(new Read(type, new VariablePlace(name)));
    }

    /// <summary>All values; null where they would pass a type in which they are computed, or an addition is done nobody knows how often.</summary>
    public IntegerRange? Values
    {
        get
        {
            IntegerRange all = IntegerRange.Unwrapped(BinaryOperator.Add, _given, _added)!.Value;
            return !_isOpen && _through.All(t => IntegerRange.Of(t).Holds(all)) ? all : null;
        }
    }

    /// <summary>Takes note of an assignment.</summary>
    /// <param name="value">What is assigned.</param>
    /// <param name="facts">What is known there; of the variable, nothing.</param>
    /// <param name="times">How often it is done at the most; null where that is not known.</param>
    public void Add(Expression value, Facts facts, BigInteger? times)
    {
        if (_isOpen)
            return;
        if (Summand(value, facts) is not { } summand)
            _given = _given.Union(Chosen(value, facts) ?? facts.Of(value));
        else if (times is { } most)
            _added = new(_added.Min + (most * BigInteger.Min(summand.Min, 0)), _added.Max + (most * BigInteger.Max(summand.Max, 0)));
        else
            _isOpen = true;
    }

    /// <summary>What is added, where the value is the variable and something more.</summary>
    private IntegerRange? Summand(Expression value, Facts facts)
    {
        List<ScalarType> through = [];
        if (LoopForm.Unconverted(value, through) is not Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum || !sum.Type.IsInteger())
            return null;
        through.Add(sum.Type);
        IntegerRange? summand = null;
        if (LoopForm.IsItself(sum.Left, _name, through))
            summand = sum.Operator == BinaryOperator.Add ? facts.Of(sum.Right) : IntegerRange.Exactly(0).Minus(facts.Of(sum.Right));
        else if (sum.Operator == BinaryOperator.Add && LoopForm.IsItself(sum.Right, _name, through))
            summand = facts.Of(sum.Left);
        if (summand is not null)
            _through.AddRange(through);
        return summand;
    }

    /// <summary>The other of two, where the value is the smaller or the larger of the variable and that.</summary>
    private IntegerRange? Chosen(Expression value, Facts facts) =>
        value is FunctionCall { Function: Function.Min or Function.Max, Arguments: { Count: 2 } both } && both.FirstOrDefault(IsVariable) is { } itself
            ? facts.Of(ReferenceEquals(both[0], itself) ? both[1] : both[0])
            : null;

    private bool IsVariable(Expression e) => e is Read { Place: VariablePlace { Name: var name } } && name == _name;
}
