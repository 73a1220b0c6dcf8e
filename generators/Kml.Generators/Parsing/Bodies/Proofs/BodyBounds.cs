using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Kml.Model.Lowering.Ranges;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Proofs;

/// <summary>Sees to it that every loop of a body has a bound.</summary>
internal static class BodyBounds
{
    // As in the message: a bound that a person then looks at.
    private const string UsualBound = "64";

    /// <summary>Proves the bounds of a body's loops, and reports those that cannot be proved.</summary>
    /// <param name="method">The body.</param>
    /// <param name="scope">Where its loops are in C#.</param>
    /// <param name="functions">The functions that it calls.</param>
    /// <param name="findings">Receives the loops without a bound.</param>
    /// <returns>The body with its bounds.</returns>
    public static Method Prove(Method method, BodyScope scope, FunctionRegistry functions, Findings findings)
    {
        // A body with a hole in it may lack the very statement that ends a loop.
        if (scope.Loops.Count == 0 || findings.HasErrors)
            return method;
        List<int> unproven = [];
        Method proven = LoopBounds.Prove(method, functions.Known, unproven);
        foreach (SyntaxNode loop in unproven.Select(i => scope.Loops[i]))
        {
            findings.Report(
                SourceRules.OutsideSubset,
                loop.GetFirstToken().GetLocation(),
                scope.Bound is null ? new Fix(FixKind.Bound, UsualBound) : null,
                "A loop of which nothing shows that it ends",
                $"count up to a constant or a length of at most {LoopBounds.Most}, or say [Bound(n)] on the method");
        }

        return proven;
    }
}
