namespace Kml.Model.Lowering.Budgets;

/// <summary>
/// Arithmetic of counts, which stop at the largest number: four loops of 65,536 turns, one within the other, have more operations than a long holds.
/// </summary>
internal static class Saturating
{
    /// <summary>The sum of two counts.</summary>
    public static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    /// <summary>The product of two counts.</summary>
    public static long Multiply(long left, long right) => left != 0 && right > long.MaxValue / left ? long.MaxValue : left * right;
}
