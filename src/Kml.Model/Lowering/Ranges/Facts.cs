using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.Model.Lowering.Ranges;

/// <summary>
/// What is known of the integers in a body's places where control stands: whoever walks through the body keeps it in step. Of what is not known, the type says
/// all that is.
/// </summary>
public sealed partial class Facts
{
    private readonly Dictionary<string, bool> _references;
    private readonly FixedFacts _fixed;
    private readonly Dictionary<string, IntegerRange> _known;

    /// <summary>What is known at the beginning of a method: nothing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="functions">The functions that it can call.</param>
    public Facts(Method method, ModelFunctions functions)
        : this(method, functions, areCounted: true)
    {
    }

    /// <summary>What is known at the beginning of a method: nothing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="functions">The functions that it can call.</param>
    /// <param name="areCounted">Whether a loop with a stated bound takes no turn more: not before it is settled that it has no other.</param>
    internal Facts(Method method, ModelFunctions functions, bool areCounted)
    {
        _known = new(StringComparer.Ordinal);

        // Two references may lead to one place, and two parameters be one event; no reference leads into an event.
        _references = method.Parameters.Where(p => p.Kind != ParameterKind.Scalar).GroupBy(p => p.Name)
            .ToDictionary(g => g.Key, g => g.First().Kind == ParameterKind.Event, StringComparer.Ordinal);
        foreach (Refer reference in Operands.All(method.Body).OfType<Refer>())
        {
            _references[reference.Name] = false;
            if (Operands.Root(reference.Place) is { } root)
                _references[root] = false;
        }

        _fixed = new(functions, _references, areCounted);
    }

    private Facts(Facts other)
    {
        _references = other._references;
        _fixed = other._fixed;
        _known = new(other._known, StringComparer.Ordinal);
    }

    /// <summary>Whether control cannot be here: a return, break or the like stands before.</summary>
    public bool IsUnreachable { get; private set; }

    /// <summary>What is known on a way that is taken if a test comes out as said.</summary>
    /// <param name="test">The test, a Bool.</param>
    /// <param name="holds">How it comes out.</param>
    /// <returns>What is known there.</returns>
    public Facts Branch(Expression test, bool holds)
    {
        Facts branch = new(this) { IsUnreachable = IsUnreachable };
        branch.Assume(test, holds);
        return branch;
    }

    /// <summary>What is known on one of several ways, of which nothing else is known.</summary>
    /// <returns>What is known there.</returns>
    public Facts Branch() => new(this) { IsUnreachable = IsUnreachable };

    /// <summary>Goes on where several ways meet: what all of them know remains.</summary>
    /// <param name="ways">What is known at the end of each.</param>
    public void Meet(params Facts[] ways)
    {
        Facts[] reached = ways.Where(w => !w.IsUnreachable).ToArray();
        _known.Clear();
        IsUnreachable = reached.Length == 0;
        if (IsUnreachable)
            return;
        foreach (KeyValuePair<string, IntegerRange> fact in reached[0]._known)
        {
            IntegerRange range = fact.Value;
            if (reached.Skip(1).All(w => w._known.TryGetValue(fact.Key, out IntegerRange other) && Widen(ref range, other)))
                _known[fact.Key] = range;
        }
    }

    /// <summary>The values that an expression can have here.</summary>
    /// <param name="expression">An expression of an integer type, Bool or Q16.</param>
    /// <returns>The range; where the expression faults, its value is 0 until the fault is tested.</returns>
    public IntegerRange Of(Expression expression)
    {
        IntegerRange all = IntegerRange.Of(expression.Type);
        return expression switch
        {
            Constant e => IntegerRange.Of(e),
            Read { Place: ElementPlace { Of: TablePlace table } } e when e.Type != ScalarType.F32 => _fixed.Values(table, e.Type),
            Read e => Key(e.Place) is { } key && _known.TryGetValue(key, out IntegerRange known) ? known : all,
            Conversion e when e.Type.IsInteger() && (e.Operand.Type.IsInteger() || e.Operand.Type == ScalarType.Bool) => Of(e.Operand).OrAll(all),

            // What a test says is asked of its operands: with another choice among them each level would double the work.
            Choice e when _fixed.HasChoice(e.Test) => Of(e.WhenTrue).Union(Of(e.WhenFalse)),
            Choice e => Branch(e.Test, true).Of(e.WhenTrue).Union(Branch(e.Test, false).Of(e.WhenFalse)),
            Unary { Operator: UnaryOperator.Negate } e when e.Type.IsInteger() => IntegerRange.Exactly(0).Minus(Of(e.Operand)).OrAll(all),
            Binary e when e.Type.IsInteger() => Arithmetic(e).OrAll(all),
            FunctionCall e when e.Type.IsInteger() => OfFunction(e, all),
            Call e when IsWhole(e.Type) => _fixed.Result(e),
            _ => all,
        };
    }

