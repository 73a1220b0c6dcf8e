using System.Globalization;

namespace Kml.Differential;

/// <summary>What came of a function's arguments: where forms of it differ, and how far the results are from the exact ones.</summary>
internal sealed class SweepResult
{
    /// <summary>How many arguments were tried.</summary>
    public long Tried { get; private set; }

    /// <summary>How many results differed from those of C#.</summary>
    public long Differing { get; private set; }

    /// <summary>The first of these that was met, in words.</summary>
    public string? Difference { get; private set; }

    /// <summary>The largest error in units in the last place.</summary>
    public double Units { get; private set; }

    /// <summary>The least argument, by its bits, that has it.</summary>
    public uint At { get; private set; }

    public void Try(int arguments) => Tried += arguments;

    public void Differ(string form, ulong argument, ulong expected, ulong actual)
    {
        Differing++;
        Difference ??= string.Create(CultureInfo.InvariantCulture, $"{form} at 0x{argument:x8}: 0x{actual:x} where C# has 0x{expected:x}");
    }

    public void Err(double units, uint at)
    {
        if (units > Units || (units == Units && at < At))
            (Units, At) = (units, at);
    }

    public void Add(SweepResult other)
    {
        Tried += other.Tried;
        Differing += other.Differing;
        Difference ??= other.Difference;
        Err(other.Units, other.At);
    }
}
