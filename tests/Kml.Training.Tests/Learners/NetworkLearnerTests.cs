using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Kml.Model;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests.Learners;

public sealed class NetworkLearnerTests
{
    private static readonly FitOptions Quick = new() { Console = null, MaxEpochs = 60, LearningRate = 0.01f };

    public static TheoryData<Loss> LossesOfNumbers => [new SquaredLoss(), new HuberLoss(0.3), new QuantileLoss(0.5)];

    public static TheoryData<Loss> LossesOfClasses =>
        [new CrossEntropyLoss(), new CrossEntropyLoss(EquatableArray.Of(1.0, 2.0)), new BinaryCrossEntropyLoss(), new HingeLoss()];

    public static TheoryData<Optimiser> Optimisers => [new Sgd(0.9), new Adam(), new AdamW()];

    [Theory]
    [MemberData(nameof(LossesOfNumbers))]
    public void Every_loss_of_numbers_is_learned(Loss loss)
    {
        Samples test = LearnerCase.Rows(200, 2, 0, seed: 2);
        float[] outputs = LearnerCase.Predict(new NetworkLearner { Options = Quick with { Loss = loss } }.Fit(LearnerCase.Rows(800, 2, 0)), test);
        outputs.Zip(test.Labels.ToArray()).Average(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(4);
    }

    [Fact]
    public void A_quantile_is_above_that_share_of_labels()
    {
        Random random = new(99);
        Samples train = LearnerCase.Rows(2000, 1, 0, label: (_, label) => label + (random.NextSingle() * 100));
        float[] outputs = LearnerCase.Predict(new NetworkLearner { Options = Quick with { Loss = new QuantileLoss(0.9) } }.Fit(train), train);
        (outputs.Zip(train.Labels.ToArray()).Count(pair => pair.Second <= pair.First) / 2000.0).ShouldBe(0.9, 0.02);
    }

    [Theory]
    [MemberData(nameof(LossesOfClasses))]
    public void Every_loss_of_classes_is_learned(Loss loss)
    {
        IPredictor predictor = new NetworkLearner { Options = Quick with { Loss = loss } }.Fit(LearnerCase.Rows(800, 2, 2));
        Samples test = LearnerCase.Rows(200, 2, 2, seed: 2);
        LearnerCase.Accuracy(predictor, test).ShouldBeGreaterThan(0.96);
        float[] outputs = LearnerCase.Predict(predictor, test);
        for (int row = 0; row < 200; row++)
            (outputs[row] + outputs[200 + row]).ShouldBe(1, 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void Every_optimiser_learns(Optimiser optimiser)
    {
        IPredictor fitted = new NetworkLearner { Options = Quick with { Optimiser = optimiser } }.Fit(LearnerCase.Rows(800, 2, 3));

        LearnerCase.Accuracy(fitted, LearnerCase.Rows(200, 2, 3, seed: 2)).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Any_form_is_fitted()
    {
        Samples rows = LearnerCase.Rows(400, 8, 3);
        NetworkForm[] forms =
        [
            NetworkForm.Of(8, new LayerNormLayer(), new DenseLayer(16, Nonlinearity.Tanh), new DropoutLayer(0.1), new DenseLayer(3)),
            new(new LayerShape(4, 2), new([new LstmLayer(12), new DenseLayer(3)])),
            new(new LayerShape(4, 2), new([new GruLayer(12), new DenseLayer(3)])),
            new(new LayerShape(4, 2), new([new ConvolutionLayer(8, 2) { Nonlinearity = Nonlinearity.Relu }, new FlattenLayer(), new DenseLayer(3)])),
        ];
        foreach (NetworkForm form in forms)
            LearnerCase.Accuracy(new NetworkLearner { Form = form, Options = Quick }.Fit(rows), rows).ShouldBeGreaterThan(0.8, form.Layers[0].ToString());
    }

    [Fact]
    public void An_embedding_takes_its_index_as_it_is()
    {
        Samples rows = LearnerCase.Rows(600, 2, 0, feature: (f, row) => f == 0 ? row % 7 : row % 10, label: (row, _) => (row % 7 * 31 % 7) + (row % 10));
        NetworkLearner learner = new()
        {
            Form = NetworkForm.Of(2, new EmbeddingLayer(0, 7, 4), new DenseLayer(16, Nonlinearity.Relu), new DenseLayer(1)),
            Options = Quick with { MaxEpochs = 150, Patience = 150 },
        };
        LearnerCase.Predict(learner.Fit(rows), rows).Zip(rows.Labels.ToArray()).Average(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(0.4f);
        Refused(learner, LearnerCase.Rows(50, 2, 0, feature: (_, row) => row)).ShouldContain("whole number from 0 to 6");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Samples rows = LearnerCase.Rows(1000, 4, 3);
        NetworkLearner learner = new() { Hidden = [64, 64], Options = Quick with { MaxEpochs = 3, Threads = 1 } };
        int[] Bits(int threads) => Optimisation.Course.Bits((learner with { Options = learner.Options with { Threads = threads } }).FitAndReport(rows));
        Bits(2).ShouldBe(Bits(1));
        Bits(7).ShouldBe(Bits(1));
        Bits(0).ShouldBe(Bits(1));
    }

    [Fact]
    public void The_bits_of_a_training_are_those_that_every_machine_gives()
    {
        // Sums, products and roots only: exp and tanh have tests of their own.
        NetworkFit fit = new NetworkLearner { Hidden = [16, 16], Options = Quick with { MaxEpochs = 3, BatchRows = 100 } }
            .FitAndReport(LearnerCase.Rows(250, 5, 0, weight: row => 1 + (row % 3)));
        Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(fit.Predictor.Parameters)))[..16].ShouldBe("931942993CD216CD");
    }

    [Fact]
    public void A_row_of_weight_3_is_three_rows()
    {
        Samples rows = LearnerCase.Rows(60, 2, 3);
        Samples heavy = LearnerCase.Rows(60, 2, 3, weight: row => row < 20 ? 3 : 1);
        Samples copied = rows.Select([.. Enumerable.Range(0, 60), .. Enumerable.Range(0, 20), .. Enumerable.Range(0, 20)]);

        // One batch an epoch: the order of rows only rounds differently.
        NetworkLearner learner = new() { Options = Quick with { MaxEpochs = 10, Optimiser = new Sgd() } };
        LearnerCase.Predict(learner.Fit(heavy), rows).Zip(LearnerCase.Predict(learner.Fit(copied), rows))
            .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-4);
    }

    [Fact]
    public void Balanced_classes_make_a_rare_one_as_likely_as_a_frequent_one()
    {
        // One of ten rows is of class 1, and no feature tells which.
        Samples rows = LearnerCase.Rows(1000, 1, 2, label: (row, _) => row % 10 == 0 ? 1 : 0);
        NetworkLearner learner = new() { Options = Quick with { MaxEpochs = 30 } };
        Mean(learner).ShouldBe(0.1, 0.03);
        Mean(learner with { Options = learner.Options with { BalanceClasses = true } }).ShouldBe(0.5, 0.05);

        double Mean(NetworkLearner of) => LearnerCase.Predict(of.Fit(rows), rows)[1000..].Average();
    }

    [Fact]
    public void A_frozen_trunk_keeps_its_weights_and_its_embedding()
    {
        Samples rows = LearnerCase.Rows(300, 3, 3), others = LearnerCase.Rows(300, 3, 3, seed: 5, label: (_, label) => 2 - label);
        NetworkPredictor first = new NetworkLearner { Hidden = [12, 6], Options = Quick }.FitAndReport(rows).Predictor;
        NetworkLearner next = new() { From = first, FrozenLayers = 2, Options = Quick with { Optimiser = new AdamW(WeightDecay: 0.1), LearningRate = 0.05f } };
        NetworkPredictor adapted = next.FitAndReport(others).Predictor;
        adapted.LayerParameters(0).SequenceEqual(first.LayerParameters(0)).ShouldBeTrue();
        adapted.LayerParameters(1).SequenceEqual(first.LayerParameters(1)).ShouldBeTrue();
        adapted.LayerParameters(2).SequenceEqual(first.LayerParameters(2)).ShouldBeFalse();
        LearnerCase.Accuracy(adapted, others).ShouldBeGreaterThan(LearnerCase.Accuracy(first, others) + 0.3);

        first.EmbeddingWidth.ShouldBe(6);
        float[] before = new float[300 * 6], after = new float[300 * 6];
        first.Embed(others.Features, 300, before);
        adapted.Embed(others.Features, 300, after);
        after.ShouldBe(before);

        // The head on the embedding is the whole network.
        ReadOnlySpan<float> head = first.LayerParameters(2);
        float[] outputs = LearnerCase.Predict(first, others);
        double[] scores = new double[3];
        for (int c = 0; c < 3; c++)
        {
            scores[c] = head[18 + c];
            for (int u = 0; u < 6; u++)
                scores[c] += head[(u * 3) + c] * before[(u * 300) + 123];
        }

        double sum = scores.Sum(Math.Exp);
        for (int c = 0; c < 3; c++)
            ((double)outputs[(c * 300) + 123]).ShouldBe(Math.Exp(scores[c]) / sum, 1e-5);
    }

    [Fact]
    public void A_rate_that_diverges_is_told_with_advice_and_the_best_weights_kept()
    {
        Samples rows = LearnerCase.Rows(300, 2, 0);
        NetworkLearner learner = new() { Options = Quick with { LearningRate = 1e9f, Loss = new SquaredLoss(), Optimiser = new Sgd() } };
        NetworkFit fit = learner.FitAndReport(rows);
        fit.Outcome.ShouldBe(TrainingOutcome.Diverged);
        fit.Epochs.Count.ShouldBeLessThan(5);
        fit.Warnings.ShouldContain(w =>
            w.Kind == TrainingWarningKind.Diverged && w.Message.Contains("Use a learning rate of 1E+08 or less", StringComparison.Ordinal));
        LearnerCase.Predict(fit.Predictor, rows).ShouldAllBe(y => float.IsFinite(y));
        Should.Throw<TrainingException>(() => learner.Fit(rows)).Message.ShouldContain("Use a learning rate of 1E+08 or less");

        // Diverging after some good epochs: those are kept.
        NetworkFit good = new NetworkLearner { Options = Quick }.FitAndReport(rows);
        NetworkFit late = (learner with { From = good.Predictor }).FitAndReport(rows);
        late.Outcome.ShouldBe(TrainingOutcome.Diverged);
        LearnerCase.Predict(late.Predictor, rows).ShouldBe(LearnerCase.Predict(good.Predictor, rows));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Samples classes = LearnerCase.Rows(50, 2, 3), numbers = LearnerCase.Rows(50, 2, 0);
        NetworkLearner learner = new() { Options = Quick };
        Refused(learner with { Options = Quick with { Loss = new SquaredLoss() } }, classes)
            .ShouldContain("SquaredLoss is for numbers and there are 3 classes");
        Refused(learner with { Options = Quick with { Loss = new CrossEntropyLoss() } }, numbers).ShouldContain("CrossEntropyLoss is for classes");
        Refused(learner with { Options = Quick with { Loss = new BinaryCrossEntropyLoss() } }, classes).ShouldContain("for 2 classes and there are 3");
        Refused(learner with { Options = Quick with { Loss = new CrossEntropyLoss(EquatableArray.Of(1.0)) } }, classes)
            .ShouldContain("1 class weights and 3 classes");
        Refused(learner with { Form = NetworkForm.Of(3, new DenseLayer(3)) }, classes)
            .ShouldContain("takes 3 numbers a row (1 steps of 3) and the samples have 2 features");
        Refused(learner with { Form = NetworkForm.Of(2, new DenseLayer(4)) }, classes).ShouldContain("ends with 4 units");
        Refused(learner with { Form = NetworkForm.Of(2, new DropoutLayer(0.5)) }, LearnerCase.Rows(50, 2, 2)).ShouldContain("add a dense layer");
        Refused(learner with { Form = new(new LayerShape(2, 1), new([new LstmLayer(3) { CarriesState = true }])) }, classes)
            .ShouldContain("set CarriesState to false");
        Refused(learner with { FrozenLayers = 1 }, classes).ShouldContain("give a network to go on from");
        Refused(learner with { From = learner.FitAndReport(numbers).Predictor }, classes).ShouldContain("change its last layer");
        Refused(learner with { Options = Quick with { Threads = -1 } }, classes).ShouldContain("Threads is -1");
        Refused(learner with { Options = Quick with { Optimiser = new Adam(Beta1: 1) } }, classes).ShouldContain("first beta is 1");
        Refused(learner with { Hidden = [0] }, classes).ShouldContain("0 units");
        Refused(learner, LearnerCase.Rows(50, 2, 1)).ShouldContain("1 class");
        Should.Throw<TrainingException>(() => learner.Fit(classes, numbers)).Message.ShouldContain("they must be alike");
        Should.Throw<TrainingException>(() => learner.Fit(classes, LearnerCase.Rows(9, 2, 3, weight: _ => 0)))
            .Message.ShouldContain("None of the 9 validation rows counts");
        Should.Throw<TrainingException>(() => LearnerCase.Rows(50, 2, 3, label: (_, _) => 3)).Message.ShouldContain("a whole number from 0 to 2");
        Should.Throw<TrainingException>(() => LearnerCase.Rows(50, 2, 3, feature: (_, row) => row == 7 ? float.NaN : row))
            .Message.ShouldContain("Column 'f0' is NaN in row 7");
        Should.Throw<TrainingException>(() => LearnerCase.Rows(50, 2, 3, feature: (f, row) => row == 7 && f == 1 ? float.NegativeInfinity : row))
            .Message.ShouldContain("Column 'f1' is -Infinity in row 7");
    }

    [Fact]
    public void Warnings_and_outcome_are_printed()
    {
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 300;
        NetworkFit fit = new NetworkLearner { Options = Quick with { MaxEpochs = 2, Console = console } }
            .FitAndReport(LearnerCase.Rows(100, 2, 3, feature: (f, row) => f == 0 ? 5 : row, label: (row, _) => row % 2));
        fit.Print(console);
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("network 16: epoch 2  loss ");
        lines[1].ShouldStartWith("stopped at the epoch limit after 2 epochs in ");
        lines[1].ShouldEndWith(" bytes");
        lines[2].ShouldStartWith("warning: ConstantFeature: feature 'f0' is 5 in all 100 training rows");
        lines[3].ShouldStartWith("warning: EmptyClass: class 2 has no training row");
    }

    private static string Refused(NetworkLearner learner, Samples rows) => Should.Throw<TrainingException>(() => learner.Fit(rows)).Message;
}
