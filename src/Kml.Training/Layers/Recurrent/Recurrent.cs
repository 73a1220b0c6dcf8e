using System;

namespace Kml.Training.Layers;

/// <summary>What recurrent layers have in common.</summary>
internal static class Recurrent
{
    /// <summary>The shape of a recurrent layer's output.</summary>
    /// <param name="name">The kind of layer, for messages.</param>
    /// <param name="units">Its hidden units.</param>
    /// <param name="everyStep">Whether it gives every step.</param>
    /// <param name="input">What it takes.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="TrainingException">It has no units.</exception>
    internal static LayerShape Output(string name, int units, bool everyStep, LayerShape input)
    {
        if (units < 1)
            throw new TrainingException(FormattableString.Invariant($"The {name} layer has {units} units: it needs at least 1."));
        return new LayerShape(everyStep ? input.Steps : 1, units);
    }
}
