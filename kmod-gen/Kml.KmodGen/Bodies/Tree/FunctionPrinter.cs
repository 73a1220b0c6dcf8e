using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>Prints functions in the kernel's style.</summary>
internal static partial class FunctionPrinter
{
    private const int Tab = 8;
    private const int HeadLimit = 80;

    /// <summary>A function as text.</summary>
    /// <param name="function">The function.</param>
    /// <returns>Its lines, without a line feed at the end.</returns>
    public static string Text(CFunction function) => string.Join('\n', [
        .. function.Comment is null ? [] : new[] { $"/* {function.Comment} */" },
        Head(function),
        "{",
        .. Lines(function.Body, 1, 0),
        "}",
    ]);

    private static string Head(CFunction function)
    {
        string start = $"static inline {function.Returned} {function.Name}(";
        string[] parameters = function.Parameters.Count == 0 ? ["void"] : [.. function.Parameters.Select(p => $"{p.TypeName} {p.Declarator}")];
        string line = start + string.Join(", ", parameters) + ")";
        return line.Length <= HeadLimit ? line : start + string.Join(",\n" + LineBreaker.Indent(start.Length), parameters) + ")";
    }

    private static IEnumerable<string> Lines(CBlock block, int depth, int less)
    {
        foreach (CDeclaration declaration in block.Declarations)
        {
            foreach (string line in Indented(Declared(declaration), depth, less))
                yield return line;
        }

        if (block.Declarations.Count > 0 && block.Statements.Count > 0)
            yield return "";
        foreach (CStatement statement in block.Statements)
        {
            foreach (string line in Lines(statement, depth, less))
                yield return line;
        }
    }

    private static CodeLine Declared(CDeclaration declaration)
    {
        CodeLine line = new CodeLine().Add($"{declaration.TypeName} {declaration.Name}");
        if (declaration.Value is not null)
            line.Add(" = ").Add(declaration.Value);
        return line.Add(";");
    }

    private static IEnumerable<string> Lines(CStatement statement, int depth, int less)
    {
        switch (statement)
        {
            case CIf s:
                return Print(s, depth, less);
            case CFor s:
                return Print(s, depth, less);
            case CDo s:
                return Print(s, depth, less);
            case CSwitch s:
                return Print(s, depth, less);
            case CLabel s:
                return [s.Label + ":"];
            default:
                return Indented(Line(statement), depth, less);
        }
    }

    private static CodeLine Line(CStatement statement) => Add(statement, new CodeLine()).Add(";");

    /// <summary>Adds a statement of one line without its semicolon.</summary>
    private static CodeLine Add(CStatement statement, CodeLine line) => statement switch
    {
        CAssign s => line.Add(s.Place).Add(" = ").Add(s.Value),
        CCompound s => line.Add(s.Place).Add($" {s.Operator.Symbol}=").Break(Binding.Primary).Add(s.Value),
        CStep s => line.Add(s.Place, Binding.Primary).Add($"{s.Operator.Symbol}{s.Operator.Symbol}"),
        CDiscard s => line.Add("(void)").Add(s.Value, Binding.Prefix),
        CEvaluate s => line.Add(s.Value),
        CReturn { Value: { } value } => line.Add("return ").Add(value),
        CReturn => line.Add("return"),
        CJump s => line.Add(s.Words),
        _ => throw new InvalidOperationException($"No text for {statement.GetType().Name}."),
    };

    private static IEnumerable<string> Indented(CodeLine line, int depth, int less)
    {
        List<string> lines = LineBreaker.Break(line, depth, less);
        lines[0] = Tabs(depth, less) + lines[0];
        return lines;
    }

    /// <summary>A way of a conditional.</summary>
    /// <param name="Head">The lines of its test without indentation; none of what is done where no test holds.</param>
    /// <param name="Body">The lines of what is done.</param>
    /// <param name="IsPlain">Whether neither takes more than a line.</param>
    private sealed record Way(List<string> Head, string[] Body, bool IsPlain);

    /// <summary>
    /// Prints a conditional: braces on all of its ways as soon as one takes more than a line, and what is alone behind its <c>else</c> on the same line.
    /// </summary>
    private static List<string> Print(CIf s, int depth, int less)
    {
        List<Way> ways = [];
        void Add(List<string> head, CBlock block)
        {
            string[] body = [.. Lines(block, depth + 1, less)];
            ways.Add(new(head, body, head.Count <= 1 && IsOneLine(block, body)));
        }

        // Each test behind an else is laid out a tab further in: the else stands before it.
        for (CIf? next = s; next is not null; depth++, less++)
        {
            s = next;
            Add(LineBreaker.Break(new CodeLine().Add("if ").Open().Add(s.Test).Close(), depth, less), s.WhenTrue);
            next = s.WhenFalse.Only as CIf;
            if (next is null && !s.WhenFalse.IsEmpty)
                Add([], s.WhenFalse);
        }

        bool braces = !ways.All(w => w.IsPlain);
        string tabs = Tabs(depth, less);
        List<string> lines = [];
        foreach (Way way in ways)
        {
            string[] start = [.. lines.Count == 0 ? [] : new[] { braces ? "} else" : "else" }, .. way.Head.Take(1)];
            string[] head = [tabs + string.Join(' ', start), .. way.Head.Skip(1)];
            if (braces)
                head[^1] += " {";
            lines.AddRange([.. head, .. way.Body]);
        }

        if (braces)
            lines.Add(tabs + "}");
        return lines;
    }

    private static bool IsOneLine(CBlock block, string[] lines) => block.Only is not null && lines.Length == 1;

    private static string Tabs(int depth, int less) => LineBreaker.Indent((depth - less) * Tab);
}
