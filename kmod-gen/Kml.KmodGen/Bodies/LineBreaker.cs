using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen;

/// <summary>Indents lines of C with tabs of 8 and breaks those that pass column 100.</summary>
internal static class LineBreaker
{
    private const int Tab = 8;
    private const int Limit = 100;

    /// <summary>Indents a statement, and breaks it after an operator or comma as far out of its parentheses as it can.</summary>
    /// <param name="statement">The statement, on one line.</param>
    /// <param name="depth">Tabs before it.</param>
    /// <returns>The line or lines.</returns>
    public static string Break(string statement, int depth)
    {
        List<string> lines = [];
        string indent = new('\t', depth);
        int column = depth * Tab;
        string rest = statement;
        while (column + rest.Length > Limit && BreakPoint(rest, Limit - column) is (int at, int hang))
        {
            lines.Add(indent + rest[..at].TrimEnd());
            rest = rest[at..];

            // Below what its parenthesis opened, or two tabs further in where there is none.
            column = hang < 0 ? (depth + 2) * Tab : column + hang;
            indent = new string('\t', column / Tab) + new string(' ', column % Tab);
        }

        lines.Add(indent + rest);
        return string.Join('\n', lines);
    }

    /// <summary>Takes one tab from the start of each line.</summary>
    /// <param name="lines">Lines that begin with a tab.</param>
    /// <returns>The lines, one tab further out.</returns>
    public static string Outdent(string lines) =>
        string.Join('\n', lines.Split('\n').Select(l => l.StartsWith('\t') ? l[1..] : l));

    /// <summary>The last place before the limit where the text can be broken, among those inside the fewest parentheses; and how far in the next line begins.</summary>
    private static (int At, int Hang)? BreakPoint(string text, int limit)
    {
        Stack<int> open = new();
        (int At, int Hang, int Depth)? best = null;
        for (int i = 0; i < Math.Min(text.Length, limit); i++)
        {
            if (text[i] == '(')
                open.Push(i + 1);
            else if (text[i] == ')' && open.Count > 0)
                open.Pop();
            else if (text[i] == ' ' && i > 0 && Breaks(text, i) && (best is null || open.Count <= best.Value.Depth))
                best = (i + 1, open.Count > 0 ? open.Peek() : -1, open.Count);
        }

        return best is { } found ? (found.At, found.Hang) : null;
    }

    private static bool Breaks(string text, int space)
    {
        char before = text[space - 1];
        bool assigns = before == '=' && text[space - 2] == ' ';
        return before == ',' || ("+-*/%&|^<>=?:".Contains(before, StringComparison.Ordinal) && space > 1 && !assigns);
    }
}
