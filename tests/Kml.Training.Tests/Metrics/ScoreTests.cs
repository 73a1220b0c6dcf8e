using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class ScoreTests
{
    private const double Exact = 1e-9;

    /// <summary>
    /// Ten rows of three classes, whose figures scikit-learn 1.2.1 gives: accuracy_score, f1_score (macro), log_loss and roc_auc_score with these weights.
    /// </summary>
    private static readonly float[][] Probabilities =
    [
        [0.5f, 0.25f, 0.25f], [0.25f, 0.5f, 0.25f], [0.125f, 0.375f, 0.5f], [0.375f, 0.5f, 0.125f], [0.125f, 0.125f, 0.75f],
        [0.5f, 0.25f, 0.25f], [0.25f, 0.625f, 0.125f], [0.75f, 0.125f, 0.125f], [0.25f, 0.25f, 0.5f], [0.5f, 0.375f, 0.125f],
    ];

    private static readonly Samples Classes = new(["x"], new float[10], [0, 1, 1, 0, 2, 2, 1, 0, 2, 1], 3, [1, 2, 1, 1, 3, 1, 1, 2, 1, 1]);

    [Fact]
    public void Figures_of_classes_are_those_of_scikit_learn()
    {
        ClassScore score = ClassScore.Of([.. Enumerable.Range(0, 3).SelectMany(c => Probabilities.Select(p => p[c]))], Classes);
        score.Accuracy.ShouldBe(0.7142857142857143, Exact);
        score.F1.ShouldBe(0.7111111111111111, Exact);
        score.LogLoss.ShouldBe(0.6435560595642494, Exact);
        score.Auc.ShouldBe((0.925 + (2 * 0.9333333333333333)) / 3, Exact);
        score.Confusion[2, 2].ShouldBe(4);
        score.Confusion[2, 0].ShouldBe(1);
        score.Confusion.Precision(0).ShouldBe(3 / 5.0, Exact);
        score.Confusion.Recall(0).ShouldBe(3 / 4.0, Exact);
    }

    [Fact]
    public void Errors_of_numbers_are_those_of_scikit_learn()
    {
        Samples rows = new(["x"], new float[4], [1, 2, 3, 4], 0, [1, 2, 1, 4]);
        RegressionScore score = RegressionScore.Of([1.5f, 1, 3, 6], rows, 0.9);
        score.MeanAbsoluteError.ShouldBe(1.3125, Exact);
        score.RootMeanSquaredError.ShouldBe(1.5103807466993215, Exact);
        score.QuantileLoss.ShouldBe(0.33125, Exact);
        Should.Throw<ArgumentOutOfRangeException>(() => RegressionScore.Of([1, 1, 1, 1], rows, 1));
    }

    [Fact]
    public void Area_under_the_curve_is_the_share_of_pairs_in_order() =>
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Gen.Zip(Gen.Zip(Gen.Choose(0, 6), Gen.Choose(0, 1)), Gen.Choose(0, 3)).ListOf(25).ToArbitrary(),
                rows =>
                {
                    float[] scores = [.. rows.Select(r => r.Item1.Item1 / 4f)],
                        labels = [.. rows.Select(r => (float)r.Item1.Item2)],
                        weights = [.. rows.Select(r => (float)r.Item2)];
                    double won = 0, pairs = 0;
                    foreach (int yes in Enumerable.Range(0, 25).Where(r => labels[r] == 1))
                    {
                        foreach (int no in Enumerable.Range(0, 25).Where(r => labels[r] == 0))
                        {
                            double weight = weights[yes] * weights[no];
                            pairs += weight;
                            won += weight * (scores[yes] > scores[no] ? 1 : scores[yes] == scores[no] ? 0.5 : 0);
                        }
                    }

                    double auc = Ranking.Auc(scores, labels, 1, weights);
                    return pairs == 0 ? double.IsNaN(auc) : Math.Abs(auc - (won / pairs)) < Exact;
                }));

    [Fact]
    public void Weights_count_as_repeated_rows() =>
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Gen.Zip(Gen.Zip(Gen.Choose(0, 8), Gen.Choose(0, 1)), Gen.Choose(1, 3)).ListOf(20).ToArbitrary(),
                rows =>
                {
                    ClassScore weighted = Score(rows, r => r.Item2, r => 1), repeated = Score(rows, r => 1, r => r.Item2);
                    return Near(weighted.Accuracy, repeated.Accuracy) && Near(weighted.F1, repeated.F1) && Near(weighted.Auc, repeated.Auc)
                        && Near(weighted.LogLoss, repeated.LogLoss) && Near(weighted.Calibration.Error, repeated.Calibration.Error);
                }));

    [Fact]
    public void Calibration_compares_confidence_with_what_was_right()
    {
        // By hand: bin 0.7-0.8 has weight 3 at mean 0.75, a third right; bin 0.9-1 has weight 1 at 1, right. (3 |0.75 - 1/3| + 0) / 4.
        Calibration calibration = Calibration.Of([0.75f, 0.75f, 1], [true, false, true], [1, 2, 1]);
        calibration.Error.ShouldBe((2.25 - 1) / 4, Exact);
        calibration.Bins.Count.ShouldBe(10);
        calibration.Bins[7].ShouldBe(new ReliabilityBin(3, 0.75, 1 / 3.0));
        calibration.Bins[9].ShouldBe(new ReliabilityBin(1, 1, 1));
        double.IsNaN(calibration.Bins[0].Accuracy).ShouldBeTrue();
    }

    [Fact]
    public void Intervals_are_those_of_Student()
    {
        Interval five = Interval.Of(1, 2, 3, 4, 5);
        five.Mean.ShouldBe(3, Exact);
        five.HalfWidth.ShouldBe(2.776445 * Math.Sqrt(2.5 / 5), 1e-6);
        five.Low.ShouldBe(3 - five.HalfWidth);
        five.High.ShouldBe(3 + five.HalfWidth);
        Interval.Of(7).HalfWidth.ShouldBe(double.PositiveInfinity);
        Should.Throw<ArgumentException>(() => Interval.Of());

        // Beyond the table; scipy.stats.t.ppf(0.975, d).
        foreach ((int freedom, double quantile) in (IEnumerable<(int, double)>)[(31, 2.039513), (60, 2.000298), (1000, 1.962339)])
        {
            double[] values = [.. Enumerable.Range(0, freedom + 1).Select(i => (double)(i % 2))];
            double deviation = Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / freedom);
            Interval.Of(values).HalfWidth.ShouldBe(quantile * deviation / Math.Sqrt(values.Length), 1e-5);
        }
    }

    private static ClassScore Score(
        IEnumerable<((int Score, int Label) Row, int Times)> rows,
        Func<((int Score, int Label) Row, int Times), float> weight,
        Func<((int Score, int Label) Row, int Times), int> times)
    {
        ((int Score, int Label) Row, int Times)[] all = [.. rows.SelectMany(r => Enumerable.Repeat(r, times(r)))];
        float[] yes = [.. all.Select(r => r.Row.Score / 8f)];
        Samples samples = new(["x"], yes, [.. all.Select(r => (float)r.Row.Label)], 2, [.. all.Select(weight)]);
        return ClassScore.Of([.. yes.Select(p => 1 - p), .. yes], samples);
    }

    private static bool Near(double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) < 1e-6;
}
