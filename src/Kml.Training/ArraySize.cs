using System;

namespace Kml.Training;

/// <summary>Lengths of arrays, which hold 2^31 numbers at most: what needs more is named, and not found out by a sum that wraps around.</summary>
internal static class ArraySize
{
    /// <summary>The product of some factors.</summary>
    /// <param name="what">Words for what is kept in the array.</param>
    /// <param name="factors">The factors, none negative.</param>
    /// <returns>The length.</returns>
    /// <exception cref="TrainingException">No array is so long.</exception>
    internal static int Of(string what, params ReadOnlySpan<int> factors)
    {
        Int128 length = 1;
        foreach (int factor in factors)
            length *= factor;
        return Checked(what, length);
    }

    /// <summary>The sum of some lengths.</summary>
    /// <param name="what">Words for what is kept in the array.</param>
    /// <param name="lengths">The lengths, none negative.</param>
    /// <returns>The length.</returns>
    /// <exception cref="TrainingException">No array is so long.</exception>
    internal static int Sum(string what, params ReadOnlySpan<long> lengths)
    {
        Int128 sum = 0;
        foreach (long length in lengths)
            sum += length;
        return Checked(what, sum);
    }

    private static int Checked(string what, Int128 length) => length <= Array.MaxLength
        ? (int)length
        : throw new TrainingException(
            FormattableString.Invariant($"{what} would be {length} numbers, and an array holds {Array.MaxLength}. ")
            + "Take fewer rows, or a smaller model.");
}
