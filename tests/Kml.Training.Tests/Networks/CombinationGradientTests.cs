using System.Collections.Generic;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Xunit;

namespace Kml.Training.Tests.Networks;

/// <summary>Gradients through layers of several kinds, with a loss of the last step and of every step.</summary>
public sealed class CombinationGradientTests
{
    [Fact]
    public void An_LSTM_over_anything_under_any_loss()
    {
        foreach ((Loss loss, int units) in Losses())
        {
            NetworkSlopes.Check(new(new(3, 3), new([new LstmLayer(4), new DenseLayer(units)])), loss);
            NetworkSlopes.Check(
                new(new(2, 2), new([new DenseLayer(3, Nonlinearity.Tanh), new LstmLayer(3) { EveryStep = true }, new DenseLayer(units)])),
                loss);
        }

        NetworkSlopes.Check(
            new(new(3, 3), new([new EmbeddingLayer(1, 4, 2), new LstmLayer(3) { EveryStep = true }, new DenseLayer(1)])),
            new HuberLoss(0.3),
            (1, 4));
        NetworkSlopes.Check(
            new(new(5, 2), new([new ConvolutionLayer(3, 2, 1, Nonlinearity.Tanh), new LstmLayer(3), new DenseLayer(1)])),
            new QuantileLoss(0.9));
        NetworkSlopes.Check(
            new(new(3, 2), new([new LstmLayer(3) { EveryStep = true }, new LayerNormLayer(), new LstmLayer(2), new DenseLayer(3)])),
            new CrossEntropyLoss());
        NetworkSlopes.Check(new(new(3, 2), new([new LstmLayer(3) { EveryStep = true }, new FlattenLayer(), new DenseLayer(1)])), new SquaredLoss());
    }

    [Fact]
    public void A_GRU_over_anything_under_any_loss()
    {
        foreach ((Loss loss, int units) in Losses())
        {
            NetworkSlopes.Check(new(new(3, 3), new([new GruLayer(4), new DenseLayer(units)])), loss);
            NetworkSlopes.Check(new(new(2, 2), new([new DenseLayer(3, Nonlinearity.Tanh), new GruLayer(3) { EveryStep = true }, new DenseLayer(units)])), loss);
        }

        NetworkSlopes.Check(new(new(3, 3), new([new EmbeddingLayer(0, 4, 2), new GruLayer(3), new DenseLayer(1)])), new BinaryCrossEntropyLoss(2), (0, 4));
        NetworkSlopes.Check(
            new(new(5, 2), new([new ConvolutionLayer(3, 3, 2, Nonlinearity.Sigmoid), new GruLayer(3) { EveryStep = true }, new DenseLayer(3)])),
            new CrossEntropyLoss());
        NetworkSlopes.Check(
            new(new(3, 2), new([new GruLayer(3) { EveryStep = true }, new LstmLayer(2) { EveryStep = true }, new DenseLayer(1)])),
            new SquaredLoss());
        NetworkSlopes.Check(
            new(new(3, 2), new([new GruLayer(3) { EveryStep = true }, new LayerNormLayer(), new FlattenLayer(), new DenseLayer(1)])),
            new HuberLoss(0.3));
    }

    [Fact]
    public void Convolution_embedding_and_normalisation_under_dense_layers()
    {
        NetworkSlopes.Check(
            new(
                new(6, 3),
                new([new ConvolutionLayer(4, 3, 2, Nonlinearity.Tanh), new FlattenLayer(), new DenseLayer(5, Nonlinearity.Sigmoid), new DenseLayer(3)])),
            new CrossEntropyLoss());
        NetworkSlopes.Check(
            NetworkForm.Of(3, new EmbeddingLayer(2, 5, 3), new DenseLayer(4, Nonlinearity.Tanh), new LayerNormLayer(), new DenseLayer(1)),
            new HuberLoss(0.3),
            (2, 5));
        NetworkSlopes.Check(
            NetworkForm.Of(3, new EmbeddingLayer(0, 3, 2), new EmbeddingLayer(3, 4, 2), new DenseLayer(4, Nonlinearity.LeakyRelu), new DenseLayer(1)),
            new QuantileLoss(0.1),
            (0, 3),
            (2, 4));
    }

    private static IEnumerable<(Loss Loss, int Units)> Losses() =>
    [
        (new SquaredLoss(), 1),
        (new HuberLoss(0.3), 1),
        (new QuantileLoss(0.9), 1),
        (new BinaryCrossEntropyLoss(), 1),
        (new HingeLoss(), 3),
        (new CrossEntropyLoss(), 3),
    ];
}
