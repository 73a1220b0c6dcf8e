using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Switch statements and expressions, and choices of two.</content>
internal sealed partial class BodyTranslator
{
    private void Switch(ISwitchOperation choice)
    {
        if (Subject(choice.Value, choice.Cases.Any(c => c.Clauses.Any(l => l is IPatternCaseClauseOperation { Guard: not null }))) is not { } subject)
            return;
        List<(IEnumerable<ulong>? Labels, bool IsDefault)> heads = [.. choice.Cases.Select(c => Head(c, subject))];
        bool isConstant = subject.Scalar is not (null or ScalarType.F32 or ScalarType.Q16) && heads.All(h => h.Labels is not null);
        Expression? value = isConstant ? new Read(subject.Scalar!.Value, subject.Place) : Which(choice, subject);
        _scope.Ways.Add(new Way(choice.ExitLabel, null));
        List<SwitchSection> sections = [];
        for (int i = 0; i < choice.Cases.Length; i++)
        {
            (Block body, bool falls) = Section(choice, i);
            sections.Add(new SwitchSection(
                isConstant ? heads[i].Labels!.ToEquatableArray() : heads[i].IsDefault ? default : EquatableArray.Of((ulong)i),
                heads[i].IsDefault,
                body,
                falls));
        }

        _scope.Ways.RemoveAt(_scope.Ways.Count - 1);
        if (value is not null && sections.Count > 0)
            Emit(new Switch(value, sections.ToEquatableArray()));
    }

