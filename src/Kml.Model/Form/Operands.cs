using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>Walks statements, expressions and places.</summary>
public static class Operands
{
    /// <summary>The direct operands of an expression, the indices of its places among them.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>Its operands, in order.</returns>
    public static IEnumerable<Expression> Of(Expression expression) => expression switch
    {
        Read e => Of(e.Place),
        Unary e => [e.Operand],
        Binary e => [e.Left, e.Right],
        Conversion e => [e.Operand],
        Choice e => [e.Test, e.WhenTrue, e.WhenFalse],
        FunctionCall e => e.Arguments,
        Call e => e.Arguments.SelectMany(a => a is ValueArgument value ? [value.Value] : Of(((PlaceArgument)a).Place)),
        _ => [],
    };

    /// <summary>The indices by which a place is reached.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The indices, the outermost array's first.</returns>
    public static IEnumerable<Expression> Of(Place place) => place switch
    {
        MemberPlace p => Of(p.Of),
        ElementPlace p => Of(p.Of).Append(p.Index),
        SlicePlace p => Of(p.Of),
        _ => [],
    };

    /// <summary>The direct expressions of a statement, the indices of its places among them; not those of statements within it.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>Its expressions, in order.</returns>
    public static IEnumerable<Expression> Of(Statement statement) => statement switch
    {
        Let s => [s.Value],
        Refer s => Of(s.Place),
        Assign s => Of(s.Target).Prepend(s.Value),
        Copy s => Of(s.Source).Concat(Of(s.Target)),
        Clear s => Of(s.Target),
        If s => [s.Test],
        Switch s => [s.Value],
        Loop s => [s.Test],
        Return { Value: not null } s => [s.Value],
        Evaluate s => [s.Value],
        PullLever s => s.Arguments,
        _ => [],
    };

    /// <summary>The statements directly within a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The statements, in order.</returns>
    public static IEnumerable<Statement> Within(Statement statement) => statement switch
    {
        Block s => s.Statements,
        If s => [s.WhenTrue, s.WhenFalse],
        Switch s => s.Sections.Select(c => c.Body),
        Loop s => [s.Body, s.Step],
        _ => [],
    };

    /// <summary>A statement and all statements within it.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>All of them, outermost first.</returns>
    public static IEnumerable<Statement> All(Statement statement) => All(statement, Within);

    /// <summary>An expression and everything within it.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>All of them, outermost first.</returns>
    public static IEnumerable<Expression> All(Expression expression) => All(expression, Of);

    /// <summary>Every expression of a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>All of them, however deep.</returns>
    public static IEnumerable<Expression> All(Method method) => All(method.Body).SelectMany(Of).SelectMany(All);

    /// <summary>The variable or parameter in which a place lies.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Its name; null for a table.</returns>
    public static string? Root(Place place) => place switch
    {
        VariablePlace p => p.Name,
        MemberPlace p => Root(p.Of),
        ElementPlace p => Root(p.Of),
        SlicePlace p => Root(p.Of),
        _ => null,
    };

    /// <summary>The variables and parameters that an expression reads or refers to.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> Roots(Expression expression) => All(expression).SelectMany(Places).Select(Root).OfType<string>();

    /// <summary>The places that an expression itself names.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>The places, in order.</returns>
    public static IEnumerable<Place> Places(Expression expression) => expression switch
    {
        Read e => [e.Place],
        Call e => e.Arguments.OfType<PlaceArgument>().Select(a => a.Place),
        _ => [],
    };

    /// <summary>The variables and parameters that a body may write, be it by a name that stands for a part of them.</summary>
    /// <param name="body">The body.</param>
    /// <param name="functions">The functions that it can call.</param>
    /// <returns>Their names.</returns>
    public static ISet<string> WrittenRoots(Statement body, ModelFunctions functions)
    {
        IEnumerable<string> roots = All(body).Where(s => s is not Refer).SelectMany(s => Written(s, functions)).Select(Root).OfType<string>();
        HashSet<string> written = new(roots, System.StringComparer.Ordinal);
        Refer[] references = [.. All(body).OfType<Refer>()];

        // A name may stand for what another name stands for.
        for (int before = -1; before != written.Count;)
        {
            before = written.Count;
            written.UnionWith(references.Where(r => written.Contains(r.Name)).Select(r => Root(r.Place)).OfType<string>());
        }

        return written;
    }

    /// <summary>The places that a statement itself declares or writes, or hands to a function that may write them.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="functions">The functions that it can call.</param>
    /// <returns>The places, in order.</returns>
    public static IEnumerable<Place> Written(Statement statement, ModelFunctions functions)
    {
        IEnumerable<Place> own = statement switch
        {
            Let s => [new VariablePlace(s.Name)],
            Declare s => [new VariablePlace(s.Name)],
            Refer s => [new VariablePlace(s.Name)],
            Assign s => [s.Target],
            Copy s => [s.Target],
            Clear s => [s.Target],
            PullLever s => [new VariablePlace(s.Event)],
            _ => [],
        };
        return own.Concat(Of(statement).SelectMany(All).OfType<Call>().SelectMany(functions.Written));
    }

    // Without a call for each level: of what lies deep each item would come up through all of them.
    private static IEnumerable<T> All<T>(T whole, System.Func<T, IEnumerable<T>> within)
    {
        Stack<T> open = new();
        open.Push(whole);
        while (open.Count > 0)
        {
            T item = open.Pop();
            yield return item;
            foreach (T inner in within(item).Reverse())
                open.Push(inner);
        }
    }
}
