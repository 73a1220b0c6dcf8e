using System;
using System.Linq;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Kml.Training.Quantise;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class StepPrecisionTests
{
    private const int Batch = 2048;

    private static readonly Layer[] Layers = [new DenseLayer(24, Nonlinearity.Relu), new DenseLayer(16, Nonlinearity.Tanh), new DenseLayer(3)];

    private static readonly NetworkForm Plain = NetworkForm.Of(6, Layers), Dropping = NetworkForm.Of(6, [Layers[0], new DropoutLayer(0.2), .. Layers[1..]]);

    [Theory]
    [InlineData(TrainingPrecision.Float32)]
    [InlineData(TrainingPrecision.BFloat16)]
    [InlineData(TrainingPrecision.Int16)]
    [InlineData(TrainingPrecision.Int8)]
    public void Any_number_of_threads_trains_to_the_same_bits(TrainingPrecision precision)
    {
        float[] one = Train(Dropping, precision, threads: 1);
        one.ShouldAllBe(p => float.IsFinite(p));
        Train(Dropping, precision, threads: 2).ShouldBe(one);
        Train(Dropping, precision, threads: 3).ShouldBe(one);
    }

    [Fact]
    public void Parameters_are_bfloat16_after_every_step() =>
        Train(Plain, TrainingPrecision.BFloat16, threads: 1).ShouldAllBe(p => (BitConverter.SingleToUInt32Bits(p) & 0xffff) == 0);

    [Theory]
    [InlineData(TrainingPrecision.BFloat16)]
    [InlineData(TrainingPrecision.Int16)]
    [InlineData(TrainingPrecision.Int8)]
    public void Low_precision_learns_as_float32_does(TrainingPrecision precision) =>
        Loss(Train(Plain, precision, threads: 1)).ShouldBe(Loss(Train(Plain, TrainingPrecision.Float32, threads: 1)), 0.02);

    [Fact]
    public void A_precision_that_is_none_is_refused() =>
        Should.Throw<TrainingException>(() => StepPrecision.Of((TrainingPrecision)9, Plain)).Message.ShouldContain("9");

    /// <summary>Some epochs; gives the view that the result would keep.</summary>
    private static float[] Train(NetworkForm form, TrainingPrecision precision, int threads)
    {
        StepPrecision steps = StepPrecision.Of(precision, form);
        using ShardedPass<float> pass = new(steps.Form, new CrossEntropyLoss(), Batch, threads);
        pass.Shards.Count.ShouldBeGreaterThan(1);
        PackedRows<float> rows = Rows();
        int[] order = [.. Enumerable.Range(0, Batch)];
        float[] parameters = new float[pass.ParameterLength], gradient = new float[pass.ParameterLength];
        pass.Shards[0].Initialise(parameters, new Randomness(1));
        OptimiserState<float> adam = new Adam().Start<float>(parameters.Length);
        CounterRandomness random = new(1);
        for (ulong step = 0; step < 60; step++)
        {
            pass.Gradient(steps.View(parameters), rows, order, random.Draw(2 * step), gradient);
            adam.Step(parameters, gradient, 0.02);
            steps.Stepped(parameters, random.Draw((2 * step) + 1));
        }

        return steps.View(parameters).ToArray();
    }

    /// <summary>Of the plain network: the view of integers holds what they stand for.</summary>
    private static double Loss(float[] parameters)
    {
        using ShardedPass<float> pass = new(Plain, new CrossEntropyLoss(), Batch, 1);
        BatchLoss loss = pass.Loss(parameters, Rows(), [.. Enumerable.Range(0, Batch)]);
        return loss.Sum / loss.Weight;
    }

    private static PackedRows<float> Rows()
    {
        Random random = new(7);
        PackedRows<float> rows = new(Batch, 6);
        for (int row = 0; row < Batch; row++)
        {
            Span<float> x = rows.Input(row);
            foreach (ref float value in x)
                value = (random.NextSingle() * 4) - 2;
            rows.Target(row)[0] = (x[0] * x[1]) + x[2] > 0.7f ? 2 : x[3] - x[4] > 0 ? 1 : 0;
            rows.Weight(row)[0] = 1;
        }

        return rows;
    }
}
