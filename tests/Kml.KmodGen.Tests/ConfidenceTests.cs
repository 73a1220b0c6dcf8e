using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Inference;
using Kml.Inference.Bodies;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>What a model that asks how sure its network is has that others have not, and that its C decides as its C# does.</summary>
public class ConfidenceTests
{
    private const int Records = 400;

    // All that names a confidence.
    private static readonly string[] Concerned = ["_body_float.h", "_float.c", "_infer.c", "_label.h", "_path.h", "_weights.h"];

    private static readonly ModelSpec Model = SourceModels.Named("LongWait");
    private static readonly RecordLayout Layout = RecordLayout.Of(Model);
    private static readonly uint[] Certain = [.. ConfidenceCatalog.All.Select(c => BitConverter.SingleToUInt32Bits(c.Certain))];

    [Fact]
    public void The_emitted_text_is_the_approved_one() => ApprovedFolder.Check(
        "LongWait",
        Render("LongWait").Where(f => Concerned.Contains(f.Path.Replace("long_wait", "", StringComparison.Ordinal))).Select(f => (f.Path, f.Text())));

    [Theory]
    [InlineData("LongWait", true)]
    [InlineData("ServiceClass", false)]
    public void Their_header_comes_where_it_is_included(string source, bool isThere)
    {
        IReadOnlyList<EmittedFile> files = Render(source);

        files.Any(f => f.Path == "kml_confidence.h").ShouldBe(isThere);
        files.Any(f => f.Text().Contains("#include \"kml_confidence.h\"", StringComparison.Ordinal)).ShouldBe(isThere);
        Renderer.Render(KernelModule.Instance, SourceModels.Named(source), null, "1.2.3").ShouldNotContain(f => f.Path == "kml_confidence.h");
    }

    /// <summary>Predictions, verdicts of predictions and of labels, wishes: by the module's C, and by the interpreter and the managed engine.</summary>
    [Fact]
    public void C_decides_as_CSharp_does()
    {
        WeightsFile weights = SampleWeights.For(Model);
        ModelProgram program = ModelProgram.For(Model);
        FloatEngine engine = new(program, WeightPacker.Pack(program, ProgramTensors.Read(program.Shape, weights)));
        Random random = new(7);
        byte[][] records = [.. Enumerable.Range(0, Records).Select(_ => Draw(random))];
        (uint Prediction, int Flags)[] expected = [.. records.Select(r => Decide(engine, r))];

        RunInC(weights, records).ShouldBe(expected);

        foreach (int flag in new[] { RecordHeader.Verdict, RecordHeader.LabelVerdict, RecordHeader.WouldAct })
            expected.Count(e => (e.Flags & flag) != 0).ShouldBeInRange(Records / 20, Records - (Records / 20), $"flag {flag}");
    }

    private static IReadOnlyList<EmittedFile> Render(string source)
    {
        ModelSpec model = SourceModels.Named(source);
        return Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3");
    }

    private static byte[] Draw(Random random)
    {
        byte[] record = new byte[Layout.Size];
        ulong time = (ulong)random.NextInt64(1L << 40);
        byte[] from = BodyMemory.Of(Model.From.Info().Layout, f => f.Path switch
        {
            "TimeNs" => time,
            "Sector" => (ulong)random.NextInt64(1L << 32),
            "Operation" => (ulong)random.Next(2),
            _ => 0,
        });
        byte[] to = BodyMemory.Of(Model.To.Info().Layout, f => f.Path == "TimeNs" ? time + (ulong)random.Next(10_000_000) : 0);
        byte[] state = BodyMemory.Of(StructLayout.Of(Model.State!.Fields), _ => (ulong)random.Next(1000));
        from.CopyTo(record, Layout.FromOffset);
        to.CopyTo(record, Layout.ToOffset);
        state.CopyTo(record, Layout.StateOffset);
        return record;
    }

    private static (uint Prediction, int Flags) Decide(FloatEngine engine, byte[] record)
    {
        uint[] features = new uint[Layout.FeatureCount], confidences = new uint[2];
        byte[] from = record[Layout.FromOffset..(Layout.FromOffset + Layout.FromSize)];
        new FeatureReplay(Model).TryRun(from, record.AsSpan(Layout.StateOffset, Layout.StateSize), features).ShouldBeTrue();
        uint prediction = engine.Predict(features, confidences);
        uint label = (uint)Run(Model.Label.Method, record, 0, []).Returned;
        BodyOutcome policy = Run(Model.Policy!, record, prediction, confidences);
        int flags = (Run(Model.Verdict!, record, prediction, confidences).Returned != 0 ? RecordHeader.Verdict : 0)
            | (policy.Memory["e"].SequenceEqual(from) ? 0 : RecordHeader.WouldAct)
            | (Run(Model.Verdict!, record, label, Certain).Returned != 0 ? RecordHeader.LabelVerdict : 0);
        return (prediction, flags);
    }

    private static BodyOutcome Run(Method method, byte[] record, uint value, uint[] confidences)
    {
        BodyInput input = new();
        foreach (Parameter parameter in method.Parameters)
        {
            if (parameter.Kind == ParameterKind.Scalar)
                input.Scalars[parameter.Name] = parameter.Confidence is Confidence confidence ? confidences[(int)confidence] : value;
            else if (parameter.Event == Model.From)
                input.Memory[parameter.Name] = record[Layout.FromOffset..(Layout.FromOffset + Layout.FromSize)];
            else
                input.Memory[parameter.Name] = record[Layout.ToOffset..(Layout.ToOffset + Layout.ToSize)];
        }

        return BodyInterpreter.Run(Model, method, input);
    }

    /// <summary>Runs the pure files of the module on records: what its probes do between the two events.</summary>
    private static IEnumerable<(uint Prediction, int Flags)> RunInC(WeightsFile weights, byte[][] records)
    {
        using CCompiler compiler = new();
        compiler.AddModule(Model, weights);
        compiler.Add("main.c", """
            #include <stdio.h>
            #include <string.h>
            #include "kml_model.h"

            int main(void)
            {
            	struct kml_record record;
            	struct kml_wish wish;

            	while (fread(&record, sizeof(record), 1, stdin) == 1) {
            		memset(&wish, 0, sizeof(wish));
            		if (kml_long_wait_predict_float(&record, &wish, 0) || kml_long_wait_label_float(&record))
            			return 1;
            		if (wish.raise)
            			record.head.flags |= KML_WOULD_ACT;
            		fwrite(&record, sizeof(record), 1, stdout);
            	}
            	return 0;
            }

            """);
        compiler.Add("records", [.. records.SelectMany(r => r)]);
        string[] files = ["main.c", "long_wait_float.c", "long_wait_weights.c", .. InstructionSet.All.Select(s => $"long_wait_infer_{s.Word}.c")];
        foreach (string file in files)
        {
            IEnumerable<string> flags = InstructionSet.All.Where(s => file.EndsWith($"_{s.Word}.c", StringComparison.Ordinal)).SelectMany(s => s.Flags);
            compiler.Run("gcc", [.. CCompiler.Compute, .. flags, "-c", file]);
        }

        compiler.Run("sh", "-c", "gcc -o main *.o && ./main <records >decided");
        return
        [
            .. File.ReadAllBytes(Path.Combine(compiler.Folder, "decided")).Chunk(Layout.Size).Select(r => (
                BinaryPrimitives.ReadUInt32LittleEndian(r.AsSpan(RecordHeader.PredictionOffset)),
                (int)BinaryPrimitives.ReadUInt16LittleEndian(r.AsSpan(RecordHeader.FlagsOffset)))),
        ];
    }
}
