using System;
using System.Text;

namespace Kml.Generators.Emission;

/// <summary>Writes indented lines of C#.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes lines at the current depth; an empty one stays empty.</summary>
    public SourceWriter Lines(params string[] lines)
    {
        foreach (string line in lines)
            _text.Append(line.Length == 0 ? string.Empty : new string(' ', 4 * _depth)).Append(line).Append('\n');
        return this;
    }

    /// <summary>Writes lines between braces, one level deeper.</summary>
    public SourceWriter Braced(Action body)
    {
        Lines("{");
        _depth++;
        body();
        _depth--;
        return Lines("}");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
