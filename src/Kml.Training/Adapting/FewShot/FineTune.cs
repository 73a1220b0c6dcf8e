using System;
using System.Linq;
using Kml.Training.Linear;
using Kml.Training.Losses;
using Kml.Training.Networks;

namespace Kml.Training.Adapting;

/// <summary>
/// Learns a workload from few labelled rows: changes the parameters of a network as little as the rows allow (a Gaussian prior around the start; Li,
/// Grandvalet, Davoine 2018), the first layers not at all if so asked. In double precision, by L-BFGS: no rate to choose, and no chance in the result.
/// </summary>
/// <param name="Start">The network to start from, with the normalisation of the workload (<see cref="NetworkPredictor.For"/>).</param>
public sealed record FineTune(NetworkPredictor Start) : ILearner
{
    private const double Tolerance = 1e-6;

    /// <summary>Layers from the first on that stay as they are.</summary>
    public int FrozenLayers { get; init; }

    /// <summary>Half of this is what the squared distance from the start costs, in losses of one row.</summary>
    public double Penalty { get; init; } = 100;

    /// <summary>The most steps.</summary>
    public int MostSteps { get; init; } = 100;

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"{(FrozenLayers == LastLayer(Start.Form) ? "new head" : "fine-tuned")}, penalty {Penalty:G3}");

    /// <summary>A new last layer over a frozen trunk.</summary>
    /// <param name="start">The network to start from.</param>
    /// <returns>The learner.</returns>
    public static FineTune Head(NetworkPredictor start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new FineTune(start) { FrozenLayers = LastLayer(start.Form), Penalty = 3 };
    }

    /// <inheritdoc/>
    public IPredictor Fit(Samples train, Samples? validation = null) => Tune(train);

    /// <summary>Fits, and gives what can be tuned again.</summary>
    /// <param name="train">The labelled rows.</param>
    /// <returns>The network.</returns>
    /// <exception cref="TrainingException">The rows do not fit the network, none has a weight, or the settings are none.</exception>
    public NetworkPredictor Tune(Samples train)
    {
        ArgumentNullException.ThrowIfNull(train);
        Check(train);
        PackedRows<double> rows = Rows(train, out double effective);
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Loss loss = Start.Classes == 2 && Start.Form.Output.Units == 1 ? new BinaryCrossEntropyLoss() : NetworkLosses.For(Start.Classes, null);
        using ShardedPass<double> pass = new(Start.Form, loss, rows.Count, threads: 1);
        double[] first = [.. Start.Parameters.ToArray().Select(p => (double)p)], at = [.. first], slope = new double[first.Length];
        int free = Start.Form.ParameterOffset(FrozenLayers);

        (double[] change, _, _) = Lbfgs.Run(Objective, first.Length - free, Tolerance, MostSteps);
        for (int i = 0; i < change.Length; i++)
            at[free + i] = first[free + i] + change[i];
        return Start.With([.. at.Select(p => (float)p)]);

        double Objective(double[] distance, Span<double> gradient)
        {
            double prior = Penalty / effective, squared = 0;
            for (int i = 0; i < distance.Length; i++)
            {
                at[free + i] = first[free + i] + distance[i];
                squared += distance[i] * distance[i];
            }

            BatchLoss batch = pass.Gradient(at, rows, order, 0, slope);
            for (int i = 0; i < distance.Length; i++)
                gradient[i] = slope[free + i] + (prior * distance[i]);
            return (batch.Sum / batch.Weight) + (prior / 2 * squared);
        }
    }

    private static int LastLayer(NetworkForm form) =>
        Enumerable.Range(0, form.Layers.Count).Last(l => form.ParameterOffset(l) < form.ParameterOffset(l + 1));

    private void Check(Samples train)
    {
        if (!(Penalty >= 0 && double.IsFinite(Penalty)) || FrozenLayers < 0 || FrozenLayers > LastLayer(Start.Form) || MostSteps < 1)
        {
            throw new TrainingException(
                FormattableString.Invariant($"{nameof(FineTune)} has penalty {Penalty}, {FrozenLayers} frozen layers of {Start.Form.Layers.Count} ")
                + FormattableString.Invariant($"and {MostSteps} steps: ")
                + "a penalty must not be negative, at least one layer with weights must learn, for at least one step.");
        }

        if (train.Width != Start.Width || train.Classes != Start.Classes)
        {
            throw new TrainingException($"The network takes {Start.Width} features and gives {Start.Classes} classes; "
                + $"the rows have {train.Width} and {train.Classes}. Take rows of the same model.");
        }

        if (train.Weights.IndexOfAnyExcept(0f) < 0)
            throw new TrainingException($"None of {train.Count} labelled rows has a weight: there is nothing to learn from.");
    }

    /// <summary>
    /// Rows in double precision, and how many they count as against the prior: rows that stand for many do not say as much as many rows (Kish 1965).
    /// </summary>
    private PackedRows<double> Rows(Samples train, out double effective)
    {
        PackedRows<float> narrow = Start.Normalisation.Pack(RelativeWeights.Of(train), []);
        PackedRows<double> rows = new(narrow.Count, narrow.Inputs);
        double weight = 0, squares = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            for (int f = 0; f < rows.Inputs; f++)
                rows.Input(row)[f] = narrow.Input(row)[f];
            rows.Target(row)[0] = narrow.Target(row)[0];
            double w = rows.Weight(row)[0] = narrow.Weight(row)[0];
            (weight, squares) = (weight + w, squares + (w * w));
        }

        effective = weight * weight / squares;
        return rows;
    }
}
