using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>A field with its place.</summary>
/// <param name="Field">The field.</param>
/// <param name="Offset">Bytes from the start of its struct.</param>
public sealed record PlacedField(FieldSpec Field, int Offset);

/// <summary>A scalar within a struct, however deep.</summary>
/// <param name="Path">How C# reaches it from the struct: <c>Strides[3]</c>, <c>Head.Sector</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
public sealed record PlacedScalar(string Path, ScalarType Type, int Offset);

/// <summary>The layout of a struct, as C on x86-64 and C#'s sequential layout both make it.</summary>
/// <param name="Fields">The fields with their offsets.</param>
/// <param name="Size">Its size in bytes, a multiple of its alignment.</param>
/// <param name="Alignment">The largest alignment of a field, at least 1.</param>
public sealed record StructLayout(EquatableArray<PlacedField> Fields, int Size, int Alignment)
{
    // A multiple of every alignment, so that rounding up stays within an int.
    private const int Most = 1 << 30;

    /// <summary>Lays fields out in order, each aligned as its type asks.</summary>
    /// <param name="fields">The fields.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="OverflowException">They take more than a GiB.</exception>
    public static StructLayout Of(IEnumerable<FieldSpec> fields)
    {
        List<PlacedField> placed = [];
        int end = 0;
        int alignment = 1;
        foreach (FieldSpec field in fields)
        {
            int own = AlignmentOf(field.Data);
            end = AlignUp(end, own);
            placed.Add(new PlacedField(field, end));
            end = Fitting((long)end + SizeOf(field.Data), field.Name);
            alignment = Math.Max(alignment, own);
        }

        return new StructLayout(placed.ToEquatableArray(), AlignUp(end, alignment), alignment);
    }

    /// <summary>Every scalar, in the order of memory.</summary>
    public IEnumerable<PlacedScalar> Scalars => Fields.SelectMany(f => Within(f.Field.Data, f.Field.Name, f.Offset));

    /// <summary>The offset of a field.</summary>
    /// <param name="name">Its C# name.</param>
    /// <returns>Bytes from the start.</returns>
    public int OffsetOf(string name) => Fields.Single(f => f.Field.Name == name).Offset;

    /// <summary>The bytes that a type takes.</summary>
    /// <param name="data">The type.</param>
    /// <returns>Its size, a multiple of its alignment.</returns>
    /// <exception cref="OverflowException">It takes more than a GiB.</exception>
    public static int SizeOf(DataType data) => data switch
    {
        ScalarData scalar => scalar.Type.Size(),
        ArrayData array => Fitting((long)array.Length * SizeOf(array.Element), "an array"),
        _ => Of(((StructData)data).Fields).Size,
    };

    /// <summary>Rounds up to a multiple.</summary>
    /// <param name="value">The value.</param>
    /// <param name="alignment">A power of two.</param>
    /// <returns>The smallest multiple of <paramref name="alignment"/> that is not below <paramref name="value"/>.</returns>
    public static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;

    private static int Fitting(long bytes, string what) => bytes <= Most
        ? (int)bytes
        : throw new OverflowException($"With {what} a struct takes {bytes} bytes, and none may take more than {Most}: make its arrays shorter.");

    private static int AlignmentOf(DataType data) => data switch
    {
        ScalarData scalar => scalar.Type.Size(),
        ArrayData array => AlignmentOf(array.Element),
        _ => ((StructData)data).Fields.Select(f => AlignmentOf(f.Data)).DefaultIfEmpty(1).Max(),
    };

    private static IEnumerable<PlacedScalar> Within(DataType data, string path, int offset) => data switch
    {
        ScalarData scalar => [new PlacedScalar(path, scalar.Type, offset)],
        ArrayData array => Enumerable.Range(0, array.Length)
            .SelectMany(i => Within(array.Element, FormattableString.Invariant($"{path}[{i}]"), offset + (i * SizeOf(array.Element)))),
        _ => Of(((StructData)data).Fields).Fields.SelectMany(f => Within(f.Field.Data, $"{path}.{f.Field.Name}", offset + f.Offset)),
    };
}
