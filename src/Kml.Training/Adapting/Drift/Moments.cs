using System;

namespace Kml.Training.Adapting;

/// <summary>Mean and spread of weighted values, in a form in which two parts can be joined (Chan, Golub, LeVeque 1979).</summary>
/// <param name="Weight">The sum of weights.</param>
/// <param name="Squares">The sum of squared weights.</param>
/// <param name="Mean">The weighted mean; 0 without weight.</param>
/// <param name="Deviation">The weighted sum of squared distances from the mean.</param>
internal readonly record struct Moments(double Weight, double Squares, double Mean, double Deviation)
{
    /// <summary>The weighted variance; 0 without weight.</summary>
    internal double Variance => Weight > 0 ? Deviation / Weight : 0;

    /// <summary>How many values of equal weight would say as much (Kish 1965); 0 without weight.</summary>
    internal double EffectiveCount => Squares > 0 ? Weight * Weight / Squares : 0;

    internal static Moments Of(double value, double weight) => new(weight, weight * weight, value, 0);

    /// <summary>Joins two parts.</summary>
    public static Moments operator +(Moments a, Moments b)
    {
        double weight = a.Weight + b.Weight;
        if (weight == 0)
            return default;
        double distance = b.Mean - a.Mean;
        return new Moments(
            weight,
            a.Squares + b.Squares,
            a.Mean + (distance * (b.Weight / weight)),
            a.Deviation + b.Deviation + (distance * distance * (a.Weight * (b.Weight / weight))));
    }

    /// <summary>Rejects a value that no detector can take.</summary>
    internal static void Require(double value, double weight)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingException(
                FormattableString.Invariant($"A drift detector was given {value}: ")
                + "leave rows out whose loss or feature is not finite, and count them.");
        }

        if (!(weight >= 0 && double.IsFinite(weight)))
        {
            throw new TrainingException(
                FormattableString.Invariant($"A drift detector was given a value of weight {weight}: ")
                + "a weight must be finite and not negative.");
        }
    }
}
