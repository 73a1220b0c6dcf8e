using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>Lays a line of C out with tabs of 8, and breaks one that passes column 100.</summary>
internal static class LineBreaker
{
    private const int Tab = 8;
    private const int Limit = 100;

    // A line that begins further in has no room for what it is to hold.
    private const int DeepestHang = 64;

    /// <summary>Breaks a line after a comma or an operator: as far out of its parentheses as it can, and there behind what binds loosest.</summary>
    /// <param name="line">The line.</param>
    /// <param name="depth">Tabs before it.</param>
    /// <param name="less">Tabs by which it stands further out than it was laid out for.</param>
    /// <returns>The lines; the first without its indentation, for something may stand before it.</returns>
    public static List<string> Break(CodeLine line, int depth, int less)
    {
        List<string> lines = [];
        string indent = "";
        int column = depth * Tab, first = 0, end = line.Parts.Count;

        // Where the content of each open parenthesis begins, also of those that a line above has opened.
        Stack<int> open = new();
        while (column + Width(line, first) > Limit && BreakPoint(line, first, column, new(open.Reverse())) is int at)
        {
            lines.Add(indent + line.Text(first, at));
            for (int i = first; i < at; column += line.Parts[i].Text.Length, i++)
                Step(line.Parts[i], column, open);
            first = at + 1;

            // Below what the innermost parenthesis with room opened, or two tabs further in where there is none.
            column = open.Where(c => c <= DeepestHang).Append((depth + 2) * Tab).First();
            indent = Indent(column - (less * Tab));
        }

        lines.Add(indent + line.Text(first, end));
        return lines;
    }

    /// <summary>Tabs and spaces.</summary>
    /// <param name="column">The column to which they reach.</param>
    public static string Indent(int column) => new string('\t', column / Tab) + new string(' ', column % Tab);

    private static int Width(CodeLine line, int first)
    {
        int width = 0;
        for (int i = first; i < line.Parts.Count; i++)
            width += line.Parts[i].Text.Length;
        return width;
    }

    /// <summary>
    /// The place before the limit at which to break: in the fewest parentheses, behind what binds loosest, and as far on as can be; the first behind the limit
    /// where none is before it.
    /// </summary>
    private static int? BreakPoint(CodeLine line, int first, int column, Stack<int> open)
    {
        (int At, int Depth, Binding? Behind)? best = null;
        for (int i = first; i < line.Parts.Count && (column < Limit || best is null); column += line.Parts[i].Text.Length, i++)
        {
            LinePart part = line.Parts[i];
            Step(part, column, open);
            if (part.Kind == PartKind.Break && (best is not { } found || IsBetter(open.Count, part.Behind, found.Depth, found.Behind)))
                best = (i, open.Count, part.Behind);
        }

        return best?.At;
    }

    private static bool IsBetter(int depth, Binding? behind, int bestDepth, Binding? bestBehind) =>
        depth < bestDepth || (depth == bestDepth && (behind is null || behind <= bestBehind));

    private static void Step(LinePart part, int column, Stack<int> open)
    {
        if (part.Kind == PartKind.Open)
            open.Push(column + 1);
        else if (part.Kind == PartKind.Close)
            open.Pop();
    }
}
