using System;

namespace Kml.Training;

/// <summary>What every learner may rely on.</summary>
internal static class SamplesCheck
{
    internal static void Run(Samples samples)
    {
        Length("features", samples.Features.Length, ArraySize.Of("The features of the rows", samples.Width, samples.Count));
        Length("weights", samples.Weights.Length, samples.Count);
        Length("times", samples.Times.Length, samples.Count);
        Length("groups", samples.Groups.Length, samples.Count);
        for (int f = 0; f < samples.Width; f++)
            Finite(samples.Names[f], samples.Column(f));
        Finite("label", samples.Labels);
        ReadOnlySpan<float> labels = samples.Labels, weights = samples.Weights;
        for (int row = 0; row < labels.Length; row++)
        {
            float label = labels[row], weight = weights[row];
            if (samples.Classes > 0 && !(label >= 0 && label < samples.Classes && label == MathF.Floor(label)))
            {
                throw new TrainingException(
                    FormattableString.Invariant($"The label of row {row} is {label:R}, and there are {samples.Classes} classes: ")
                    + FormattableString.Invariant($"it must be a whole number from 0 to {samples.Classes - 1}."));
            }

            if (!(weight >= 0 && float.IsFinite(weight)))
                throw new TrainingException(FormattableString.Invariant($"The weight of row {row} is {weight:R}: it must be finite and not negative."));
        }
    }

    private static void Finite(string column, ReadOnlySpan<float> values)
    {
        if (FiniteNumbers.All(values))
            return;
        for (int row = 0; row < values.Length; row++)
        {
            if (!float.IsFinite(values[row]))
            {
                throw new TrainingException(
                    FormattableString.Invariant($"Column '{column}' is {values[row]:R} in row {row}. ")
                    + "Leave the row out, or mend what computes it.");
            }
        }
    }

    private static void Length(string column, int length, int due)
    {
        if (length != due)
            throw new TrainingException(FormattableString.Invariant($"The column of {column} has {length} values, and the rows need {due}."));
    }
}
