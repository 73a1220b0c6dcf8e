using Kml.Model;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>A place with its type, as a name or an expression of C# stands for it.</summary>
/// <param name="Place">The place.</param>
/// <param name="Data">What lies there.</param>
/// <param name="CanWrite">Whether C# lets the body write it.</param>
internal sealed record Binding(Place Place, DataType Data, bool CanWrite)
{
    /// <summary>The scalar that lies there; null where it is an array or a struct.</summary>
    public ScalarType? Scalar => (Data as ScalarData)?.Type;

    /// <summary>A field of it.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The field; null where it has none of that name.</returns>
    public Binding? Member(string field)
    {
        if (Data is not StructData type)
            return null;
        foreach (FieldSpec known in type.Fields)
        {
            if (known.Name == field)
                return new Binding(new MemberPlace(Place, field), known.Data, CanWrite);
        }

        return null;
    }

    /// <summary>An element of it.</summary>
    /// <param name="index">The index, an I32.</param>
    /// <returns>The element.</returns>
    public Binding Element(Expression index)
    {
        ArrayData array = (ArrayData)Data;
        return new Binding(new ElementPlace(Place, index, array.Length), array.Element, CanWrite);
    }

    /// <summary>Some elements of it.</summary>
    /// <param name="start">The first.</param>
    /// <param name="length">How many.</param>
    /// <returns>The elements, as an array.</returns>
    public Binding Slice(int start, int length)
    {
        ArrayData array = (ArrayData)Data;
        return start == 0 && length == array.Length
            ? this
            : new Binding(new SlicePlace(Place, start, length), array with { Length = length }, CanWrite);
    }
}
