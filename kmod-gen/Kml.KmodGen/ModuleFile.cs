using System.Text;

namespace Kml.KmodGen;

/// <summary>A file of an emitted module.</summary>
/// <param name="Path">Where it goes, relative to the module's folder, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ModuleFile(string Path, byte[] Content)
{
    /// <summary>Makes a text file: UTF-8 without a mark, lines as given.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="text">Its text.</param>
    /// <returns>The file.</returns>
    public static ModuleFile OfText(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>The content of a text file.</summary>
    /// <returns>The text.</returns>
    public string Text() => Encoding.UTF8.GetString(Content);
}
