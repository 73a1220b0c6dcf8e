using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Targets;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Compiles bodies, runs them, and compares what they do with what the interpreter does.</summary>
internal static class BodyAgreement
{
    /// <summary>As kbuild compiles float objects.</summary>
    public static readonly string[] AsInTheKernel = ["-O2", "-fno-strict-overflow", "-fno-strict-aliasing"];

    /// <summary>That, without optimisation, and with a trap at undefined behaviour, on which nothing that is emitted may lean.</summary>
    public static readonly string[][] AllFlavours = [AsInTheKernel, ["-O0"], ["-O1", "-fsanitize=undefined", "-fno-sanitize-recover=all"]];

    // Those that all modules have.
    private static readonly EmittedFile[] Headers =
    [
        .. Renderer.Render(KernelModule.Instance, SampleModels.Minimal(), null, "1.2.3")
            .Where(f => f.Path.StartsWith("kml_", StringComparison.Ordinal) && f.Path.EndsWith(".h", StringComparison.Ordinal)),
    ];

    /// <summary>Fails at the first input on which the C of a body and the interpreter differ.</summary>
    /// <param name="cases">The bodies.</param>
    /// <param name="inputs">Which body runs on what.</param>
    /// <param name="flavours">The flags to compile with, one list after the other.</param>
    /// <param name="where">Where they come from, for the message.</param>
    public static void Check(IReadOnlyList<BodyCase> cases, IReadOnlyList<(int Case, BodyInput Input)> inputs, string[][] flavours, string where)
    {
        BodyOutcome[] expected = [.. inputs.Select(i => BodyInterpreter.Run(cases[i.Case].Model, cases[i.Case].Method, i.Input))];

        using CCompiler compiler = Compiler(cases);
        compiler.Add("input", BodyBed.Input(inputs, cases));
        foreach (string[] flavour in flavours)
        {
            // A random body tests what is always true, and its variables are what they are: no warnings here.
            compiler.Run("gcc", ["-std=gnu11", "-w", .. CCompiler.Float, .. flavour, "-o", "bodies", "bodies.c"]);
            compiler.Run("sh", "-c", "./bodies <input >output");
            BodyBed.COutcome[] actual = [.. BodyBed.Output(File.ReadAllBytes(Path.Combine(compiler.Folder, "output")))];
            actual.Length.ShouldBe(expected.Length);
            for (int i = 0; i < actual.Length; i++)
                Compare(cases[inputs[i].Case], inputs[i].Input, expected[i], actual[i], $"{where}, {string.Join(' ', flavour)}");
        }
    }

    /// <summary>Puts the program of some bodies, with what it includes, into a folder.</summary>
    /// <param name="cases">The bodies.</param>
    /// <returns>The folder, with <c>bodies.c</c>.</returns>
    public static CCompiler Compiler(IReadOnlyList<BodyCase> cases)
    {
        CCompiler compiler = new();
        foreach (EmittedFile header in Headers)
            compiler.Add(header.Path, header.Content);
        compiler.Add(ComputeFiles.Headers);
        compiler.Add("bodies.c", BodyBed.Program(cases));
        return compiler;
    }

    private static void Compare(BodyCase body, BodyInput input, BodyOutcome expected, BodyBed.COutcome actual, string where)
    {
        if (Difference(body, expected, actual) is not string difference)
            return;
        IEnumerable<string> values =
            from slot in BodyBed.Slots
            where BodyBed.Bits(body.Method, input.Memory, slot) is not null
            select $"{slot.Place}.{slot.Scalar.Path} = {BodyBed.Bits(body.Method, input.Memory, slot):x}";
        values = values.Concat(input.Scalars.Select(s => $"{s.Key} = {s.Value:x}"));
        Assert.Fail($"{where}: {difference}\n{string.Join("\n\n", BodyBed.Parts(body, "body"))}\n{string.Join('\n', values)}");
    }

    private static string? Difference(BodyCase body, BodyOutcome expected, BodyBed.COutcome actual)
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
