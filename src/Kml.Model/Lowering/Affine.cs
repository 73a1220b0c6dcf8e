namespace Kml.Model.Lowering;

/// <summary>The map v -> (v * Mul + Add) >> Shift on 64 bits, by which the integer twin changes scale. Add includes what rounds.</summary>
/// <param name="Add">Of magnitude at most 2^62.</param>
/// <param name="Mul">Of magnitude at most 2^30, so that no 32-bit v overflows.</param>
/// <param name="Shift">0 to 62.</param>
public readonly record struct Affine(long Add, int Mul, int Shift)
{
    /// <summary>Whether no 32-bit argument can overflow the map.</summary>
    public bool IsSafe => Add is >= -(1L << 62) and <= 1L << 62 && Mul is >= -(1 << 30) and <= 1 << 30 && Shift is >= 0 and <= 62;

    /// <summary>Applies the map, in 64 bits.</summary>
    /// <param name="value">The argument.</param>
    /// <returns>The value before it is clamped.</returns>
    public long Apply(int value) => unchecked(((long)value * Mul) + Add) >> (Shift & 63);
}
