using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Training.Tests.Parity;

/// <summary>What reference.py does, by the library: ten steps on two batches of 24 rows, padded to 32.</summary>
internal static class ParityRun
{
    private const int Rows = 24;
    private const int Padded = 32;
    private const int Batches = 2;
    private const int Steps = 10;

    internal static Dictionary<string, double[]> Of<T>(int index, Optimiser optimiser, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ParityNetwork declared = ParityNetworks.All[index];
        using Network<T> network = new(declared.Form, declared.Loss, Padded);
        ParityNumbers numbers = new((ulong)index + 1);
        T[] parameters = new T[network.ParameterLength], gradient = new T[network.ParameterLength];
        foreach (ParameterSlice slice in network.Slices)
        {
            for (int i = 0; i < slice.Count; i++)
                parameters[slice.Offset + i] = T.CreateChecked(numbers.Next() * 0.5);
        }

        List<(double[] Inputs, double[] Labels)> batches = [.. Enumerable.Range(0, Batches).Select(_ => Batch(declared, network, numbers))];
        OptimiserState<T> state = optimiser.Start<T>(parameters.Length);
        double[] outputs = [], losses = new double[Steps];
        int outputSteps = network.Outputs.Shape.Steps;
        T share = T.One / T.CreateChecked(Rows * outputSteps);
        for (int step = 0; step < Steps; step++)
        {
            (double[] inputs, double[] labels) = batches[step % Batches];
            Pad(inputs, network.Input.Span);
            Pad(labels, network.Targets);
            Pad([.. labels.Select(_ => 1.0)], network.Weights);
            losses[step] = network.Forward(parameters, share, training: true) / (Rows * outputSteps);
            if (step == 0)
            {
                outputs =
                [
                    .. Enumerable.Range(0, network.Outputs.Span.Length)
                        .Where(i => i % Padded < Rows)
                        .Select(i => double.CreateChecked(network.Outputs.Span[i])),
                ];
            }

            network.Backward(parameters, gradient);
            state.Step(parameters, gradient, rate);
        }

        return new()
        {
            ["outputs"] = outputs,
            ["losses"] = losses,
            ["parameters"] = [.. network.Slices.SelectMany(slice => parameters.Skip(slice.Offset).Take(slice.Count)).Select(double.CreateChecked)],
        };
    }

    private static (double[] Inputs, double[] Labels) Batch<T>(ParityNetwork declared, Network<T> network, ParityNumbers numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] inputs = numbers.Take(declared.Input.Steps * declared.Input.Units * Rows), labels = numbers.Take(network.Outputs.Shape.Steps * Rows);
        if (declared.Index is (int feature, int count))
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                if (i / Rows % declared.Input.Units == feature)
                    inputs[i] = Math.Floor((inputs[i] + 1) / 2 * count);
            }
        }

        return (inputs, declared.Classes > 0 ? [.. labels.Select(label => Math.Floor((label + 1) / 2 * declared.Classes))] : labels);
    }

    private static void Pad<T>(double[] values, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        to.Clear();
        for (int i = 0; i < values.Length; i++)
            to[(i / Rows * Padded) + (i % Rows)] = T.CreateChecked(values[i]);
    }
}
