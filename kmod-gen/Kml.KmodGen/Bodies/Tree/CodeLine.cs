using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>What a part of a line is.</summary>
internal enum PartKind
{
    /// <summary>Text that stays together.</summary>
    Text,

    /// <summary>A parenthesis below whose content a broken line goes on.</summary>
    Open,

    /// <summary>Its end.</summary>
    Close,

    /// <summary>A space at which the line may be broken.</summary>
    Break,
}

/// <summary>A part of a line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Behind">Of a break: how tightly what stands before it binds; null behind a comma or semicolon, which is looser than all.</param>
internal readonly record struct LinePart(PartKind Kind, string Text, Binding? Behind = null);

/// <summary>A declaration, statement or head of one before it is laid out in lines.</summary>
internal sealed class CodeLine
{
    private readonly List<LinePart> _parts = [];

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<LinePart> Parts => _parts;

    /// <summary>Adds text.</summary>
    /// <param name="text">The text.</param>
    public CodeLine Add(string text) => Add(PartKind.Text, text);

    /// <summary>Adds an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="least">How tightly what stands here must bind; else it gets parentheses.</param>
    public CodeLine Add(CExpression expression, Binding least = Binding.Conditional)
    {
        ExpressionPrinter.Print(expression, least, this);
        return this;
    }

    /// <summary>Adds an opening parenthesis.</summary>
    public CodeLine Open() => Add(PartKind.Open, "(");

    /// <summary>Adds a closing parenthesis.</summary>
    public CodeLine Close() => Add(PartKind.Close, ")");

    /// <summary>Adds a space at which the line may be broken.</summary>
    /// <param name="behind">How tightly the operator before it binds; null behind a comma or semicolon.</param>
    public CodeLine Break(Binding? behind = null) => Add(PartKind.Break, " ", behind);

    /// <summary>The text of some parts.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one behind the last.</param>
    public string Text(int from, int to) => string.Concat(_parts.Skip(from).Take(to - from).Select(p => p.Text));

    private CodeLine Add(PartKind kind, string text, Binding? behind = null)
    {
        _parts.Add(new(kind, text, behind));
        return this;
    }
}
