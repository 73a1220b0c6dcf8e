using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Kml.Model.Text;

/// <summary>A node of the canonical text: a word, or a list of nodes in parentheses.</summary>
internal sealed class SExpression
{
    /// <summary>How deep nodes may nest: more than any body does, and a bound that keeps a corrupt file from exhausting the stack.</summary>
    public const int MaxDepth = 1024;

    private SExpression(string? word, SExpression[]? items)
    {
        WordOrNull = word;
        ItemsOrNull = items;
    }

    /// <summary>The word; a list has none.</summary>
    /// <exception cref="FormatException">The node is a list.</exception>
    public string Word => WordOrNull ?? throw new FormatException($"A word was expected, not {this}.");

    /// <summary>The nodes of the list; a word has none.</summary>
    /// <exception cref="FormatException">The node is a word.</exception>
    public IReadOnlyList<SExpression> Items => ItemsOrNull ?? throw new FormatException($"A list was expected, not '{WordOrNull}'.");

    /// <summary>The first word of the list.</summary>
    public string Head => Items.Count == 0 ? throw new FormatException("An empty list has no head.") : Items[0].Word;

    /// <summary>Whether the node is a word.</summary>
    public bool IsAtom => WordOrNull is not null;

    private string? WordOrNull { get; }

    private SExpression[]? ItemsOrNull { get; }

    public static SExpression Atom(string word) => new(word, null);

    public static SExpression Number(int value) => Atom(value.ToString(CultureInfo.InvariantCulture));

    public static SExpression List(string head, params SExpression[] rest) => new(null, [Atom(head), .. rest]);

    public static SExpression List(string head, IEnumerable<SExpression> rest) => List(head, rest.ToArray());

    public static SExpression Parse(string text)
    {
        int position = 0;
        SExpression result = ParseNode(text, ref position, depth: 0);
        SkipSpace(text, ref position);
        return position == text.Length
            ? result
            : throw new FormatException($"Unexpected text at character {position}.");
    }

    /// <summary>The node at an index, checked.</summary>
    public SExpression At(int index) =>
        index < Items.Count ? Items[index] : throw new FormatException($"{this} is too short.");

    /// <summary>The word as a whole number.</summary>
    public int Int32() =>
        int.TryParse(Word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"'{Word}' is no whole number of 32 bits.");

    /// <summary>The word as a whole number above zero.</summary>
    public int Positive() => Int32() is > 0 and int value ? value : throw new FormatException($"'{Word}' is not above zero.");

    /// <summary>The word as a whole number of 64 bits.</summary>
    public ulong UInt64() =>
        ulong.TryParse(Word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new FormatException($"'{Word}' is no whole number of 64 bits.");

    /// <summary>The word as the exact name of an enum's member.</summary>
    public T Enum<T>()
        where T : struct, Enum =>
        System.Enum.TryParse(Word, out T value) && System.Enum.IsDefined(typeof(T), value) && value.ToString() == Word
            ? value
            : throw new FormatException($"'{Word}' is no {typeof(T).Name}.");

    public override string ToString()
    {
        StringBuilder text = new();
        Write(text);
        return text.ToString();
    }

    private static SExpression ParseNode(string text, ref int position, int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException($"The text nests more than {MaxDepth} deep.");
        SkipSpace(text, ref position);
        if (position == text.Length)
            throw new FormatException("The text ends too early.");
        if (text[position] != '(')
            return Atom(ParseWord(text, ref position));

        position++;
        List<SExpression> items = [];
        while (true)
        {
            SkipSpace(text, ref position);
            if (position == text.Length)
                throw new FormatException("A parenthesis is not closed.");
            if (text[position] == ')')
            {
                position++;
                return new SExpression(null, items.ToArray());
            }

            items.Add(ParseNode(text, ref position, depth + 1));
        }
    }

    private static string ParseWord(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]) && text[position] is not ('(' or ')'))
            position++;
        return position > start
            ? text.Substring(start, position - start)
            : throw new FormatException($"Unexpected '{text[position]}' at character {position}.");
    }

    private static void SkipSpace(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
    }

    private void Write(StringBuilder text)
    {
        if (ItemsOrNull is null)
        {
            text.Append(WordOrNull);
            return;
        }

        text.Append('(');
        for (int i = 0; i < ItemsOrNull.Length; i++)
        {
            if (i > 0)
                text.Append(' ');
            ItemsOrNull[i].Write(text);
        }

        text.Append(')');
    }
}
