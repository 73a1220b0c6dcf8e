using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Loops, and the ways out of them.</content>
internal sealed partial class BodyTranslator
{
    private static readonly Constant Always = new(ScalarType.Bool, 1);

    private void Loop(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForLoopOperation s:
                Emit(Apart(() => For(s)));
                break;
            case IWhileLoopOperation { ConditionIsUntil: false } s:
                While(s);
                break;
            case IForEachLoopOperation s:
                ForEach(s);
                break;
            default:
                _refuser.Refuse(loop);
                break;
        }
    }

    private void For(IForLoopOperation loop)
    {
        foreach (IOperation before in loop.Before)
            Statement(before);
        _scope.Loops.Add(loop.Syntax);
        if (loop.AtLoopBottom.Length == 0 && loop.Condition is not null && CountsDown(loop.Condition, loop) is { } counted)
        {
            counted();
            return;
        }

        (Expression? test, List<Statement> first) = loop.Condition is null ? (Always, []) : Test(loop.Condition);
        Block body = Within(loop, loop.Body);
        Block step = Apart(() =>
        {
            foreach (IOperation after in loop.AtLoopBottom)
                Statement(after);
        });
        if (test is not null)
            Emit(Turns(test, first, body, step));
    }

    private void While(IWhileLoopOperation loop)
    {
        _scope.Loops.Add(loop.Syntax);
        if (loop.Condition is null)
        {
            _refuser.LeaveToCompiler();
            return;
        }

        if (loop.ConditionIsTop && CountsDown(loop.Condition, loop) is { } counted)
        {
            counted();
            return;
        }

        if (loop.ConditionIsTop)
        {
            (Expression? test, List<Statement> first) = Test(loop.Condition);
            Block body = Within(loop, loop.Body);
            if (test is not null)
                Emit(Turns(test, first, body, new Block(default)));
            return;
        }

        Block done = Within(loop, loop.Body);
        (Expression? last, List<Statement> before) = _scope.Apart(() => Translate(loop.Condition));
        if (last is not null)
            Emit(new Loop(last, TestsLast: true, done, new Block(Hoisted(before, last)), _scope.Bound, _scope.Bound is not null));
    }

    /// <summary>
    /// <c>while (n-- > 0)</c>: the test of a variable that is less by one in the turn, and once more behind the last. Null where anything else leaves the
    /// loop, and for any other test.
    /// </summary>
    private Action? CountsDown(IOperation condition, ILoopOperation loop)
    {
        if (condition is not IBinaryOperation { OperatorMethod: null, RightOperand.ConstantValue.HasValue: true } test
            || Unwidened(test.LeftOperand) is not IIncrementOrDecrementOperation { IsPostfix: true } step
            || step.Target is not (ILocalReferenceOperation or IParameterReferenceOperation))
            return null;
        bool isLeft = loop.Descendants().OfType<IBranchOperation>().Any(b => SymbolEqualityComparer.Default.Equals(b.Target, loop.ExitLabel));
        if (isLeft && !(step.Target is ILocalReferenceOperation { Local: var counter } && IsLastReadIn(loop, counter)))
            return null;
        return () =>
        {
            if (Writable(step.Target) is not { Scalar: { } own } variable || Translate(test.RightOperand) is not { } limit)
                return;
            Expression value = new Read(own, variable.Place);
            for (IOperation outer = test.LeftOperand; outer is IConversionOperation conversion; outer = conversion.Operand)
                value = Arithmetic.ConvertTo(Scalar(conversion.Type) ?? own, value);
            Expression? goesOn = Arithmetic.Binary(test.OperatorKind, ScalarType.Bool, value, limit);
            Block less = Apart(() => Step(step, isValueUsed: false));
            Block body = Within(loop, loop.Body);
            if (goesOn is null)
                return;
            Emit(Turns(goesOn, [.. less.Statements], body, new Block(default)));
            foreach (Statement statement in isLeft ? default : less.Statements)
                Emit(statement);
        };
    }

    /// <summary>Whether nothing behind a loop reads a local of the block in which the loop stands.</summary>
    private static bool IsLastReadIn(ILoopOperation loop, ILocalSymbol local) => loop.Parent is IBlockOperation block
        && block.Locals.Contains(local, SymbolEqualityComparer.Default)
        && !block.Descendants().Any(o => o is ILocalReferenceOperation { Local: var read } && SymbolEqualityComparer.Default.Equals(read, local)
            && o.Syntax.SpanStart > loop.Syntax.Span.End);

    private static IOperation Unwidened(IOperation operation) =>
        operation is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion ? Unwidened(conversion.Operand) : operation;

    // The variables in which a test keeps what it needs are read after the step, and so live around the loop.
    private EquatableArray<Statement> Hoisted(List<Statement> statements, Expression test)
    {
        HashSet<string> read = [.. Operands.Roots(test)];
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i] is Let let && read.Contains(let.Name))
            {
                Emit(new Let(let.Name, Constants.Zero(let.Value.Type)));
                statements[i] = new Assign(new VariablePlace(let.Name), let.Value);
            }
            else if (statements[i] is Declare declare && read.Contains(declare.Name))
            {
                Emit(declare);
                statements[i] = new Clear(new VariablePlace(declare.Name), declare.Data);
            }
        }

        return statements.ToEquatableArray();
    }

    /// <summary>
    /// What is tested before each turn, and what leaves the loop at its beginning: of a &amp;&amp; b, all from the first that does something on.
    /// </summary>
    private (Expression? Test, List<Statement> First) Test(IOperation condition)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return Test(parenthesized.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null } both:
                (Expression? left, List<Statement> first) = Test(both.LeftOperand);
                (Expression? right, List<Statement> then) = Test(both.RightOperand);
                if (left is null || right is null)
                    return (null, []);
                if (first.Count == 0)
                    return (right == Always ? left : And(left, right), then);
                return (left, right == Always ? [.. first, .. then] : [.. first, Leaving(right), .. then]);
            default:
                (Expression? test, List<Statement> before) = _scope.Apart(() => Translate(condition));
                return test is null || before.Count == 0 ? (test, before) : (Always, [.. before, Leaving(test)]);
        }
    }

    private static If Leaving(Expression test) => new(Negated(test), new Block(EquatableArray.Of<Statement>(new Break())), new Block(default));

    /// <summary>A loop that tests first; what its test does, it does at the beginning of each turn.</summary>
    private Loop Turns(Expression test, List<Statement> first, Block body, Block step)
    {
        Block whole = first.Count > 0 ? new Block(first.Concat(body.Statements).ToEquatableArray()) : body;
        return new Loop(test, TestsLast: false, whole, step, _scope.Bound, _scope.Bound is not null);
    }

    private static Expression Negated(Expression test) => test switch
    {
        Unary { Operator: UnaryOperator.Not } not => not.Operand,
        Binary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual, Left.Type: not ScalarType.F32 } b =>
            b with { Operator = Opposite(b.Operator) },
        _ => new Unary(UnaryOperator.Not, test),
    };

    private static BinaryOperator Opposite(BinaryOperator relation) => relation switch
    {
        BinaryOperator.Equal => BinaryOperator.NotEqual,
        BinaryOperator.NotEqual => BinaryOperator.Equal,
        BinaryOperator.Less => BinaryOperator.GreaterOrEqual,
        BinaryOperator.LessOrEqual => BinaryOperator.Greater,
        BinaryOperator.Greater => BinaryOperator.LessOrEqual,
        _ => BinaryOperator.Less,
    };

    private Block Within(ILoopOperation loop, IOperation body)
    {
        _scope.Ways.Add(new Way(loop.ExitLabel, loop.ContinueLabel));
        Block block = AsBlock(body);
        _scope.Ways.RemoveAt(_scope.Ways.Count - 1);
        return block;
    }

    private void Branch(IBranchOperation branch)
    {
        Way? inner = _scope.Ways.LastOrDefault();
        switch (branch.BranchKind)
        {
            case BranchKind.Break when inner is not null && SymbolEqualityComparer.Default.Equals(inner.Exit, branch.Target):
                Emit(new Break());
                break;
            case BranchKind.Continue when _scope.Ways.LastOrDefault(w => w.Continue is not null) is { } loop
                && SymbolEqualityComparer.Default.Equals(loop.Continue, branch.Target):
                Emit(new Continue());
                break;
            default:
                _refuser.Refuse(branch);
                break;
        }
    }

    private void ForEach(IForEachLoopOperation loop)
    {
        if (loop.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: var variable })
        {
            _refuser.Refuse(loop);
            return;
        }

        IOperation collection = loop.Collection is IConversionOperation { Operand: var inner } ? inner : loop.Collection;
        if (collection.Type is not IArrayTypeSymbol && collection.Type.SpanElement() is null && collection.Type.InlineArrayLength() is null)
        {
            _refuser.Refuse(collection.Syntax, new Refusal("'foreach' over it", "go through an [InlineArray], a span or a table"));
            return;
        }

        if (Place(collection) is not { Data: ArrayData array } found)
            return;
        Binding all = Pinned(found);
        Emit(Apart(() =>
        {
            (Read index, Func<Block, Loop> make) = Counted(loop.Syntax, array.Length);
            Block body = Apart(() =>
            {
                Binding element = all.Element(index);
                if (variable.RefKind != RefKind.None)
                {
                    _scope.Bind(variable, element with { CanWrite = element.CanWrite && variable.RefKind == RefKind.Ref });
                }
                else if (element.Scalar is { } scalar)
                {
                    ScalarType own = Scalar(variable.Type) ?? scalar;
                    Emit(new Let(Name(_scope.Local(variable, new ScalarData(own))), Arithmetic.ConvertTo(own, new Read(scalar, element.Place))));
                }
                else
                {
                    Binding copy = _scope.Local(variable, array.Element);
                    Emit(new Declare(Name(copy), array.Element));
                    Emit(new Copy(copy.Place, element.Place, array.Element));
                }

                foreach (Statement statement in Within(loop, loop.Body).Statements)
                    Emit(statement);
            });
            Emit(make(body));
        }));
    }

    /// <summary>Does something for each element of an array.</summary>
    private void ForEach(SyntaxNode at, int length, Action<Read> turn) => Emit(Apart(() =>
    {
        (Read index, Func<Block, Loop> make) = Counted(at, length);
        Emit(make(Apart(() => turn(index))));
    }));

    private (Read Index, Func<Block, Loop> Make) Counted(SyntaxNode at, int length)
    {
        string name = _scope.Fresh("i");
        Read index = Read.Variable(ScalarType.I32, name);
        Emit(new Let(name, Constants.Zero(ScalarType.I32)));
        _scope.Loops.Add(at);
        return (index, body => new Loop(
            new Binary(ScalarType.Bool, BinaryOperator.Less, index, Constants.Of(ScalarType.I32, length)),
            TestsLast: false,
            body,
            new Block(EquatableArray.Of<Statement>(
                new Assign(index.Place, new Binary(ScalarType.I32, BinaryOperator.Add, index, Constants.One(ScalarType.I32))))),
            null,
            false));
    }
}
