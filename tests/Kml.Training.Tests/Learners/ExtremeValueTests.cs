using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.TestSupport;
using Kml.Training.Adapting;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;
using Kml.Training.Sequences;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Learners;

/// <summary>
/// One absurd cell anywhere, in any kind of rows: every flow ends, with figures that are all finite, or with a message that names the row and the column.
/// </summary>
public sealed class ExtremeValueTests
{
    private const int Row = 37;

    private static readonly float[] Values =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, 3e38f, -3e38f, 1e30f, float.Epsilon];

    private static readonly string[] Places = ["training", "validation", "test"], Columns = ["'f1'", "label", "weight"];

    /// <summary>Every kind of learner, with every place and column.</summary>
    public static TheoryData<LearnerCase, string, string> Cases()
    {
        TheoryData<LearnerCase, string, string> cases = [];
        foreach (LearnerCase of in LearnerCase.All)
        {
            foreach ((string place, string column) in from place in Places from column in Columns select (place, column))
                cases.Add(of, place, column);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Every_learner_ends_finite_or_names_row_and_column(LearnerCase of, string place, string column) => Ends(() =>
    {
        foreach (float value in Values)
        {
            FiniteOrNamed(column, value, () =>
            {
                Samples Part(string which, int rows, int seed) => With(LearnerCase.Rows(rows, 2, of.Classes, seed), which == place ? column : "", value);
                Samples train = Part("training", 160, 1), validation = Part("validation", 60, 2), test = Part("test", 80, 3);
                IPredictor predictor = of.Learner.Fit(train, validation);
                Evaluation evaluation = Evaluation.Of(predictor, train, test);
                foreach (EvaluationRow row in evaluation.Baselines.Append(evaluation.Model))
                    double.IsFinite(row.Loss).ShouldBeTrue($"{row.Name} at {value}");
                foreach (Samples rows in (Samples[])[train, validation, test])
                    LearnerCase.Predict(predictor, rows).ShouldAllBe(y => float.IsFinite(y));
            });
        }
    });

    [Theory]
    [InlineData("training", "'f1'")]
    [InlineData("training", "label")]
    [InlineData("training", "weight")]
    [InlineData("validation", "'f1'")]
    [InlineData("validation", "label")]
    [InlineData("validation", "weight")]
    [InlineData("test", "'f1'")]
    public Task A_sequence_network_does_so_too(string place, string column) => Ends(() =>
    {
        foreach (float value in Values)
        {
            FiniteOrNamed(column, value, () =>
            {
                Samples Part(string which, int seed) => With(LearnerCase.Rows(64, 2, 0, seed), which == place ? column : "", value);
                NetworkForm form = new(new LayerShape(4, 2), new([new GruLayer(6) { CarriesState = true, EveryStep = true }, new DenseLayer(1)]));
                SequenceLearner learner = new(form) { Lanes = 4, MaxEpochs = 4, LearningRate = 0.01 };
                learner.Fit(Part("training", 1), Part("validation", 2)).Predict(Part("test", 3)).ShouldAllBe(y => float.IsFinite(y));
            });
        }
    });

    [Theory]
    [InlineData("'f1'")]
    [InlineData("label")]
    [InlineData("weight")]
    public Task Learning_from_few_rows_does_so_too(string column) => Ends(() =>
    {
        Samples rows = LearnerCase.Rows(200, 2, 2);
        NetworkPredictor start = (NetworkPredictor)new NetworkLearner { Options = new FitOptions { Console = null, MaxEpochs = 5 } }.Fit(rows);
        foreach (float value in Values)
        {
            foreach (Func<Samples, IPredictor> fit in (Func<Samples, IPredictor>[])
                [
                    few => new FineTune(start).Fit(few),
                    few => new FineTune(start.For(few)).Fit(few),
                    few => new Prototypes(new NormalisedFeatures(few)).Fit(few),
                    few => new Reptile { Rounds = 20, RoundRows = 32, StepRows = 16 }.Train(few),
                ])
            {
                FiniteOrNamed(column, value, () =>
                {
                    Samples few = With(LearnerCase.Rows(48, 2, 2), column, value);
                    IPredictor predictor = fit(few);
                    double.IsFinite(Evaluation.RowOf("few", predictor, few).Loss).ShouldBeTrue();
                    LearnerCase.Predict(predictor, few).ShouldAllBe(y => float.IsFinite(y));
                });
            }
        }
    });

    [Fact]
    public Task Every_metric_refuses_what_is_no_number_and_names_the_row() => Ends(() =>
    {
        Samples classes = LearnerCase.Rows(50, 2, 2), numbers = LearnerCase.Rows(50, 2, 0);
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            float[] probabilities = [.. Enumerable.Repeat(0.5f, 100)],
                predictions = new float[50],
                scores = [.. Enumerable.Range(0, 50).Select(row => (float)row)];
            probabilities[50 + Row] = predictions[Row] = value;
            Refused(() => ClassScore.Of(probabilities, classes));
            Refused(() => RegressionScore.Of(predictions, numbers));
            Refused(() => Calibration.Of(probabilities.AsSpan(50), new bool[50], classes.Weights));
            scores[Row] = value;
            if (float.IsNaN(value))
                Refused(() => Ranking.Auc(scores, classes.Labels, 1, classes.Weights));
            else
                Ranking.Auc(scores, classes.Labels, 1, classes.Weights).ShouldBeInRange(0, 1);
        }

        void Refused(Action measure) => Should.Throw<TrainingException>(measure).Message.ShouldContain($"row {Row} ");
    });

    [Fact]
    public Task A_stream_leaves_such_records_out_and_counts_them_by_column() => Ends(() =>
    {
        Samples rows = LearnerCase.Rows(400, 2, 0);
        using OnlineTrainer trainer = new(new OnlineOptions(NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(1)), new HuberLoss())
        {
            Names = ["f0", "f1"], CpuShare = 1, Mode = IntakeMode.Blocking, WarmUpRows = 256, LearningRate = 0.01,
        });
        long absurd = 0;
        for (int i = 0; i < 30_000; i++)
        {
            int row = i % rows.Count;
            bool feature = i % 1000 == Row, label = i % 1000 == Row + 1;
            absurd += feature ? 1 : 0;
            trainer.Intakes[0].Offer(
                [rows.Column(0)[row], feature ? float.MaxValue : rows.Column(1)[row]],
                label ? -float.MaxValue : rows.Labels[row],
                i % 1000 == Row + 2 ? 1e12f : 1);
        }

        trainer.Complete();
        OnlineStatus status = trainer.Status;
        (status.Refused["f1"], status.Refused["label"], status.Restored).ShouldBe((absurd, absurd, 0));
        double.IsFinite(Evaluation.RowOf("stream", trainer.Current.ShouldNotBeNull(), rows).Loss).ShouldBeTrue();
    });

    [Fact]
    public void A_scorer_that_gives_no_number_is_refused_with_its_row() =>
        Should.Throw<TrainingException>(() => QueryBatch.Choose(new NoNumber(), LearnerCase.Rows(50, 2, 2), Enumerable.Range(0, 50), 5))
            .Message.ShouldContain($"row {Row}:");

    [Fact]
    public void Validation_rows_that_are_absurd_are_not_blamed_on_the_learning_rate()
    {
        Samples train = LearnerCase.Rows(200, 2, 3);
        NetworkLearner learner = new() { Options = new FitOptions { Console = null } };
        string message = Should.Throw<TrainingException>(() => learner.Fit(train, With(LearnerCase.Rows(80, 2, 3, 2), "'f1'", float.MaxValue))).Message;
        message.ShouldContain("validation");
        message.ShouldNotContain("learning rate");
    }

    [Fact]
    public void One_value_that_makes_up_a_features_whole_spread_is_named()
    {
        Samples rows = With(LearnerCase.Rows(200, 2, 3), "'f1'", 1e30f);
        FeatureWarnings.Of(rows).ShouldContain(w =>
            w.Message.Contains("'f1'", StringComparison.Ordinal) && w.Message.Contains($"row {Row} ", StringComparison.Ordinal));
    }

    private sealed class NoNumber : IQueryScorer
    {
        public void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
        {
            scores[..rows].Clear();
            scores[Row] = float.NaN;
        }
    }

    private static Task Ends(Action test) => Task.Run(test).WaitAsync(Hang.Limit);

    private static void FiniteOrNamed(string column, float value, Action run)
    {
        try
        {
            run();
        }
        catch (TrainingException e)
        {
            e.Message.ShouldContain(column, customMessage: $"{value}");
            e.Message.ShouldMatch($@"\brow {Row}\b", $"{value}");
        }
    }

    private static Samples With(Samples rows, string column, float value)
    {
        float[] features = rows.Features.ToArray(), labels = rows.Labels.ToArray(), weights = rows.Weights.ToArray();
        Dictionary<string, Action> put = new()
        {
            [""] = () => { },
            ["'f1'"] = () => features[rows.Count + Row] = value,
            ["label"] = () => labels[Row] = value,
            ["weight"] = () => weights[Row] = value,
        };
        put[column]();
        return new Samples(rows.Names, features, labels, rows.Classes, weights);
    }
}
