using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Kml.Generators.Tests.Harness;

/// <summary>The hundred models of Habits/: a project as a user has it, and what is tried on such.</summary>
internal static class HabitFiles
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Kml.Generators.Tests", "Habits");

    /// <summary>Extension blocks are C# 14, which the compiler that generators are built against calls a preview.</summary>
    public static readonly CSharpParseOptions ParseOptions = TestCompilation.ParseOptions.WithLanguageVersion(LanguageVersion.Preview);

    /// <summary>The files, below their folder, in the order of their numbers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.cs.txt", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f))
            .OrderBy(Number)
            .ThenBy(f => f, StringComparer.Ordinal),
    ];

    /// <summary>The number of a file, of which its class has the name: H001.</summary>
    public static int Number(string file) => int.Parse(Path.GetFileName(file)[..3], CultureInfo.InvariantCulture);

    /// <summary>The full name of a file's class.</summary>
    public static string Class(string file) => "Habits.H" + Path.GetFileName(file)[..3];

    /// <summary>The source.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>A compilation of sources with their paths.</summary>
    public static CSharpCompilation Compilation(params (string Path, string Text)[] sources) => CSharpCompilation.Create(
        "Habits",
        sources.Select(s => TestCompilation.Parse(s.Text, s.Path, ParseOptions)),
        TestCompilation.References,
        TestCompilation.Options.WithAllowUnsafe(true));
}
