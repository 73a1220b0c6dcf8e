using System;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class StepTests
{
    private static readonly NetworkShape Shape = Networks.Shape(4, 5, (16, LayerActivation.Relu), (16, LayerActivation.Tanh), (4, LayerActivation.Identity));

    [Fact]
    public void A_step_allocates_nothing()
    {
        TrainingRows rows = Networks.Rows(Shape, 256, 1);
        int[] order = [.. Enumerable.Range(0, 256)];
        float[] p = Networks.Parameters(Shape, 2);
        TrainingPass pass = new(Shape, new DenseLoss(4, RegressionLoss.Huber, 1f), 256);
        DenseAdam adam = new(p.Length);
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Step()
        {
            pass.Load(rows.Inputs, rows.Targets, rows.Weights, order);
            pass.Forward(p);
            pass.Backward(p);
            adam.Step(p, pass.Gradient, 0.001f);
        }
    }

    [Fact]
    public void Adam_follows_its_definition()
    {
        Random random = new(3);
        float[] p = new float[16];
        double[] expected = new double[16], m = new double[16], v = new double[16];
        DenseAdam adam = new(16);
        for (int t = 1; t <= 50; t++)
        {
            float[] g = [.. Enumerable.Range(0, 16).Select(_ => random.NextSingle() - 0.4f)];
            adam.Step(p, g, 0.01f);
            for (int i = 0; i < 16; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                expected[i] -= 0.01 * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                ((double)p[i]).ShouldBe(expected[i], 1e-4);
            }
        }
    }

    [Fact]
    public void The_bits_of_a_step_are_those_that_every_machine_gives()
    {
        // Sums and products only: exp and tanh have tests of their own.
        NetworkShape shape = Networks.Shape(0, 5, (16, LayerActivation.Relu), (16, LayerActivation.Relu), (1, LayerActivation.Identity));
        TrainingRows rows = Networks.Rows(shape, 256, 7);
        float[] p = Networks.Parameters(shape, 8);
        TrainingPass pass = new(shape, new DenseLoss(0, RegressionLoss.Huber, 1f), 256);
        pass.Load(rows.Inputs, rows.Targets, rows.Weights, [.. Enumerable.Range(0, 256)]);
        pass.Forward(p);
        pass.Backward(p);
        new DenseAdam(p.Length).Step(p, pass.Gradient, 0.01f);
        Fingerprint([.. pass.Gradient, .. p]).ShouldBe("60C798D2B20612EA");
    }

    private static string Fingerprint(float[] values)
    {
        byte[] bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))[..16];
    }
}
