using System;

namespace Kml.Training.Optimisation;

/// <summary>Refuses settings with which no optimiser can work.</summary>
internal static class OptimiserSettings
{
    internal static void Factor(string name, double value)
    {
        if (!(value >= 0 && value < 1))
            throw new TrainingException(FormattableString.Invariant($"The optimiser's {name} is {value:R}: it must be at least 0 and below 1."));
    }

    internal static void NotNegative(string name, double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new TrainingException(FormattableString.Invariant($"The optimiser's {name} is {value:R}: it must be finite and not negative."));
    }

    internal static void Positive(string name, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new TrainingException(FormattableString.Invariant($"The optimiser's {name} is {value:R}: it must be finite and above 0."));
    }
}
