using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Linear;

public class LinearRegressionTests
{
    [Fact]
    public void FindsWhatEliminationFinds() =>
        Prop.ForAll(Gen.Choose(12, 700).Zip(Gen.Choose(1, 12)).Zip(Gen.Choose(0, 3)).ToArbitrary(), input =>
        {
            ((int rows, int width), int digits) = input;
            double penalty = Math.Pow(10, -digits);
            Samples samples = LinearData.Random(rows, rows, width, classes: 0, weighted: true);
            (double[] slopes, double intercept) = LinearData.NaiveRidge(samples, penalty);
            LinearPredictor fitted = Fit(new LinearRegression { Penalty = penalty }, samples);
            fitted.Report.Residual.ShouldBeLessThan(1e-12);
            for (int f = 0; f < width; f++)
                ((double)fitted.Weights[f]).ShouldBe(slopes[f], 1e-6 * (1 + Math.Abs(slopes[f])));
            float[] predictions = Predict(fitted, samples);
            for (int r = 0; r < rows; r += 7)
                ((double)predictions[r]).ShouldBe(intercept + Enumerable.Range(0, width).Sum(f => slopes[f] * samples.Column(f)[r]), 1e-4);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void IterationsFindTheClosedForm() =>
        Prop.ForAll(Gen.Choose(30, 3000).Zip(Gen.Choose(1, 25)).ToArbitrary(), input =>
        {
            (int rows, int width) = input;
            Samples samples = LinearData.Random(rows, rows, width, classes: 0, weighted: true);
            LinearPredictor closed = Fit(new LinearRegression { Penalty = 1e-3, Solver = LinearSolver.ClosedForm }, samples);
            LinearPredictor iterated = Fit(new LinearRegression { Penalty = 1e-3, Solver = LinearSolver.Iterative }, samples);
            iterated.Report.Converged.ShouldBeTrue();
            iterated.Intercepts[0].ShouldBe(closed.Intercepts[0], 1e-5f);
            for (int f = 0; f < width; f++)
                iterated.Weights[f].ShouldBe(closed.Weights[f], 1e-5f);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void MoreColumnsThanRowsAreSolvedByIterationsToo()
    {
        Samples samples = LinearData.Random(4, 60, 300, classes: 0);
        LinearPredictor closed = Fit(new LinearRegression { Penalty = 0.01, Solver = LinearSolver.ClosedForm }, samples);
        LinearPredictor iterated = Fit(new LinearRegression { Penalty = 0.01, Solver = LinearSolver.Iterative }, samples);
        iterated.Report.Converged.ShouldBeTrue();
        for (int f = 0; f < 300; f++)
            iterated.Weights[f].ShouldBe(closed.Weights[f], 1e-5f);
    }

    [Fact]
    public void AWeightOfTwoIsTheRowTwice()
    {
        Samples weighted = LinearData.Random(8, 50, 4, classes: 0, weighted: true);
        int[] rows = [.. Enumerable.Range(0, 50).SelectMany(r => Enumerable.Repeat(r, (int)weighted.Weights[r]))];
        Samples picked = weighted.Select(rows);
        Samples repeated = new(picked.Names, picked.Features.ToArray(), picked.Labels.ToArray(), 0);
        LinearPredictor a = Fit(new LinearRegression(), weighted), b = Fit(new LinearRegression(), repeated);
        for (int f = 0; f < 4; f++)
            a.Weights[f].ShouldBe(b.Weights[f], 1e-5f);
    }

    [Fact]
    public void AFeatureFarFromZeroKeepsItsDigits()
    {
        float[] times = [.. Enumerable.Range(0, 100).Select(r => 16_000_000f + (2 * r))];
        Samples samples = new(["time"], times, [.. times.Select(t => 3f * (t - 16_000_000f))], classes: 0);
        float[] predictions = Predict(Fit(new LinearRegression(), samples), samples);
        for (int r = 0; r < 100; r++)
            predictions[r].ShouldBe(6f * r, 0.01f);
    }

    [Fact]
    public void FeaturesThatRepeatEachOtherShareTheWeightOrAreNamed()
    {
        float[] x = [.. Enumerable.Range(0, 20).Select(r => (float)r)];
        Samples samples = new(
            ["a", "twice a", "constant"],
            [.. x, .. x.Select(v => 2 * v), .. Enumerable.Repeat(5f, 20)],
            [.. x.Select(v => 4 * v)],
            classes: 0);
        LinearPredictor fitted = Fit(new LinearRegression(), samples);
        fitted.Weights[0].ShouldBe(2f, 1e-3f);
        fitted.Weights[1].ShouldBe(1f, 1e-3f);
        fitted.Weights[2].ShouldBe(0f);
        Should.Throw<TrainingException>(() => new LinearRegression { Penalty = 0 }.Fit(samples)).Message.ShouldContain("'twice a'");
    }

    [Fact]
    public void StatesItsMemoryAndKeepsToALimit()
    {
        Samples samples = LinearData.Random(1, 40, 30, classes: 0);
        LinearRegression learner = new();
        long bytes = learner.PeakBytes(samples);
        bytes.ShouldBeInRange(30 * 30 * sizeof(double), 1 << 20);
        Fit(learner with { MemoryLimit = bytes }, samples).Report.PeakBytes.ShouldBe(bytes);
        Should.Throw<TrainingException>(() => (learner with { MemoryLimit = bytes - 1 }).Fit(samples)).Message.ShouldContain("bytes");
    }

    [Fact]
    public void TakesNoMoreMemoryThanItStates()
    {
        Samples samples = LinearData.Random(2, 600, 400, classes: 0);
        LinearRegression learner = new();

        // What else is allocated: the predictor, delegates, tasks.
        new AllocationRounds(allowed: learner.PeakBytes(samples) + 100_000).Run(() => learner.Fit(samples));
    }

    [Fact]
    public void RefusesWhatItCannotTake()
    {
        Samples classes = LinearData.Random(1, 10, 2, classes: 2);
        Should.Throw<TrainingException>(() => new LinearRegression().Fit(classes)).Message.ShouldContain(nameof(LogisticRegression));
        Samples none = classes.Select([]);
        Should.Throw<TrainingException>(() => new LogisticRegression().Fit(none)).Message.ShouldContain("no rows");
        Samples numbers = LinearData.Random(1, 10, 2, classes: 0);
        Should.Throw<TrainingException>(() => new LogisticRegression().Fit(numbers)).Message.ShouldContain(nameof(LinearRegression));
        Should.Throw<TrainingException>(() => new LinearRegression { Penalty = double.NaN }.Fit(numbers)).Message.ShouldContain("Penalty");
        Should.Throw<TrainingException>(() => new RandomFourier { Bandwidth = 0 }.Fit(numbers)).Message.ShouldContain("Bandwidth");
    }

    private static LinearPredictor Fit(LinearRegression learner, Samples samples) => (LinearPredictor)learner.Fit(samples);

    private static float[] Predict(IPredictor predictor, Samples samples)
    {
        float[] outputs = new float[samples.Count];
        predictor.Predict(samples.Features, samples.Count, outputs);
        return outputs;
    }
}
