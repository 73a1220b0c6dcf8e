using System;
using System.IO;
using System.Linq;

namespace Kml.Model;

/// <summary>A named, typed, immutable array of a weights file. Elements are little endian and row-major, as on every machine that this runs on.</summary>
public sealed class WeightsTensor
{
    private readonly byte[] _data;

    private WeightsTensor(string name, TensorType type, EquatableArray<int> shape, byte[] data)
    {
        Name = name;
        Type = type;
        Shape = shape;
        _data = data;
    }

    /// <summary>Its name, unique in its file.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public TensorType Type { get; }

    /// <summary>Its dimensions, outermost first; empty for a scalar.</summary>
    public EquatableArray<int> Shape { get; }

    /// <summary>The number of its elements.</summary>
    public int Count => _data.Length / Type.Size();

    /// <summary>The bytes that its elements take.</summary>
    public int ByteCount => _data.Length;

    /// <summary>
    /// Makes a tensor from a copy of an array of <see cref="byte"/>, <see cref="sbyte"/>, <see cref="short"/>, <see cref="int"/>, <see cref="long"/> or
    /// <see cref="float"/>.
    /// </summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="name">The tensor's name.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The dimensions.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The type is none of these, the name is taken by the format, or the shape does not hold as many elements.</exception>
    public static WeightsTensor Of<T>(string name, T[] values, params int[] shape)
        where T : unmanaged
    {
        TensorType type = TypeOf<T>();
        if (name == TensorFileHeader.MetadataKey)
            throw new ArgumentException($"'{name}' is the key of the metadata; a tensor cannot have it as its name.", nameof(name));
        if (shape.Any(d => d < 0) || shape.Aggregate(1L, (n, d) => n * d) != values.Length)
            throw new ArgumentException($"Tensor '{name}': shape [{string.Join(", ", shape)}] does not hold {values.Length} elements.", nameof(shape));

        if (values.Length > WeightsFile.MaxTensorBytes / type.Size())
        {
            long bytes = (long)values.Length * type.Size();
            throw new ArgumentException($"Tensor '{name}' takes {bytes} bytes, and may take {WeightsFile.MaxTensorBytes}.", nameof(values));
        }

        byte[] data = new byte[values.Length * type.Size()];
        Buffer.BlockCopy(values, 0, data, 0, data.Length);
        return new WeightsTensor(name, type, new(shape), data);
    }

    /// <summary>A copy of the elements.</summary>
    /// <typeparam name="T">The element's type, that of the tensor.</typeparam>
    /// <returns>The elements, row-major.</returns>
    /// <exception cref="WeightsFormatException">The tensor holds another type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        if (TypeOf<T>() != Type)
            throw new WeightsFormatException($"tensor '{Name}' holds {Type}, not {TypeOf<T>()}");
        T[] values = new T[Count];
        Buffer.BlockCopy(_data, 0, values, 0, _data.Length);
        return values;
    }

    /// <summary>A copy of the elements' bytes, whatever their type.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes() => (byte[])_data.Clone();

    /// <summary>Reads a tensor.</summary>
    /// <param name="entry">What the file's header says of it.</param>
    /// <param name="data">The file's data, from this tensor's on.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="WeightsFormatException">It is larger than a tensor of weights may be, or cut.</exception>
    internal static WeightsTensor Read(TensorEntry entry, Stream data)
    {
        long bytes = entry.End - entry.Begin;
        if (bytes > WeightsFile.MaxTensorBytes || entry.Shape.Any(d => d > int.MaxValue))
            throw new WeightsFormatException($"tensor '{entry.Name}' takes {bytes} bytes, and one of weights may take {WeightsFile.MaxTensorBytes}");
        byte[] read = new byte[bytes];
        for (int at = 0, more; at < read.Length; at += more)
        {
            more = data.Read(read, at, read.Length - at);
            if (more == 0)
                throw new WeightsFormatException($"tensor '{entry.Name}' is cut after {at} of {bytes} bytes");
        }

        return new WeightsTensor(entry.Name, entry.Type, new(entry.Shape.Select(d => (int)d)), read);
    }

    internal void WriteTo(Stream data) => data.Write(_data, 0, _data.Length);

    private static TensorType TypeOf<T>() =>
        default(T) switch
        {
            byte => TensorType.U8,
            sbyte => TensorType.I8,
            short => TensorType.I16,
            int => TensorType.I32,
            long => TensorType.I64,
            float => TensorType.F32,
            _ => throw new ArgumentException($"A tensor cannot hold {typeof(T).Name}."),
        };
}
