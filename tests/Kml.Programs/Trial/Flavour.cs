using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.TestSupport;

namespace Kml.Programs.Trial;

/// <summary>A compiler with its flags.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Compiler">The compiler.</param>
/// <param name="Flags">Its flags, beside those that fix the arithmetic.</param>
internal sealed record Flavour(string Name, string Compiler, IReadOnlyList<string> Flags)
{
    private static readonly string[] AsInTheKernel = ["-fno-strict-overflow", "-fno-strict-aliasing"];

    /// <summary>The flavours that every program is tried with.</summary>
    public static IReadOnlyList<Flavour> All { get; } =
    [
        new("gcc -Os", "gcc", ["-Os", .. AsInTheKernel]),

        // A trap at undefined behaviour, on which nothing that is emitted may lean.
        new("gcc -O2 -fsanitize", "gcc", ["-O2", "-fsanitize=undefined", "-fsanitize=float-cast-overflow", "-fsanitize-undefined-trap-on-error"]),
        new("gcc -O2 -march=x86-64-v3", "gcc", ["-O2", "-march=x86-64-v3", .. AsInTheKernel]),
        new("clang -O2", Clang(), ["-O2", .. AsInTheKernel]),
    ];

    /// <summary>The compiler's first line about itself.</summary>
    public string Version()
    {
        using CCompiler compiler = new();
        return compiler.Run(Compiler, "--version").Split('\n')[0];
    }

    // Debian has clang under its number alone where no default was chosen.
    private static string Clang() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "clang*")).Select(f => Path.GetFileName(f))
            .Where(n => n == "clang" || (n.StartsWith("clang-", StringComparison.Ordinal) && int.TryParse(n["clang-".Length..], out _)))
            .OrderBy(n => n.Length).ThenByDescending(n => n, StringComparer.Ordinal)
            .FirstOrDefault() ?? "clang";
}
