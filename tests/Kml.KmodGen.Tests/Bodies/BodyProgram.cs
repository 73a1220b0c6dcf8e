using System;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Targets;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>How the program of some bodies is compiled, and what it must do.</summary>
internal static class BodyProgram
{
    /// <summary>As kbuild compiles float objects.</summary>
    public static readonly string[] AsInTheKernel = ["-O2", "-fno-strict-overflow", "-fno-strict-aliasing"];

    /// <summary>Ends a program at undefined behaviour.</summary>
    public static readonly string[] Trapping = ["-O1", "-fsanitize=undefined", "-fsanitize=float-cast-overflow", "-fno-sanitize-recover=all"];

    /// <summary>That, without optimisation, and with a trap at undefined behaviour, on which nothing that is emitted may lean.</summary>
    public static readonly string[][] AllFlavours = [AsInTheKernel, ["-O0"], Trapping];

    /// <summary>Warnings of how C is written. What is always true of a random body, or never, is so by chance.</summary>
    public static readonly string[] OfForm =
    [
        .. CCompiler.Strict, "-Wno-type-limits", "-Wno-tautological-compare", "-Wno-bool-compare", "-Wno-sign-compare", "-Wno-unused-const-variable",
        "-Wno-div-by-zero",
    ];

    // Those that all modules have.
    private static readonly EmittedFile[] Headers =
    [
        .. Renderer.Render(KernelModule.Instance, SampleModels.Minimal(), null, "1.2.3")
            .Where(f => f.Path.StartsWith("kml_", StringComparison.Ordinal) && f.Path.EndsWith(".h", StringComparison.Ordinal)),
    ];

    /// <summary>Puts a program of bodies, with what it includes, into a folder.</summary>
    /// <param name="program">The program, as of <see cref="BodyBed"/>.</param>
    /// <returns>The folder, with <c>bodies.c</c>.</returns>
    public static CCompiler Folder(string program)
    {
        CCompiler compiler = new();
        foreach (EmittedFile header in Headers)
            compiler.Add(header.Path, header.Content);
        compiler.Add(ComputeFiles.Headers);
        compiler.Add("bodies.c", program);
        return compiler;
    }

    /// <summary>What tells what C did from what the interpreter did.</summary>
    /// <param name="body">The body.</param>
    /// <param name="expected">What the interpreter did.</param>
    /// <param name="actual">What C did.</param>
    /// <returns>The first difference; null if there is none.</returns>
    public static string? Difference(BodyCase body, BodyOutcome expected, BodyBed.COutcome actual)
    {
        if (actual.Fault != 0 != expected.Faulted)
            return $"fault {actual.Fault}, expected {(expected.Faulted ? "one" : "none")}";
        for (int i = 0; i < BodyBed.Slots.Count; i++)
        {
            BodySlot slot = BodyBed.Slots[i];
            if (BodyBed.Bits(body.Method, expected.Memory, slot) is { } value && actual.Fields[i] != value)
                return $"{slot.Place}.{slot.Scalar.Path} is {actual.Fields[i]:x}, expected {value:x}";
        }

        if (expected.Faulted)
            return null;
        if (actual.Returned != expected.Returned)
            return $"value {actual.Returned:x}, expected {expected.Returned:x}";
        for (int i = 0; i < expected.Features.Count; i++)
        {
            if (actual.Features[i] != expected.Features[i])
                return $"x[{i}] is {actual.Features[i]:x}, expected {expected.Features[i]:x}";
        }

        return null;
    }
}