    /// <summary>Takes note of the values that a variable has.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="values">What values it can have. Where none of them was thought possible, control never comes here.</param>
    public void Learn(string variable, IntegerRange values) =>
        _known[variable] = _known.TryGetValue(variable, out IntegerRange known) && values.Holds(known.Within(values)) ? known.Within(values) : values;

    /// <summary>Goes past a statement.</summary>
    /// <param name="statement">The statement.</param>
    public void Pass(Statement statement)
    {
        // A value is computed of what was there before.
        (Place Target, Expression Value)? stored = statement switch
        {
            Let s => (new VariablePlace(s.Name), s.Value),
            Assign s => (s.Target, s.Value),
            _ => null,
        };
        IntegerRange? range = stored is { Value: var value } && IsWhole(value.Type) ? Of(value) : null;
        Forget(_fixed.Written(statement));
        if (range is { } values && Key(stored!.Value.Target) is { } key)
            _known[key] = values;

        switch (statement)
        {
            case Block s:
                foreach (Statement inner in s.Statements)
                    Pass(inner);
                Leave(s);
                break;
            case If s:
                Facts whenTrue = Branch(s.Test, true), whenFalse = Branch(s.Test, false);
                whenTrue.Pass(s.WhenTrue);
                whenFalse.Pass(s.WhenFalse);
                Meet(whenTrue, whenFalse);
                break;
            case Switch s:
                ForgetWritten(s);
                break;
            case Loop s:
                Pass(s, Throughout(s));
                break;
            case Break or Continue or Return or Fail:
                IsUnreachable = true;
                break;
        }
    }

    /// <summary>Goes to the beginning of a section of a switch, from before the switch.</summary>
    /// <param name="choice">The switch.</param>
    /// <param name="section">Which of its sections.</param>
    /// <returns>What is known in its body.</returns>
    public Facts Section(Switch choice, int section)
    {
        Facts facts = Branch();
        if (section > 0 && choice.Sections[section - 1].FallsThrough)
            facts.ForgetWritten(choice);
        else if (choice.Sections[section] is { IsDefault: false, Labels: { Count: 1 } labels })
            facts.Assume(new Binary(ScalarType.Bool, BinaryOperator.Equal, choice.Value, new Constant(choice.Value.Type, labels[0])), true);
        return facts;
    }

    /// <summary>The name under which something is known of a place; null for one that depends on an index.</summary>
    internal static string? Key(Place place) => place switch
    {
        VariablePlace p => p.Name,
        MemberPlace p => Key(p.Of) is { } whole ? whole + "." + p.Field : null,
        ElementPlace { Index: Constant index } p => Key(p.Of) is { } array ? array + "[" + index.Bits.ToString(CultureInfo.InvariantCulture) + "]" : null,
        _ => null,
    };

    /// <summary>Whether a type is one whose values have a range.</summary>
    internal static bool IsWhole(ScalarType type) => type != ScalarType.F32;

    /// <summary>Forgets all that a statement may write, however often it is done.</summary>
    internal void ForgetWritten(Statement statement) => Forget(_fixed.WrittenWithin(statement));

    /// <summary>Leaves a block, and what is known of its own variables, which nobody can ask for any more.</summary>
    /// <param name="block">The block.</param>
    internal void Leave(Block block)
    {
        foreach (Let local in block.Statements.OfType<Let>())
            _known.Remove(local.Name);
    }

    private static bool Widen(ref IntegerRange range, IntegerRange other)
    {
        range = range.Union(other);
        return true;
    }

    /// <summary>Forgets places, all within them, and all that other references may reach them by.</summary>
    private void Forget(WrittenPlaces places)
    {
        if (places.IsEmpty)
            return;
        foreach (string known in _known.Keys.Where(k => places.Touch(k)).ToList())
            _known.Remove(known);
    }
}
