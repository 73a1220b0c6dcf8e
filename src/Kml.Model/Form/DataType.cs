using System;

namespace Kml.Model;

/// <summary>The type of what has a place: in the state, in a local variable, behind a reference.</summary>
public abstract record DataType;

/// <summary>A scalar.</summary>
/// <param name="Type">Its type.</param>
public sealed record ScalarData(ScalarType Type) : DataType;

/// <summary>Elements of one type, one after the other: an inline array of C#, or a span of known length.</summary>
/// <param name="Element">The type of an element.</param>
/// <param name="Length">How many, at least 1.</param>
public sealed record ArrayData(DataType Element, int Length) : DataType;

/// <summary>A struct.</summary>
/// <param name="Name">Its name in the user's code; for a tuple, <c>Tuple</c>. Structs of one name and other fields are told apart where they are named.</param>
/// <param name="Fields">Its fields, in declaration order, at least one.</param>
public sealed record StructData(string Name, EquatableArray<FieldSpec> Fields) : DataType;

/// <summary>A field of a struct.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Data">Its type.</param>
public sealed record FieldSpec(string Name, DataType Data)
{
    /// <summary>Makes a scalar field.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <param name="type">Its type.</param>
    public FieldSpec(string name, ScalarType type)
        : this(name, new ScalarData(type))
    {
    }

    /// <summary>The type of a scalar field, such as any of an event.</summary>
    /// <exception cref="InvalidCastException">The field is an array or a struct.</exception>
    public ScalarType Scalar => ((ScalarData)Data).Type;
}
