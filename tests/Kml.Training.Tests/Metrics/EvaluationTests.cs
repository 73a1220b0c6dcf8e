using System;
using System.IO;
using System.Linq;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void A_classifier_stands_beside_the_majority_and_the_best_feature()
    {
        Samples train = Rows(4000, 1, classes: 2), test = Rows(2000, 2, classes: 2);
        Evaluation evaluation = Evaluation.Of(new Oracle(2), train, test, "oracle");
        evaluation.Model.Class!.Accuracy.ShouldBe(1);
        evaluation.Rows.ShouldBe(2000);
        evaluation.SizeBytes.ShouldBe(12);

        // Naively: the weighted share of the class that weighs most in the training rows.
        double Weight(Samples s, int c) => Enumerable.Range(0, s.Count).Where(row => s.Labels[row] == c).Sum(row => (double)s.Weights[row]);
        int majority = Weight(train, 1) > Weight(train, 0) ? 1 : 0;
        EvaluationRow first = evaluation.Baselines[0], best = evaluation.Baselines[1];
        first.Name.ShouldBe("majority");
        first.Class!.Accuracy.ShouldBe(Weight(test, majority) / (Weight(test, 0) + Weight(test, 1)), 1e-6);
        first.Class.Auc.ShouldBe(0.5);
        best.Name.ShouldBe("a in 16 bins");
        best.Class!.Accuracy.ShouldBeInRange(first.Class.Accuracy + 0.1, 0.95);
        evaluation.BestBaseline.ShouldBe(best);
    }

    [Fact]
    public void A_regression_stands_beside_mean_median_and_the_best_feature()
    {
        Samples train = Rows(4000, 1, classes: 0), test = Rows(2000, 2, classes: 0);
        Evaluation evaluation = Evaluation.Of(new Oracle(0), train, test);
        evaluation.Model.Regression!.MeanAbsoluteError.ShouldBe(0);
        evaluation.Baselines.Select(b => b.Name).ShouldBe(["mean", "median", "a in 16 bins"]);
        double mean = Enumerable.Range(0, 4000).Sum(row => (double)train.Weights[row] * train.Labels[row]) / train.Weights.ToArray().Sum();
        double spread = Enumerable.Range(0, 2000).Sum(row => test.Weights[row] * (test.Labels[row] - mean) * (test.Labels[row] - mean))
            / test.Weights.ToArray().Sum();
        evaluation.Baselines[0].Regression!.RootMeanSquaredError.ShouldBe(Math.Sqrt(spread), 1e-5);
        evaluation.Baselines[1].Regression!.MeanAbsoluteError.ShouldBeLessThanOrEqualTo(evaluation.Baselines[0].Regression!.MeanAbsoluteError + 0.01);
        evaluation.Baselines[2].Regression!.RootMeanSquaredError.ShouldBeLessThan(evaluation.Baselines[0].Regression!.RootMeanSquaredError * 0.8);

        Evaluation late = Evaluation.Of(new Oracle(0), train, test, quantile: 0.9);
        late.Baselines[1].Name.ShouldBe("quantile 0.9");
        late.Baselines[1].Regression!.QuantileLoss.ShouldBeLessThan(late.Baselines[0].Regression!.QuantileLoss);
    }

    [Theory]
    [InlineData(2, "AUC")]
    [InlineData(0, "mean error")]
    public void It_prints_the_model_its_size_and_every_baseline(int classes, string column)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;
        Evaluation evaluation = Evaluation.Of(new Oracle(classes), Rows(200, 1, classes), Rows(100, 2, classes), "[oracle]");
        evaluation.Print(console);
        string printed = text.ToString();
        printed.ShouldContain(column);
        printed.ShouldContain("[oracle]: 12 bytes");
        foreach (EvaluationRow baseline in evaluation.Baselines)
            printed.ShouldContain(baseline.Name);
        printed.Contains("actual \\ predicted", StringComparison.Ordinal).ShouldBe(classes > 0);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        Samples rows = Rows(10, 1, 2);
        Refused(() => Evaluation.Of(new Oracle(0), rows, rows)).ShouldContain("The predictor takes 2 features and gives 0 classes; the rows have 2 and 2.");
        Refused(() => Evaluation.Of(new Oracle(2), Rows(10, 1, 0), rows))
            .ShouldContain("The training rows have 2 features and 0 classes, the test rows 2 and 2");
        Refused(() => Evaluation.Of(new Oracle(2), rows, new Samples(["a", "b"], [], [], 2))).ShouldContain("None of the 0 test rows has a weight above 0");
        Refused(() => Evaluation.RowOf("x", new Oracle(2), new Samples(["a", "b"], [1, 1], [1], 2, [0]))).ShouldContain("None of the 1 test rows");
    }

    private static string Refused(Action action) => Should.Throw<TrainingException>(action).Message;

    /// <summary>The label is a + b / 2, or whether that is above 0; weights differ.</summary>
    private static Samples Rows(int count, int seed, int classes)
    {
        Randomness random = new((ulong)seed);
        float[] features = [.. Enumerable.Range(0, 2 * count).Select(_ => random.Symmetric())];
        float[] labels = [.. Enumerable.Range(0, count).Select(row => Oracle.Value(features[row], features[count + row], classes))];
        return new Samples(["a", "b"], features, labels, classes, [.. Enumerable.Range(0, count).Select(_ => 1f + random.Below(3))]);
    }

    private sealed class Oracle(int classes) : IPredictor
    {
        public int Width => 2;

        public int Classes => classes;

        public long SizeBytes => 12;

        public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
        {
            for (int row = 0; row < rows; row++)
            {
                float value = Value(features[row], features[rows + row], classes);
                outputs[row] = classes == 0 ? value : 1 - value;
                if (classes == 2)
                    outputs[rows + row] = value;
            }
        }

        internal static float Value(float a, float b, int classes) => classes == 0 ? a + (b / 2) : a + (b / 2) > 0 ? 1 : 0;
    }
}
