using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class LayerNormLayerTests
{
    private static readonly Gen<(LayerShape Input, int Rows, int Seed)> Cases =
        from steps in Gen.Choose(1, 3)
        from units in Gen.Choose(1, 9)
        from rows in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select (new LayerShape(steps, units), 16 * rows, seed);

    [Fact]
    public void It_follows_its_definition() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = new(new LayerNormLayer(), c.Input, c.Rows, c.Seed);
            bed.Forward();
            int units = c.Input.Units;
            for (int step = 0; step < c.Input.Steps; step++)
            {
                for (int row = 0; row < c.Rows; row++)
                {
                    double[] x = [.. Enumerable.Range(0, units).Select(u => (double)bed.X[(((step * units) + u) * c.Rows) + row])];
                    double mean = x.Average(), variance = x.Average(v => (v - mean) * (v - mean));
                    for (int u = 0; u < units; u++)
                    {
                        ((double)bed.Y[(((step * units) + u) * c.Rows) + row])
                            .ShouldBe(((x[u] - mean) / Math.Sqrt(variance + 1e-5) * bed.Parameters[u]) + bed.Parameters[units + u], 2e-4);
                    }
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_gradient_is_the_slope() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using LayerBed<double> bed = new(new LayerNormLayer(), c.Input, c.Rows, c.Seed);

            // Two units that happen to be almost equal have slopes of 1 / sqrt(epsilon) and curves to match.
            bed.ShouldAgreeWithFiniteDifferences(tolerance: 1e-3);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void First_parameters_only_normalise()
    {
        using LayerBed<float> bed = new(new LayerNormLayer(), new(1, 64), 16, 1);
        bed.Pass.Initialise(bed.Parameters, new Randomness(1));
        bed.Forward();
        for (int row = 0; row < 16; row++)
        {
            float[] y = [.. Enumerable.Range(0, 64).Select(u => bed.Y[(u * 16) + row])];
            y.Average().ShouldBe(0, 1e-5);
            y.Average(v => v * v).ShouldBe(1, 1e-4);
        }
    }

    [Fact]
    public void A_step_allocates_nothing() => Allocations.ShouldBeNoneOfSteps(new LayerNormLayer(), new(2, 5));
}
