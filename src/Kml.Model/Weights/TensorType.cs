using System;

namespace Kml.Model;

/// <summary>Element types of tensors in a weights file; the names are those of the safetensors format.</summary>
public enum TensorType
{
    /// <summary>Unsigned bytes.</summary>
    U8,

    /// <summary>Signed bytes.</summary>
    I8,

    /// <summary>16-bit signed integers.</summary>
    I16,

    /// <summary>32-bit signed integers.</summary>
    I32,

    /// <summary>64-bit signed integers.</summary>
    I64,

    /// <summary>IEEE 754 binary32.</summary>
    F32,
}

/// <summary>Facts about tensor types.</summary>
public static class TensorTypes
{
    /// <summary>Bytes of an element.</summary>
    /// <param name="type">The type.</param>
    /// <returns>1, 2, 4 or 8.</returns>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.U8 or TensorType.I8 => 1,
        TensorType.I16 => 2,
        TensorType.I64 => 8,
        _ => 4,
    };

    internal static bool TryParse(string word, out TensorType type)
    {
        foreach (TensorType candidate in (TensorType[])Enum.GetValues(typeof(TensorType)))
        {
            if (candidate.ToString() == word)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
