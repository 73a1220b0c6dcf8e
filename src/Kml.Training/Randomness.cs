namespace Kml.Training;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): a generator whose sequence is fixed by its seed for good, unlike that of a library.</summary>
/// <param name="seed">The seed.</param>
internal sealed class Randomness(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    /// <returns>The bits.</returns>
    internal ulong Next()
    {
        ulong z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A number at least 0 and below a bound.</summary>
    /// <param name="bound">The bound, at least 1.</param>
    /// <returns>The number.</returns>
    internal int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number at least -1 and below 1.</summary>
    /// <returns>The number.</returns>
    internal float Symmetric() => ((Next() >> 40) * (1f / 8388608f)) - 1f;

    /// <summary>A number above 0 and below 1, so that it has a logarithm.</summary>
    /// <returns>The number.</returns>
    internal double Fraction() => ((Next() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>Puts items into a random order.</summary>
    /// <param name="items">The items.</param>
    internal void Shuffle(int[] items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