    private static (IEnumerable<ulong>? Labels, bool IsDefault) Head(ISwitchCaseOperation section, Binding subject)
    {
        List<ulong>? labels = [];
        bool isDefault = false;
        foreach (ICaseClauseOperation clause in section.Clauses)
        {
            switch (clause)
            {
                case IDefaultCaseClauseOperation:
                    isDefault = true;
                    break;
                case ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: { } value } } when subject.Scalar is { } scalar:
                    labels?.Add(Constants.Of(scalar, value).Bits);
                    break;
                case IPatternCaseClauseOperation { Guard: null, Pattern: var pattern }
                    when subject.Scalar is { } scalar && Labels(pattern, scalar) is { } constants:
                    labels?.AddRange(constants);
                    break;
                default:
                    labels = null;
                    break;
            }
        }

        return (labels, isDefault);
    }

    /// <summary>The number of the section that patterns lead to, in a variable.</summary>
    private Read? Which(ISwitchOperation choice, Binding subject)
    {
        string which = _scope.Fresh("which");
        Emit(new Let(which, Constants.Of(ScalarType.I32, -1)));
        List<(int Section, ICaseClauseOperation Clause)> clauses =
            [.. choice.Cases.SelectMany((c, i) => c.Clauses.Where(l => l is not IDefaultCaseClauseOperation).Select(l => (i, l)))];
        if (IsTooLong(choice, clauses.Count))
            return null;
        bool isWell = true;
        void Next(int at)
        {
            if (at == clauses.Count)
                return;
            Expression? test = Test(clauses[at].Clause, subject);
            Block here = new(EquatableArray.Of<Statement>(new Assign(new VariablePlace(which), Constants.Of(ScalarType.I32, clauses[at].Section))));
            Block others = Apart(() => Next(at + 1));
            isWell &= test is not null;
            if (test is not null)
                Emit(new If(test, here, others));
        }

        Next(0);
        return isWell ? Read.Variable(ScalarType.I32, which) : null;
    }

    private bool IsTooLong(IOperation choice, int patterns)
    {
        if (patterns <= BodyScope.MaxPatterns)
            return false;
        _refuser.Refuse(choice, new Refusal(
            $"A switch of {Text(patterns)} patterns", $"keep it to {Text(BodyScope.MaxPatterns)}, or use constants, of which there may be more"));
        return true;
    }

    private Expression? Test(ICaseClauseOperation clause, Binding subject)
    {
        switch (clause)
        {
            case ISingleValueCaseClauseOperation single when subject.Scalar is { } scalar:
                return Equals(single.Value, scalar, subject);
            case IPatternCaseClauseOperation { Pattern: var pattern, Guard: var guard }:
                return Matches(pattern, subject) is { } matches ? Guarded(matches, guard) : null;
            default:
                _refuser.Refuse(clause);
                return null;
        }
    }

    /// <summary>A match with its <c>when</c>, which is looked at only after it.</summary>
    private Expression? Guarded(Expression matches, IOperation? guard)
    {
        if (guard is null)
            return matches;
        (Expression? holds, List<Statement> first) = _scope.Apart(() => Translate(guard));
        if (holds is null)
            return null;
        return first.Count == 0 ? And(matches, holds) : Choose(matches, holds, first, new Constant(ScalarType.Bool, 0), []);
    }

    private (Block Body, bool Falls) Section(ISwitchOperation choice, int at)
    {
        List<IOperation> body = [.. choice.Cases[at].Body];
        if (body.Count == 1 && body[0] is IBlockOperation { Operations: var within })
            body = [.. within];

        // Behind the last statement of a section, control leaves the switch anyhow.
        if (body.Count > 0 && body[body.Count - 1] is IBranchOperation { BranchKind: BranchKind.Break } end
            && SymbolEqualityComparer.Default.Equals(end.Target, choice.ExitLabel))
            body.RemoveAt(body.Count - 1);
        bool falls = body.Count > 0 && body[body.Count - 1] is IBranchOperation { BranchKind: BranchKind.GoTo } jump
            && at + 1 < choice.Cases.Length && choice.Cases[at + 1].Clauses.Any(c => SymbolEqualityComparer.Default.Equals(c.Label, jump.Target));
        if (falls)
            body.RemoveAt(body.Count - 1);
        return (Apart(() => body.ForEach(Statement)), falls);
    }

    /// <summary>A switch expression of a scalar.</summary>
    private Expression? Switch(ISwitchExpressionOperation choice, ScalarType type)
    {
        if (IsChoice(choice))
            return Chosen(choice, type);
        string chosen = _scope.Fresh("chosen");
        int before = _scope.Statements.Count;
        bool isWell = Switch(choice, value =>
        {
            if (Translate(value) is not { } translated)
                return false;
            Emit(new Assign(new VariablePlace(chosen), Arithmetic.ConvertTo(type, translated)));
            return true;
        });
        _scope.Statements.Insert(before, new Let(chosen, Constants.Zero(type)));
        return isWell ? Read.Variable(type, chosen) : null;
    }

    /// <summary>Whether a switch expression has two arms that do nothing beside their values.</summary>
    private static bool IsChoice(ISwitchExpressionOperation choice) => choice.Arms.Length == 2
        && choice.Arms[1].Pattern is IDiscardPatternOperation && choice.Arms.All(a => a.Guard is null && !HasNames(a.Pattern));

    private Expression? Chosen(ISwitchExpressionOperation choice, ScalarType type)
    {
        if (Subject(choice.Value) is not { } subject || Matches(choice.Arms[0].Pattern, subject) is not { } test)
            return null;
        (Expression? first, List<Statement> before) = _scope.Apart(() => Translate(choice.Arms[0].Value));
        (Expression? second, List<Statement> otherwise) = _scope.Apart(() => Translate(choice.Arms[1].Value));
        return first is null || second is null
            ? null
            : Choose(test, Arithmetic.ConvertTo(type, first), before, Arithmetic.ConvertTo(type, second), otherwise);
    }

    private static bool HasNames(IPatternOperation pattern) =>
        pattern.DescendantsAndSelf().Any(p => p is IDeclarationPatternOperation or IRecursivePatternOperation);

    /// <summary>A switch expression, each arm of which is done as told.</summary>
    private bool Switch(ISwitchExpressionOperation choice, Func<IOperation, bool> arm)
    {
        if (Subject(choice.Value, choice.Arms.Any(a => a.Guard is not null)) is not { } subject)
            return false;
        bool isWell = true;
        Block Arm(IOperation value) => Apart(() => isWell &= arm(value));
        ScalarType? scalar = subject.Scalar;
        bool isConstant = scalar is not (null or ScalarType.F32 or ScalarType.Q16 or ScalarType.Bool)
            && choice.Arms.All(a => a.Guard is null && (a.Pattern is IDiscardPatternOperation || Labels(a.Pattern, scalar.Value) is not null));
        Fail none = new(Fault.NoMatch);
        if (isConstant)
        {
            List<SwitchSection> sections = [];
            foreach (ISwitchExpressionArmOperation a in choice.Arms)
            {
                bool isDefault = a.Pattern is IDiscardPatternOperation;
                sections.Add(new SwitchSection(isDefault ? default : Labels(a.Pattern, scalar!.Value)!.ToEquatableArray(), isDefault, Arm(a.Value), false));
            }

            if (!sections.Any(s => s.IsDefault))
                sections.Add(new SwitchSection(default, true, new Block(EquatableArray.Of<Statement>(none)), false));
            Emit(new Switch(new Read(scalar!.Value, subject.Place), sections.ToEquatableArray()));
            return isWell;
        }

        if (IsTooLong(choice, choice.Arms.Length))
            return false;
        void Next(int at)
        {
            if (at == choice.Arms.Length)
            {
                Emit(none);
                return;
            }

            ISwitchExpressionArmOperation a = choice.Arms[at];
            Expression? test = Matches(a.Pattern, subject) is { } matches ? Guarded(matches, a.Guard) : null;
            isWell &= test is not null;
            if (test == Always)
            {
                foreach (Statement statement in Arm(a.Value).Statements)
                    Emit(statement);
                return;
            }

            Block here = Arm(a.Value), others = Apart(() => Next(at + 1));
            if (test is not null)
                Emit(new If(test, here, others));
        }

        Next(0);
        return isWell;
    }

    private Expression? Choose(IConditionalOperation choice, IOperation otherwise)
    {
        Expression? test = Translate(choice.Condition);
        (Expression? whenTrue, List<Statement> first) = _scope.Apart(() => Translate(choice.WhenTrue));
        (Expression? whenFalse, List<Statement> second) = _scope.Apart(() => Translate(otherwise));
        return test is null || whenTrue is null || whenFalse is null ? null : Choose(test, whenTrue, first, whenFalse, second);
    }

    /// <summary>A choice, each side of which may do something first.</summary>
    private Expression Choose(Expression test, Expression whenTrue, List<Statement> first, Expression whenFalse, List<Statement> second)
    {
        if (first.Count == 0 && second.Count == 0)
            return new Choice(test, whenTrue, whenFalse);
        string chosen = _scope.Fresh("chosen");
        Emit(new Let(chosen, Constants.Zero(whenTrue.Type)));
        VariablePlace place = new(chosen);
        Emit(new If(
            test,
            new Block(first.Append(new Assign(place, whenTrue)).ToEquatableArray()),
            new Block(second.Append(new Assign(place, whenFalse)).ToEquatableArray())));
        return Read.Variable(whenTrue.Type, chosen);
    }
}
