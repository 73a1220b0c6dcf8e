using System;
using Kml.Training.Losses;
using Kml.Training.Optimisation;
using Spectre.Console;

namespace Kml.Training;

/// <summary>How to fit a network. The defaults suit small networks on thousands to millions of rows.</summary>
public record FitOptions
{
    /// <summary>Fixes first weights, the order of rows and what dropout drops: one seed, one result, to the bit, for any number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Rows of a minibatch.</summary>
    public int BatchRows { get; init; } = 256;

    /// <summary>The most passes over the training rows.</summary>
    public int MaxEpochs { get; init; } = 200;

    /// <summary>Training stops after this many epochs without a better validation loss, and keeps the weights with the best.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>The learning rate, before the schedule's factor.</summary>
    public float LearningRate { get; init; } = 0.003f;

    /// <summary>How the learning rate goes; by custom it is halved after half of <see cref="Patience"/> without a better loss.</summary>
    public Schedule Schedule { get; init; } = new PlateauSchedule();

    /// <summary>How weights follow the gradient.</summary>
    public Optimiser Optimiser { get; init; } = new Adam();

    /// <summary>
    /// What is minimised; null for cross-entropy of a classification and Huber's loss of a regression, whose labels have mean 0 and deviation 1 here.
    /// Class weights are a setting of the cross-entropy.
    /// </summary>
    public Loss? Loss { get; init; }

    /// <summary>
    /// Whether every class is to count as much as any other, however few rows it has: rows weigh the more, the rarer their class is in training.
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Bounds on gradients; null for none.</summary>
    public GradientClip? Clip { get; init; }

    /// <summary>For which numbers weights are trained.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Threads to work; 0 for the processors, or fewer when a batch is too little work to share. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// A file that training can go on from after it was cancelled or killed, to the very bits of an uninterrupted one; null for none. If it is there, training
    /// goes on from it. It stays when training ends: the same training again then gives the same result at once.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>The least time between two checkpoints; one is written after an epoch, when training is cancelled, and when it ends.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where progress is shown: live on a terminal, else a line now and then. Null for nowhere.</summary>
    public IAnsiConsole? Console { get; init; } = OutputConsole.Standard;

    /// <summary>A tab-separated file with a header and a row an epoch, written as training goes; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="TrainingException">One is out of range.</exception>
    internal virtual void Validate()
    {
        Require(BatchRows > 0, nameof(BatchRows), BatchRows, "at least 1");
        Require(MaxEpochs > 0, nameof(MaxEpochs), MaxEpochs, "at least 1");
        Require(Patience > 0, nameof(Patience), Patience, "at least 1");
        Require(LearningRate > 0 && float.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "above 0 and finite");
        Require(Threads >= 0, nameof(Threads), Threads, "at least 0");
        Schedule.Check();
        Clip?.Check();
    }

    private protected static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
            throw new TrainingException(FormattableString.Invariant($"Option {name} is {value}; it must be {range}."));
    }
}
