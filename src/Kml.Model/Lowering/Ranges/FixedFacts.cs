using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Kml.Model.Lowering.Ranges;

/// <summary>
/// What is so of a body's parts wherever control stands: it is found once, and asked for at every step. Parts are told apart by identity: to compare two
/// that are alike would cost as much as to look again.
/// </summary>
internal sealed class FixedFacts
{
    private readonly ModelFunctions _functions;
    private readonly Dictionary<string, bool> _references;
    private readonly ConditionalWeakTable<Statement, WrittenPlaces> _written = new(), _writtenWithin = new();
    private readonly ConditionalWeakTable<Loop, LoopForm> _loops = new();
    private readonly ConditionalWeakTable<Expression, object> _choices = new();
    private readonly ConditionalWeakTable<TablePlace, object> _values = new();

    /// <summary>Takes a body.</summary>
    /// <param name="functions">The functions that it can call.</param>
    /// <param name="references">The names by which it may reach one place twice, and whether each is an event's.</param>
    /// <param name="areCounted">Whether a loop with a stated bound takes no turn more.</param>
    public FixedFacts(ModelFunctions functions, Dictionary<string, bool> references, bool areCounted)
    {
        _functions = functions;
        _references = references;
        AreCounted = areCounted;
    }

    /// <summary>Whether a loop with a stated bound takes no turn more.</summary>
    public bool AreCounted { get; }

    /// <summary>What a statement itself writes.</summary>
    public WrittenPlaces Written(Statement statement) => _written.GetValue(statement, s => new WrittenPlaces(Operands.Written(s, _functions), _references));

    /// <summary>What a statement writes, or one within it.</summary>
    public WrittenPlaces WrittenWithin(Statement statement) => _writtenWithin.GetValue(
        statement, s => new WrittenPlaces(Operands.All(s).SelectMany(inner => Operands.Written(inner, _functions)), _references));

    /// <summary>Whether a variable may be reached by another name, too.</summary>
    public bool IsShared(string variable) => _references.ContainsKey(variable);

    /// <summary>How a loop is made.</summary>
    public LoopForm Form(Loop loop) => _loops.GetValue(loop, l => new LoopForm(l, this));

    /// <summary>The values that a call can have.</summary>
    public IntegerRange Result(Call call) => MethodResults.Of(call, _functions);

    /// <summary>Whether there is a choice in an expression.</summary>
    public bool HasChoice(Expression expression) =>
        (bool)_choices.GetValue(expression, e => e is Choice || Operands.Of(e).Any(HasChoice));

    /// <summary>The values that an element of a table can have; 0 where its index is outside.</summary>
    public IntegerRange Values(TablePlace table, ScalarType type) => (IntegerRange)_values.GetValue(table, t => t.Values
        .Select(v => IntegerRange.Of(new Constant(type, v))).Aggregate(IntegerRange.Exactly(0), (a, b) => a.Union(b)));
}
