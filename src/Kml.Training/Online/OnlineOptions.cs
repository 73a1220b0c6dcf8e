using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Adapting;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Training.Online;

/// <summary>How to learn from a stream, and with how much of the machine.</summary>
/// <param name="Form">The network; its output has one step.</param>
/// <param name="Loss">What it minimises. Cross-entropies make it a classifier; with any other loss it predicts numbers.</param>
public sealed record OnlineOptions(NetworkForm Form, Loss Loss)
{
    /// <summary>The most of one processor that learning and intake may use together, above 0, at most 1.</summary>
    public double CpuShare { get; init; } = 0.1;

    /// <summary>The most memory that the trainer may take, in MiB.</summary>
    public int Megabytes { get; init; } = 64;

    /// <summary>What happens to a record for which there is no room.</summary>
    public IntakeMode Mode { get; init; } = IntakeMode.Dropping;

    /// <summary>Threads that hand in records; each has an <see cref="Intake"/>.</summary>
    public int Producers { get; init; } = 1;

    /// <summary>Names of the features, for messages; null for <c>x0</c>, <c>x1</c>, …</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>How parameters follow the gradient.</summary>
    public Optimiser Optimiser { get; init; } = new Adam();

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>Rows of a step, a multiple of 32: half of them new, half from the reservoir.</summary>
    public int BatchRows { get; init; } = 64;

    /// <summary>The share of records, drawn at random, on which candidates are judged and from which nothing is learned.</summary>
    public double HeldBackShare { get; init; } = 0.1;

    /// <summary>
    /// The model that runs: training begins from it and with its normalisation, and what is published must beat it. Null to begin from nothing.
    /// </summary>
    public NetworkPredictor? Running { get; init; }

    /// <summary>
    /// Without a model that runs: records from which means and deviations of the features are learned before training begins. A feature that is constant in
    /// them is ignored for good.
    /// </summary>
    public int WarmUpRows { get; init; } = 4096;

    /// <summary>Fixes first weights, the records held back, the reservoir and the rows of a step.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Watches the loss of what runs, a value a block of <see cref="BatchRows"/> held-back records; on drift, the reservoir and the held-back records are
    /// forgotten. Null for none.
    /// </summary>
    public IDriftDetector? Drift { get; init; }

    /// <summary>Features of a record.</summary>
    internal int Width => Form.Input.Length;

    /// <summary>0 for a regression.</summary>
    internal int Classes => Loss switch
    {
        CrossEntropyLoss => Form.Output.Units,
        BinaryCrossEntropyLoss => 2,
        _ => 0,
    };

    /// <summary>The columns of a record: features, label, weight.</summary>
    internal IReadOnlyList<string> Columns => [.. Names ?? [.. Enumerable.Range(0, Width).Select(f => $"x{f}")], "label", "weight"];

    /// <summary>Checks the values.</summary>
    /// <exception cref="TrainingException">One is out of range.</exception>
    internal void Validate()
    {
        LayerShape output = Form.Output;
        if (output.Steps != 1)
            throw new TrainingException($"The network gives {output.Steps} steps, and a record has one label. End it with a layer that keeps the last step.");
        if (Classes == 0 && output.Units != 1)
        {
            throw new TrainingException($"The network gives {output.Units} numbers, and {Loss.GetType().Name} takes one. "
                + $"End it with one unit, or use {nameof(CrossEntropyLoss)}.");
        }

        if (Loss is HingeLoss)
            throw new TrainingException("Margins are no probabilities, which a classifier must give. Use a cross-entropy.");
        if (Running is { } running && (running.Form != Form || running.Classes != Classes || running.Precision != TrainingPrecision.Float32))
        {
            throw new TrainingException($"The model that runs is another network, or of other classes or precision ({running.Precision}), "
                + "than what is to be trained. Begin with one of the same form in float32, or from nothing.");
        }

        if (Names is { } names && names.Count != Width)
            throw new TrainingException($"There are {names.Count} names for {Width} features. Name each, or none.");
        Require(CpuShare is > 0 and <= 1, nameof(CpuShare), CpuShare, "above 0 and at most 1");
        Require(Megabytes > 0, nameof(Megabytes), Megabytes, "at least 1");
        Require(Producers is >= 1 and <= 256, nameof(Producers), Producers, "1 to 256");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "above 0 and finite");
        Require(
            BatchRows > 0 && BatchRows % (2 * LayerPass<float>.RowMultiple) == 0,
            nameof(BatchRows),
            BatchRows,
            $"a multiple of {2 * LayerPass<float>.RowMultiple}");
        Require(HeldBackShare is > 0 and < 1, nameof(HeldBackShare), HeldBackShare, "above 0 and below 1");
        Require(WarmUpRows >= 2, nameof(WarmUpRows), WarmUpRows, "at least 2");
    }

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
            throw new TrainingException(FormattableString.Invariant($"{nameof(OnlineOptions)}.{name} is {value}; it must be {range}."));
    }
}
