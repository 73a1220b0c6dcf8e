using Spectre.Console;

namespace Kml.Training;

/// <summary>How to train. The defaults suit small networks on thousands to millions of rows.</summary>
public sealed record TrainingOptions
{
    /// <summary>Fixes first weights and the order of rows: one seed, one result, to the bit.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Rows of a minibatch, a multiple of 64.</summary>
    public int BatchRows { get; init; } = 256;

    /// <summary>The most passes over the training rows.</summary>
    public int MaxEpochs { get; init; } = 200;

    /// <summary>Training stops after this many epochs without a better validation loss; after half of them, the rate is halved.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>Adam's learning rate at the start.</summary>
    public float LearningRate { get; init; } = 0.003f;

    /// <summary>What a regression minimises.</summary>
    public RegressionLoss Loss { get; init; } = RegressionLoss.Huber;

    /// <summary>Huber's delta, in standard deviations of the label. Small ones aim at the median, large ones at the mean.</summary>
    public float HuberDelta { get; init; } = 1f;

    /// <summary>Weight in the loss of rows whose verdict is yes; others weigh 1. Above 1, fewer yes are missed and more are raised in vain.</summary>
    public float YesWeight { get; init; } = 1f;

    /// <summary>Share of the rows, after the training rows in time, on which training decides when to stop.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Share of the rows, last in time, on which the result is measured.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>Where progress is shown: live on a terminal, else a line now and then. Null for nowhere.</summary>
    public IAnsiConsole? Console { get; init; } = AnsiConsole.Console;

    /// <summary>A tab-separated file with a header and a row an epoch, written as training goes; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="TrainingException">One is out of range.</exception>
    internal void Validate()
    {
        Require(BatchRows > 0 && BatchRows % DenseKernels.RowsAtOnce == 0, nameof(BatchRows), BatchRows, $"a multiple of {DenseKernels.RowsAtOnce}");
        Require(MaxEpochs > 0, nameof(MaxEpochs), MaxEpochs, "at least 1");
        Require(Patience > 0, nameof(Patience), Patience, "at least 1");
        Require(LearningRate > 0 && float.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "above 0 and finite");
        Require(HuberDelta > 0 && float.IsFinite(HuberDelta), nameof(HuberDelta), HuberDelta, "above 0 and finite");
        Require(YesWeight > 0 && float.IsFinite(YesWeight), nameof(YesWeight), YesWeight, "above 0 and finite");
    }

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
            throw new TrainingException($"{nameof(TrainingOptions)}.{name} is {System.FormattableString.Invariant($"{value}")}; it must be {range}.");
    }
}
