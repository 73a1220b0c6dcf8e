using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>A field with its place.</summary>
/// <param name="Field">The field.</param>
/// <param name="Offset">Bytes from the start of its struct.</param>
public sealed record PlacedField(FieldSpec Field, int Offset);

/// <summary>The layout of a struct of scalars, as C on x86-64 and C#'s sequential layout both make it.</summary>
/// <param name="Fields">The fields with their offsets.</param>
/// <param name="Size">Its size in bytes, a multiple of its alignment.</param>
/// <param name="Alignment">The largest alignment of a field, at least 1.</param>
public sealed record StructLayout(EquatableArray<PlacedField> Fields, int Size, int Alignment)
{
    /// <summary>Lays fields out in order, each aligned to its own size.</summary>
    /// <param name="fields">The fields.</param>
    /// <returns>The layout.</returns>
    public static StructLayout Of(IEnumerable<FieldSpec> fields)
    {
        List<PlacedField> placed = [];
        int end = 0;
        int alignment = 1;
        foreach (FieldSpec field in fields)
        {
            int size = field.Type.Size();
            end = AlignUp(end, size);
            placed.Add(new PlacedField(field, end));
            end += size;
            alignment = Math.Max(alignment, size);
        }

        return new StructLayout(placed.ToEquatableArray(), AlignUp(end, alignment), alignment);
    }

    /// <summary>The offset of a field.</summary>
    /// <param name="name">Its C# name.</param>
    /// <returns>Bytes from the start.</returns>
    public int OffsetOf(string name) => Fields.Single(f => f.Field.Name == name).Offset;

    /// <summary>Rounds up to a multiple.</summary>
    /// <param name="value">The value.</param>
    /// <param name="alignment">A power of two.</param>
    /// <returns>The smallest multiple of <paramref name="alignment"/> that is not below <paramref name="value"/>.</returns>
    public static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;
}
