using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.KmodGen.Rows;

/// <summary>Lines of C whose second part stands in one column, whatever the length of the first.</summary>
internal static class CText
{
    private const int Tab = 8;
    private const int Column = 32;

    /// <summary>A text, and another in the column behind it.</summary>
    /// <param name="text">The first.</param>
    /// <param name="behind">The second.</param>
    /// <returns>Both.</returns>
    public static string Aligned(string text, string behind)
    {
        int width = text.StartsWith('\t') ? text.Length + Tab - 1 : text.Length;
        return text + new string('\t', width < Column ? (Column - width + Tab - 1) / Tab : 1) + behind;
    }

    /// <summary>A line with a comment in the column behind it, if there is one.</summary>
    /// <param name="text">The line.</param>
    /// <param name="remark">The comment; empty for none.</param>
    /// <returns>The line.</returns>
    public static string Remarked(string text, string remark) => remark.Length == 0 ? text : Aligned(text, $"/* {remark} */");

    /// <summary>The size of an array that holds any of some words: C drops the NUL of one that fits without it, and says nothing.</summary>
    /// <param name="words">The words.</param>
    /// <returns>The length of the longest, and its NUL.</returns>
    public static int Size(IEnumerable<string> words) => words.Select(w => w.Length).DefaultIfEmpty().Max() + 1;

    /// <summary>A number with a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The number.</param>
    /// <param name="remark">A comment behind it; empty for none.</param>
    /// <returns>The line.</returns>
    public static string Define(string name, uint value, string remark = "") =>
        Aligned("#define " + name, value.ToString(CultureInfo.InvariantCulture) + "u") + (remark.Length == 0 ? "" : $"\t/* {remark} */");
}
