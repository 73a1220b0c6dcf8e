using System;

namespace Kml.Training.Trees;

/// <summary>What learners of trees refuse.</summary>
internal static class TreeChecks
{
    /// <summary>The deepest that a complete tree may be: 65,536 leaves.</summary>
    internal const int MostDepth = 16;

    /// <summary>There are features, and rows that count, with labels that a float has room around.</summary>
    /// <param name="learner">Who asks.</param>
    /// <param name="samples">The rows.</param>
    internal static void Rows(string learner, Samples samples)
    {
        if (samples.Weights.IndexOfAnyExcept(0f) < 0)
        {
            throw new TrainingException($"{learner} has nothing to learn from: "
                + $"{(samples.Count == 0 ? "there are no rows. Record more." : "every row has weight 0. Look at what took the rows out.")}");
        }

        if (samples.Width == 0)
            throw new TrainingException($"{learner} has nothing to split on: the samples have no features.");
        if (samples.Width > ushort.MaxValue + 1)
            throw new TrainingException($"{learner} takes at most {ushort.MaxValue + 1} features, and the samples have {samples.Width}.");
        if (samples.Classes == 1)
            throw new TrainingException($"{learner} needs two classes to tell apart, and the samples are declared with one.");
        Reach.CheckLabels(samples, "training");
    }

    /// <summary>Validation rows are like training rows, and one of them counts.</summary>
    /// <param name="learner">Who asks.</param>
    /// <param name="train">Training rows.</param>
    /// <param name="validation">Validation rows.</param>
    internal static void Alike(string learner, Samples train, Samples? validation)
    {
        if (validation is not null && (validation.Width != train.Width || validation.Classes != train.Classes))
        {
            throw new TrainingException($"{learner} got training rows of {train.Width} features and {train.Classes} classes, "
                + $"and validation rows of {validation.Width} and {validation.Classes}: both must be of one kind.");
        }

        if (validation is not null && validation.Weights.IndexOfAnyExcept(0f) < 0)
        {
            throw new TrainingException($"None of the {validation.Count} validation rows of {learner} counts: there must be one with a weight above 0. "
                + "Collect more, or give none.");
        }
    }

    /// <summary>A whole number is in range.</summary>
    /// <param name="learner">Whose.</param>
    /// <param name="setting">Its setting.</param>
    /// <param name="value">The value.</param>
    /// <param name="least">The least allowed.</param>
    /// <param name="most">The most allowed.</param>
    internal static void Range(string learner, string setting, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new TrainingException(
                FormattableString.Invariant($"{learner}.{setting} is {value}; ")
                + FormattableString.Invariant($"it must be {(most == int.MaxValue ? $"at least {least}" : $"from {least} to {most}")}."));
        }
    }

    /// <summary>A number is in range.</summary>
    /// <param name="learner">Whose.</param>
    /// <param name="setting">Its setting.</param>
    /// <param name="value">The value.</param>
    /// <param name="holds">Whether it is.</param>
    /// <param name="range">The range, in words.</param>
    internal static void Holds(string learner, string setting, double value, bool holds, string range)
    {
        if (!holds)
            throw new TrainingException(FormattableString.Invariant($"{learner}.{setting} is {value:R}; it must be {range}."));
    }
}
