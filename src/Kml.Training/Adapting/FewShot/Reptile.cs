using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;

namespace Kml.Training.Adapting;

/// <summary>
/// Finds parameters from which few steps lead to any workload (Reptile; Nichol, Achiam, Schulman 2018): again and again takes steps on few rows of one
/// workload, then moves the start a part of the way there. Each workload's features are normalised by its own rows, as a new one's will be.
/// With one step and a way of 1 it is plain descent on all workloads in turn.
/// </summary>
/// <remarks>One seed, one result, to the bit.</remarks>
public sealed record Reptile
{
    private readonly EquatableArray<Layer> _hidden = new([new DenseLayer(16, Nonlinearity.Relu), new DenseLayer(16, Nonlinearity.Relu)]);

    /// <summary>Layers below the last, which has as many units as there are classes.</summary>
    public IReadOnlyList<Layer> Hidden
    {
        get => _hidden;
        init => _hidden = value.ToEquatableArray();
    }

    /// <summary>How often a workload is taken.</summary>
    public int Rounds { get; init; } = 4000;

    /// <summary>Steps on its rows.</summary>
    public int Steps { get; init; } = 4;

    /// <summary>Rows of a step; a multiple of 16.</summary>
    public int StepRows { get; init; } = 32;

    /// <summary>Rows from which those of all steps of a round are drawn: few, as they will be few.</summary>
    public int RoundRows { get; init; } = 192;

    /// <summary>The rate of a step.</summary>
    public double StepRate { get; init; } = 0.1;

    /// <summary>The part of the way that the start moves: at first; it falls to nearly nothing.</summary>
    public double Way { get; init; } = 0.5;

    /// <summary>Fixes first weights, workloads and rows.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Learns.</summary>
    /// <param name="workloads">
    /// Rows of all workloads, each a group (<see cref="Samples.Groups"/>). Rows and groups are drawn alike; row weights count in the loss.
    /// </param>
    /// <returns>The network; to be normalised for a workload (<see cref="NetworkPredictor.For"/>). As it is, it is normalised by all rows.</returns>
    /// <exception cref="TrainingException">There are no rows, the settings are none, or the steps diverged.</exception>
    public NetworkPredictor Train(Samples workloads)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        Validate();
        Reach.Check(workloads, "training");
        workloads = RelativeWeights.Of(workloads);
        Loss loss = NetworkLosses.For(workloads.Classes, null);
        NetworkForm form = NetworkForm.Of(workloads.Width, [.. Hidden, new DenseLayer(NetworkLosses.Outputs(workloads.Classes, loss))]);
        Samples[] weighty = [.. Groups(workloads).Where(rows => rows.Weights.IndexOfAnyExcept(0f) >= 0)];
        if (weighty.Length == 0)
            throw new TrainingException("There is no row with a weight to learn a start from. Give rows of several workloads, each a group of its own.");
        Normalisation all = Normalisation.Learn(workloads, form);
        PackedRows<float>[] groups = [.. weighty.Select(rows => all.For(rows, form).Pack(rows, []))];

        using Network<float> network = new(form, loss, StepRows);
        Randomness random = new(Seed);
        float[] start = new float[network.ParameterLength], at = new float[start.Length], gradient = new float[start.Length];
        network.Initialise(start, random);
        int[] drawn = new int[RoundRows], step = new int[StepRows];
        for (int round = 0; round < Rounds; round++)
        {
            PackedRows<float> rows = groups[random.Below(groups.Length)];
            Draw(random, drawn, rows.Count);
            start.CopyTo(at, 0);
            for (int s = 0; s < Steps; s++)
            {
                for (int i = 0; i < step.Length; i++)
                    step[i] = drawn[random.Below(drawn.Length)];
                Step(network, rows, step, at, gradient, random);
            }

            float way = (float)(Way * (1 - ((double)round / Rounds)));
            for (int i = 0; i < start.Length; i++)
                start[i] += way * (at[i] - start[i]);
        }

        if (start.Any(p => !float.IsFinite(p)))
            throw new TrainingException(FormattableString.Invariant($"The steps diverged: lower {nameof(StepRate)} below {StepRate}."));
        return new NetworkPredictor(form, form, workloads.Classes, start, all, TrainingPrecision.Float32);
    }

    private static void Draw(Randomness random, int[] rows, int count)
    {
        foreach (ref int row in rows.AsSpan())
            row = random.Below(count);
    }

    private static IEnumerable<Samples> Groups(Samples workloads)
    {
        int[] groups = workloads.Groups.ToArray();
        return groups.Distinct().Order().Select(group => workloads.Select([.. Enumerable.Range(0, groups.Length).Where(row => groups[row] == group)]));
    }

    private void Step(Network<float> network, PackedRows<float> rows, int[] step, float[] at, float[] gradient, Randomness random)
    {
        double weight = rows.TotalWeight(step);
        rows.Load(step, network);
        network.Begin(random.Next(), 0);
        network.Forward(at, (float)(1 / weight), training: true);
        network.Backward(at, gradient);
        float rate = (float)StepRate;
        for (int i = 0; i < at.Length; i++)
            at[i] -= rate * gradient[i];
    }

    private void Validate()
    {
        if (Rounds < 1 || Steps < 1 || RoundRows < 1 || StepRows < 16 || StepRows % 16 != 0)
        {
            throw new TrainingException($"{nameof(Reptile)} has {Rounds} rounds of {Steps} steps of {StepRows} rows from {RoundRows}: "
                + "all must be at least 1, and the rows of a step a multiple of 16.");
        }

        if (!(StepRate > 0 && double.IsFinite(StepRate) && Way > 0 && Way <= 1))
        {
            throw new TrainingException(
                FormattableString.Invariant($"{nameof(Reptile)} has rate {StepRate} and way {Way}: ")
                + "the rate must be above 0, the way above 0 and at most 1.");
        }
    }
}
