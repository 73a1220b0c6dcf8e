using System.Collections.Generic;

namespace Kml.KmodGen;

/// <summary>
/// A block of C in the kernel's style: declarations first, then statements. A declaration can have its first value only while no statement stands before it.
/// </summary>
/// <param name="depth">Tabs before its lines.</param>
internal sealed class CodeBlock(int depth)
{
    private readonly List<string> _initialised = [];
    private readonly List<string> _declared = [];
    private readonly List<string> _statements = [];

    /// <summary>Tabs before its lines.</summary>
    public int Depth { get; } = depth;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _initialised.Count + _declared.Count + _statements.Count == 0;

    /// <summary>Whether it is one statement on one line, which needs no braces.</summary>
    public bool IsOneLine => _initialised.Count + _declared.Count == 0 && _statements.Count == 1 && !_statements[0].Contains('\n');

    /// <summary>Whether statements have begun, so that declarations can have no value of their own.</summary>
    public bool HasStatements => _statements.Count > 0;

    /// <summary>Declares a variable without a value.</summary>
    /// <param name="type">Its C type.</param>
    /// <param name="name">Its name.</param>
    public void Declare(string type, string name) => _declared.Add(LineBreaker.Break($"{type} {name};", Depth));

    /// <summary>Declares a variable and gives it a value.</summary>
    /// <param name="type">Its C type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Declare(string type, string name, string value)
    {
        // What is declared without a value gets it in a statement; a value here could only see the variables before it.
        if (!HasStatements)
        {
            _initialised.Add(LineBreaker.Break($"{type} {name} = {value};", Depth));
            return;
        }

        Declare(type, name);
        Add($"{name} = {value};");
    }

    /// <summary>Adds a statement of one line.</summary>
    /// <param name="statement">The statement, without indentation.</param>
    public void Add(string statement) => _statements.Add(LineBreaker.Break(statement, Depth));

    /// <summary>Adds a conditional statement.</summary>
    /// <param name="test">Its test.</param>
    /// <param name="whenTrue">Done if it holds; one deeper than this block.</param>
    /// <param name="whenFalse">Done if not; one deeper; may be empty.</param>
    public void AddIf(string test, CodeBlock whenTrue, CodeBlock whenFalse) =>
        _statements.Add(Conditional(LineBreaker.Break($"if ({test})", Depth), whenTrue, whenFalse));

    /// <summary>The lines of the block.</summary>
    /// <returns>Lines, each with its indentation.</returns>
    public IEnumerable<string> Lines()
    {
        foreach (string line in _initialised)
            yield return line;
        foreach (string line in _declared)
            yield return line;
        if (_initialised.Count + _declared.Count > 0 && _statements.Count > 0)
            yield return "";
        foreach (string line in _statements)
            yield return line;
    }

    private string Conditional(string head, CodeBlock whenTrue, CodeBlock whenFalse)
    {
        string tabs = new('\t', Depth);
        string? chained = whenFalse is { _initialised.Count: 0, _declared.Count: 0, _statements: [string only] } && only.TrimStart('\t').StartsWith("if (", System.StringComparison.Ordinal)
            ? LineBreaker.Outdent(only)
            : null;
        bool braces = !(whenTrue.IsOneLine && !head.Contains('\n') && (whenFalse.IsEmpty || (chained is null ? whenFalse.IsOneLine : !chained.Contains('{'))));
        List<string> lines = [];
        lines.Add(braces ? head + " {" : head);
        lines.AddRange(whenTrue.Lines());
        string close = braces ? tabs + "} else" : tabs + "else";
        if (chained is not null)
        {
            lines.Add($"{close} {chained.TrimStart('\t')}");
        }
        else if (whenFalse.IsEmpty)
        {
            if (braces)
                lines.Add(tabs + "}");
        }
        else
        {
            lines.Add(braces ? close + " {" : close);
            lines.AddRange(whenFalse.Lines());
            if (braces)
                lines.Add(tabs + "}");
        }

        return string.Join('\n', lines);
    }
}
