using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>The state that random bodies have, and the types of what is in it.</summary>
public static class BodyState
{
    /// <summary>A struct of scalars.</summary>
    public static readonly StructData Position = new(
        "Position",
        EquatableArray.Of(new FieldSpec("Where", ScalarType.U64), new FieldSpec("Delta", ScalarType.I16)));

    /// <summary>A struct with bytes between its ends.</summary>
    public static readonly StructData Entry = new(
        "Entry",
        EquatableArray.Of(new FieldSpec("Key", ScalarType.I32), new FieldSpec("Hits", ScalarType.U8), new FieldSpec("Seen", ScalarType.Bool)));

    /// <summary>An array of scalars.</summary>
    public static readonly ArrayData Strides = new(new ScalarData(ScalarType.U32), 4);

    /// <summary>A struct with an array and a struct.</summary>
    public static readonly StructData Window = new(
        "Window",
        EquatableArray.Of(
            new FieldSpec("Values", new ArrayData(new ScalarData(ScalarType.I32), 5)),
            new FieldSpec("Next", ScalarType.I32),
            new FieldSpec("Last", Position)));

    /// <summary>An array of structs.</summary>
    public static readonly ArrayData Ring = new(Entry, 3);

    /// <summary>An array of arrays.</summary>
    public static readonly ArrayData Grid = new(new ArrayData(new ScalarData(ScalarType.Q16), 3), 2);

    /// <summary>The types of local arrays and structs.</summary>
    public static readonly IReadOnlyList<DataType> Wholes =
        [Position, Entry, Window, Strides, Ring, Grid, new ArrayData(new ScalarData(ScalarType.I32), 5), new ArrayData(new ScalarData(ScalarType.U64), 2)];

    /// <summary>A state with a field of every type that state can have.</summary>
    public static readonly EquatableArray<FieldSpec> Fields = EquatableArray.Of(
        new FieldSpec("Flag", ScalarType.Bool),
        new FieldSpec("Tiny", ScalarType.I8),
        new FieldSpec("Level", ScalarType.U8),
        new FieldSpec("Small", ScalarType.I16),
        new FieldSpec("Word", ScalarType.U16),
        new FieldSpec("Balance", ScalarType.I32),
        new FieldSpec("Waiting", ScalarType.U32),
        new FieldSpec("Drift", ScalarType.I64),
        new FieldSpec("HeadSector", ScalarType.U64),
        new FieldSpec("Ratio", ScalarType.Q16),
        new FieldSpec("Head", Position),
        new FieldSpec("Strides", Strides),
        new FieldSpec("Ring", Ring),
        new FieldSpec("Window", Window),
        new FieldSpec("Grid", Grid));

    /// <summary>The fields of the state that are scalars: one of every type.</summary>
    public static IEnumerable<FieldSpec> Scalars => Fields.Where(f => f.Data is ScalarData);
}
