using System;
using System.Linq;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Quantise;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class IntegerPredictorTests
{
    private const int Rows = 256;

    private static readonly float[] Mean = [1000, -0.25f, 3e7f], Deviation = [300, 0.01f, 1e7f];

    [Fact]
    public void A_regression_comes_out_in_the_labels_unit()
    {
        NetworkForm form = NetworkForm.Of(
            3,
            new DenseLayer(12, Nonlinearity.Tanh),
            new DropoutLayer(0.5),
            new DenseLayer(6, Nonlinearity.Relu),
            new DenseLayer(1));
        (Samples rows, float[] parameters, float[] expected) = Make(form, 0);
        float[] predicted = new float[Rows];
        Twin(form, rows, parameters).Predict(rows.Features, Rows, predicted);
        for (int row = 0; row < Rows; row++)
            predicted[row].ShouldBe((expected[row] * 0.02f) + 0.5f, 0.0002, $"row {row}");
    }

    [Fact]
    public void A_classification_gives_its_class_the_probability_1()
    {
        NetworkForm form = NetworkForm.Of(3, new DenseLayer(12, Nonlinearity.Sigmoid), new DenseLayer(4));
        (Samples rows, float[] parameters, float[] expected) = Make(form, 4);
        float[] predicted = new float[4 * Rows];
        Twin(form, rows, parameters).Predict(rows.Features, Rows, predicted);
        for (int row = 0; row < Rows; row++)
        {
            float[] scores = [.. Enumerable.Range(0, 4).Select(k => expected[(k * Rows) + row])];
            int chosen = Enumerable.Range(0, 4).Single(k => predicted[(k * Rows) + row] == 1);
            Enumerable.Range(0, 4).Sum(k => predicted[(k * Rows) + row]).ShouldBe(1);
            (scores.Max() - scores[chosen]).ShouldBeLessThan(0.005f);
        }
    }

    [Fact]
    public void A_prediction_allocates_nothing()
    {
        NetworkForm form = NetworkForm.Of(3, new DenseLayer(12, Nonlinearity.Sigmoid), new DenseLayer(4));
        (Samples rows, float[] parameters, _) = Make(form, 4);
        IntegerPredictor twin = Twin(form, rows, parameters);
        float[] predicted = new float[4 * Rows];
        AllocationRounds.ShouldAllocateNothing(() => twin.Predict(rows.Features, Rows, predicted));
    }

    [Fact]
    public void Its_bytes_are_those_of_the_integers_in_the_struct_of_weights()
    {
        foreach ((NetworkForm form, int classes) in ((NetworkForm, int)[])
        [
            (NetworkForm.Of(3, new DenseLayer(5, Nonlinearity.Relu), new DropoutLayer(0.1), new DenseLayer(1)), 0),
            (NetworkForm.Of(7, new DenseLayer(1, Nonlinearity.Sigmoid)), 0),
            (NetworkForm.Of(2, new DenseLayer(16, Nonlinearity.Tanh), new DenseLayer(3)), 3),
        ])
        {
            ModelProgram program = TwinProgram.Of(form, classes);
            TwinProgram.Bytes(form, classes)
                .ShouldBe(program.Arrays.Where(array => array.Name.StartsWith("int_", StringComparison.Ordinal)).Sum(array => array.Bytes));
        }

        // Two classes that are told apart by one score have bytes, though no engine: maps of 3 features and an output, pairs of 3 weights and a bias.
        TwinProgram.Bytes(NetworkForm.Of(3, new DenseLayer(1)), 2).ShouldBe((16 * 4) + (8 * 4));
    }

    [Fact]
    public void A_class_without_an_output_is_refused()
    {
        NetworkForm form = NetworkForm.Of(3, new DenseLayer(1));
        (Samples rows, float[] parameters, _) = Make(form, 2);
        Should.Throw<TrainingException>(() => Twin(form, rows, parameters)).Message.ShouldContain("2 classes");
    }

    private static IntegerPredictor Twin(NetworkForm form, Samples rows, float[] parameters) =>
        IntegerPredictor.Of(
            form,
            new Normalisation(Mean, [.. Deviation.Select(d => 1 / d)], rows.Classes > 0 ? 1 : 0.02f, rows.Classes > 0 ? 0 : 0.5f),
            parameters,
            rows,
            16);

    /// <summary>Rows of very different columns, and what the float network makes of them.</summary>
    private static (Samples Rows, float[] Parameters, float[] Expected) Make(NetworkForm form, int classes)
    {
        Random random = new(5);
        using Network<float> network = new(form, classes > 1 && form.Output.Units > 1 ? new CrossEntropyLoss() : new SquaredLoss(), Rows);
        float[] parameters = new float[network.ParameterLength], features = new float[3 * Rows];
        network.Initialise(parameters, new Randomness(3));
        for (int at = 0; at < features.Length; at++)
        {
            int f = at / Rows;
            features[at] = Mean[f] + (((random.NextSingle() * 4) - 2) * Deviation[f]);
            if (f != 1)
                features[at] = MathF.Round(features[at]);
            network.Input[0, f][at % Rows] = (features[at] - Mean[f]) / Deviation[f];
        }

        network.Predict(parameters);
        float[] labels = [.. Enumerable.Range(0, Rows).Select(row => classes > 0 ? row % classes : (random.NextSingle() / 10) + 0.45f)];
        return (new Samples(["block", "share", "size"], features, labels, classes), parameters, network.Outputs.Span.ToArray());
    }
}
