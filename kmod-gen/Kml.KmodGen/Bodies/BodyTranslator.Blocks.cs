using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.KmodGen.Bodies;

/// <content>Statements with statements within, and the ways out of them.</content>
internal sealed partial class BodyTranslator
{
    private static readonly CName Beyond = new("KML_FAULT_BOUND", ScalarType.I32);

    // Where a continue leads within each loop: a label before what is done after each turn, or null for C's own.
    private readonly Stack<Next> _next = new();

    private CReturn Abandoned => new(_abandonedValue ? Zero : null);

    private void AddIf(If s, CBlock block)
    {
        int faults = _expressions.Faults;
        CExpression test = _expressions.Translate(s.Test);
        CName? holds = _expressions.Faults == faults ? null : new(_names.Fresh("holds"), ScalarType.Bool);
        Facts before = _expressions.Facts;
        if (holds is null && before.IsSuperfluous(s))
        {
            before.Meet(before.Branch(s.Test, false));
            return;
        }

        (CBlock whenTrue, Facts afterTrue) = Way(s.WhenTrue, before.Branch(s.Test, true));
        (CBlock whenFalse, Facts afterFalse) = Way(s.WhenFalse, before.Branch(s.Test, false));
        _expressions.Facts = before;
        if (whenTrue.IsEmpty && whenFalse.IsEmpty)
        {
            Discard(s.Test, block);
        }
        else
        {
            if (holds is not null)
            {
                block.Declare("bool", holds, test);
                block.Add(Tested());
                test = holds;
            }

            block.Add(whenTrue.IsEmpty ? new CIf(Negated(test), whenFalse, whenTrue) : new CIf(test, whenTrue, whenFalse));
        }

        before.Meet(afterTrue, afterFalse);
    }

    private static CExpression Negated(CExpression test) => test switch
    {
        CPrefix { Symbol: "!" } not => not.Operand,

        // Of a number that is none neither a comparison nor its opposite holds.
        CInfix { Left.Type: not ScalarType.F32, Right.Type: not ScalarType.F32, Operator.Opposite: { } opposite } infix => infix with { Operator = opposite },
        _ => new CPrefix("!", test, ScalarType.Bool),
    };

    private (CBlock Block, Facts After) Way(Block statements, Facts facts)
    {
        CBlock block = new();
        _expressions.Facts = facts;
        AddAll(statements, block);
        return (block, facts);
    }

    private void AddSwitch(Switch s, CBlock block)
    {
        // C converts each label to the type of the value, which must hold them all.
        CExpression value = ExpressionTranslator.Holding(Settled(s.Value, "value", block), s.Value.Type);
        if (s.Value.Type == ScalarType.Bool)
            value = new CCast("int", value, ScalarType.I32);
        else if (!HoldsLabels(Unwidened(s.Value).Type, s))
            value = new CCast(CTypes.Name(s.Value.Type), value, s.Value.Type);
        Facts before = _expressions.Facts;
        List<CSection> sections = [];
        for (int i = 0; i < s.Sections.Count; i++)
        {
            SwitchSection section = s.Sections[i];
            (CBlock body, _) = Way(section.Body, before.Section(s, i));
            if (section.FallsThrough)
                body.Add(new CJump("fallthrough"));
            else if (!EndsInJump(section.Body))
                body.Add(new CJump("break"));
            sections.Add(new([.. section.Labels.Select(l => CLiteral.Of(new Constant(s.Value.Type, l)))], section.IsDefault, body));
        }

        _expressions.Facts = before;
        before.Pass(s);
        block.Add(new CSwitch(value, sections));
    }

    // gcc warns of a label that the value's type has no room for, and looks at the type before C widens it.
    private static bool HoldsLabels(ScalarType type, Switch s) =>
        s.Sections.SelectMany(c => c.Labels).All(l => IntegerRange.Of(type).Holds(IntegerRange.Of(new Constant(s.Value.Type, l))));

    private static Expression Unwidened(Expression value) =>
        value is Conversion { Operand: var operand } && operand.Type != ScalarType.F32 && IntegerRange.Of(value.Type).Holds(IntegerRange.Of(operand.Type))
            ? Unwidened(operand)
            : value;

    // As gcc sees it, to which a switch or a loop that is never left behind its end may be.
    private static bool EndsInJump(Block block) => block.Statements.Count > 0 && block.Statements[^1] switch
    {
        Return or Fail or Break or Continue => true,
        Block inner => EndsInJump(inner),
        If s => EndsInJump(s.WhenTrue) && EndsInJump(s.WhenFalse),
        _ => false,
    };

    private static bool IsCountedBy(Loop loop, Let first) =>
        !loop.TestsLast && loop.Step.Statements is [Assign { Target: VariablePlace { Name: var counter } }] && counter == first.Name;

