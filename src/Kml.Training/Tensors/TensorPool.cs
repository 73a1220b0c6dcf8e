using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kml.Training.Tensors;

/// <summary>
/// Memory for tensors: pinned slabs, handed out in pieces that begin on a cache line, so that no vector straddles two.
/// What a pool took is counted; what it gives back serves the next pool.
/// </summary>
/// <remarks>Not safe for several threads at once; the slabs it takes from and returns to are.</remarks>
public sealed class TensorPool : IDisposable
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    public const int Alignment = 64;

    private const int SmallestSlab = 1 << 16;

    /// <summary>Slabs up to here are powers of two, and kept. A larger one is as long as it must be, and goes with its pool.</summary>
    private const int LargestKept = 1 << 29;

    private static readonly ConcurrentDictionary<int, ConcurrentBag<byte[]>> Spare = new();

    private readonly List<byte[]> _slabs = [];
    private int _used;

    /// <summary>Bytes of the slabs that this pool holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes a tensor of zeros.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="shape">Its shape.</param>
    /// <returns>The tensor; valid until the pool is disposed of.</returns>
    public Tensor<T> Take<T>(TensorShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int bytes = ArraySize.Sum("The bytes of a layer's values", ((long)shape.Length * Unsafe.SizeOf<T>()) + Alignment - 1) / Alignment * Alignment;
        if (_slabs.Count == 0 || !Fits(_slabs[^1].Length, _used, bytes))
            AddSlab(SlabBytes(bytes));
        Tensor<T> tensor = new(_slabs[^1], _used, shape);
        _used += bytes;
        tensor.Span.Clear();
        return tensor;
    }

    /// <summary>Gives the memory back. Tensors taken from this pool must not be used afterwards.</summary>
    public void Dispose()
    {
        foreach (byte[] slab in _slabs)
        {
            if (slab.Length <= LargestKept)
                Spare.GetOrAdd(slab.Length, _ => []).Add(slab);
        }

        _slabs.Clear();
        Bytes = 0;
    }

    /// <summary>Whether a tensor fits into what is left of a slab. What is used and what is wanted may together be more than an integer holds.</summary>
    /// <param name="length">Bytes of the slab.</param>
    /// <param name="used">Bytes of them that are taken.</param>
    /// <param name="bytes">Bytes of the tensor.</param>
    /// <returns>Whether it fits.</returns>
    internal static bool Fits(int length, int used, int bytes) => bytes <= length - used;

    /// <summary>The length of a slab that begins with a tensor, on whatever address it comes to lie.</summary>
    /// <param name="bytes">Bytes of the tensor.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="TrainingException">No array is so long.</exception>
    internal static int SlabBytes(int bytes)
    {
        int least = ArraySize.Sum("The bytes of a layer's values", bytes, Alignment);
        return least > LargestKept ? least : (int)Math.Max(SmallestSlab, BitOperations.RoundUpToPowerOf2((uint)least));
    }

    private static unsafe int Misalignment(byte[] slab)
    {
        fixed (byte* start = slab)
            return (int)((nuint)start % Alignment);
    }

    private void AddSlab(int size)
    {
        if (!Spare.GetOrAdd(size, _ => []).TryTake(out byte[]? slab))
            slab = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        _slabs.Add(slab);
        Bytes += size;
        int misaligned = Misalignment(slab);
        _used = misaligned == 0 ? 0 : Alignment - misaligned;
    }
}
