using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Kml.KmodGen.Templating;

/// <summary>
/// Marks in a text that is being rendered: what follows comes from there. They travel with the text through includes and values, which a count of lines
/// written so far would not, and are taken out at the end.
/// </summary>
internal static class OriginMarks
{
    // No template and no value has a control character other than tabs and line feeds.
    private const char Begin = '\u0001';
    private const char BeginSource = '\u0002';
    private const char End = '\u0003';

    /// <summary>Marks a value as the user's.</summary>
    /// <param name="source">What of the user's it says.</param>
    /// <param name="value">The value.</param>
    public static string Of(string source, string value) => $"{BeginSource}{source}{End}{value}";

    /// <summary>A mark of an origin in a list.</summary>
    /// <param name="index">Where in the list it is.</param>
    public static string Of(int index) => $"{Begin}{index.ToString(CultureInfo.InvariantCulture)}{End}";

    /// <summary>Takes the marks out. A line comes from what its first character comes from, and says what the first value in it says.</summary>
    /// <param name="marked">The text.</param>
    /// <param name="origins">The origins that its marks name.</param>
    /// <returns>The text without marks, and an origin a line.</returns>
    public static RenderedText Read(string marked, IReadOnlyList<LineOrigin> origins)
    {
        StringBuilder text = new(marked.Length);
        List<LineOrigin> lines = [];
        LineOrigin? now = null, line = null;
        for (int i = 0; i < marked.Length; i++)
        {
            char c = marked[i];
            if (c is Begin or BeginSource)
            {
                int end = marked.IndexOf(End, i);
                string content = marked[(i + 1)..end];
                now = c == Begin ? origins[int.Parse(content, CultureInfo.InvariantCulture)] : now! with { Source = content };
                i = end;
                continue;
            }

            text.Append(c);
            line ??= now;
            if (line!.Source is null && now!.Source is not null)
                line = line with { Source = now.Source };
            if (c == '\n')
            {
                lines.Add(line!);
                line = null;
            }
        }

        if (line is not null)
            lines.Add(line);
        return new(text.ToString(), lines);
    }
}
