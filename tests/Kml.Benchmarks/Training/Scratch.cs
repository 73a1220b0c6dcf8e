using System;
using System.IO;

namespace Kml.Benchmarks.Training;

/// <summary>Where rows lie for the other side while a benchmark runs.</summary>
internal static class Scratch
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("kml-bench-").FullName);

    /// <summary>Makes a folder.</summary>
    /// <returns>Its path.</returns>
    internal static string Subfolder() => Directory.CreateDirectory(Path.Combine(Folder.Value, Path.GetRandomFileName())).FullName;

    /// <summary>Deletes all of them.</summary>
    internal static void Delete()
    {
        if (Folder.IsValueCreated)
            Directory.Delete(Folder.Value, recursive: true);
    }
}
