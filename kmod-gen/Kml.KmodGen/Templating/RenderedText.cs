using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen.Templating;

/// <summary>A rendered file, and where each of its lines comes from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Origins">An origin a line.</param>
internal sealed record RenderedText(string Text, IReadOnlyList<LineOrigin> Origins)
{
    /// <summary>A file that is emitted as it is.</summary>
    /// <param name="name">Its name in <c>templates/</c>.</param>
    public static RenderedText Plain(string name)
    {
        string text = TemplateLibrary.Read(name);
        return new(text, [.. Enumerable.Range(1, text.Count(c => c == '\n')).Select(line => new LineOrigin(TemplateLibrary.PathOf(name), line))]);
    }
}
