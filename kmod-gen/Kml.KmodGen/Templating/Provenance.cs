using System;
using System.Linq;

namespace Kml.KmodGen.Templating;

/// <summary>
/// The line in which each emitted file says which file of KmlCompiler it comes from. It follows the first line, which is the licence's where there is one.
/// </summary>
internal static class Provenance
{
    /// <summary>Adds the line.</summary>
    /// <param name="path">The emitted file.</param>
    /// <param name="template">The template's name.</param>
    /// <param name="rendered">The file's text.</param>
    public static RenderedText Add(string path, string template, RenderedText rendered)
    {
        int first = rendered.Text.IndexOf('\n', StringComparison.Ordinal) + 1;
        string from = TemplateLibrary.PathOf(template);
        string line = Comment(path, $"From KmlCompiler's {from}");
        LineOrigin[] origins = [rendered.Origins[0], new(from, 1, Source: "which file of KmlCompiler this one comes from"), .. rendered.Origins.Skip(1)];
        return new(rendered.Text.Insert(first, line + "\n"), origins);
    }

    private static string Comment(string path, string text) =>
        path.EndsWith(".c", StringComparison.Ordinal) || path.EndsWith(".h", StringComparison.Ordinal) ? $"/* {text} */"
        : path.EndsWith(".md", StringComparison.Ordinal) ? $"<!-- {text} -->"
        : $"# {text}";
}
