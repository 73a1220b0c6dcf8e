using System;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class GradientTests
{
    [Fact]
    public void The_reference_gradient_is_the_slope_of_the_loss()
    {
        foreach ((NetworkShape shape, DenseLoss loss) in Networks.All())
        {
            ReferenceNetwork reference = new(shape, loss);
            TrainingRows rows = Networks.Rows(shape, 7, 1);
            double[] p = [.. Networks.Parameters(shape, 2).Select(v => (double)v)];
            double[] gradient = new double[p.Length], unused = new double[p.Length];
            reference.Run(p, rows, gradient);
            for (int i = 0; i < p.Length; i++)
            {
                const double step = 1e-6;
                double at = p[i];
                p[i] = at + step;
                double above = reference.Run(p, rows, unused);
                p[i] = at - step;
                double below = reference.Run(p, rows, unused);
                p[i] = at;
                gradient[i].ShouldBe((above - below) / (2 * step), 1e-7, $"{shape.Layers[0].Activation}-{shape.Layers[1].Activation} {loss}, parameter {i}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(100)]
    public void The_fast_pass_agrees_with_the_reference(int count)
    {
        foreach ((NetworkShape shape, DenseLoss loss) in Networks.All())
            Compare(shape, loss, count, 128);
    }

    [Fact]
    public void The_fast_pass_agrees_with_the_reference_on_deep_and_wide_networks()
    {
        Compare(Networks.Shape(4, 5, (16, LayerActivation.Relu), (16, LayerActivation.Tanh), (4, LayerActivation.Identity)), new DenseLoss(4, RegressionLoss.Huber, 1f), 200, 256);
        Compare(Networks.Shape(0, 1, (1, LayerActivation.Identity)), new DenseLoss(0, RegressionLoss.Squared, 1f), 64, 64);
        Compare(Networks.Shape(0, 33, (65, LayerActivation.Sigmoid), (17, LayerActivation.Relu), (7, LayerActivation.Tanh), (1, LayerActivation.Identity)), new DenseLoss(0, RegressionLoss.Huber, 0.1f), 64, 64);
    }

    [Fact]
    public void Padding_and_rows_of_weight_zero_change_nothing()
    {
        NetworkShape shape = Networks.Shape(0, 3, (5, LayerActivation.Tanh), (1, LayerActivation.Identity));
        float[] p = Networks.Parameters(shape, 3);
        TrainingRows rows = Networks.Rows(shape, 100, 4);
        Array.Clear(rows.Weights, 40, 60);
        TrainingPass pass = new(shape, new DenseLoss(0, RegressionLoss.Squared, 1f), 128);
        pass.MeanLoss(p, rows, [.. Enumerable.Range(0, 100)]).ShouldBe(pass.MeanLoss(p, rows, [.. Enumerable.Range(0, 40)]), 1e-12);
    }

    private static void Compare(NetworkShape shape, DenseLoss loss, int count, int batch)
    {
        TrainingRows rows = Networks.Rows(shape, count, 5);
        float[] p = Networks.Parameters(shape, 6);
        TrainingPass pass = new(shape, loss, batch);
        double[] expected = new double[p.Length];
        double expectedLoss = new ReferenceNetwork(shape, loss).Run([.. p.Select(v => (double)v)], rows, expected);

        pass.Load(rows.Inputs, rows.Targets, rows.Weights, [.. Enumerable.Range(0, count)]);
        (double sum, double weight) = pass.Forward(p);
        pass.Backward(p);

        (sum / weight).ShouldBe(expectedLoss, 1e-5 * Math.Max(1, expectedLoss));
        for (int i = 0; i < p.Length; i++)
            ((double)pass.Gradient[i]).ShouldBe(expected[i], 2e-5, $"{loss}, parameter {i}");
    }
}
