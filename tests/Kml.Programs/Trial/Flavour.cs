using System.Collections.Generic;
using System.Runtime.Intrinsics.X86;
using Kml.TestSupport;

namespace Kml.Programs.Trial;

/// <summary>A compiler with its flags.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Compiler">The compiler.</param>
/// <param name="Flags">Its flags, beside those that fix the arithmetic.</param>
internal sealed record Flavour(string Name, string Compiler, IReadOnlyList<string> Flags)
{
    private static readonly string[] AsInTheKernel = ["-fno-strict-overflow", "-fno-strict-aliasing"];

    /// <summary>The flavours that every program is tried with: those of which the host has the instructions.</summary>
    public static IReadOnlyList<Flavour> All { get; } =
    [
        new("gcc -Os", "gcc", ["-Os", .. AsInTheKernel]),

        // A trap at undefined behaviour, on which nothing that is emitted may lean.
        new("gcc -O2 -fsanitize", "gcc", ["-O2", "-fsanitize=undefined", "-fsanitize=float-cast-overflow", "-fsanitize-undefined-trap-on-error"]),
        .. Avx2.IsSupported && Fma.IsSupported && Bmi2.IsSupported && Lzcnt.IsSupported
            ? new Flavour[] { new("gcc -O2 -march=x86-64-v3", "gcc", ["-O2", "-march=x86-64-v3", .. AsInTheKernel]) }
            : [],
        new("clang -O2", "clang", ["-O2", .. AsInTheKernel]),
    ];

    /// <summary>The compiler's first line about itself.</summary>
    public string Version()
    {
        using CCompiler compiler = new();
        return compiler.Run(Compiler, "--version").Split('\n')[0];
    }
}
