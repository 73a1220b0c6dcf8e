using System;
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

    /// <summary>Makes a tensor from a copy of an array of <see cref="byte"/>, <see cref="sbyte"/>, <see cref="short"/>, <see cref="int"/>, <see cref="long"/> or <see cref="float"/>.</summary>
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

        byte[] data = new byte[checked(values.Length * type.Size())];
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

    internal static WeightsTensor Slice(string name, TensorType type, EquatableArray<int> shape, byte[] file, int offset, int length)
    {
        byte[] data = new byte[length];
        Buffer.BlockCopy(file, offset, data, 0, length);
        return new WeightsTensor(name, type, shape, data);
    }

    internal void CopyTo(byte[] file, int offset) => Buffer.BlockCopy(_data, 0, file, offset, _data.Length);

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
