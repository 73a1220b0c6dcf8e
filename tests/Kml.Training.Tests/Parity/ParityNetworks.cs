using System.Collections.Generic;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Training.Tests.Parity;

/// <summary>A network of reference.py.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Classes">0 for a regression.</param>
/// <param name="Index">Which feature is an index, and below what; null for none.</param>
/// <param name="Layers">Its layers.</param>
internal sealed record ParityNetwork(string Name, LayerShape Input, int Classes, (int Feature, int Count)? Index, params Layer[] Layers)
{
    internal NetworkForm Form => new(Input, new([.. Layers]));

    internal Loss Loss => Classes > 0 ? new CrossEntropyLoss() : new SquaredLoss();
}

/// <summary>The networks and optimisers of reference.py, in its order: a network's place seeds its numbers.</summary>
internal static class ParityNetworks
{
    internal static readonly IReadOnlyList<ParityNetwork> All =
    [
        new(
            "dense",
            new(1, 5),
            4,
            null,
            new DenseLayer(7, Nonlinearity.Relu),
            new DenseLayer(6, Nonlinearity.Tanh),
            new DenseLayer(5, Nonlinearity.Sigmoid),
            new DenseLayer(4)),
        new("lstm", new(6, 3), 3, null, new LstmLayer(9), new DenseLayer(3)),
        new("lstm_every", new(6, 3), 0, null, new LstmLayer(5) { EveryStep = true }, new LstmLayer(4) { EveryStep = true }, new DenseLayer(1)),
        new("lstm_carried", new(4, 3), 0, null, new DenseLayer(4, Nonlinearity.LeakyRelu), new LstmLayer(5) { CarriesState = true }, new DenseLayer(1)),
        new("gru", new(6, 3), 0, null, new GruLayer(9), new DenseLayer(1)),
        new("gru_every", new(6, 3), 3, null, new GruLayer(5) { EveryStep = true }, new GruLayer(4) { EveryStep = true }, new DenseLayer(3)),
        new("gru_carried", new(4, 3), 3, null, new GruLayer(5) { EveryStep = true, CarriesState = true }, new DenseLayer(3)),
        new("convolution", new(9, 3), 0, null, new ConvolutionLayer(6, 3, 2, Nonlinearity.Relu), new FlattenLayer(), new DenseLayer(1)),
        new("convolution_lstm", new(8, 3), 3, null, new ConvolutionLayer(4, 2, 1, Nonlinearity.Tanh), new LstmLayer(5), new DenseLayer(3)),
        new("embedding", new(1, 4), 3, (1, 6), new EmbeddingLayer(1, 6, 3), new DenseLayer(5, Nonlinearity.Tanh), new DenseLayer(3)),
        new("embedding_gru", new(5, 3), 0, (0, 4), new EmbeddingLayer(0, 4, 2), new GruLayer(5), new DenseLayer(1)),
        new("normalised", new(1, 5), 0, null, new DenseLayer(6), new LayerNormLayer(), new DenseLayer(4, Nonlinearity.LeakyRelu), new DenseLayer(1)),
    ];

    /// <summary>Name, optimiser and learning rate; SGD runs in single precision, the others in double, where a gradient of almost 0 is not blown up.</summary>
    internal static readonly IReadOnlyList<(string Name, Optimiser Optimiser, double Rate)> Optimisers =
    [
        ("sgd", new Sgd(Momentum: 0.9), 0.1),
        ("adam", new Adam(), 0.01),
        ("adamw", new AdamW(WeightDecay: 0.05), 0.01),
    ];
}
