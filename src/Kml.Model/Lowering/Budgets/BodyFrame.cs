using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Lowering.Budgets;

/// <summary>Bytes of the kernel's stack that a body takes at the most, as if nothing of it were kept in registers.</summary>
internal static class BodyFrame
{
    /// <summary>Of each function in a chain of calls: where it returns to, and six registers that it saves.</summary>
    public const int CallBytes = 56;

    private const int WordBytes = 8;

    /// <summary>The bytes of a body and of the deepest chain of calls from it.</summary>
    /// <param name="method">The body.</param>
    /// <param name="called">The same of each function that it calls.</param>
    /// <returns>The bytes.</returns>
    public static long Of(Method method, IReadOnlyDictionary<string, long> called)
    {
        int references = Operands.All(method.Body).OfType<Refer>().Select(r => r.Name).Distinct().Count();
        long own = Saturating.Add(CallBytes + (WordBytes * (method.Parameters.Count + references)), Locals(method.Body));
        return Saturating.Add(own, Operands.All(method).OfType<Call>().Select(c => called[c.Name]).DefaultIfEmpty().Max());
    }

    /// <summary>The locals of a statement: of blocks that are not within each other no two are there at once.</summary>
    private static long Locals(Statement statement)
    {
        if (statement is not Block block)
            return Operands.Within(statement).Select(Locals).DefaultIfEmpty().Max() + (statement is Loop { IsStated: true } ? WordBytes : 0);
        long own = 0, inner = 0;
        foreach (Statement s in block.Statements)
        {
            if (s is Let let)
                own = DataBytes.AlignUp(own, let.Value.Type.Size()) + let.Value.Type.Size();
            else if (s is Declare declare)
                own = Saturating.Add(DataBytes.AlignUp(own, WordBytes), DataBytes.Of(declare.Data));
            else
                inner = Math.Max(inner, Locals(s));
        }

        return Saturating.Add(DataBytes.AlignUp(own, WordBytes), inner);
    }
}
