namespace Kml;

/// <summary>Hashes of numbers: each bit of the result depends on every bit of the argument. Nothing secret may rest on them.</summary>
/// <remarks>Bodies may call them: <c>templates/compute/kml_count.h.sbn</c> has the same in C.</remarks>
public static class Hash
{
    /// <summary>A hash of 64 bits, another one for each argument: a step of the generator SplitMix64.</summary>
    /// <param name="value">The number; its neighbours have hashes that nothing relates to its own.</param>
    /// <returns>The hash.</returns>
    public static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    /// <summary>A hash of 32 bits: the upper half of <see cref="Mix"/>.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The hash.</returns>
    public static uint Mix32(ulong value) => (uint)(Mix(value) >> 32);
}
