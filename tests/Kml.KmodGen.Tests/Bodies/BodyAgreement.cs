using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Tree;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Targets;
using Kml.Model;
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
        BodyOutcome[] expected = [.. inputs.Select(i => BodyInterpreter.Run(cases[i.Case].Method, i.Input))];

        using CCompiler compiler = new();
        foreach (EmittedFile header in Headers)
            compiler.Add(header.Path, header.Content);
        compiler.Add(ComputeFiles.Headers);
        compiler.Add("bodies.c", BodyBed.Program(cases));
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

    private static void Compare(BodyCase body, BodyInput input, BodyOutcome expected, BodyBed.COutcome actual, string where)
    {
        if (Difference(body, expected, actual) is not string difference)
            return;
        IEnumerable<string> values = input.Fields.Select(f => $"{f.Key.Parameter}.{f.Key.Field} = {f.Value:x}")
            .Concat(input.Scalars.Select(s => $"{s.Key} = {s.Value:x}"));
        string function = FunctionPrinter.Text(BodyTranslator.Translate(BodyBed.Names, body.Role, "body", body.Model, body.Method));
        Assert.Fail($"{where}: {difference}\n{function}\n{string.Join('\n', values)}");
    }

    private static string? Difference(BodyCase body, BodyOutcome expected, BodyBed.COutcome actual)
    {
        if (actual.Fault != 0 != expected.Faulted)
            return $"fault {actual.Fault}, expected {(expected.Faulted ? "one" : "none")}";
        for (int i = 0; i < BodyBed.Slots.Count; i++)
        {
            (string place, FieldSpec field) = BodyBed.Slots[i];
            if (expected.Fields.TryGetValue((BodyBed.Parameter(body.Method, place), field.Name), out ulong value) && actual.Fields[i] != value)
                return $"{place}.{field.Name} is {actual.Fields[i]:x}, expected {value:x}";
        }

        if (expected.Faulted)
            return null;
        if (actual.Returned != expected.Returned)
            return $"value {actual.Returned:x}, expected {expected.Returned:x}";
        foreach ((int index, ulong bits) in expected.Features)
        {
            if (actual.Features[index] != bits)
                return $"x[{index}] is {actual.Features[index]:x}, expected {bits:x}";
        }

        return null;
    }

    /// <summary>Draws an input for a body.</summary>
    /// <param name="random">What it is drawn from.</param>
    /// <param name="method">The body.</param>
    /// <returns>The input.</returns>
    public static BodyInput Input(RandomBodies random, Method method)
    {
        BodyInput input = new();
        foreach (Parameter p in method.Parameters)
        {
            if (p.Kind == ParameterKind.Scalar)
                input.Scalars[p.Name] = random.Bits(p.Type);
            IEnumerable<FieldSpec> fields = p.Kind switch
            {
                ParameterKind.Event => p.Event!.Value.Info().Fields,
                ParameterKind.State => RandomBodies.State,
                _ => [],
            };
            foreach (FieldSpec field in fields)
                input.Fields[(p.Name, field.Name)] = random.Bits(field.Type);
        }

        return input;
    }
}
