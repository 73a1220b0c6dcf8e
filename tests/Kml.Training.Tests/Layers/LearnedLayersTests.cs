using System;
using System.Linq;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

/// <summary>What layers are for, through the learner.</summary>
public sealed class LearnedLayersTests
{
    private static readonly FitOptions Quick = new() { BatchRows = 64, MaxEpochs = 80, LearningRate = 0.02f, Console = null };

    [Fact]
    public void An_embedding_learns_what_no_order_of_indices_tells()
    {
        // Indices 0, 3, 4 act one way and 1, 2, 5 the other: no line through them does.
        Samples rows = Indices([0, 1, 1, 0, 0, 1], 0);
        NetworkLearner learner = new() { Form = NetworkForm.Of(2, new EmbeddingLayer(0, 6, 2), new LayerNormLayer(), new DenseLayer(2)), Options = Quick };
        Evaluation.RowOf("embedding", learner.Fit(rows), rows).Class!.Accuracy.ShouldBeGreaterThan(0.97);
        NetworkLearner line = new() { Form = NetworkForm.Of(2, new DenseLayer(2)), Options = Quick };
        Evaluation.RowOf("line", line.Fit(rows), rows).Class!.Accuracy.ShouldBeLessThan(0.8);
    }

    [Fact]
    public void An_index_that_is_none_is_named_before_training()
    {
        NetworkLearner learner = new() { Form = NetworkForm.Of(2, new EmbeddingLayer(0, 6, 2), new DenseLayer(2)), Options = Quick };

        Should.Throw<TrainingException>(() => learner.Fit(Indices([0, 1, 1, 0, 0, 1], 6))).Message.ShouldContain("'operation' of row 17 is 6");
    }

    [Fact]
    public void A_convolution_finds_a_pattern_wherever_it_is()
    {
        Random random = new(5);
        const int count = 400, steps = 12;
        float[] x = new float[steps * count], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = row % 2;
            int at = random.Next(steps - 2);
            for (int step = 0; step < steps; step++)
                x[(step * count) + row] = (random.NextSingle() - 0.5f) / 2;

            // Up-down-up or down-up-down: the same numbers, but for their signs.
            for (int t = 0; t < 3; t++)
                x[((at + t) * count) + row] += (t == 1 ? -1 : 1) * (row % 2 == 0 ? 2 : -2);
        }

        Samples rows = new([.. Enumerable.Range(0, steps).Select(s => $"at {s}")], x, labels, 2);
        NetworkForm form = new(
            new LayerShape(steps, 1),
            new([new ConvolutionLayer(4, 3, 1, Nonlinearity.Relu), new FlattenLayer(), new DropoutLayer(0.1), new DenseLayer(2)]));
        (Samples train, Samples test) = rows.Folds(2, FoldKind.Stratified, 1).First();
        IPredictor fitted = new NetworkLearner { Form = form, Options = Quick }.Fit(train);
        Evaluation.RowOf("convolution", fitted, test).Class!.Accuracy.ShouldBeGreaterThan(0.95);
    }

    private static Samples Indices(float[] labels, float oddOne)
    {
        float[] index = [.. Enumerable.Range(0, 300).Select(i => i == 17 && oddOne > 0 ? oddOne : (float)(i % 6))];
        return new Samples(
            ["operation", "size"],
            [.. index, .. Enumerable.Range(0, 300).Select(i => (float)(i * 7 % 11))],
            [.. Enumerable.Range(0, 300).Select(i => labels[i % 6])],
            2);
    }
}
