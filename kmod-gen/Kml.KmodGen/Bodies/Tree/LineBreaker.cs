using System.Collections.Generic;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>Lays a line of C out with tabs of 8, and breaks one that passes column 100.</summary>
internal static class LineBreaker
{
    private const int Tab = 8;
    private const int Limit = 100;

    /// <summary>Breaks a line after an operator or comma as far out of its parentheses as it can.</summary>
    /// <param name="line">The line.</param>
    /// <param name="depth">Tabs before it.</param>
    /// <param name="less">Tabs by which it stands further out than it was laid out for.</param>
    /// <returns>The lines; the first without its indentation, for something may stand before it.</returns>
    public static List<string> Break(CodeLine line, int depth, int less)
    {
        List<string> lines = [];
        string indent = "";
        int column = depth * Tab, first = 0, end = line.Parts.Count;
        while (column + Width(line, first) > Limit && BreakPoint(line, first, Limit - column) is (int at, int hang))
        {
            lines.Add(indent + line.Text(first, at));
            first = at + 1;

            // Below what its parenthesis opened, or two tabs further in where there is none.
            column = hang < 0 ? (depth + 2) * Tab : column + hang;
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
    /// The last place before the limit where the line can be broken, among those inside the fewest parentheses; and how far in the next line begins.
    /// </summary>
    private static (int At, int Hang)? BreakPoint(CodeLine line, int first, int limit)
    {
        Stack<int> open = new();
        (int At, int Hang, int Depth)? best = null;
        for (int i = first, width = 0; i < line.Parts.Count && width < limit; width += line.Parts[i].Text.Length, i++)
        {
            switch (line.Parts[i].Kind)
            {
                case PartKind.Open:
                    open.Push(width + 1);
                    break;
                case PartKind.Close when open.Count > 0:
                    open.Pop();
                    break;
                case PartKind.Break when best is null || open.Count <= best.Value.Depth:
                    best = (i, open.Count > 0 ? open.Peek() : -1, open.Count);
                    break;
            }
        }

        return best is { } found ? (found.At, found.Hang) : null;
    }
}
