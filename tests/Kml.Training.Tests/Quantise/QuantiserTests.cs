using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Quantise;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class QuantiserTests
{
    private const int Rows = 200;

    /// <summary>A network as training leaves it, and rows like those it was trained on.</summary>
    private sealed record Case(ModelProgram Program, ProgramWeights Weights, uint[][] Rows)
    {
        public override string ToString() =>
            $"{Program.Shape.Features} {Program.Shape.FeatureType} "
            + $"-> {string.Join(", ", Program.DenseLayers.Select(l => $"{l.Outputs} {l.Activation}"))} -> {Program.Shape.OutputType}";
    }

    [Fact]
    public void A_regression_in_integers_stays_close_to_the_float_one() =>
        Prop.ForAll(Cases(classes: 0).ToArbitrary(), c =>
        {
            (FloatEngine floats, IntegerEngine integers) = Engines(c);
            double scale = c.Weights.LabelScale * (c.Program.Shape.OutputType == ScalarType.Q16 ? 65536.0 : 1.0);
            double[] errors = [.. c.Rows.Select(r => Math.Abs((double)(int)floats.Predict(r) - (int)integers.Predict(r)) / scale)];
            return errors.Average() < 0.01 && errors.Max() < 0.05;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_classification_in_integers_mostly_chooses_the_float_class() =>
        Prop.ForAll(Cases(classes: 4).ToArbitrary(), c =>
        {
            (FloatEngine floats, IntegerEngine integers) = Engines(c);
            double[][] scores = [.. c.Rows.Select(r => Values(c, r)[^1])];
            double tolerance = 0.02 * Math.Max(1, scores.Max(s => s.Max(Math.Abs)));

            // Activations may be alike where they saturate, or in 16 bits: then either may win.
            for (int row = 0; row < Rows; row++)
                (scores[row].Max() - scores[row][integers.Predict(c.Rows[row])]).ShouldBeLessThanOrEqualTo(tolerance);
            if (c.Program.Head.TakesScores)
                c.Rows.Count(r => floats.Predict(r) == integers.Predict(r)).ShouldBeGreaterThanOrEqualTo(Rows * 96 / 100);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ranges_follow_the_values_through_every_stage() =>
        Prop.ForAll(Cases(classes: 3).ToArbitrary(), c =>
        {
            Case far = Far(c);
            double[] ranges = ActivationRanges.Measure(far.Program, far.Weights, far.Rows);
            double[][][] values = [.. far.Rows.Select(r => Values(far, r))];
            ranges.Length.ShouldBe(far.Program.Stages.Count - 1, "a range for each stage before the head");
            for (int at = 0; at < ranges.Length; at++)
            {
                double greatest = values.Max(v => v[at].Max(Math.Abs));
                ranges[at].ShouldBe(greatest, 1e-9 * greatest, $"{far}, stage {at}");
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>A range that stayed behind by a factor of 50 would saturate, or leave no bits: the headroom hides a factor of two.</summary>
    [Fact]
    public void Values_far_from_those_of_the_stage_before_lose_nothing()
    {
        LayerSpec[] layers =
            [new(24, LayerActivation.Relu), new(24, LayerActivation.Identity), new(24, LayerActivation.Relu), new(4, LayerActivation.Identity)];
        for (int seed = 0; seed < 20; seed++)
        {
            Case far = Far(Make(8, ScalarType.I32, ScalarType.U32, 4, layers, new Random(seed)));
            (FloatEngine floats, IntegerEngine integers) = Engines(far);
            far.Rows.Count(r => floats.Predict(r) == integers.Predict(r)).ShouldBeGreaterThanOrEqualTo(Rows * 96 / 100, $"seed {seed}");
        }
    }

    [Fact]
    public void Eight_bit_weights_are_as_near_as_eight_bits_can_be() =>
        Prop.ForAll(Cases(classes: 3).ToArbitrary(), c =>
        {
            IntegerWeights twin = Quantiser.Quantise(c.Program, c.Weights, c.Rows, weightBits: 8);
            foreach (DenseStage layer in c.Program.DenseLayers)
            {
                IReadOnlyList<short> integers = twin.Layers[layer.Index].Weights;
                IReadOnlyList<float> weights = c.Weights.Layers[layer.Index].Weights;
                for (int o = 0; o < layer.Outputs; o++)
                {
                    int[] column = [.. Enumerable.Range(0, layer.Inputs).Select(i => (i * layer.Outputs) + o)];
                    if (column.Max(at => Math.Abs((int)integers[at])) < 127)
                    {
                        // A weight so small beside the bias that more of it would take the sum out of 32 bits.
                        long sum = column.Sum(at => 32768L * Math.Abs((int)integers[at])) + Math.Abs((long)twin.Layers[layer.Index].Bias[o]);
                        sum.ShouldBeGreaterThan(int.MaxValue / 10L * 9);
                        continue;
                    }

                    double unit = column.Max(at => Math.Abs(weights[at])) / 127.0;
                    column.ShouldAllBe(at => Math.Abs(weights[at] - (integers[at] * unit)) <= unit * 0.500001);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_stage_there_is_is_quantised_here() => StageKinds.ShouldAllBeIn(Cases(classes: 0).Sample(100).Select(c => c.Program));

    [Fact]
    public void Weights_have_8_or_16_bits()
    {
        Case c = Cases(classes: 0).Sample(1)[0];
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiser.Quantise(c.Program, c.Weights, c.Rows, weightBits: 4)).Message.ShouldContain("8 or 16");
    }

    [Fact]
    public void Sums_cannot_overflow_however_wild_the_weights_are() =>
        Prop.ForAll(
            Cases(classes: 2).ToArbitrary(),
            Gen.Elements(1e-30f, 1e-9f, 1f, 1e4f, 1e15f, 1e30f).ToArbitrary(),
            (c, factor) =>
            {
                ProgramWeights wild = c.Weights with
                {
                    Layers = [.. c.Weights.Layers.Select((l, i) => new LayerWeights(
                        [.. l.Weights.Select(w => w * factor)],
                        [.. l.Bias.Select(b => b * (i == 0 ? factor : 1f))]))],
                };
                Quantiser.Quantise(c.Program, wild, c.Rows).Validate(c.Program);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_weight_that_is_not_finite_is_refused()
    {
        Case c = Cases(classes: 0).Sample(1)[0];
        ProgramWeights broken = c.Weights with { LabelScale = float.NaN };
        Should.Throw<ArgumentException>(() => Quantiser.Quantise(c.Program, broken, c.Rows)).Message.ShouldContain("diverged");
    }

    [Fact]
    public void Calibration_needs_rows()
    {
        Case c = Cases(classes: 0).Sample(1)[0];
        Should.Throw<ArgumentException>(() => Quantiser.Quantise(c.Program, c.Weights, [])).Message.ShouldContain("calibration rows");
    }

    /// <summary>The case with weights by which each layer's values lie outside of the headroom of those before.</summary>
    private static Case Far(Case c) => c with
    {
        Weights = c.Weights with
        {
            Layers = [.. c.Weights.Layers.Select((l, i) => new LayerWeights(
                [.. l.Weights.Select(w => w * Factor(i))],
                [.. l.Bias.Select(b => b * Factor(i))]))],
        },
    };

    private static float Factor(int layer) => layer % 2 == 0 ? 50f : 0.02f;

    /// <summary>What each stage before the head gives for a row, by the formulas.</summary>
    private static double[][] Values(Case c, uint[] row)
    {
        double unit = c.Program.Shape.FeatureType == ScalarType.Q16 ? 65536.0 : 1.0;
        List<double[]> values = [[.. row.Select((raw, i) => Math.Clamp((((int)raw / unit) - c.Weights.Mean[i]) * c.Weights.InvStd[i], -8.0, 8.0))]];
        foreach ((LayerSpec layer, LayerWeights weights) in c.Program.Shape.Layers.Zip(c.Weights.Layers))
        {
            double[] x = values[^1];
            double[] sums = [.. weights.Bias.Select((bias, o) => bias + x.Select((v, i) => v * weights.Weights[(i * layer.Units) + o]).Sum())];
            values.Add([.. sums.Select(sum => layer.Activation switch
            {
                LayerActivation.Identity => sum,
                LayerActivation.Relu => Math.Max(sum, 0.0),
                LayerActivation.Sigmoid => 1.0 / (1.0 + Math.Exp(-sum)),
                LayerActivation.Tanh => Math.Tanh(sum),
                _ => throw new NotSupportedException($"What does {layer.Activation} compute?"),
            })]);
        }

        return [.. values];
    }

    private static (FloatEngine Floats, IntegerEngine Integers) Engines(Case c)
    {
        ProgramWeights weights = c.Weights with { Integer = Quantiser.Quantise(c.Program, c.Weights, c.Rows) };
        byte[] bytes = WeightPacker.Pack(c.Program, weights);
        return (new(c.Program, bytes), new(c.Program, bytes));
    }

    private static Gen<Case> Cases(int classes) =>
        from features in Gen.Choose(1, 12)
        from type in Gen.Elements(ScalarType.I32, ScalarType.Q16)
        from output in Gen.Elements(ScalarType.I32, ScalarType.Q16)
        from hidden in Gen.Choose(1, 32).Zip(Gen.Elements(Enum.GetValues<LayerActivation>())).ListOf().Where(l => l.Count < 3)
        from last in Gen.Elements(Enum.GetValues<LayerActivation>())
        from seed in Gen.Choose(0, int.MaxValue)
        let layers = hidden.Select(h => new LayerSpec(h.Item1, h.Item2)).Append(new LayerSpec(Math.Max(classes, 1), last))
        select Make(features, type, classes > 0 ? ScalarType.U32 : output, classes, layers, new Random(seed));

    private static Case Make(int features, ScalarType type, ScalarType output, int classes, IEnumerable<LayerSpec> layers, Random random)
    {
        ModelProgram program = ModelProgram.For(new ProgramShape(features, type, new(layers), output, classes, true));
        float Next(double range) => (float)(((random.NextDouble() * 2.0) - 1.0) * range);
        float unit = type == ScalarType.Q16 ? 65536f : 1f;
        float[] mean = [.. Enumerable.Range(0, features).Select(_ => Next(1000))];
        float[] deviation = [.. Enumerable.Range(0, features).Select(_ => 20f + Math.Abs(Next(300)))];
        ProgramWeights weights = new(
            mean,
            [.. deviation.Select(d => 1f / d)],
            [
                .. program.DenseLayers.Select(l => new LayerWeights(
                    [.. Enumerable.Range(0, l.MultiplyAdds).Select(_ => Next(2.0 / Math.Sqrt(l.Inputs)))],
                    [.. Enumerable.Range(0, l.Outputs).Select(_ => Next(0.5))])),
            ],
            classes > 0 ? 1f : 1000f,
            classes > 0 ? 0f : Next(2000),
            null);
        uint[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => (uint[])[.. mean.Zip(deviation, (m, d) => (uint)(int)((m + Next(2.5 * d)) * unit))])];
        return new(program, weights, rows);
    }
}
