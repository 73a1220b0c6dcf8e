using System;

namespace Kml.Training.Quantise;

/// <summary>A column of numbers as integers over a power of two: what a model without floating point would compute.</summary>
/// <param name="FractionBits">An integer stands for itself over 2 to this power.</param>
internal readonly record struct FixedPoint(int FractionBits)
{
    /// <summary>Bits that the greatest number of a column takes: what comes later may be twice as great before it saturates.</summary>
    private const int Bits = 30;

    private double Unit => Math.ScaleB(1, FractionBits);

    /// <summary>Chooses the format of a column.</summary>
    /// <param name="values">Its numbers.</param>
    /// <returns>Whole numbers as they are if all are and fit; else as many fraction bits as fit.</returns>
    internal static FixedPoint For(ReadOnlySpan<float> values)
    {
        float greatest = 0;
        bool whole = true;
        foreach (float value in values)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
            whole &= value == MathF.Floor(value);
        }

        return whole && greatest < 1 << Bits ? default : Finest(greatest);
    }

    /// <summary>The format with the most fraction bits.</summary>
    /// <param name="greatest">The greatest magnitude of a column, above 0.</param>
    /// <returns>The format.</returns>
    internal static FixedPoint Finest(float greatest) => new(Bits - 1 - Math.ILogB(greatest));

    /// <summary>The nearest integer.</summary>
    /// <param name="value">A number.</param>
    /// <returns>The integer, saturated.</returns>
    internal int Raw(float value) => int.CreateSaturating(Math.Round(value * Unit));

    /// <summary>What an integer stands for.</summary>
    /// <param name="raw">The integer.</param>
    /// <returns>The number.</returns>
    internal float Value(int raw) => (float)(raw / Unit);

    /// <summary>A mean or deviation of the column, in integer units.</summary>
    /// <param name="value">The number.</param>
    /// <returns>It times the unit.</returns>
    internal float ToRaw(float value) => (float)(value * Unit);

    /// <summary>A reciprocal deviation of the column, per integer unit.</summary>
    /// <param name="value">The number.</param>
    /// <returns>It over the unit.</returns>
    internal float PerRaw(float value) => (float)(value / Unit);
}
