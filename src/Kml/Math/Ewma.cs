namespace Kml;

/// <summary>Exponentially weighted means in integers.</summary>
/// <remarks>Bodies may call it: <c>templates/compute/kml_count.h.sbn</c> has the same in C.</remarks>
public static class Ewma
{
    /// <summary>
    /// The next mean, (value - mean) / 2^shift nearer to the value. The step is rounded to the nearest integer, a half upwards, so that a mean
    /// that is less than 2^(shift-1) from the value stays where it is, and none ever passes it.
    /// </summary>
    /// <param name="mean">The mean so far.</param>
    /// <param name="value">What is new.</param>
    /// <param name="shift">The weight of what is new: 2^-shift. As in a shift its low five bits count; 0 takes the value as it is.</param>
    /// <returns>The mean that takes its place.</returns>
    public static uint Next(uint mean, uint value, int shift)
    {
        long half = (1L << (shift & 31)) >> 1;
        return (uint)(mean + (((long)value - mean + half) >> (shift & 31)));
    }
}
