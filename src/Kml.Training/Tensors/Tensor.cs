using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kml.Training.Tensors;

/// <summary>Numbers in aligned memory of a <see cref="TensorPool"/>, laid out <c>[step][unit][row]</c>.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class Tensor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly byte[] _slab;
    private readonly int _offset;

    internal Tensor(byte[] slab, int offset, TensorShape shape)
    {
        _slab = slab;
        _offset = offset;
        Shape = shape;
    }

    /// <summary>Its shape.</summary>
    public TensorShape Shape { get; }

    /// <summary>All elements, <c>[step][unit][row]</c>.</summary>
    public Span<T> Span =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slab), _offset)), Shape.Length);

    /// <summary>A part of it, over the same memory.</summary>
    /// <param name="from">The first element.</param>
    /// <param name="shape">The part's shape.</param>
    /// <returns>The part.</returns>
    internal Tensor<T> Part(int from, TensorShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Shape.Length - shape.Length);
        return new Tensor<T>(_slab, _offset + (from * Unsafe.SizeOf<T>()), shape);
    }

    /// <summary>The rows of a unit at a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>The rows.</returns>
    public Span<T> this[int step, int unit] => Span.Slice(((step * Shape.Units) + unit) * Shape.Rows, Shape.Rows);
}
