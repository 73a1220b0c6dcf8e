using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using FsCheck;
using FsCheck.Fluent;
using Kml.Generators.Tests.Harness;
using Kml.Inference.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>
/// Random bodies mean the same in C# and in translation: .NET runs the one, an interpreter of the naive kind the other, and values,
/// features, state, levers and faults are compared.
/// </summary>
public class TranslationTests
{
    private const int ModelsAFile = 10;
    private const int InputsAModel = 40;

    [Fact]
    public void Random_bodies_mean_the_same_in_CSharp_and_in_translation() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Agree)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5));

    private static void Agree(int seed)
    {
        string source = RandomModels.Source(seed, ModelsAFile);
        GeneratorRun run = GeneratorRun.Of(source);
        using MemoryStream stream = new();
        run.Output.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty(source);
        IEnumerable<string> refusals = AnalyzerRun.Run(source).Result
            .Select(d => $"{d}\n{source.Split('\n')[d.Location.GetLineSpan().StartLinePosition.Line]}");
        run.Models.Count.ShouldBe(ModelsAFile, $"seed {seed}: {string.Join('\n', refusals)}");
        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);

        RandomBodies bits = new(seed);
        foreach (ModelSpec model in run.Models)
        {
            ModelRunner runner = ModelRunner.Of(assembly, "Tests." + model.Name.ToUpperInvariant());
            for (int i = 0; i < InputsAModel; i++)
                Compare(runner, model, bits, $"seed {seed}, model {model.Name}, input {i}\n{source}");
        }
    }

    private static void Compare(ModelRunner runner, ModelSpec model, RandomBodies bits, string where)
    {
        StructLayout from = model.From.Info().Layout;
        StructLayout to = model.To.Info().Layout;
        StructLayout stateLayout = StructLayout.Of(model.State!.Fields);
        byte[] first = Fill(from, bits);
        byte[] second = Fill(to, bits);
        byte[] state = Fill(stateLayout, bits);
        uint value = (uint)bits.Bits(model.Label.Type);

        uint[] features = new uint[model.Features.Count];
        bool done = runner.Features(first, state, features);
        BodyOutcome expected = Run(model.Features.Method, from, first, to, second, stateLayout, state, value);
        done.ShouldBe(!expected.Faulted, $"features: {where}");
        if (done)
            features.ShouldBe(Enumerable.Range(0, features.Length).Select(i => Canonical(model.Features.Type, expected.Features[i])), $"features: {where}");

        done = runner.Label(first, second, out uint label);
        expected = Run(model.Label.Method, from, first, to, second, stateLayout, state, value);
        done.ShouldBe(!expected.Faulted, $"label: {where}");
        if (done)
            label.ShouldBe(Canonical(model.Label.Type, expected.Returned), $"label: {where}");

        done = runner.Verdict(first, value, out bool verdict);
        expected = Run(model.Verdict!, from, first, to, second, stateLayout, state, value);
        done.ShouldBe(!expected.Faulted, $"verdict: {where}");
        if (done)
            verdict.ShouldBe(expected.Returned != 0, $"verdict: {where}");

        done = runner.Policy(first, value, out bool wouldAct);
        expected = Run(model.Policy!, from, first, to, second, stateLayout, state, value);
        done.ShouldBe(!expected.Faulted, $"policy: {where}");
        if (done)
        {
            IEnumerable<PlacedField> asked = from.Fields.Where(f => model.From.Info().Levers.Any(l => l.Field == f.Field.Name));
            wouldAct.ShouldBe(asked.Any(f => expected.Fields[("e", f.Field.Name)] != Read(first, f.Offset, f.Field.Type)), $"policy: {where}");
        }

        byte[] updated = [.. state];
        done = runner.Update(model.From.Info().Word, first, updated);
        expected = Run(model.Updates[0], from, first, to, second, stateLayout, state, value);
        done.ShouldBe(!expected.Faulted, $"update: {where}");
        foreach (PlacedField field in stateLayout.Fields)
        {
            // What was written before a fault stays, in both.
            Read(updated, field.Offset, field.Field.Type).ShouldBe(expected.Fields[("s", field.Field.Name)], $"update, {field.Field.Name}: {where}");
        }
    }

    private static BodyOutcome Run(
        Method method,
        StructLayout from,
        byte[] first,
        StructLayout to,
        byte[] second,
        StructLayout stateLayout,
        byte[] state,
        uint value)
    {
        BodyInput input = new();
        bool isSecond = false;
        foreach (Parameter parameter in method.Parameters)
        {
            switch (parameter.Kind)
            {
                case ParameterKind.Event:
                    Read(input, parameter, isSecond ? to : from, isSecond ? second : first);
                    isSecond = true;
                    break;
                case ParameterKind.State:
                    Read(input, parameter, stateLayout, state);
                    break;
                case ParameterKind.Scalar:
                    input.Scalars[parameter.Name] = parameter.Type is ScalarType.I32 or ScalarType.Q16 ? unchecked((ulong)(int)value) : value;
                    break;
            }
        }

        return BodyInterpreter.Run(method, input);
    }

    private static void Read(BodyInput input, Parameter parameter, StructLayout layout, byte[] bytes)
    {
        foreach (PlacedField field in layout.Fields)
            input.Fields[(parameter.Name, field.Field.Name)] = Read(bytes, field.Offset, field.Field.Type);
    }

    private static byte[] Fill(StructLayout layout, RandomBodies bits)
    {
        byte[] bytes = new byte[layout.Size];
        Span<byte> value = stackalloc byte[8];
        foreach (PlacedField field in layout.Fields)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value, bits.Bits(field.Field.Type));
            value[..field.Field.Type.Size()].CopyTo(bytes.AsSpan(field.Offset));
        }

        return bytes;
    }

    private static ulong Read(byte[] bytes, int offset, ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.U8 => bytes[offset],
        ScalarType.I8 => unchecked((ulong)(sbyte)bytes[offset]),
        ScalarType.I16 => unchecked((ulong)BitConverter.ToInt16(bytes, offset)),
        ScalarType.U16 => BitConverter.ToUInt16(bytes, offset),
        ScalarType.I32 or ScalarType.Q16 => unchecked((ulong)BitConverter.ToInt32(bytes, offset)),
        ScalarType.U32 or ScalarType.F32 => BitConverter.ToUInt32(bytes, offset),
        _ => BitConverter.ToUInt64(bytes, offset),
    };

    private static uint Canonical(ScalarType type, ulong bits) =>
        type == ScalarType.F32 ? KmlMath.CanonicalBits(BitConverter.UInt32BitsToSingle((uint)bits)) : (uint)bits;
}
