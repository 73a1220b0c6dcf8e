using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Random bodies do the same as C as they do under C#'s own operators: values, features, state, levers and faults.</summary>
public class DifferentialTests
{
    private const int BodiesAProgram = 80;
    private const int InputsABody = 24;

    private static readonly string[][] Flavours =
    [
        // As kbuild compiles float objects.
        ["-O2", "-fno-strict-overflow", "-fno-strict-aliasing"],
        ["-O0"],
        // Nothing that is emitted may lean on undefined behaviour.
        ["-O1", "-fsanitize=undefined", "-fno-sanitize-recover=all"],
    ];

    [Fact]
    public void Random_bodies_agree_with_the_interpreter() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Agree)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3));

    // A clamp whose bounds cross has faulted, and divides as 0 until the fault is tested.
    [Theory]
    [InlineData(696795119)]
    [InlineData(549534241)]
    public void Programs_that_once_differed_agree(int seed) => Agree(seed);

    private static void Agree(int seed)
    {
        RandomBodies random = new(seed);
        BodyCase[] cases = [.. Enumerable.Range(0, BodiesAProgram).Select(i => Case(random, i))];
        (int Case, BodyInput Input)[] inputs = [.. Enumerable.Range(0, cases.Length).SelectMany(c => Enumerable.Range(0, InputsABody).Select(_ => (c, Input(random, cases[c].Method))))];
        BodyOutcome[] expected = [.. inputs.Select(i => IrInterpreter.Run(cases[i.Case].Method, i.Input))];

        using CCompiler compiler = new();
        foreach (string header in TemplateLibrary.Names.Where(n => n.EndsWith(".h", StringComparison.Ordinal)))
            compiler.Add(header, TemplateLibrary.Read(header));
        compiler.Add("bodies.c", BodyBed.Program(cases));
        compiler.Add("input", BodyBed.Input(inputs, cases));
        foreach (string[] flavour in Flavours)
        {
            // A random body tests what is always true, and its variables are what they are: no warnings here.
            compiler.Run("gcc", ["-std=gnu11", "-w", "-ffp-contract=off", .. flavour, "-o", "bodies", "bodies.c"]);
            compiler.Run("sh", "-c", "./bodies <input >output");
            BodyBed.COutcome[] actual = [.. BodyBed.Output(File.ReadAllBytes(Path.Combine(compiler.Folder, "output")))];
            actual.Length.ShouldBe(expected.Length);
            for (int i = 0; i < actual.Length; i++)
                Compare(cases[inputs[i].Case], inputs[i].Input, expected[i], actual[i], $"seed {seed}, {string.Join(' ', flavour)}");
        }
    }

    private static void Compare(BodyCase body, BodyInput input, BodyOutcome expected, BodyBed.COutcome actual, string where)
    {
        if (Difference(body, expected, actual) is not string difference)
            return;
        IEnumerable<string> values = input.Fields.Select(f => $"{f.Key.Parameter}.{f.Key.Field} = {f.Value:x}").Concat(input.Scalars.Select(s => $"{s.Key} = {s.Value:x}"));
        Assert.Fail($"{where}: {difference}\n{BodyWriter.Write(BodyBed.Names, body.Role, "body", body.Model, body.Method)}\n{string.Join('\n', values)}");
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

    private static BodyCase Case(RandomBodies random, int index)
    {
        ScalarType feature = new[] { ScalarType.F32, ScalarType.I32, ScalarType.Q16 }[index % 3];
        ScalarType label = new[] { ScalarType.F32, ScalarType.I32, ScalarType.Q16, ScalarType.U32 }[index % 4];
        BodyRole role = (BodyRole)(index % 5);
        Method method = role switch
        {
            BodyRole.Update => random.Update(),
            BodyRole.Features => random.Features(feature, BodyBed.MaxFeatures),
            BodyRole.Label => random.Label(label),
            BodyRole.Verdict => random.Verdict(label),
            _ => random.Policy(label),
        };
        ModelSpec model = SampleModels.Minimal() with
        {
            Features = new(BodyBed.MaxFeatures, feature, method),
            Label = new(label, label == ScalarType.U32 ? 3 : 0, EventKind.BioQueue, EventKind.BlockComplete, method),
        };
        return new(role, method, model);
    }

    private static BodyInput Input(RandomBodies random, Method method)
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
