using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Sequences;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Sequences;

public sealed class SequenceLearnerTests
{
    [Fact]
    public void It_counts_what_it_saw_long_ago()
    {
        // The class is the parity of the ones so far: no recent row tells it.
        Samples train = Parities(400, 9, 1), test = Parities(100, 17, 2);
        SequencePredictor predictor = new SequenceLearner(Form(2, gru: true)) { LearningRate = 0.02, MaxEpochs = 80 }.Fit(train);
        Accuracy(predictor.Predict(test), test).ShouldBeGreaterThan(0.97);
    }

    [Fact]
    public void It_predicts_numbers_in_the_unit_of_the_label()
    {
        // The label is the sum of the entity's features so far, times 100 and above 1,000.
        Samples train = Sums(300, 1), test = Sums(60, 2);
        SequencePredictor predictor = new SequenceLearner(Form(1, gru: false)) { LearningRate = 0.01, MaxEpochs = 60 }.Fit(train, Sums(60, 3));
        float[] predicted = predictor.Predict(test);
        double mean = test.Labels.ToArray().Average(), error = 0, usual = 0;
        for (int row = 0; row < test.Count; row++)
        {
            error += Math.Pow(predicted[row] - test.Labels[row], 2);
            usual += Math.Pow(mean - test.Labels[row], 2);
        }

        (error / usual).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_binary_loss_gives_both_probabilities()
    {
        Samples train = Parities(100, 9, 1);
        SequencePredictor predictor = new SequenceLearner(Form(1, gru: true)) { LearningRate = 0.02, MaxEpochs = 2, Loss = new BinaryCrossEntropyLoss() }
            .Fit(train);
        float[] predicted = predictor.Predict(train);
        predicted.Length.ShouldBe(2 * train.Count);
        for (int row = 0; row < train.Count; row++)
            (predicted[row] + predicted[train.Count + row]).ShouldBe(1f, 1e-6f);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Samples train = Parities(150, 9, 1);
        SequenceLearner learner = new(Form(2, gru: true)) { MaxEpochs = 3, Lanes = 96, Threads = 1 };
        learner.Fit(train).Parameters.ToArray().ShouldBe((learner with { Threads = 2 }).Fit(train).Parameters.ToArray());
    }

    [Fact]
    public void Times_say_which_row_follows_which_wherever_they_lie()
    {
        Samples train = Parities(150, 9, 1);
        int[] order = [.. Enumerable.Range(0, train.Count).Reverse()];
        SequencePredictor predictor = new SequenceLearner(Form(2, gru: true)) { MaxEpochs = 3 }.Fit(train);
        float[] predicted = predictor.Predict(train), reversed = predictor.Predict(train.Select(order));
        for (int row = 0; row < train.Count; row++)
            reversed[train.Count - 1 - row].ShouldBe(predicted[row]);
    }

    [Fact]
    public void Rows_with_their_recent_ones_suit_every_learner()
    {
        // The label is the feature three rows before.
        Samples rows = RecentRows.Of(Delayed(100, 12, 1), 4), test = RecentRows.Of(Delayed(40, 12, 2), 4);
        NetworkForm form = new(new LayerShape(4, 1), new([new LstmLayer(8), new DenseLayer(2)]));
        IPredictor predictor = new NetworkLearner { Form = form, Options = new() { Console = null, MaxEpochs = 40, LearningRate = 0.02f, BatchRows = 64 } }
            .Fit(rows);
        float[] predicted = new float[2 * test.Count];
        predictor.Predict(test.Features, test.Count, predicted);
        Accuracy(predicted, test).ShouldBeGreaterThan(0.97);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Samples train = Parities(5, 4, 1);
        Refused(new SequenceLearner(Form(3, gru: true)), train, "need 2");
        Refused(new SequenceLearner(Form(2, gru: true)) { Lanes = 0 }, train, "Lanes (0)");
        Refused(new SequenceLearner(Form(2, gru: true)) { LearningRate = double.NaN }, train, "learning rate");
        Refused(new SequenceLearner(new(new LayerShape(4, 1), new([new GruLayer(3) { EveryStep = true }, new DenseLayer(2)]))), train, "CarriesState");
        Refused(new SequenceLearner(new(new LayerShape(4, 1), new([new GruLayer(3) { CarriesState = true }, new DenseLayer(2)]))), train, "every step");
        Refused(new SequenceLearner(Form(2, gru: true)) { LearningRate = 1e30, MaxEpochs = 2 }, train, "smaller learning rate");
        Refused(
            new SequenceLearner(Form(2, gru: true)),
            new Samples(train.Names, [.. train.Features], [.. train.Labels], 2, new float[train.Count]),
            "weight above 0");
        Should.Throw<TrainingException>(() => new SequenceLearner(Form(2, gru: true)).Fit(train, SequenceData.Of(5, 1, 1))).Message.ShouldContain("alike");
        Should.Throw<TrainingException>(() => new SequenceLearner(Form(1, gru: true)).Fit(SequenceData.Of(5, 1, 1))).Message.ShouldContain("2 features");
    }

    private static void Refused(SequenceLearner learner, Samples train, string why) =>
        Should.Throw<TrainingException>(() => learner.Fit(train)).Message.ShouldContain(why);

    private static NetworkForm Form(int outputs, bool gru) => new(
        new LayerShape(4, 1),
        new(
        [
            gru ? new GruLayer(8) { EveryStep = true, CarriesState = true } : new LstmLayer(8) { EveryStep = true, CarriesState = true },
            new DenseLayer(outputs),
        ]));

    private static double Accuracy(float[] probabilities, Samples rows) =>
        Enumerable.Range(0, rows.Count).Average(row => (probabilities[rows.Count + row] > probabilities[row] ? 1f : 0f) == rows.Labels[row] ? 1.0 : 0.0);

    private static Samples Parities(int entities, int length, int seed) =>
        Of(entities, length, seed, 2, (random, _) => random.Next(2), seen => (int)seen.Sum() % 2);

    private static Samples Sums(int entities, int seed) =>
        Of(entities, 10, seed, 0, (random, _) => random.NextSingle() - 0.5f, seen => 1000 + (100 * seen.Sum()));

    private static Samples Delayed(int entities, int length, int seed) =>
        Of(entities, length, seed, 2, (random, _) => random.Next(2), seen => seen[Math.Max(0, seen.Count - 4)]);

    /// <summary>Entities whose rows lie mixed, row after row of all of them.</summary>
    private static Samples Of(int entities, int length, int seed, int classes, Func<Random, int, float> feature, Func<List<float>, float> label)
    {
        Random random = new(seed);
        List<float>[] seen = [.. Enumerable.Range(0, entities).Select(_ => new List<float>())];
        List<float> features = [], labels = [];
        List<int> groups = [];
        for (int step = 0; step < length; step++)
        {
            for (int entity = 0; entity < entities; entity++)
            {
                features.Add(feature(random, step));
                seen[entity].Add(features[^1]);
                labels.Add(label(seen[entity]));
                groups.Add(entity);
            }
        }

        return new Samples(["x"], [.. features], [.. labels], classes, groups: [.. groups]);
    }
}
