using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>A field of a struct that the module shares with user space.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Type">Its type, of one element.</param>
/// <param name="Count">How many elements; 0 where it is no array.</param>
/// <param name="IsText">Whether its bytes are characters.</param>
/// <param name="Meaning">What it says, where the name does not; for the reader of C.</param>
public sealed record AbiField(string Name, ScalarType Type, int Count = 0, bool IsText = false, string Meaning = "");

/// <summary>A struct that the module shares with user space: the row from which its C follows, and against which its twin in C# is held.</summary>
/// <param name="Word">Its word in C: <c>struct kml_&lt;word&gt;</c>.</param>
/// <param name="Fields">Its fields, in order; each aligned to its type.</param>
public sealed record AbiStruct(string Word, EquatableArray<AbiField> Fields)
{
    /// <summary>Bytes to each field, by its name.</summary>
    public IReadOnlyDictionary<string, int> Offsets => Lay(out _);

    /// <summary>Its size in bytes.</summary>
    public int Size
    {
        get
        {
            Lay(out int size);
            return size;
        }
    }

    private Dictionary<string, int> Lay(out int size)
    {
        Dictionary<string, int> offsets = [];
        int end = 0;
        foreach (AbiField field in Fields)
        {
            offsets[field.Name] = StructLayout.AlignUp(end, field.Type.Size());
            end = offsets[field.Name] + (field.Type.Size() * (field.Count == 0 ? 1 : field.Count));
        }

        size = StructLayout.AlignUp(end, Fields.Max(f => f.Type.Size()));
        return offsets;
    }
}

/// <summary>A number that both sides know by a name.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Value">The number.</param>
/// <param name="Meaning">What it says, where the name does not; for the reader of C.</param>
public sealed record AbiNumber(string Name, uint Value, string Meaning = "");

/// <summary>A request of the device, an ioctl.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Number">Its number, of the device's type.</param>
/// <param name="Writes">Whether user space writes what travels; else it reads it.</param>
/// <param name="Size">Bytes that travel.</param>
public sealed record AbiRequest(string Name, uint Number, bool Writes, int Size)
{
    /// <summary>The whole number: the kernel's generic _IOC has number 8 bits, type 8, size 14, direction 2.</summary>
    public uint Code => ((Writes ? 1u : 2u) << 30) | ((uint)Size << 16) | (AbiCatalog.RequestType << 8) | Number;
}
