using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference;
using Kml.KmodGen.Compute;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>Every activation that there is means the same to every engine, and one that there is not is refused rather than left out.</summary>
[Collection("networks")]
public sealed class ActivationTests(NetworkBed bed)
{
    private const LayerActivation None = (LayerActivation)99;

    public static TheoryData<LayerActivation> All => [.. Enum.GetValues<LayerActivation>()];

    /// <summary>Network tests hold the emitted C to the managed engines: here is what those are held to.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_managed_engines_compute_it(LayerActivation activation)
    {
        ModelProgram program = One(activation);

        // A feature in thousandths, the label in thousandths: Q3.12 in, and out by the map of a last layer without an activation, or of one with.
        bool curve = DenseStage.FractionBits(activation) is not null;
        int before = 1 << (DenseStage.FractionBits(activation) ?? 12);
        double after = activation == LayerActivation.Identity ? 1000 : before;
        IntegerWeights integer = new(
            [Map(4096.0 / 1000)],
            [new([4096], [0], [Map(after / (4096.0 * 4096))])],
            program.Head.Integer is null ? null : Map(1000.0 / (curve ? 32768 : before)));
        ProgramWeights weights = new([0f], [0.001f], [new([1f], [0f])], 1000f, 0f, integer);
        byte[] bytes = WeightPacker.Pack(program, weights);
        FloatEngine floats = new(program, bytes);
        IntegerEngine integers = new(program, bytes);
        for (int x = -7500; x <= 7500; x += 250)
        {
            double expected = 1000 * Value(activation, x / 1000.0);
            ((double)(int)floats.Predict([(uint)x])).ShouldBe(expected, 1.1, $"{activation}({x})");
            ((double)(int)integers.Predict([(uint)x])).ShouldBe(expected, 1.6, $"{activation}({x}) in integers");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_are_compared_in_hidden_and_in_last_layers(bool twin)
    {
        IEnumerable<EquatableArray<LayerSpec>> networks = bed.Programs.Where(p => p.Shape.IntegerTwin == twin).Select(p => p.Shape.Layers);
        networks.SelectMany(n => n.SkipLast(1)).Select(l => l.Activation).Distinct().ShouldBe(Enum.GetValues<LayerActivation>(), ignoreOrder: true);
        networks.Select(n => n[n.Count - 1].Activation).Distinct().ShouldBe(Enum.GetValues<LayerActivation>(), ignoreOrder: true);
    }

    [Fact]
    public void One_that_there_is_not_is_refused_by_the_lowering() => Should.Throw<ArgumentException>(() => One(None)).Message.ShouldContain("99");

    [Fact]
    public void One_that_an_engine_does_not_know_is_refused_by_it()
    {
        ModelProgram known = One(LayerActivation.Relu);
        IEnumerable<Stage> stages = known.Stages.Select(s => s is DenseStage dense ? dense with { Activation = None } : s);
        ModelProgram program = new(known.Shape, new(stages), known.Arrays, known.Size);
        byte[] weights = new byte[program.Size];
        Should.Throw<NotSupportedException>(() => new FloatEngine(program, weights).Predict([1]));
        Should.Throw<NotSupportedException>(() => new IntegerEngine(program, weights).Predict([1]));
        Should.Throw<NotSupportedException>(() => ComputeFiles.Render("none", program, "", []));
    }

    private static ModelProgram One(LayerActivation activation) =>
        ModelProgram.For(new ProgramShape(1, ScalarType.I32, EquatableArray.Of(new LayerSpec(1, activation)), ScalarType.I32, 0, IntegerTwin: true));

    /// <summary>The map v -> v * ratio, rounded, with as many fraction bits as a factor may have.</summary>
    private static Affine Map(double ratio)
    {
        int shift = 30 - (int)Math.Ceiling(Math.Log2(ratio));
        return new(1L << (shift - 1), (int)Math.Round(Math.ScaleB(ratio, shift)), shift);
    }

    private static double Value(LayerActivation activation, double x) => activation switch
    {
        LayerActivation.Identity => x,
        LayerActivation.Relu => Math.Max(x, 0),
        LayerActivation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        LayerActivation.Tanh => Math.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "What does it compute?"),
    };
}
