namespace Kml.Model;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Its name, unique in its file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions, outermost first; empty for a scalar.</param>
/// <param name="Begin">Bytes from the beginning of the data to its first element.</param>
/// <param name="End">Bytes from there to the end of its last.</param>
public sealed record TensorEntry(string Name, TensorType Type, EquatableArray<long> Shape, long Begin, long End)
{
    /// <summary>The number of its elements.</summary>
    public long Count => (End - Begin) / Type.Size();
}
