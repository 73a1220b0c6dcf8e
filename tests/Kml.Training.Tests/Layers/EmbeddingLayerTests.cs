using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Kml.Training.Tensors;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class EmbeddingLayerTests
{
    private sealed record Case(EmbeddingLayer Layer, LayerShape Input, int Rows, int Seed);

    private static readonly Gen<Case> Cases =
        from units in Gen.Choose(1, 5)
        from feature in Gen.Choose(0, units - 1)
        from count in Gen.Choose(1, 9)
        from size in Gen.Choose(1, 6)
        from steps in Gen.Choose(1, 3)
        from rows in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Case(new(feature, count, size), new(steps, units), 16 * rows, seed);

    [Fact]
    public void The_feature_becomes_its_vector_and_the_others_pass() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = Bed<float>(c);
            bed.Forward();
            LayerShape output = c.Layer.Output(c.Input);
            for (int step = 0; step < c.Input.Steps; step++)
            {
                for (int row = 0; row < c.Rows; row++)
                {
                    float[] x = [.. Enumerable.Range(0, c.Input.Units).Select(u => bed.X[(((step * c.Input.Units) + u) * c.Rows) + row])];
                    int index = (int)x[c.Layer.Feature];
                    float[] expected = [.. x[..c.Layer.Feature], .. bed.Parameters.AsSpan(index * c.Layer.Size, c.Layer.Size), .. x[(c.Layer.Feature + 1)..]];
                    float[] y = [.. Enumerable.Range(0, output.Units).Select(u => bed.Y[(((step * output.Units) + u) * c.Rows) + row])];
                    y.ShouldBe(expected);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_gradient_is_the_slope() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using LayerBed<double> bed = Bed<double>(c);
            bed.ShouldAgreeWithFiniteDifferences(moves: i => i / c.Rows % c.Input.Units != c.Layer.Feature);
            for (int step = 0; step < c.Input.Steps; step++)
                bed.Dx.AsSpan(((step * c.Input.Units) + c.Layer.Feature) * c.Rows, c.Rows).ToArray().ShouldAllBe(d => d == 0);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(4f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.NegativeInfinity)]
    public void Nothing_beyond_the_table_is_read_or_written(float index)
    {
        using TensorPool pool = new();
        LayerPass<float> pass = new EmbeddingLayer(0, 4, 2).Pass<float>(new(1, 1), 16, pool);
        float[] guarded = [.. Enumerable.Repeat(float.NaN, 16), 1, 2, 3, 4, 5, 6, 7, 8, .. Enumerable.Repeat(float.NaN, 16)];
        float[] x = [.. Enumerable.Repeat(index, 16)], y = new float[32], gradient = new float[guarded.Length];
        pass.Forward(guarded.AsSpan(16, 8), x, y, training: true);
        pass.Backward(guarded.AsSpan(16, 8), x, y, [.. Enumerable.Repeat(1f, 32)], [], gradient.AsSpan(16, 8));
        y.ShouldAllBe(v => v >= 1);
        gradient[..16].ShouldAllBe(v => v == 0);
        gradient[24..].ShouldAllBe(v => v == 0);
        gradient.Sum().ShouldBe(32);
    }

    [Fact]
    public void A_declaration_that_cannot_be_is_refused()
    {
        Should.Throw<TrainingException>(() => new EmbeddingLayer(3, 4, 2).Output(new(1, 3))).Message.ShouldContain("from 0 to 2");
        Should.Throw<TrainingException>(() => new EmbeddingLayer(0, 0, 2).Output(new(1, 3))).Message.ShouldContain("0 vectors");
        Should.Throw<TrainingException>(() => new EmbeddingLayer(0, 4, 0).Output(new(1, 3))).Message.ShouldContain("0 units");
    }

    [Fact]
    public void First_vectors_have_the_spread_of_normalised_features()
    {
        using LayerBed<float> bed = new(new EmbeddingLayer(0, 1000, 8), new(1, 1), 16, 1);
        bed.Pass.Initialise(bed.Parameters, new Randomness(1));
        bed.Parameters.Average().ShouldBe(0, 0.05);
        bed.Parameters.Average(v => v * v).ShouldBe(1, 0.03);
    }

    [Fact]
    public void A_step_allocates_nothing() => Allocations.ShouldBeNoneOfSteps(new EmbeddingLayer(1, 7, 4), new(2, 3));

    private static LayerBed<T> Bed<T>(Case c)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        LayerBed<T> bed = new(c.Layer, c.Input, c.Rows, c.Seed);
        Random random = new(c.Seed);
        for (int step = 0; step < c.Input.Steps; step++)
        {
            for (int row = 0; row < c.Rows; row++)
                bed.X[(((step * c.Input.Units) + c.Layer.Feature) * c.Rows) + row] = T.CreateChecked(random.Next(c.Layer.Count));
        }

        return bed;
    }
}
