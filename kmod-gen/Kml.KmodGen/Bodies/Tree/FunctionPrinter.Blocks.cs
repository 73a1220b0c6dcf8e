using System.Collections.Generic;

namespace Kml.KmodGen.Bodies.Tree;

/// <content>Loops and switches.</content>
internal static partial class FunctionPrinter
{
    private static IEnumerable<string> Print(CFor s, int depth, int less)
    {
        CodeLine head;
        if (s.First is null && s.Steps.Count == 0 && s.Test is not null)
        {
            head = new CodeLine().Add("while ").Open().Add(s.Test).Close();
        }
        else
        {
            head = new CodeLine().Add("for ").Open();
            if (s.First is not null)
                Add(s.First, head);
            head.Add(";");
            if (s.Test is not null)
                head.Break().Add(s.Test);
            head.Add(";");
            for (int i = 0; i < s.Steps.Count; i++)
                Add(s.Steps[i], (i == 0 ? head : head.Add(",")).Break());
            head.Close();
        }

        return Embraced(LineBreaker.Break(head, depth, less), s.Body, depth, less);
    }

    private static IEnumerable<string> Print(CDo s, int depth, int less)
    {
        CodeLine end = new CodeLine().Add(" while ").Open().Add(s.Test).Close().Add(";");
        string tabs = Tabs(depth, less);
        return
        [
            tabs + "do {",
            .. Lines(s.Body, depth + 1, less),
            tabs + "}" + string.Join("\n", LineBreaker.Break(end, depth, less)),
        ];
    }

    private static IEnumerable<string> Print(CSwitch s, int depth, int less)
    {
        string tabs = Tabs(depth, less);
        List<string> lines = LineBreaker.Break(new CodeLine().Add("switch ").Open().Add(s.Value).Close().Add(" {"), depth, less);
        lines[0] = tabs + lines[0];
        foreach (CSection section in s.Sections)
        {
            foreach (CExpression label in section.Labels)
                lines.Add($"{tabs}case {ExpressionPrinter.Text(label)}:");
            if (section.IsDefault)
                lines.Add(tabs + "default:");

            // C has no declaration behind a label; a block of its own may begin with one.
            bool declares = section.Body.Declarations.Count > 0;
            if (declares)
                lines[^1] += " {";
            lines.AddRange(Lines(section.Body, depth + 1, less));
            if (declares)
                lines.Add(tabs + "}");
        }

        lines.Add(tabs + "}");
        return lines;
    }

    /// <summary>A head with its body: in braces where that, or the head, takes more than a line.</summary>
    private static List<string> Embraced(List<string> head, CBlock body, int depth, int less)
    {
        string tabs = Tabs(depth, less);
        string[] lines = [.. Lines(body, depth + 1, less)];
        head[0] = tabs + head[0];
        if (body.IsEmpty)
        {
            head.Add(Tabs(depth + 1, less) + ";");
            return head;
        }

        bool braces = head.Count > 1 || !IsOneLine(body, lines);
        if (braces)
            head[^1] += " {";
        head.AddRange(lines);
        if (braces)
            head.Add(tabs + "}");
        return head;
    }
}
