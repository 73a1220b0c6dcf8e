using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Quantise;

namespace Kml.Training.Optimisation;

/// <summary>All that training carries from one step to the next: what a checkpoint keeps.</summary>
internal sealed class DescentState
{
    /// <summary>Takes the memory before the first step.</summary>
    /// <param name="parameters">First parameters.</param>
    /// <param name="optimiser">The optimiser's memory.</param>
    /// <param name="precision">What steps do beside following the gradient.</param>
    internal DescentState(float[] parameters, OptimiserState<float> optimiser, StepPrecision precision)
    {
        Parameters = parameters;
        Optimiser = optimiser;
        Precision = precision;
        Best = new float[parameters.Length];
        BestMemory = [.. precision.Memory.Select(memory => (memory.Name, new float[memory.Values.Length]))];
    }

    /// <summary>The parameters.</summary>
    internal float[] Parameters { get; }

    /// <summary>Those with the least validation loss, as the result keeps them.</summary>
    internal float[] Best { get; }

    /// <summary>What the precision remembered of them.</summary>
    internal IReadOnlyList<(string Name, float[] Values)> BestMemory { get; }

    /// <summary>The optimiser's memory.</summary>
    internal OptimiserState<float> Optimiser { get; }

    /// <summary>What steps do beside following the gradient.</summary>
    internal StepPrecision Precision { get; }

    /// <summary>The course so far.</summary>
    internal DescentCourse Course { get; set; } = new();

    /// <summary>A report an epoch.</summary>
    internal List<EpochReport> Epochs { get; } = [];

    /// <summary>Takes the present parameters for the best.</summary>
    internal void KeepBest()
    {
        Precision.View(Parameters).CopyTo(Best);
        foreach (((_, float[] from), (_, float[] to)) in Precision.Memory.Zip(BestMemory))
            from.CopyTo(to, 0);
    }

    /// <summary>Makes the precision remember what it did of the best parameters.</summary>
    internal void RecallBest()
    {
        foreach (((_, float[] to), (_, float[] from)) in Precision.Memory.Zip(BestMemory))
            from.CopyTo(to, 0);
    }
}

/// <summary>The numbers of a training's course.</summary>
internal sealed record DescentCourse
{
    /// <summary>Epochs done.</summary>
    internal int Epoch { get; init; }

    /// <summary>Rows done of the epoch under way.</summary>
    internal int Row { get; init; }

    /// <summary>Steps done.</summary>
    internal long Steps { get; init; }

    /// <summary>The weighted sum of losses of the epoch under way.</summary>
    internal double Loss { get; init; }

    /// <summary>The sum of weights of the epoch under way.</summary>
    internal double Weight { get; init; }

    /// <summary>A training loss above this is no fluctuation.</summary>
    internal double Limit { get; init; }

    /// <summary>The least validation loss.</summary>
    internal double BestLoss { get; init; }

    /// <summary>Its epoch; 0 before the first.</summary>
    internal int BestEpoch { get; init; }

    /// <summary>Epochs without a better loss, or since the rate last fell.</summary>
    internal int Waited { get; init; }

    /// <summary>How often the rate fell for want of better losses.</summary>
    internal int Falls { get; init; }

    /// <summary>Time spent.</summary>
    internal TimeSpan Elapsed { get; init; }

    /// <summary>Why training ended; null while it has not.</summary>
    internal TrainingOutcome? Outcome { get; init; }
}
