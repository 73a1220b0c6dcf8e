using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class ConvolutionLayerTests
{
    private sealed record Case(ConvolutionLayer Layer, LayerShape Input, int Rows, int Seed);

    private static readonly Gen<Case> Cases =
        from kernel in Gen.Choose(1, 4)
        from stride in Gen.Choose(1, 5)
        from more in Gen.Choose(0, 6)
        from units in Gen.Choose(1, 4)
        from channels in Gen.Choose(1, 6)
        from nonlinearity in Gen.Elements(Nonlinearity.Identity, Nonlinearity.Tanh, Nonlinearity.Sigmoid)
        from rows in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Case(new(channels, kernel, stride, nonlinearity), new(kernel + more, units), 16 * rows, seed);

    [Fact]
    public void It_follows_its_definition() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = new(c.Layer, c.Input, c.Rows, c.Seed);
            bed.Forward();
            LayerShape output = c.Layer.Output(c.Input);
            output.Steps.ShouldBe(((c.Input.Steps - c.Layer.Kernel) / c.Layer.Stride) + 1);
            for (int s = 0; s < output.Steps; s++)
            {
                for (int o = 0; o < output.Units; o++)
                {
                    for (int row = 0; row < c.Rows; row++)
                        ((double)bed.Y[(((s * output.Units) + o) * c.Rows) + row]).ShouldBe(Naive(c, bed, s, o, row), 1e-4);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_gradient_is_the_slope() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            using LayerBed<double> bed = new(c.Layer, c.Input, c.Rows, c.Seed);
            bed.ShouldAgreeWithFiniteDifferences();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_kernel_over_all_steps_is_a_dense_layer_over_what_is_flattened()
    {
        using LayerBed<float> convolution = new(new ConvolutionLayer(5, 3, 1, Nonlinearity.Tanh), new(3, 2), 32, 4);
        using LayerBed<float> dense = new(new DenseLayer(5, Nonlinearity.Tanh), new(1, 6), 32, 4);
        convolution.Forward();
        dense.Forward();
        convolution.Y.ShouldBe(dense.Y);
        convolution.Backward();
        dense.Backward();
        convolution.Gradient.ShouldBe(dense.Gradient);
        convolution.Dx.ShouldBe(dense.Dx);
    }

    [Fact]
    public void First_weights_keep_the_size_of_signals()
    {
        using LayerBed<float> bed = new(new ConvolutionLayer(64, 5, 1, Nonlinearity.Relu), new(8, 10), 16, 1);
        bed.Pass.Initialise(bed.Parameters, new Randomness(1));
        bed.Parameters[..3200].Average(w => w * w).ShouldBe(2f / 50, 0.002);
        bed.Parameters[3200..].ShouldAllBe(b => b == 0);
    }

    [Fact]
    public void A_declaration_that_cannot_be_is_refused()
    {
        Should.Throw<TrainingException>(() => new ConvolutionLayer(4, 5).Output(new(3, 1))).Message.ShouldContain("there are 3");
        Should.Throw<TrainingException>(() => new ConvolutionLayer(4, 2, 0).Output(new(3, 1))).Message.ShouldContain("stride of 0");
    }

    [Fact]
    public void A_step_allocates_nothing() => Allocations.ShouldBeNoneOfSteps(new ConvolutionLayer(5, 3, 2, Nonlinearity.Relu), new(7, 4));

    private static double Naive(Case c, LayerBed<float> bed, int step, int channel, int row)
    {
        int units = c.Input.Units, channels = c.Layer.Channels;
        double sum = bed.Parameters[(c.Layer.Kernel * units * channels) + channel];
        for (int t = 0; t < c.Layer.Kernel; t++)
        {
            for (int i = 0; i < units; i++)
                sum += (double)bed.Parameters[(((t * units) + i) * channels) + channel] * bed.X[(((((step * c.Layer.Stride) + t) * units) + i) * c.Rows) + row];
        }

        return c.Layer.Nonlinearity switch
        {
            Nonlinearity.Tanh => Math.Tanh(sum),
            Nonlinearity.Sigmoid => 1 / (1 + Math.Exp(-sum)),
            _ => sum,
        };
    }
}
