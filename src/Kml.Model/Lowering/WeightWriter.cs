using System;
using System.Collections.Generic;
using System.IO;

namespace Kml.Model.Lowering;

/// <summary>Fills the arrays of a weights struct, little-endian. What is not written stays zero, the padding above all.</summary>
internal sealed class WeightWriter : IDisposable
{
    private readonly BinaryWriter _writer;

    /// <summary>Takes the bytes of the struct.</summary>
    /// <param name="bytes">The bytes, zero.</param>
    public WeightWriter(byte[] bytes) => _writer = new(new MemoryStream(bytes));

    /// <summary>Writes the first elements of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="values">The elements.</param>
    public void Floats(WeightArray array, IReadOnlyList<float> values)
    {
        Seek(array, 0);
        foreach (float value in values)
            _writer.Write(value);
    }

    /// <summary>Writes one element.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The element's index.</param>
    /// <param name="value">The element.</param>
    public void Float(WeightArray array, int index, float value)
    {
        Seek(array, index);
        _writer.Write(value);
    }

    /// <summary>Writes the first maps of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="maps">The maps.</param>
    public void Affines(WeightArray array, IReadOnlyList<Affine> maps)
    {
        Seek(array, 0);
        foreach (Affine map in maps)
        {
            _writer.Write(map.Add);
            _writer.Write(map.Mul);
            _writer.Write(map.Shift);
        }
    }

    /// <summary>Writes one pair.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The pair's index.</param>
    /// <param name="even">What belongs to the even output.</param>
    /// <param name="odd">What belongs to the odd one.</param>
    public void Pair(WeightArray array, int index, int even, int odd)
    {
        Seek(array, index);
        _writer.Write(even + ((long)odd << 32));
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Seek(WeightArray array, int index) => _writer.BaseStream.Position = array.Offset + ((long)index * (array.Bytes / array.Count));
}
