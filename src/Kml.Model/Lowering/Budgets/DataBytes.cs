using System;

namespace Kml.Model.Lowering.Budgets;

/// <summary>
/// The bytes of a type as a budget counts them: the size that <see cref="StructLayout"/> gives, but for types that are larger than it can, which a body may
/// well ask for until it is refused.
/// </summary>
internal static class DataBytes
{
    // More than any memory, and far from where sums would wrap.
    private const long Most = 1L << 60;

    /// <summary>The size of a type.</summary>
    public static long Of(DataType data) => Place(data).Size;

    private static (long Size, long Alignment) Place(DataType data)
    {
        switch (data)
        {
            case ScalarData scalar:
                return (scalar.Type.Size(), scalar.Type.Size());
            case ArrayData array:
                (long element, long alignment) = Place(array.Element);
                return (Math.Min(Saturating.Multiply(element, array.Length), Most), alignment);
            default:
                long end = 0, widest = 1;
                foreach (FieldSpec field in ((StructData)data).Fields)
                {
                    (long size, long own) = Place(field.Data);
                    end = Math.Min(AlignUp(end, own) + size, Most);
                    widest = Math.Max(widest, own);
                }

                return (AlignUp(end, widest), widest);
        }
    }

    /// <summary>Rounds up to a multiple of a power of two.</summary>
    public static long AlignUp(long bytes, long alignment) => (bytes + alignment - 1) & -alignment;
}
