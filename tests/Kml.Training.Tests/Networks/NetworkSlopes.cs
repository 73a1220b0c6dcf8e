using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Shouldly;

namespace Kml.Training.Tests.Networks;

/// <summary>
/// Holds the gradient of a whole network and its loss against finite differences, in double precision, with rows of different weight and some of none.
/// </summary>
internal static class NetworkSlopes
{
    /// <summary>Checks every parameter.</summary>
    /// <param name="form">The network.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="indices">Features that hold an index, and how many of them; the others are numbers at random.</param>
    internal static void Check(NetworkForm form, Loss loss, params (int Feature, int Count)[] indices)
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
        foreach ((int feature, int count) in indices)
        {
            for (int s = 0; s < form.Input.Steps; s++)
            {
                foreach (ref double index in network.Input[s, feature])
                    index = random.Next(count);
            }
        }

        int units = form.Output.Units;
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
