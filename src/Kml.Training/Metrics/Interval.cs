using System;
using System.Globalization;

namespace Kml.Training;

/// <summary>A mean over seeds or folds, and where the true one lies with 95 % confidence if what varies is roughly normal (Student 1908).</summary>
/// <param name="Mean">The mean of the values.</param>
/// <param name="HalfWidth">The mean's distance to either end; infinite for one value.</param>
/// <param name="Count">The number of values.</param>
public readonly record struct Interval(double Mean, double HalfWidth, int Count)
{
    /// <summary>97.5 % quantiles of Student's t for 1 to 30 degrees of freedom.</summary>
    private static readonly double[] Quantiles =
    [
        12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
        2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963,
        2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831, 2.048407, 2.045230, 2.042272,
    ];

    /// <summary>The lower end.</summary>
    public double Low => Mean - HalfWidth;

    /// <summary>The upper end.</summary>
    public double High => Mean + HalfWidth;

    /// <summary>The interval of values, one a seed. To compare two methods, give the differences of their values for each seed.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Interval Of(params ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("An interval needs at least one value.", nameof(values));
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value / values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        int freedom = values.Length - 1;
        return new Interval(mean, freedom == 0 ? double.PositiveInfinity : Quantile(freedom) * Math.Sqrt(squares / freedom / values.Length), values.Length);
    }

    /// <summary>Mean and half width.</summary>
    /// <returns>Such as <c>0.913 ± 0.004</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G4} ± {HalfWidth:G2}");

    /// <summary>Beyond the table: Fisher's expansion of t about the normal quantile (Abramowitz, Stegun 26.7.5).</summary>
    private static double Quantile(int freedom)
    {
        if (freedom <= Quantiles.Length)
            return Quantiles[freedom - 1];
        const double Z = 1.959963984540054, Z3 = Z * Z * Z, Z5 = Z3 * Z * Z;
        return Z + ((Z3 + Z) / (4 * freedom)) + (((5 * Z5) + (16 * Z3) + (3 * Z)) / (96.0 * freedom * freedom));
    }
}
