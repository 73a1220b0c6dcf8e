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
            $"{Program.Shape.Features} {Program.Shape.FeatureType} -> {string.Join(", ", Program.DenseLayers.Select(l => $"{l.Outputs} {l.Activation}"))} -> {Program.Shape.OutputType}";
    }

    [Fact]
    public void A_regression_in_integers_stays_close_to_the_float_one() =>
        Prop.ForAll(Cases(classes: 0).ToArbitrary(), c =>
        {
            (FloatEngine dense, IntegerEngine integer) = Engines(c);
            double scale = c.Weights.LabelScale * (c.Program.Shape.OutputType == ScalarType.Q16 ? 65536.0 : 1.0);
            double[] errors = [.. c.Rows.Select(r => Math.Abs((double)(int)dense.Predict(r) - (int)integer.Predict(r)) / scale)];
            return errors.Average() < 0.01 && errors.Max() < 0.05;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_classification_in_integers_mostly_chooses_the_float_class() =>
        Prop.ForAll(Cases(classes: 4).ToArbitrary(), c =>
        {
            (FloatEngine dense, IntegerEngine integer) = Engines(c);
            return c.Rows.Count(r => dense.Predict(r) == integer.Predict(r)) >= Rows * 96 / 100;
        }).QuickCheckThrowOnFailure();

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
                    double unit = column.Max(at => Math.Abs(weights[at])) / 127.0;
                    column.Max(at => Math.Abs((int)integers[at])).ShouldBe(127);
                    column.ShouldAllBe(at => Math.Abs(weights[at] - (integers[at] * unit)) <= unit * 0.500001);
                }
            }
        }).QuickCheckThrowOnFailure();

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
                ProgramWeights wild = c.Weights with { Layers = [.. c.Weights.Layers.Select((l, i) => new LayerWeights([.. l.Weights.Select(w => w * factor)], [.. l.Bias.Select(b => b * (i == 0 ? factor : 1f))]))] };
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

    private static (FloatEngine Dense, IntegerEngine Integer) Engines(Case c)
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
        from seed in Gen.Choose(0, int.MaxValue)
        select Make(features, type, classes > 0 ? ScalarType.U32 : output, classes, hidden.Select(h => new LayerSpec(h.Item1, h.Item2)), new Random(seed));

    private static Case Make(int features, ScalarType type, ScalarType output, int classes, IEnumerable<LayerSpec> hidden, Random random)
    {
        ModelProgram program = ModelProgram.For(new ProgramShape(features, type, new(hidden.Append(new(Math.Max(classes, 1), LayerActivation.Identity))), output, classes, true));
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
