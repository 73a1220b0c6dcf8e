using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Kml.Model.Lowering.Ranges;

namespace Kml.Model.Tests.Ranges;

/// <summary>
/// Puts what <see cref="Facts"/> says of a body's values into the body: before each statement a test of every place that the statement reads, whichever way
/// control came, which fails where the value is outside its range.
/// </summary>
internal static class RangeAssertions
{
    /// <summary>Makes a method that fails where a value that it reads is not as it is known to be.</summary>
    /// <param name="method">The method.</param>
    /// <param name="functions">The functions that it calls.</param>
    /// <returns>The method, and how many tests it got.</returns>
    public static (Method Method, int Tests) Add(Method method, ModelFunctions functions)
    {
        Walk walk = new();
        Block body = walk.Within(method.Body, new Facts(method, functions));
        return (method with { Body = body }, walk.Tests);
    }

    private sealed class Walk
    {
        public int Tests { get; private set; }

        public Block Within(Block block, Facts facts, params IEnumerable<Statement> first)
        {
            List<Statement> statements = [.. first];
            foreach (Statement statement in block.Statements)
            {
                // What cannot be reached may be known to be anything.
                if (!facts.IsUnreachable)
                    statements.AddRange(Always(Operands.Of(statement).Where(_ => statement is not Loop)).SelectMany(e => Test(e, facts)));
                statements.Add(Inside(statement, facts));
                facts.Pass(statement);
            }

            return new(statements.ToEquatableArray());
        }

        private Statement Inside(Statement statement, Facts facts) => statement switch
        {
            Block s => Within(s, facts.Branch()),
            If s => new If(s.Test, Way(s.WhenTrue, facts.Branch(s.Test, true), s.Test), Way(s.WhenFalse, facts.Branch(s.Test, false), s.Test)),
            Switch s => s with
            {
                Sections = s.Sections.Select((c, i) => c with { Body = Way(c.Body, facts.Section(s, i), s.Sections[i].FallsThrough ? null : s.Value) })
                    .ToEquatableArray(),
            },
            Loop s => Inside(s, facts, facts.Throughout(s)),
            _ => statement,
        };

        private Loop Inside(Loop s, Facts facts, IReadOnlyDictionary<string, IntegerRange> values)
        {
            Facts turn = facts.Turn(s, values);
            IEnumerable<Statement> tests = s.TestsLast ? [] : [.. Tested(s.Test, facts.Test(s, values)), .. Tested(s.Test, turn)];
            return s with { Body = Within(s.Body, turn, tests), Step = Within(s.Step, facts.Step(s, values)) };
        }

        // A test says something of what it reads, and can fault no more where it has come out.
        private Block Way(Block block, Facts facts, Expression? test) => Within(block, facts, test is null ? [] : Tested(test, facts));

        private IEnumerable<Statement> Tested(Expression test, Facts facts) => facts.IsUnreachable ? [] : Always([test]).SelectMany(e => Test(e, facts));

        /// <summary>What is evaluated whenever an expression is.</summary>
        private static IEnumerable<Expression> Always(IEnumerable<Expression> expressions) => expressions.SelectMany(e => e switch
        {
            Binary { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse } b => Always([b.Left]),
            Choice c => Always([c.Test]),
            Call => [],
            _ => Always(Operands.Of(e)).Append(e),
        });

        private IEnumerable<Statement> Test(Expression e, Facts facts)
        {
            if (e is Constant || !(e.Type.IsInteger() || e.Type == ScalarType.Bool))
                yield break;
            IntegerRange all = IntegerRange.Of(e.Type), known = facts.Of(e);
            ScalarType wide = e.Type == ScalarType.U64 ? ScalarType.U64 : ScalarType.I64;
            Expression value = e.Type == wide ? e : new Conversion(wide, e);
            if (known.Min > all.Min)
                yield return Fails(value, BinaryOperator.Less, known.Min);
            if (known.Max < all.Max)
                yield return Fails(value, BinaryOperator.Greater, known.Max);
        }

        private If Fails(Expression value, BinaryOperator relation, BigInteger limit)
        {
            Tests++;
            ulong bits = value.Type == ScalarType.U64 ? (ulong)limit : (ulong)(long)limit;
            return new If(
                new Binary(ScalarType.Bool, relation, value, new Constant(value.Type, bits)),
                new(EquatableArray.Of<Statement>(new Fail(Fault.Overflow))),
                new(default));
        }
    }
}
