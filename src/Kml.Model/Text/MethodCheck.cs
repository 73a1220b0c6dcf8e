using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering.Ranges;

namespace Kml.Model.Text;

/// <summary>Refuses a method whose statements do not fit each other or its model.</summary>
internal sealed class MethodCheck
{
    private readonly Method _method;
    private readonly ScalarType? _result;
    private readonly ExpressionCheck _expressions;
    private readonly HashSet<string> _names = [];

    /// <summary>Prepares the check of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="result">What it returns; null for nothing.</param>
    /// <param name="expressions">The check of what it consists of.</param>
    public MethodCheck(Method method, ScalarType? result, ExpressionCheck expressions)
    {
        _method = method;
        _result = result;
        _expressions = expressions;
    }

    /// <summary>Checks the method.</summary>
    public void Check()
    {
        foreach (Parameter parameter in _method.Parameters)
        {
            Name(parameter.Name);
            _expressions.Add(parameter);
        }

        // A name that stands for one place or another is seen in all of the method.
        foreach (IGrouping<string, Refer> references in Operands.All(_method.Body).OfType<Refer>().GroupBy(r => r.Name))
        {
            Name(references.Key);
            if (references.Select(r => r.Data).Distinct().Count() > 1)
                throw new FormatException($"'{references.Key}' of '{_method.Name}' stands for places of more than one type.");
            ModelTextCheck.Check(references.First().Data);
            _expressions.Add(references.Key, references.First().Data);
        }

        Check(_method.Body, new Ways(false, false));
    }

    private void Name(string name)
    {
        if (!_names.Add(name))
            throw new FormatException($"'{_method.Name}' has more than one variable '{name}'.");
    }

    private void Check(Block block, Ways ways)
    {
        List<string> declared = [];
        foreach (Statement statement in block.Statements)
        {
            Check(statement, ways);
            (string Name, DataType Data)? local = statement switch
            {
                Let s => (s.Name, new ScalarData(s.Value.Type)),
                Declare s => (s.Name, s.Data),
                _ => null,
            };
            if (local is not { } variable)
                continue;
            Name(variable.Name);
            _expressions.Add(variable.Name, variable.Data);
            declared.Add(variable.Name);
        }

        // What is declared in a block is not seen behind it.
        foreach (string name in declared)
            _expressions.Remove(name);
    }

    private void Check(Statement statement, Ways ways)
    {
        switch (statement)
        {
            case Let s:
                _expressions.Check(s.Value, mayWrite: true);
                break;
            case Declare s:
                ModelTextCheck.Check(s.Data);
                break;
            case Refer s:
                _expressions.Fits(s.Data, _expressions.Of(s.Place), "A name stands for a place");
                break;
            case Assign s:
                _expressions.Check(s.Value, mayWrite: s.Target is VariablePlace { Name: var name } && !_method.Parameters.Any(p => p.Name == name));
                _expressions.CheckWritten(s.Target);
                _expressions.Fits(_expressions.Of(s.Target), new ScalarData(s.Value.Type), "A value is assigned");
                break;
            case Copy s:
                _expressions.CheckWritten(s.Target);
                CheckWhole(s.Target, s.Data);
                CheckWhole(s.Source, s.Data);
                break;
            case Clear s:
                _expressions.CheckWritten(s.Target);
                CheckWhole(s.Target, s.Data);
                break;
            case If s:
                _expressions.CheckTest(s.Test);
                Check(s.WhenTrue, ways);
                Check(s.WhenFalse, ways);
                break;
            case Switch s:
                Check(s, ways);
                break;
            case Loop s:
                Check(s);
                break;
            case Break when !ways.Break:
                throw new FormatException($"'{_method.Name}' has a break outside of loops and switches.");
            case Continue when !ways.Continue:
                throw new FormatException($"'{_method.Name}' has a continue outside of loops.");
            case Block s:
                Check(s, ways);
                break;
            case Return s:
                if (s.Value?.Type != _result)
                    throw new FormatException($"'{_method.Name}' returns {s.Value?.Type.Word() ?? "nothing"} where it returns {_result?.Word() ?? "nothing"}.");
                if (s.Value is not null)
                    _expressions.Check(s.Value);
                break;
            case Evaluate s:
                _expressions.Check(s.Value, mayWrite: true);
                break;
            case PullLever s:
                _expressions.Check(s);
                break;
        }
    }

    private void CheckWhole(Place place, DataType data)
    {
        if (data is ScalarData)
            throw new FormatException("A scalar is assigned, not copied or cleared.");
        _expressions.Fits(data, _expressions.Of(place), "An array or struct is copied or cleared");
    }

    private void Check(Switch choice, Ways ways)
    {
        _expressions.Check(choice.Value);
        ScalarType type = choice.Value.Type;
        if (!type.IsInteger() && type != ScalarType.Bool)
            throw new FormatException($"A switch has a value of type {type.Word()}.");
        if (choice.Sections.Count == 0 || choice.Sections.Any(s => s.Labels.Count == 0 && !s.IsDefault))
            throw new FormatException("A switch has no section, or a section that nothing leads to.");
        if (choice.Sections.Count(s => s.IsDefault) > 1)
            throw new FormatException("A switch has more than one default.");
        if (choice.Sections[choice.Sections.Count - 1].FallsThrough)
            throw new FormatException("The last section of a switch falls through.");
        ulong[] labels = [.. choice.Sections.SelectMany(s => s.Labels)];
        if (labels.Distinct().Count() < labels.Length || labels.Any(l => !ModelTextCheck.IsValue(type, l)))
            throw new FormatException($"A switch has a label twice, or one that is no {type.Word()}.");
        foreach (SwitchSection section in choice.Sections)
            Check(section.Body, ways with { Break = true });
    }

    private void Check(Loop loop)
    {
        if (loop.Bound is not (null or (>= 1 and <= LoopBounds.Most)))
            throw new FormatException($"A loop has a bound of {loop.Bound} turns.");
        _expressions.CheckTest(loop.Test);
        Check(loop.Body, new Ways(true, true));
        Check(loop.Step, new Ways(false, false));
    }

    /// <summary>Which jumps may be taken from where a statement stands.</summary>
    private readonly record struct Ways(bool Break, bool Continue);
}
