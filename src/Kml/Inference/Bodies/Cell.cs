using System;
using System.Buffers.Binary;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>A place in the memory of an interpreted body: what a reference refers to.</summary>
/// <param name="Memory">The bytes of the variable, event or state.</param>
/// <param name="Offset">Where in them it begins.</param>
/// <param name="Data">What lies there.</param>
internal readonly record struct Cell(byte[] Memory, int Offset, DataType Data)
{
    /// <summary>A variable of its own, all zero.</summary>
    public static Cell New(DataType data) => new(new byte[StructLayout.SizeOf(data)], 0, data);

    /// <summary>Its bytes.</summary>
    public Span<byte> Bytes => Memory.AsSpan(Offset, StructLayout.SizeOf(Data));

    /// <summary>The bits of the scalar that it is.</summary>
    public ulong Bits
    {
        get => ScalarBytes.Read(Bytes, ((ScalarData)Data).Type);
        set => ScalarBytes.Write(Bytes, value);
    }

    /// <summary>A field of the struct that it is.</summary>
    public Cell Member(string field)
    {
        StructLayout layout = StructLayout.Of(((StructData)Data).Fields);
        foreach (PlacedField placed in layout.Fields)
        {
            if (placed.Field.Name == field)
                return new(Memory, Offset + placed.Offset, placed.Field.Data);
        }

        throw new FormatException($"There is no field '{field}'.");
    }

    /// <summary>An element of the array that it is.</summary>
    public Cell Element(int index)
    {
        ArrayData array = (ArrayData)Data;
        return index >= 0 && index < array.Length
            ? new(Memory, Offset + (index * StructLayout.SizeOf(array.Element)), array.Element)
            : throw new IndexOutOfRangeException();
    }

    /// <summary>Some elements of the array that it is.</summary>
    public Cell Slice(int start, int length)
    {
        ArrayData array = (ArrayData)Data;
        return start >= 0 && length > 0 && start + length <= array.Length
            ? new(Memory, Offset + (start * StructLayout.SizeOf(array.Element)), array with { Length = length })
            : throw new FormatException($"Elements {start} to {start + length - 1} are not all in an array of {array.Length}.");
    }
}

/// <summary>Scalars in memory, as C and C# both hold them.</summary>
public static class ScalarBytes
{
    /// <summary>Reads a scalar.</summary>
    /// <param name="bytes">Its bytes; those behind them do not count.</param>
    /// <param name="type">Its type.</param>
    /// <returns>Its bits, as a <c>Constant</c> has them.</returns>
    public static ulong Read(ReadOnlySpan<byte> bytes, ScalarType type)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        bytes[..type.Size()].CopyTo(wide);
        ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(wide);
        return type == ScalarType.F32 ? bits : Scalars.ToBits(Scalars.FromBits(type, bits));
    }

    /// <summary>Writes a scalar.</summary>
    /// <param name="bytes">Where its bytes go: as many as it has.</param>
    /// <param name="bits">Its bits, as a <c>Constant</c> has them.</param>
    public static void Write(Span<byte> bytes, ulong bits)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(wide, bits);
        wide[..bytes.Length].CopyTo(bytes);
    }
}
