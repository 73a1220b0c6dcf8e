using System;
using System.Collections.Generic;
using Kml.Training.Networks;

namespace Kml.Training.Quantise;

/// <summary>
/// What a training step does, beside following the gradient, so that parameters are learned for the numbers in which they will be kept:
/// the network that is trained, the view of the parameters that it computes with, and what becomes of them after the optimiser.
/// </summary>
/// <param name="form">The network that is trained; layers without parameters may have been put between those of the declared one.</param>
internal abstract class StepPrecision(NetworkForm form)
{
    /// <summary>The network that is trained. Its parameters lie as those of the declared one.</summary>
    internal NetworkForm Form => form;

    /// <summary>What a checkpoint has to keep, by name; the arrays themselves, to be read or filled.</summary>
    internal virtual IReadOnlyList<(string Name, float[] Values)> Memory => [];

    /// <summary>What the steps of a network do.</summary>
    /// <param name="precision">For which numbers.</param>
    /// <param name="form">The network as it is declared.</param>
    /// <returns>One for one training: it remembers ranges.</returns>
    /// <exception cref="TrainingException">The network has no form in such numbers; the message says which layer.</exception>
    internal static StepPrecision Of(TrainingPrecision precision, NetworkForm form) => precision switch
    {
        TrainingPrecision.Float32 => new FullPrecision(form),
        TrainingPrecision.BFloat16 => new BFloat16Precision(form),
        TrainingPrecision.Int16 => IntegerPrecision.Of(form, 16),
        TrainingPrecision.Int8 => IntegerPrecision.Of(form, 8),
        _ => throw new TrainingException($"The precision is {(int)precision}, which is none."),
    };

    /// <summary>The parameters as forward and backward of training and evaluation take them, and as the result keeps them.</summary>
    /// <param name="parameters">The parameters that the optimiser changes.</param>
    /// <returns>The same, or a copy that the next call overwrites.</returns>
    internal virtual ReadOnlySpan<float> View(ReadOnlySpan<float> parameters) => parameters;

    /// <summary>Ends a step, after the optimiser has changed the parameters; called for first parameters too.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="key">A function of the seed and the step.</param>
    internal virtual void Stepped(Span<float> parameters, ulong key)
    {
    }
}

/// <summary>Nothing is done: float32.</summary>
/// <param name="form">The network.</param>
internal sealed class FullPrecision(NetworkForm form) : StepPrecision(form);
