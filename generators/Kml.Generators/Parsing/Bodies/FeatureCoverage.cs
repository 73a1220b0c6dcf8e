using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>Finds the features that some way through a body leaves unwritten: they would keep what the last event left there.</summary>
internal static class FeatureCoverage
{
    /// <summary>Finds what is left unwritten.</summary>
    /// <param name="body">The body of a features method.</param>
    /// <param name="count">How many features there are.</param>
    /// <returns>The indices, ascending.</returns>
    public static IReadOnlyList<int> Missing(Block body, int count)
    {
        HashSet<int> onEveryReturn = new(Enumerable.Range(0, count));
        HashSet<int>? atEnd = After(body, [], onEveryReturn);
        if (atEnd is not null)
            onEveryReturn.IntersectWith(atEnd);
        return Enumerable.Range(0, count).Where(i => !onEveryReturn.Contains(i)).ToList();
    }

    /// <summary>What is written for sure after a statement; null if control never gets there.</summary>
    private static HashSet<int>? After(Statement statement, HashSet<int> before, HashSet<int> onEveryReturn)
    {
        switch (statement)
        {
            case AssignFeature feature:
                return [.. before, feature.Index];
            case Block block:
                HashSet<int>? written = before;
                foreach (Statement inner in block.Statements)
                {
                    if (written is not null)
                        written = After(inner, written, onEveryReturn);
                }

                return written;
            case If choice:
                HashSet<int>? whenTrue = After(choice.WhenTrue, before, onEveryReturn);
                HashSet<int>? whenFalse = After(choice.WhenFalse, before, onEveryReturn);
                if (whenTrue is null || whenFalse is null)
                    return whenTrue ?? whenFalse;
                return [.. whenTrue.Intersect(whenFalse)];
            case Return:
                onEveryReturn.IntersectWith(before);
                return null;
            default:
                return before;
        }
    }
}
