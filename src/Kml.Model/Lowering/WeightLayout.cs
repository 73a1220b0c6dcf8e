using System;
using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>Lays the arrays of the weights struct out, one behind the other.</summary>
internal sealed class WeightLayout
{
    private const int CacheLine = 64;

    private readonly List<WeightArray> _arrays = [];

    /// <summary>All arrays so far, in the struct's order.</summary>
    public IReadOnlyList<WeightArray> Arrays => _arrays;

    /// <summary>Bytes so far.</summary>
    public int Size { get; private set; }

    /// <summary>Adds an array.</summary>
    /// <param name="name">The member's name in C.</param>
    /// <param name="element">What it is made of.</param>
    /// <param name="dimensions">Its dimensions, the slowest first, padding included.</param>
    /// <exception cref="ArgumentException">
    /// Floats that do not begin on a cache line: what lies before them is not padded (<see cref="ModelProgram.Pad"/>).
    /// </exception>
    public WeightArray Add(string name, WeightElement element, params int[] dimensions)
    {
        if (element == WeightElement.F32 && Size % CacheLine != 0)
            throw new ArgumentException($"{name} begins at byte {Size} of the weights, which is not on a cache line", nameof(dimensions));
        WeightArray array = new(name, element, new(dimensions), Size);
        _arrays.Add(array);
        Size += array.Bytes;
        return array;
    }
}
