using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Dense;

public sealed class NetworkGradientTests
{
    private static readonly (Loss Loss, int Units)[] Losses =
    [
        (new SquaredLoss(), 1),
        (new HuberLoss(0.3), 1),
        (new QuantileLoss(0.9), 1),
        (new BinaryCrossEntropyLoss(), 1),
        (new BinaryCrossEntropyLoss(3), 1),
        (new HingeLoss(), 1),
        (new HingeLoss(), 4),
        (new CrossEntropyLoss(), 2),
        (new CrossEntropyLoss(), 4),
        (new CrossEntropyLoss(new EquatableArray<double>([1, 0.5, 0, 2])), 4),
    ];

    public static TheoryData<Nonlinearity> All => [.. Enum.GetValues<Nonlinearity>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_of_every_loss_are_slopes(Nonlinearity hidden)
    {
        foreach ((Loss loss, int units) in Losses)
        {
            foreach (Nonlinearity last in Enum.GetValues<Nonlinearity>())
                Check(NetworkForm.Of(3, new DenseLayer(5, hidden), new DenseLayer(units, last)), loss, units);
        }
    }

    [Fact]
    public void Layers_share_their_parameters_among_steps() =>
        Check(new NetworkForm(new LayerShape(3, 2), new([new DenseLayer(4, Nonlinearity.Tanh), new DenseLayer(3)])), new CrossEntropyLoss(), 3);

    private static void Check(NetworkForm form, Loss loss, int units)
    {
        const int rows = 16;
        using Network<double> network = new(form, loss, rows);
        Random random = new(3);
        double[] parameters = new double[network.ParameterLength], gradient = new double[parameters.Length];
        network.Initialise(parameters, new Randomness(11));
        foreach (ParameterSlice slice in network.Slices)
        {
            for (int i = slice.Offset; i < slice.Offset + slice.Count; i++)
                parameters[i] += (random.NextDouble() - 0.5) * 0.4;
        }

        foreach (ref double value in network.Input.Span)
            value = (random.NextDouble() * 4) - 2;
        bool classes = units > 1 || loss is BinaryCrossEntropyLoss or HingeLoss;
        foreach (ref double target in network.Targets)
            target = classes ? random.Next(Math.Max(units, 2)) : (random.NextDouble() * 3) - 1.5;
        for (int row = 0; row < network.Weights.Length; row++)
            network.Weights[row] = row % 5 == 4 ? 0 : random.NextDouble() + 0.5;
        double share = 1 / network.Weights.ToArray().Sum();

        network.Forward(parameters, share, training: true);
        network.Backward(parameters, gradient);

        HashSet<int> used = [.. network.Slices.SelectMany(slice => Enumerable.Range(slice.Offset, slice.Count))];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!used.Contains(i))
            {
                gradient[i].ShouldBe(0);
                continue;
            }

            const double step = 1e-6;
            double at = parameters[i];
            parameters[i] = at + step;
            double above = network.Forward(parameters, share, training: true);
            parameters[i] = at - step;
            double below = network.Forward(parameters, share, training: true);
            parameters[i] = at;
            gradient[i].ShouldBe((above - below) * share / (2 * step), 1e-7, $"{form.Layers}, {loss}, parameter {i}");
        }
    }
}
