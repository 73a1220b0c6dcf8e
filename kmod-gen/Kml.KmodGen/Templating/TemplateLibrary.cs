using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Kml.KmodGen;

/// <summary>The files of <c>templates/</c>, carried in this assembly so that the package needs nothing beside it.</summary>
internal static class TemplateLibrary
{
    private const string Prefix = "templates/";
    private static readonly Assembly Home = typeof(TemplateLibrary).Assembly;

    /// <summary>The names of all files, in a fixed order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        Home.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..])
            .Order(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Reads a file.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>Its text, with line feeds only.</returns>
    public static string Read(string name)
    {
        using Stream stream = Home.GetManifestResourceStream(Prefix + name)
            ?? throw new ArgumentException($"There is no template '{name}'.", nameof(name));
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
