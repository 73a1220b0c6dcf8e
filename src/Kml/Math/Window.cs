using System;

namespace Kml;

/// <summary>
/// The last values of something, as many as a span has elements: such as an inline array of the state, with the place of the next one beside it.
/// </summary>
/// <remarks>Bodies may call them: they are translated as a method of the user's is, once for each type and length.</remarks>
public static class Window
{
    /// <summary>Puts a value in the place of the oldest.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="next">The place of the oldest, which moves on by one; one outside <paramref name="values"/> counts as 0.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="values"/> is empty.</exception>
    public static void Push<T>(Span<T> values, ref uint next, T value)
    {
        uint at = next < (uint)values.Length ? next : 0;
        values[(int)at] = value;
        next = at + 1 < (uint)values.Length ? at + 1 : 0;
    }

    /// <summary>A value by its age.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The values; those that were never pushed are what was there before.</param>
    /// <param name="next">The place of the oldest, as <see cref="Push"/> left it.</param>
    /// <param name="age">How many were pushed after it: 0 is the last one.</param>
    /// <returns>The value.</returns>
    /// <exception cref="IndexOutOfRangeException"><paramref name="age"/> is negative, or so many values there are not.</exception>
    public static T Last<T>(ReadOnlySpan<T> values, uint next, int age)
    {
        int oldest = next < (uint)values.Length ? (int)next : 0;
        int place = values.Length - 1 - age;
        if (age >= 0 && place >= 0)
            place = place < values.Length - oldest ? place + oldest : place + oldest - values.Length;
        return values[place];
    }
}
