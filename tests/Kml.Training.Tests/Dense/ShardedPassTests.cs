using System;
using System.Linq;
using Kml.TestSupport;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Dense;

public sealed class ShardedPassTests
{
    private static readonly NetworkForm Form =
        NetworkForm.Of(31, new DenseLayer(130, Nonlinearity.Relu), new DropoutLayer(0.2), new DenseLayer(60, Nonlinearity.Tanh), new DenseLayer(3));

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        float[] one = Train(1, 250);
        for (int threads = 2; threads <= 4; threads++)
            Train(threads, 250).ShouldBe(one);
    }

    [Fact]
    public void Shards_give_the_gradient_of_the_whole_batch()
    {
        NetworkForm form = NetworkForm.Of(31, new DenseLayer(130, Nonlinearity.Relu), new DenseLayer(60, Nonlinearity.Tanh), new DenseLayer(3));
        PackedRows<double> rows = Rows<double>(form, 300, 3);
        using ShardedPass<double> pass = new(form, new CrossEntropyLoss(), 250, 3);
        pass.Shards.Count.ShouldBeGreaterThan(2);
        using Network<double> whole = new(form, new CrossEntropyLoss(), 256);
        double[] parameters = new double[pass.ParameterLength], gradient = new double[parameters.Length], expected = new double[parameters.Length];
        whole.Initialise(parameters, new Randomness(4));

        // A full batch, and the remainders that the last one of an epoch may have.
        foreach (int count in new[] { 250, 249, 33, 32, 1 })
        {
            int[] order = [.. Enumerable.Range(0, count).Select(i => (i * 7) % 300)];
            rows.Load(order, whole);
            double sum = whole.Forward(parameters, 1 / rows.TotalWeight(order), training: true);
            whole.Backward(parameters, expected);

            BatchLoss loss = pass.Gradient(parameters, rows, order, 0, gradient);

            loss.Weight.ShouldBe(rows.TotalWeight(order));
            loss.Sum.ShouldBe(sum, 1e-9);
            pass.Loss(parameters, rows, order).Sum.ShouldBe(sum, 1e-9);
            for (int i = 0; i < gradient.Length; i++)
                gradient[i].ShouldBe(expected[i], 1e-12);
        }
    }

    [Fact]
    public void A_step_allocates_nothing_on_any_thread()
    {
        PackedRows<float> rows = Rows<float>(Form, 600, 3);
        CountingLoss loss = new(new CrossEntropyLoss());
        using ShardedPass<float> pass = new(Form, loss, 250, 3);
        float[] parameters = new float[pass.ParameterLength], gradient = new float[parameters.Length];
        pass.Shards[0].Initialise(parameters, new Randomness(4));
        OptimiserState<float> adam = new Adam().Start<float>(parameters.Length);
        int[] order = [.. Enumerable.Range(0, 250)];

        // Who does a shard is a race. A round ends when every thread has come twice: all that it did in between is counted.
        const int Threads = 3;
        ulong key = 0;
        Round();
        new AllocationRounds(loss.Allocated).Run(Round);

        void Round()
        {
            loss.Forget();
            while (loss.ThreadsThatCameTwice < Threads)
            {
                pass.Gradient(parameters, rows, order, key++, gradient);
                adam.Step(parameters, gradient, 0.001);
            }
        }
    }

    [Fact]
    public void What_fails_on_a_thread_fails_in_the_caller()
    {
        PackedRows<float> rows = Rows<float>(Form, 100, 3);
        using ShardedPass<float> pass = new(Form, new CrossEntropyLoss(), 250, 2);
        float[] parameters = new float[pass.ParameterLength], gradient = new float[parameters.Length];
        int[] order = [.. Enumerable.Range(0, 100)];
        order[99] = 100;
        for (int i = 0; i < 100; i++)
            Should.Throw<Exception>(() => pass.Gradient(parameters, rows, order, 0, gradient));
        order[99] = 0;
        pass.Gradient(parameters, rows, order, 0, gradient).Weight.ShouldBeGreaterThan(0);
    }

    /// <summary>A network of so many parameters would take gigabytes.</summary>
    [Theory]
    [InlineData(16, 1024)]
    [InlineData(65_535 * 1024, 1024)]
    [InlineData((65_535 * 1024) + 16, 1040)]
    [InlineData(0x7fffffc0, 32_784)]
    public void Gradients_are_added_in_no_more_ranges_than_threads_can_claim(int parameters, int range)
    {
        ShardedPass<float>.RangeOf(parameters).ShouldBe(range);
        ShardedPass<float>.Pieces(parameters, range).ShouldBeLessThanOrEqualTo(WorkerThreads.MostPieces);
    }

    private static float[] Train(int threads, int batch)
    {
        PackedRows<float> rows = Rows<float>(Form, 600, 3);
        using ShardedPass<float> pass = new(Form, new CrossEntropyLoss(), batch, threads);
        float[] parameters = new float[pass.ParameterLength], gradient = new float[parameters.Length];
        pass.Shards[0].Initialise(parameters, new Randomness(4));
        OptimiserState<float> adam = new Adam().Start<float>(parameters.Length);
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Randomness random = new(8);
        for (ulong step = 0; step < 60;)
        {
            random.Shuffle(order);
            for (int at = 0; at < order.Length; at += batch)
            {
                pass.Gradient(parameters, rows, order.AsSpan(at, Math.Min(batch, order.Length - at)), step++, gradient);
                adam.Step(parameters, gradient, 0.01);
            }
        }

        pass.Loss(parameters, rows, order).Sum.ShouldBeLessThan(600 * Math.Log(3) / 2);
        return parameters;
    }

    private static PackedRows<T> Rows<T>(NetworkForm form, int count, int classes)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        PackedRows<T> rows = new(count, form.Input.Units);
        Random random = new(5);
        for (int row = 0; row < count; row++)
        {
            double sum = 0;
            foreach (ref T value in rows.Input(row))
            {
                value = T.CreateChecked(random.NextSingle() - 0.5f);
                sum += double.CreateChecked(value);
            }

            rows.Target(row)[0] = T.CreateChecked(Math.Clamp(Math.Floor(sum + (classes / 2.0)), 0, classes - 1));
            rows.Weight(row)[0] = T.CreateChecked(row % 10 == 0 ? 0 : 1 + random.NextSingle());
        }

        return rows;
    }
}
