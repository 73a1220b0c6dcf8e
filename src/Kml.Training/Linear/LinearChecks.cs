using System;
using System.Globalization;

namespace Kml.Training.Linear;

/// <summary>What the learners of this folder refuse.</summary>
internal static class LinearChecks
{
    /// <summary>There are rows that count, with labels.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="learner">Who asks.</param>
    internal static void Regression(Samples samples, string learner)
    {
        Rows(samples, learner);
        if (samples.Classes > 0)
        {
            throw new TrainingException($"{learner} predicts a number, and these samples have {samples.Classes} classes. "
                + $"Take {nameof(LogisticRegression)} for classes.");
        }
    }

    /// <summary>There are rows that count, with classes.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="learner">Who asks.</param>
    internal static void Classification(Samples samples, string learner)
    {
        Rows(samples, learner);
        if (samples.Classes == 0)
            throw new TrainingException($"{learner} chooses a class, and the label of these samples is a number. Take {nameof(LinearRegression)} for numbers.");
    }

    /// <summary>There are rows that count, with numbers that can be computed with.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="learner">Who asks.</param>
    internal static void Rows(Samples samples, string learner)
    {
        if (samples.Weights.IndexOfAnyExcept(0f) < 0)
        {
            throw new TrainingException($"{learner} has nothing to learn from: "
                + $"{(samples.Count == 0 ? "there are no rows. Record more." : "every row has weight 0. Look at what took the rows out.")}");
        }

        Reach.Check(samples, "training");
    }

    /// <summary>The settings are in range.</summary>
    /// <param name="learner">Whose.</param>
    /// <param name="penalty">Its penalty.</param>
    /// <param name="mostIterations">Its bound on iterations.</param>
    internal static void Settings(string learner, double penalty, int mostIterations)
    {
        if (!(penalty >= 0 && double.IsFinite(penalty)))
            throw new TrainingException(FormattableString.Invariant($"{learner}.Penalty is {penalty:R}; it must be finite and not negative."));
        if (mostIterations < 1)
            throw new TrainingException(FormattableString.Invariant($"{learner}.MostIterations is {mostIterations}; it must be at least 1."));
    }

    /// <summary>Solving fits into memory.</summary>
    /// <param name="bytes">What it would take.</param>
    /// <param name="limit">What it may take.</param>
    internal static void Memory(long bytes, long limit)
    {
        if (bytes > limit)
        {
            throw new TrainingException(
                string.Create(CultureInfo.InvariantCulture, $"Solving would take {bytes:N0} bytes, and {limit:N0} are allowed. ")
                + "Choose fewer features, iterations in place of a closed form, or allow more.");
        }
    }
}
