using System.Collections.Generic;
using System.Text;
using Kml.KmodGen.Templating;

namespace Kml.KmodGen;

/// <summary>A file of what a model is emitted as.</summary>
/// <param name="Path">Where it goes, relative to the model's folder, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Origins">Where each line comes from; none of a file that is not text.</param>
public sealed record EmittedFile(string Path, byte[] Content, IReadOnlyList<LineOrigin> Origins)
{
    /// <summary>Makes a text file: UTF-8 without a mark.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="template">The name of its template.</param>
    /// <param name="rendered">Its text, to which a line is added that names the template.</param>
    /// <returns>The file.</returns>
    internal static EmittedFile Of(string path, string template, RenderedText rendered)
    {
        RenderedText text = Provenance.Add(path, template, rendered);
        return new(path, Encoding.UTF8.GetBytes(text.Text), text.Origins);
    }

    /// <summary>The content of a text file.</summary>
    /// <returns>The text.</returns>
    public string Text() => Encoding.UTF8.GetString(Content);
}
