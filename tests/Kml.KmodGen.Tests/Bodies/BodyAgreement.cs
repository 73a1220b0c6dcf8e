using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Compiles bodies, runs them, and compares what they do with what the interpreter does.</summary>
internal static class BodyAgreement
{
    /// <summary>Fails at the first input on which the C of a body and the interpreter differ.</summary>
    /// <param name="cases">The bodies.</param>
    /// <param name="inputs">Which body runs on what.</param>
    /// <param name="flavours">The flags to compile with, one list after the other.</param>
    /// <param name="where">Where they come from, for the message.</param>
    public static void Check(IReadOnlyList<BodyCase> cases, IReadOnlyList<(int Case, BodyInput Input)> inputs, string[][] flavours, string where)
    {
        BodyOutcome[] expected = [.. inputs.Select(i => BodyInterpreter.Run(cases[i.Case].Model, cases[i.Case].Method, i.Input))];

        using CCompiler compiler = BodyProgram.Folder(BodyBed.Program(cases));
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
        if (BodyProgram.Difference(body, expected, actual) is not string difference)
            return;
        IEnumerable<string> values =
            from slot in BodyBed.Slots
            where BodyBed.Bits(body.Method, input.Memory, slot) is not null
            select $"{slot.Place}.{slot.Scalar.Path} = {BodyBed.Bits(body.Method, input.Memory, slot):x}";
        values = values.Concat(input.Scalars.Select(s => $"{s.Key} = {s.Value:x}"));
        Assert.Fail($"{where}: {difference}\n{string.Join("\n\n", BodyBed.Parts(body, "body"))}\n{string.Join('\n', values)}");
    }
}
