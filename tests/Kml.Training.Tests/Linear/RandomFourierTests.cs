using System;
using System.Linq;
using System.Runtime.Intrinsics;
using Kml.TestSupport;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Linear;

public class RandomFourierTests
{
    [Fact]
    public void TheCosineIsRightToAFewUnitsInTheLastPlace()
    {
        for (int i = -40_000; i < 40_000; i += 16)
        {
            Vector512<float> turns = Vector512.Create<float>(Enumerable.Range(i, 16).Select(n => n / 4096f).ToArray());
            Vector512<float> cosines = FourierMap.Cosine(turns);
            for (int lane = 0; lane < 16; lane++)
                ((double)cosines[lane]).ShouldBe(Math.Cos(Math.Tau * turns[lane]), 2e-7);
        }
    }

    [Fact]
    public void InnerProductsAreTheGaussianKernel()
    {
        const int rows = 40, features = 4000;
        const double bandwidth = 1.7;
        Samples samples = LinearData.Random(11, rows, 3, classes: 0);
        StandardColumns inputs = new(samples);
        FourierColumns columns = new(new FourierMap(inputs, features, bandwidth, new Randomness(3)), samples);
        AlignedMatrix panel = new(features, rows);
        columns.Fill(0, features, 0, rows, panel);
        for (int a = 0; a < rows; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double square = Enumerable.Range(0, 3).Sum(f => Math.Pow((samples.Column(f)[a] - samples.Column(f)[b]) * inputs.Scales[f], 2));
                double product = Enumerable.Range(0, features).Sum(j => panel[j][a] * panel[j][b]);
                product.ShouldBe(Math.Exp(-square / (2 * bandwidth * bandwidth)), 0.1); // 4,000 features: five times the standard error of 0.016, and more.
            }
        }
    }

    [Fact]
    public void LearnsACurveThatNoLineFollows()
    {
        Samples Waves(int seed, int rows)
        {
            System.Random random = new(seed);
            float[] x = [.. Enumerable.Range(0, rows).Select(_ => (float)((random.NextDouble() * 6) - 3))];
            return new Samples(["x"], x, [.. x.Select(v => 100 + (20 * MathF.Sin(2 * v)))], classes: 0);
        }

        Samples train = Waves(1, 500), test = Waves(2, 333);
        FourierPredictor fitted = (FourierPredictor)new RandomFourier { Features = 64, Bandwidth = 0.5 }.Fit(train);
        fitted.Report.Residual.ShouldBeLessThan(1e-9);
        float[] predictions = new float[test.Count];
        fitted.Predict(test.Features, test.Count, predictions);
        for (int r = 0; r < test.Count; r++)
            predictions[r].ShouldBe(test.Labels[r], 0.5f);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void LearnsRingsThatNoPlaneSeparates(int classes)
    {
        Samples Rings(int seed, int rows)
        {
            System.Random random = new(seed);
            float[] x = [.. Enumerable.Range(0, 2 * rows).Select(_ => (float)((random.NextDouble() * 2) - 1))];
            return new Samples(
                ["x", "y"],
                x,
                [.. Enumerable.Range(0, rows).Select(r => MathF.Floor(classes * MathF.Min(0.999f, (x[r] * x[r]) + (x[rows + r] * x[rows + r]))))],
                classes);
        }

        Samples train = Rings(1, 2000), test = Rings(2, 1001);
        IPredictor fitted = new RandomFourier { Features = 100 }.Fit(train);
        float[] probabilities = new float[classes * test.Count];
        fitted.Predict(test.Features, test.Count, probabilities);
        int right = Enumerable.Range(0, test.Count)
            .Count(r => Enumerable.Range(0, classes).MaxBy(c => probabilities[(c * test.Count) + r]) == (int)test.Labels[r]);
        right.ShouldBeGreaterThan((int)(0.95 * test.Count));
    }

    [Fact]
    public void ASeedFixesEveryBit()
    {
        Samples samples = LinearData.Random(6, 300, 4, classes: 2);
        float[] Run(ulong seed)
        {
            float[] outputs = new float[2 * samples.Count];
            new RandomFourier { Features = 50, Seed = seed }.Fit(samples).Predict(samples.Features, samples.Count, outputs);
            return outputs;
        }

        Run(1).ShouldBe(Run(1));
        Run(1).ShouldNotBe(Run(2));
    }

    [Fact]
    public void ARowIsPredictedAloneAsAmongOthersWithoutAllocating()
    {
        foreach (int classes in new[] { 0, 2, 3 })
        {
            Samples samples = LinearData.Random(7, 45, 3, classes);
            ILearner linear = classes == 0 ? new LinearRegression() : new LogisticRegression();
            foreach (IPredictor fitted in new[] { linear.Fit(samples), new RandomFourier { Features = 70 }.Fit(samples) })
            {
                int outputs = Math.Max(1, classes);
                float[] all = new float[outputs * 45], alone = new float[outputs], row = new float[3];
                fitted.Predict(samples.Features, 45, all);
                int different = 0;
                AllocationRounds.ShouldAllocateNothing(() =>
                {
                    for (int r = 0; r < 45; r++)
                    {
                        for (int f = 0; f < 3; f++)
                            row[f] = samples.Column(f)[r];
                        fitted.Predict(row, 1, alone);
                        for (int o = 0; o < outputs; o++)
                            different += all[(o * 45) + r] == alone[o] ? 0 : 1;
                    }
                });
                different.ShouldBe(0);
            }
        }
    }

    [Fact]
    public void SaysItsSize()
    {
        Samples samples = LinearData.Random(7, 45, 3, classes: 3);
        new LogisticRegression().Fit(samples).SizeBytes.ShouldBe(4 * (3 + 9 + 3));
        new RandomFourier { Features = 10 }.Fit(samples).SizeBytes.ShouldBe(4 * (3 + (10 * 4) + 30 + 3));
    }
}
