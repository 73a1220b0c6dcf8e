using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Kml.Structure.Tests;

/// <summary>What is written by hand in the repository: not what is built, and not the approved files, which are what is emitted.</summary>
internal static class SourceTree
{
    private static readonly string[] Rooms = ["eng", "generators", "kmod-gen", "samples", "src", "templates", "tests"];
    private static readonly string[] Made = ["bin", "obj", "artifacts", "Approved", "weights"];
    private static readonly string[] Sources = [".cs", ".c", ".h", ".sbn", ".sh", ".py", ".targets", ".props", ".csproj"];

    public static readonly string Root =
        typeof(SourceTree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepoRoot").Value!;

    /// <summary>The folders, from the root with slashes.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. Rooms.SelectMany(Below)];

    /// <summary>The source files, from the root with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Folders.SelectMany(FilesIn).Where(f => Sources.Contains(Path.GetExtension(f)) || IsScript(f)).Order(StringComparer.Ordinal)];

    /// <summary>The projects.</summary>
    public static IReadOnlyList<string> Projects { get; } = [.. Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))];

    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder)).Select(f => folder + "/" + Path.GetFileName(f));

    public static IEnumerable<string> FilesBelow(string folder, string extension) =>
        Files.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>Whether a file is a program that names its interpreter: such a one has no extension, as who calls it need not know the language.</summary>
    public static bool IsScript(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Root, file));
        return Path.GetExtension(file).Length == 0 && stream.ReadByte() == '#' && stream.ReadByte() == '!';
    }

    public static bool Exists(string file) => File.Exists(Path.Combine(Root, file));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(Root, folder))
            .Select(Path.GetFileName)
            .Where(name => !Made.Contains(name))
            .SelectMany(name => Below(folder + "/" + name))
            .Prepend(folder);
}
