using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Inference;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Quantise;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class IntegerPrecisionTests
{
    private const int Rows = 64, Classes = 3;

    private static readonly Gen<Nonlinearity> Nonlinearities = Gen.Elements(Nonlinearity.Identity, Nonlinearity.Relu, Nonlinearity.Sigmoid, Nonlinearity.Tanh);

    private sealed record Case(int Features, IReadOnlyList<DenseLayer> Hidden, Nonlinearity Last, int Bits, int Seed)
    {
        internal NetworkForm Form => NetworkForm.Of(Features, [.. Hidden, new DenseLayer(Classes, Last)]);
    }

    private static readonly Gen<Case> Cases =
        from features in Gen.Choose(1, 9)
        from hidden in Gen.Choose(1, 20).Zip(Nonlinearities).ListOf().Where(l => l.Count < 3)
        from last in Nonlinearities
        from bits in Gen.Elements(8, 16)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Case(features, [.. hidden.Select(h => new DenseLayer(h.Item1, h.Item2))], last, bits, seed);

    [Fact]
    public void What_is_trained_is_what_the_integer_engine_computes() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using Run run = new(c);
            run.Forward(steps: 2);
            IntegerEngine twin = run.Twin();
            float[] scores = new float[Classes];
            for (int row = 0; row < Rows; row++)
            {
                uint chosen = twin.Predict(run.Raw[row]);
                for (int k = 0; k < Classes; k++)
                    scores[k] = run.Network.Outputs[0, k][row];

                // 16-bit activations whose ranges were seen in training, not in calibration, and sums of floats: where two scores are nearer than that, either
                // may win.
                (scores.Max() - scores[chosen]).ShouldBeLessThanOrEqualTo(2e-3f * Math.Max(1f, scores.Max(Math.Abs)));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_stage_there_is_is_trained_here() =>
        StageKinds.ShouldAllBeIn(Cases.Sample(100).Select(c => TwinProgram.Of(c.Form, Classes)));

    [Fact]
    public void The_view_holds_what_the_quantiser_writes() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using Run run = new(c);
            run.Forward(steps: 1);
            float[] view = run.Precision.View(run.Parameters).ToArray();
            IntegerWeights written = Quantiser.Quantise(run.Program, run.Weights(run.Parameters), run.Raw, c.Bits);
            foreach (DenseStage layer in run.Program.DenseLayers)
            {
                int offset = c.Form.ParameterOffset(layer.Index);
                for (int o = 0; o < layer.Outputs; o++)
                {
                    int[] column = [.. Enumerable.Range(0, layer.Inputs).Select(i => (i * layer.Outputs) + o)];
                    int most = column.MaxBy(at => Math.Abs((int)written.Layers[layer.Index].Weights[at]));
                    double unit = view[offset + most] / written.Layers[layer.Index].Weights[most];

                    // 16 bits: the scale may also follow from the bias, whose scale follows from the range that was seen.
                    double tolerance = c.Bits == 8 ? 1e-4 : 1.01;
                    column.ShouldAllBe(at => Math.Abs((view[offset + at] / unit) - written.Layers[layer.Index].Weights[at]) <= tolerance);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_gradient_passes_roundings_straight_and_stops_where_they_saturate()
    {
        foreach (bool relu in (bool[])[false, true])
        {
            ActivationRange range = new();
            range.See(1f);
            range.Advance();
            RoundedPass<double> pass = new(new(1, 1), 16, range, relu);
            double[] x = [-3, -2.0001, -1.9999, -0.6, -1e-7, 0, 1e-7, 0.3, 1.9999, 2.0001, 9, 0, 0, 0, 0, 0], y = new double[16], dx = new double[16];
            pass.Forward([], x, y, training: false);
            pass.Backward([], x, y, [.. Enumerable.Range(1, 16).Select(i => (double)i)], dx, []);
            for (int i = 0; i < 16; i++)
            {
                double unit = 2.0 / short.MaxValue, held = relu ? Math.Max(x[i], 0) : x[i];
                y[i].ShouldBe(Math.Clamp(Math.Floor((held / unit) + 0.5), short.MinValue, short.MaxValue) * unit, 1e-12);
                dx[i].ShouldBe(Math.Abs(x[i]) < 2.0001 && (!relu || x[i] > 0) ? i + 1 : 0, $"input {x[i]}");
            }
        }
    }

    [Fact]
    public void The_gradient_of_a_table_is_the_functions_slope()
    {
        foreach (Nonlinearity nonlinearity in (Nonlinearity[])[Nonlinearity.Sigmoid, Nonlinearity.Tanh])
        {
            TablePass<double> pass = new(new(1, 1), 16, nonlinearity);
            double limit = nonlinearity == Nonlinearity.Sigmoid ? 16 : 8;
            double[] x = [-20, -limit - 0.1, -3, -1, -0.5, -0.1, 0, 0.01, 0.1, 0.5, 1, 2, 3, 4, limit + 0.1, 20], y = new double[16], dx = new double[16];
            pass.Forward([], x, y, training: true);
            pass.Backward([], x, y, [.. Enumerable.Repeat(1.0, 16)], dx, []);
            for (int i = 0; i < 16; i++)
            {
                double value = nonlinearity == Nonlinearity.Sigmoid ? 1 / (1 + Math.Exp(-x[i])) : Math.Tanh(x[i]);
                double slope = nonlinearity == Nonlinearity.Sigmoid ? value * (1 - value) : 1 - (value * value);
                y[i].ShouldBe(value, 1e-3);
                dx[i].ShouldBe(Math.Abs(x[i]) > limit ? 0 : slope, 2e-3);
            }
        }
    }

    [Fact]
    public void The_gradient_of_the_view_is_that_of_the_parameters()
    {
        // With ranges so wide that no activation saturates, the only difference to a plain network at the view's weights is rounding to 16 bits.
        Case c = new(5, [new(9, Nonlinearity.Tanh), new(7, Nonlinearity.Identity)], Nonlinearity.Identity, 8, 3);
        using Run run = new(c);
        float[] straight = run.Forward(steps: 3);
        using Network<float> plain = new(c.Form, new CrossEntropyLoss(), Rows);
        run.Load(plain);
        float[] view = run.Precision.View(run.Parameters).ToArray(), expected = new float[view.Length];
        plain.Forward(view, 1f / Rows, training: true);
        plain.Backward(view, expected);
        for (int i = 0; i < view.Length; i++)
            straight[i].ShouldBe(expected[i], 1e-3, $"parameter {i}");
        view.ShouldNotBe(run.Parameters);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using Run run = new(new Case(5, [new(9, Nonlinearity.Tanh), new(7, Nonlinearity.Relu)], Nonlinearity.Identity, 8, 3));
        float[] gradient = run.Forward(steps: 2);
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                ReadOnlySpan<float> view = run.Precision.View(run.Parameters);
                run.Network.Forward(view, 1f / Rows, training: true);
                run.Network.Backward(view, gradient);
                run.Precision.Stepped(run.Parameters, 0);
            }
        });
    }

    [Fact]
    public void Ranges_rise_at_once_and_fall_slowly_whatever_the_order_of_shards()
    {
        ActivationRange range = new();
        range.Scale.ShouldBe(0);
        range.See(2f);
        range.See(5f);
        range.See(1f);
        range.Memory[0].ShouldBe(0);
        range.Advance();
        range.Memory[0].ShouldBe(5);
        range.See(1f);
        range.Advance();
        range.Memory[0].ShouldBe(4.96f, 1e-6);
        range.Advance();
        range.Memory[0].ShouldBe(4.96f, 1e-6);
    }

    [Fact]
    public void A_layer_that_the_twin_has_not_is_refused()
    {
        Should.Throw<TrainingException>(() => IntegerPrecision.Of(NetworkForm.Of(2, new DenseLayer(3, Nonlinearity.LeakyRelu), new DenseLayer(1)), 8))
            .Message.ShouldContain("Layer 0");
        Should.Throw<TrainingException>(() => IntegerPrecision.Of(NetworkForm.Of(2, new DenseLayer(3), new LayerNormLayer(), new DenseLayer(1)), 8))
            .Message.ShouldContain("Layer 1");
        Should.Throw<TrainingException>(() => IntegerPrecision.Of(new NetworkForm(new(3, 2), new([new DenseLayer(1)])), 8)).Message.ShouldContain("3 steps");
    }

    [Fact]
    public void A_network_wider_than_any_engine_is_refused_before_it_trains()
    {
        float[] labels = [.. Enumerable.Range(0, 32).Select(row => (float)(row % 2))];
        Samples Of(int width) =>
            new(
                [.. Enumerable.Range(0, width).Select(f => $"f{f}")],
                [.. Enumerable.Range(0, width * labels.Length).Select(at => (float)(at * 7 % 11))],
                labels,
                2);
        NetworkLearner Learner(int units, TrainingPrecision precision) =>
            new() { Hidden = [units], Options = new() { Console = null, Precision = precision, MaxEpochs = 1 } };
        Should.Throw<TrainingException>(() => Learner(2048, TrainingPrecision.Int16).Fit(Of(3))).Message.ShouldContain("Layer 0 has 2048 units");
        Should.Throw<TrainingException>(() => Learner(4, TrainingPrecision.Int8).Fit(Of(1025))).Message.ShouldContain("takes 1025 features");
        NetworkPredictor floats = (NetworkPredictor)Learner(2048, TrainingPrecision.Float32).Fit(Of(3));
        Should.Throw<TrainingException>(() => floats.ToIntegers(Of(3))).Message.ShouldContain("at most 1024");
    }

    /// <summary>A network in both worlds, on the same raw integer features.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Case _case;
        private readonly float[] _mean;
        private readonly float[] _inverse;
        private readonly float[] _labels;

        internal Run(Case c)
        {
            _case = c;
            Random random = new(c.Seed);
            Precision = IntegerPrecision.Of(c.Form, c.Bits);
            Network = new Network<float>(Precision.Form, new CrossEntropyLoss(), Rows);
            Parameters = new float[Network.ParameterLength];
            Network.Initialise(Parameters, new Randomness((ulong)c.Seed));
            Program = TwinProgram.Of(c.Form, Classes);
            _mean = [.. Enumerable.Range(0, c.Features).Select(_ => (float)random.Next(-1000, 1000))];
            _inverse = [.. Enumerable.Range(0, c.Features).Select(_ => 1f / random.Next(100, 5000))];
            Raw =
            [
                .. Enumerable.Range(0, Rows).Select(_ => (uint[])
                    [.. Enumerable.Range(0, c.Features).Select(f => (uint)(int)(_mean[f] + ((random.NextSingle() - 0.5f) * 5 / _inverse[f])))]),
            ];
            _labels = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(Classes))];
            Load(Network);
        }

        internal IntegerPrecision Precision { get; }

        internal Network<float> Network { get; }

        internal ModelProgram Program { get; }

        internal float[] Parameters { get; }

        internal uint[][] Raw { get; }

        public void Dispose() => Network.Dispose();

        internal void Load(Network<float> network)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int f = 0; f < _case.Features; f++)
                    network.Input[0, f][row] = ((int)Raw[row][f] - _mean[f]) * _inverse[f];
                network.Targets[row] = _labels[row];
                network.Weights[row] = 1;
            }
        }

        /// <summary>Steps that change nothing but the ranges; gives the last gradient.</summary>
        internal float[] Forward(int steps)
        {
            float[] gradient = new float[Parameters.Length];
            for (int step = 0; step < steps; step++)
            {
                ReadOnlySpan<float> view = Precision.View(Parameters);
                Network.Forward(view, 1f / Rows, training: true);
                Network.Backward(view, gradient);
                Precision.Stepped(Parameters, 0);
            }

            Network.Predict(Precision.View(Parameters));
            return gradient;
        }

        internal ProgramWeights Weights(float[] parameters) => new(_mean, _inverse, ModelNetwork.Layers(_case.Form, parameters), 1, 0, null);

        internal IntegerEngine Twin()
        {
            ProgramWeights weights = Weights(Parameters);
            return new IntegerEngine(Program, WeightPacker.Pack(Program, weights with { Integer = Quantiser.Quantise(Program, weights, Raw, _case.Bits) }));
        }
    }
}
