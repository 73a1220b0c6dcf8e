using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Kml.Training.Tensors;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class DropoutLayerTests
{
    [Fact]
    public void It_drops_the_share_and_scales_the_rest()
    {
        foreach (double rate in (double[])[0, 0.1, 0.5, 0.9])
        {
            using LayerBed<float> bed = new(new DropoutLayer(rate), new(2, 50), 256, 1);
            Array.Fill(bed.X, 1f);
            bed.Pass.Begin(7, 0);
            bed.Forward();
            float kept = (float)(1 / (1 - rate));
            bed.Y.ShouldAllBe(y => y == 0 || y == kept);

            // 25,600 draws: five deviations of the share.
            (bed.Y.Count(y => y == 0) / (double)bed.Y.Length).ShouldBe(rate, (5 * Math.Sqrt(rate * (1 - rate) / bed.Y.Length)) + 1e-9);
        }
    }

    [Fact]
    public void Shards_draw_what_the_whole_batch_draws() =>
        Prop.ForAll(
            Gen.Choose(1, 4).Zip(Gen.Choose(1, 5)).ToArbitrary(),
            Gen.Choose(1, 4).Zip(Gen.Choose(1, 4)).ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            (shape, cut, seed) =>
            {
                int first = 16 * cut.Item1, second = 16 * cut.Item2, units = shape.Item1 * shape.Item2;
                float[] whole = Mask<float>(new(shape.Item1, shape.Item2), first + second, seed, 0);
                float[] left = Mask<float>(new(shape.Item1, shape.Item2), first, seed, 0);
                float[] right = Mask<float>(new(shape.Item1, shape.Item2), second, seed, first);
                for (int u = 0; u < units; u++)
                {
                    whole[(u * (first + second))..((u + 1) * (first + second))]
                        .ShouldBe([.. left[(u * first)..((u + 1) * first)], .. right[(u * second)..((u + 1) * second)]]);
                }
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Floats_and_doubles_drop_the_same() =>
        Mask<double>(new(2, 3), 48, 5, 16).ShouldBe([.. Mask<float>(new(2, 3), 48, 5, 16).Select(v => (double)v)]);

    [Fact]
    public void Steps_and_units_and_rows_drop_independently()
    {
        float[] first = Mask<float>(new(1, 64), 256, 1, 0), second = Mask<float>(new(1, 64), 256, 2, 0);
        Agreement(first, second).ShouldBe(0.5, 0.02);
        Agreement(first[256..], first[..^256]).ShouldBe(0.5, 0.02);
        Agreement(first[1..], first[..^1]).ShouldBe(0.5, 0.02);

        static double Agreement(float[] a, float[] b) => a.Zip(b, (x, y) => x == y ? 1.0 : 0.0).Average();
    }

    [Fact]
    public void Its_gradient_is_the_slope()
    {
        using LayerBed<double> bed = new(new DropoutLayer(0.3), new(2, 3), 16, 3);
        bed.Pass.Begin(11, 32);
        bed.ShouldAgreeWithFiniteDifferences();
    }

    [Fact]
    public void An_evaluation_drops_nothing()
    {
        using LayerBed<float> bed = new(new DropoutLayer(0.5), new(1, 3), 16, 1);
        bed.Forward();
        bed.Pass.Forward([], bed.X, bed.Y, training: false);
        bed.Y.ShouldBe(bed.X);
        bed.Backward();
        bed.Dx.ShouldBe(bed.Slopes);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_none_is_refused(double rate) =>
        Should.Throw<TrainingException>(() => new DropoutLayer(rate).Output(new(1, 1))).Message.ShouldContain("below 1");

    [Fact]
    public void A_step_allocates_nothing() => Allocations.ShouldBeNoneOfSteps(new DropoutLayer(0.5), new(2, 3));

    private static T[] Mask<T>(LayerShape shape, int rows, int seed, int firstRow)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using TensorPool pool = new();
        LayerPass<T> pass = new DropoutLayer(0.5).Pass<T>(shape, rows, pool);
        T[] ones = [.. Enumerable.Repeat(T.One, shape.Steps * shape.Units * rows)], y = new T[ones.Length];
        pass.Begin((ulong)seed, firstRow);
        pass.Forward([], ones, y, training: true);
        return y;
    }
}
