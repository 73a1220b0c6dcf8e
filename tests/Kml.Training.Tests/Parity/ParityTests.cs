using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Parity;

/// <summary>
/// Layers, losses and optimisers against PyTorch's, on the same weights and batches: outputs, losses and the parameters after ten steps.
/// Single precision agrees to 1e-5, double to 1e-9: the norm of the difference relative to the norm, and each value relative to itself or to the root mean
/// square of its kind, whichever is greater (a sum that happens to end near 0 has the rounding of its terms).
/// </summary>
public sealed class ParityTests
{
    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (ParityNetwork network in ParityNetworks.All)
        {
            foreach ((string optimiser, _, _) in ParityNetworks.Optimisers)
                cases.Add(network.Name, optimiser);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_losses_and_parameters_are_those_of_PyTorch(string network, string optimiser)
    {
        int index = ParityNetworks.All.Select(n => n.Name).ToList().IndexOf(network);
        (_, Optimiser with, double rate) = ParityNetworks.Optimisers.Single(o => o.Name == optimiser);
        bool single = optimiser == "sgd";
        Dictionary<string, double[]> ours = single ? ParityRun.Of<float>(index, with, rate) : ParityRun.Of<double>(index, with, rate);
        foreach ((string quantity, double[] values) in ours)
        {
            double[] committed = ReferenceValues.Committed.Value[(network, optimiser, quantity)];
            Agree(values, committed, single ? 1e-5 : 1e-9, $"{quantity} of {network} with {optimiser}");
            if (ReferenceValues.Fresh.Value is { } fresh)
                Agree(values, fresh[(network, optimiser, quantity)], single ? 1e-5 : 1e-9, $"{quantity} of {network} with {optimiser}, computed afresh");
        }
    }

    [Fact]
    public void The_committed_values_are_those_that_the_script_computes()
    {
        ReferenceValues.Committed.Value.Count.ShouldBe(ParityNetworks.All.Count * ParityNetworks.Optimisers.Count * 3);
        if (ReferenceValues.Fresh.Value is not { } fresh)
            return;
        fresh.Keys.Order().ShouldBe(ReferenceValues.Committed.Value.Keys.Order());
        foreach (((string network, string optimiser, string quantity) key, double[] values) in fresh)
            Agree(ReferenceValues.Committed.Value[key], values, 1e-6, key.ToString());
    }

    private static void Agree(double[] values, double[] expected, double tolerance, string what)
    {
        values.Length.ShouldBe(expected.Length, what);
        double norm = Math.Sqrt(expected.Sum(v => v * v)), usual = norm / Math.Sqrt(expected.Length);
        double difference = Math.Sqrt(values.Zip(expected, (a, b) => (a - b) * (a - b)).Sum());
        difference.ShouldBeLessThanOrEqualTo(tolerance * norm, what);
        for (int i = 0; i < values.Length; i++)
            values[i].ShouldBe(expected[i], tolerance * Math.Max(Math.Abs(expected[i]), usual), $"{what}, value {i}");
    }
}
