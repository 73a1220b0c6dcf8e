using System;
using System.Linq;
using Kml.Inference;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>Every engine gives the bits of the managed reference.</summary>
[Collection("networks")]
public sealed class NetworkTests(NetworkBed bed, ITestOutputHelper output)
{
    private const int WeightsPerShape = 4;
    private const int RowsPerWeights = 25;

    [Fact]
    public void Float_engines_agree_with_the_managed_one()
    {
        output.WriteLine($"Seed {NetworkBed.Seed}. Engines: {string.Join(", ", Engine.Here)}. "
            + $"Absent on this processor: {(Engine.Absent.Length == 0 ? "none" : Engine.Absent)}.");
        Draw draw = new(NetworkBed.Seed + 1000000);
        int compared = 0, nan = 0;
        for (int i = 0; i < bed.Programs.Length; i++)
        {
            ModelProgram program = bed.Programs[i];
            for (int set = 0; set < WeightsPerShape; set++)
            {
                byte[] weights = WeightPacker.Pack(program, draw.Weights(
                    program,
                    set == 0 ? Draw.Hostile : FsCheck.Fluent.Gen.Select(Draw.Hostile, w => float.IsFinite(w) && MathF.Abs(w) < 4f ? w : 0.5f)));
                FloatEngine reference = new(program, weights);
                for (int row = 0; row < RowsPerWeights; row++)
                {
                    uint[] features = draw.Features(program.Shape);
                    uint[] expected = [0, .. new uint[program.Head.Confidences.Count]];
                    expected[0] = reference.Predict(features, expected.AsSpan(1));
                    nan += expected.Contains(0x7fc00000u) ? 1 : 0;
                    string given = string.Join(' ', features.Select(f => f.ToString("x8", null)));
                    foreach (Engine engine in Engine.Here)
                    {
                        bed.RunFloat(engine, i, weights, features)
                            .ShouldBe(expected, $"{engine}, {Describe(program)}, weights {set}, row {row}, features {given}");
                        compared++;
                    }
                }
            }
        }

        output.WriteLine($"{compared} results compared, {nan} of the references NaN.");
        compared.ShouldBe(bed.Programs.Length * WeightsPerShape * RowsPerWeights * Engine.Here.Count());
    }

    /// <summary>Engines agree on zeros, too: what the packer forgot would be equal everywhere.</summary>
    [Fact]
    public void The_packer_fills_every_array()
    {
        Draw draw = new(NetworkBed.Seed + 3000000);
        foreach (ModelProgram program in bed.Programs)
        {
            byte[][] packed = [.. Enumerable.Range(0, 8).Select(_ => WeightPacker.Pack(program, draw.Weights(program, Draw.Hostile)))];
            program.Arrays.Where(a => packed.All(p => p.AsSpan(a.Offset, a.Bytes).IndexOfAnyExcept((byte)0) < 0))
                .Select(a => a.Name)
                .ShouldBeEmpty(Describe(program));
        }
    }

    [Fact]
    public void Every_stage_there_is_runs_here_with_and_without_a_twin()
    {
        Type[] stages = [.. typeof(Stage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Stage)))];
        stages.Length.ShouldBeGreaterThan(2);
        foreach (bool twin in new[] { false, true })
        {
            bed.Programs.Where(p => p.Shape.IntegerTwin == twin).SelectMany(p => p.Stages).Select(s => s.GetType()).Distinct()
                .ShouldBe(stages, ignoreOrder: true);
        }
    }

    [Fact]
    public void The_integer_twin_agrees_with_the_managed_one()
    {
        Draw draw = new(NetworkBed.Seed + 2000000);
        int compared = 0;
        System.Collections.Generic.HashSet<uint> seen = [];
        for (int i = 0; i < bed.Programs.Length; i++)
        {
            ModelProgram program = bed.Programs[i];
            for (int set = 0; set < WeightsPerShape && program.Shape.IntegerTwin; set++)
            {
                byte[] weights = WeightPacker.Pack(program, draw.Weights(program, Draw.Hostile));
                IntegerEngine reference = new(program, weights);
                for (int row = 0; row < RowsPerWeights; row++)
                {
                    uint[] features = draw.Features(program.Shape);
                    uint expected = reference.Predict(features);
                    seen.Add(expected);
                    bed.RunInteger(i, weights, features).ShouldBe(expected, $"{Describe(program)}, weights {set}, row {row}");
                    compared++;
                }
            }
        }

        output.WriteLine($"{compared} results compared, {seen.Count} different.");
        compared.ShouldBeGreaterThan(500);
        seen.Count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void The_managed_engines_allocate_nothing()
    {
        int i = Array.FindIndex(bed.Programs, p => p.Shape.IntegerTwin);
        Draw draw = new(1);
        byte[] weights = WeightPacker.Pack(bed.Programs[i], draw.Weights(bed.Programs[i], Draw.Hostile));
        uint[] features = draw.Features(bed.Programs[i].Shape);
        FloatEngine floats = new(bed.Programs[i], weights);
        ModelProgram classes = bed.Programs.First(p => p.Head.Confidences.Count == 2);
        FloatEngine sure = new(classes, WeightPacker.Pack(classes, draw.Weights(classes, Draw.Hostile)));
        uint[] rows = draw.Features(classes.Shape), confidences = new uint[2];
        IntegerEngine integers = new(bed.Programs[i], weights);
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            for (int n = 0; n < 100; n++)
            {
                floats.Predict(features);
                sure.Predict(rows, confidences);
                integers.Predict(features);
            }
        });
    }

    private static string Describe(ModelProgram program) =>
        $"{program.Shape.Features} {program.Shape.FeatureType} "
        + $"-> {string.Join(", ", program.DenseLayers.Select(l => $"{l.Outputs} {l.Activation}"))} -> {program.Shape.OutputType}";
}
