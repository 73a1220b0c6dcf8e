using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>What an array of the weights struct is made of; all are little-endian.</summary>
public enum WeightElement
{
    /// <summary>float, 4 bytes.</summary>
    F32,

    /// <summary>Two s32 in a signed 64-bit sum: the even output plus 2^32 times the odd one. 8 bytes.</summary>
    Pair,

    /// <summary><c>struct kml_affine { s64 add; s32 mul; s32 shift; }</c>, which maps v to (v * mul + add) >> shift. 16 bytes.</summary>
    Affine,
}

/// <summary>An array of the weights struct.</summary>
/// <param name="Name">The member's name in C.</param>
/// <param name="Element">What it is made of.</param>
/// <param name="Dimensions">Its dimensions, the slowest first, padding included.</param>
/// <param name="Offset">Bytes from the start of the struct: a multiple of 64 for floats, of 8 for the rest, so that the struct has no holes.</param>
public sealed record WeightArray(string Name, WeightElement Element, EquatableArray<int> Dimensions, int Offset)
{
    /// <summary>The number of elements, padding included.</summary>
    public int Count { get; } = Dimensions.Aggregate(1, (a, b) => a * b);

    /// <summary>Bytes that it takes.</summary>
    public int Bytes => Count * Element switch
    {
        WeightElement.F32 => 4,
        WeightElement.Pair => 8,
        _ => 16,
    };
}
