using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Kml.KmodGen.Templating;

/// <summary>
/// The files of <c>templates/</c>, carried in this assembly so that the package needs nothing beside it. Folders are for readers: a name is used once.
/// </summary>
internal static class TemplateLibrary
{
    private const string Prefix = "templates/";
    private static readonly Assembly Home = typeof(TemplateLibrary).Assembly;

    private static readonly Dictionary<string, string> Resources =
        Home.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(n => n[(n.LastIndexOf('/') + 1)..]);

    /// <summary>The names of all files, in a fixed order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Resources.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The names of the files in a folder.</summary>
    /// <param name="folder">Such as <c>compute</c>.</param>
    /// <returns>The names, in a fixed order.</returns>
    public static IEnumerable<string> In(string folder) => Names.Where(n => Resources[n] == $"{Prefix}{folder}/{n}");

    /// <summary>Where a file lies in the repository.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Such as <c>templates/module/module.c.sbn</c>.</returns>
    public static string PathOf(string name) => Resources[name];

    /// <summary>The names of all that lies below a folder.</summary>
    /// <param name="folder">Such as <c>module</c>.</param>
    /// <returns>The names, in a fixed order.</returns>
    public static IEnumerable<string> All(string folder) => Names.Where(n => Resources[n].StartsWith($"{Prefix}{folder}/", StringComparison.Ordinal));

    /// <summary>The names of the files below a folder, but for what lies in a folder <c>parts</c>: others include that.</summary>
    /// <param name="folder">Such as <c>module</c>.</param>
    /// <returns>The names, in a fixed order.</returns>
    public static IEnumerable<string> Below(string folder) => All(folder).Where(n => !Resources[n].EndsWith($"/parts/{n}", StringComparison.Ordinal));

    /// <summary>Reads a file.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>Its text, with line feeds only.</returns>
    public static string Read(string name)
    {
        using Stream stream = Home.GetManifestResourceStream(Resources.GetValueOrDefault(name) ?? "")
            ?? throw new ArgumentException($"There is no template '{name}'.", nameof(name));
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