    private bool AddCounted(Let first, Loop loop, CBlock block)
    {
        if (!_read.Contains(first.Name))
            return false;
        int faults = _expressions.Faults;
        CExpression value = _expressions.Translate(first.Value);
        if (_expressions.Faults > faults)
            return false;
        CName counter = _names[first.Name].Name;
        block.Declare(CTypes.Name(first.Value.Type), counter.Name);
        _expressions.Facts.Pass(first);
        AddLoop(loop, new CAssign(counter, value), block);
        return true;
    }

    private void AddLoop(Loop s, CStatement? first, CBlock block)
    {
        // A test that can fault, and a step of more than a statement, stand in the body: a loop's head has room for neither.
        Facts before = _expressions.Facts;
        IReadOnlyDictionary<string, IntegerRange> values = before.Throughout(s);
        Facts beforeTest = before.Test(s, values), beforeStep = before.Step(s, values);
        CExpression? test = Plain(s.Test, beforeTest);
        IReadOnlyList<CStatement> steps = s.TestsLast ? [] : SimpleSteps(s.Step, beforeStep);
        bool always = s.Test is Constant { Bits: not 0 };
        bool testsWithin = test is null && !always, stepsWithin = steps.Count == 0 && !s.Step.Statements.All(IsNothing);
        string? label = (stepsWithin || (testsWithin && s.TestsLast)) && Continues(s.Body) ? _names.Fresh("next") : null;

        CBlock body = new();
        _expressions.Facts = beforeTest;
        if (testsWithin && !s.TestsLast)
            AddLeaving(s.Test, body);
        if (s.IsStated)
            AddTurn(s.Bound!.Value, block, body);
        _expressions.Facts = before.Turn(s, values);
        _next.Push(new(label));
        AddAll(s.Body, body);
        _next.Pop();
        if (label is not null)
            body.Add(new CLabel(label));
        _expressions.Facts = beforeStep;
        if (stepsWithin)
            AddAll(s.Step, body);
        _expressions.Facts = beforeTest;
        if (testsWithin && s.TestsLast)
            AddLeaving(s.Test, body);

        _expressions.Facts = before;
        before.Pass(s, values);
        block.Add(s.TestsLast && test is not null ? new CDo(body, test) : new CFor(first, test, steps, body));
    }

    /// <summary>A test that can stand in a loop's head; null for one that can fault, and for one that always holds.</summary>
    private CExpression? Plain(Expression test, Facts facts)
    {
        if (test is Constant { Bits: not 0 })
            return null;
        _expressions.Facts = facts;
        int faults = _expressions.Faults;
        CExpression c = _expressions.Translate(test);
        return _expressions.Faults == faults ? c : null;
    }

    /// <summary>Leaves the loop where its test no longer holds.</summary>
    private void AddLeaving(Expression test, CBlock body)
    {
        CExpression holds = Settled(test, "holds", body);
        body.Add(new CIf(Negated(holds), CBlock.Of(new CJump("break")), new CBlock()));
    }

    /// <summary>Counts a turn of a loop whose bound is the user's word.</summary>
    private void AddTurn(int bound, CBlock block, CBlock body)
    {
        CName turns = new(_names.Fresh("turns"), ScalarType.U32);
        block.Declare("u32", turns, Zero);
        CBlock beyond = new();
        AddFailure(Beyond, beyond);
        body.Add(new CIf(new CInfix(turns, COperator.Equal, new CInteger(bound, "", ScalarType.I32), ScalarType.Bool), beyond, new CBlock()));
        body.Add(new CStep(turns, COperator.Add));
    }

    private void AddFailure(CExpression code, CBlock block)
    {
        if (!_fault.IsVariable)
            block.Add(new CAssign(_fault.Value, code));
        block.Add(_fault.IsVariable ? new CReturn(code) : Abandoned);
    }

    private void AddContinue(CBlock block) =>
        block.Add(new CJump(_next.TryPeek(out Next next) && next.Label is { } label ? "goto " + label : "continue"));

    /// <summary>What a loop does after each turn, where its head has room for that; nothing where it has not.</summary>
    private IReadOnlyList<CStatement> SimpleSteps(Block step, Facts facts)
    {
        if (step.Statements.Count > 2 || !step.Statements.All(s => s is Assign { Target: VariablePlace { Name: var name } } && _read.Contains(name)))
            return [];
        int faults = _expressions.Faults;
        CBlock block = new();
        _expressions.Facts = facts.Branch();
        AddAll(step, block);
        return _expressions.Faults == faults && block.Declarations.Count == 0 ? block.Statements : [];
    }

    /// <summary>Whether of a statement nothing is left in C: what it counts, nobody reads.</summary>
    private bool IsNothing(Statement statement) =>
        statement is Assign { Target: VariablePlace target, Value: var value } && !IsKept(target)
        && Operands.All(value).All(e => e is Constant or Read { Place: VariablePlace }
            or Binary { Operator: not (BinaryOperator.Divide or BinaryOperator.Remainder) });

    /// <summary>Whether a body goes on with the next turn of its own loop before its end.</summary>
    private static bool Continues(Statement statement) => statement switch
    {
        Continue => true,
        Loop => false,
        _ => Operands.Within(statement).Any(Continues),
    };

    private readonly record struct Next(string? Label);
}
