using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Linear;

public class LogisticRegressionTests
{
    [Fact]
    public void ItsGradientIsTheDifferenceQuotient() =>
        Prop.ForAll(Gen.Choose(2, 5).Zip(Gen.Choose(3, 300)).ToArbitrary(), input =>
        {
            (int classes, int rows) = input;
            Samples samples = LinearData.Random(rows, rows, 3, classes, weighted: true);
            LogisticObjective objective = new(new StandardColumns(samples), samples, penalty: 0.1);
            System.Random random = new(rows);
            double[] at = [.. Enumerable.Range(0, objective.Parameters).Select(_ => (random.NextDouble() * 2) - 1)];
            double[] gradient = new double[at.Length], nowhere = new double[at.Length];
            objective.Evaluate(at, gradient);
            for (int i = 0; i < at.Length; i++)
            {
                const double h = 1e-5;
                double[] above = [.. at], below = [.. at];
                above[i] += h;
                below[i] -= h;
                double quotient = (objective.Evaluate(above, nowhere) - objective.Evaluate(below, nowhere)) / (2 * h);
                gradient[i].ShouldBe(quotient, 1e-8);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    /// <summary>4096 scores of 2^20 columns are 2^32 parameters, of which Lbfgs keeps more than ten copies.</summary>
    [Fact]
    public void WhatItTakesIsNoProductThatWrapsAround() =>
        LogisticSolver.PeakBytes(10, (1 << 20) - 1, 1 << 12).ShouldBeGreaterThan(10L * (1L << 32) * sizeof(double));

    [Fact]
    public void NewtonAndLbfgsMeet() =>
        Prop.ForAll(Gen.Choose(10, 3000).Zip(Gen.Choose(1, 12)).ToArbitrary(), input => Meet(input.Item1, input.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    /// <summary>Samples whose loss, rounded, is at its least before the slope is.</summary>
    [Theory]
    [InlineData(174, 1)]
    public void WhereRoundingHidesTheLastStepTheSlopeDecides(int rows, int width) => Meet(rows, width);

    private static void Meet(int rows, int width)
    {
        Samples samples = LinearData.Random(rows, rows, width, classes: 2, weighted: true);
        LogisticObjective objective = new(new StandardColumns(samples), samples, penalty: 1e-3);
        (double[] newton, _, double slope) = Newton.Run(objective, rows, 1e-9, 100);
        (double[] lbfgs, _, double rest) = Lbfgs.Run((at, gradient) => objective.Evaluate(at, gradient), objective.Parameters, 1e-9, 2000);
        slope.ShouldBeLessThan(1e-9, $"{rows} rows, {width} columns");
        rest.ShouldBeLessThan(1e-8, $"{rows} rows, {width} columns");
        for (int i = 0; i < newton.Length - 1; i++)
            newton[i].ShouldBe(lbfgs[i], 1e-4 * (1 + Math.Abs(newton[i])));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void LearnsWhatIsLinear(int classes)
    {
        Samples train = LinearData.Random(21, 4000, 4, classes), test = LinearData.Random(21, 4000, 4, classes);
        LinearPredictor fitted = (LinearPredictor)new LogisticRegression().Fit(train);
        fitted.Report.Converged.ShouldBeTrue();
        float[] probabilities = new float[classes * test.Count];
        fitted.Predict(test.Features, test.Count, probabilities);
        int right = 0;
        for (int r = 0; r < test.Count; r++)
        {
            float[] own = [.. Enumerable.Range(0, classes).Select(c => probabilities[(c * test.Count) + r])];
            own.Sum().ShouldBe(1f, 1e-5f);
            right += Array.IndexOf(own, own.Max()) == (int)test.Labels[r] ? 1 : 0;
        }

        right.ShouldBeGreaterThan((int)(test.Count * 0.85));
    }

    [Fact]
    public void ClassesThatAPlaneSeparatesHaveFiniteWeights()
    {
        Samples samples = new(["x"], [1, 2, 3, 7, 8, 9], [0, 0, 0, 1, 1, 1], classes: 2);
        foreach (double penalty in new[] { 0, 1e-8, 1e-4, 1 })
        {
            LinearPredictor fitted = (LinearPredictor)new LogisticRegression { Penalty = penalty }.Fit(samples);
            float.IsFinite(fitted.Weights[0]).ShouldBeTrue();
            float[] probabilities = new float[12];
            fitted.Predict(samples.Features, 6, probabilities);
            for (int r = 0; r < 6; r++)
                (probabilities[6 + r] > 0.5f).ShouldBe(r >= 3);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void AClassWithoutRowsIsUnlikelyAndNotImpossible(int classes)
    {
        Samples samples = new(["x"], [1, 2, 3, 4], [0, 0, 0, 0], classes);
        IPredictor fitted = new LogisticRegression().Fit(samples);
        float[] probabilities = new float[classes * 4];
        fitted.Predict(samples.Features, 4, probabilities);
        probabilities[4].ShouldBeInRange(1e-9f, 0.001f);
        probabilities[0].ShouldBeGreaterThan(0.99f);
    }

    [Fact]
    public void AWeightOfZeroIsNoRow()
    {
        Samples all = LinearData.Random(5, 80, 3, classes: 2, weighted: true);
        Samples some = all.Select([.. Enumerable.Range(0, 80).Where(r => all.Weights[r] > 0)]);
        LinearPredictor a = (LinearPredictor)new LogisticRegression().Fit(all), b = (LinearPredictor)new LogisticRegression().Fit(some);
        for (int f = 0; f < 3; f++)
            a.Weights[f].ShouldBe(b.Weights[f], 1e-4f);
    }
}
