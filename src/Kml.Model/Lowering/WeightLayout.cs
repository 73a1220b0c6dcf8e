using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>Lays the arrays of the weights struct out, one behind the other.</summary>
internal sealed class WeightLayout
{
    private readonly List<WeightArray> _arrays = [];

    /// <summary>All arrays so far, in the struct's order.</summary>
    public IReadOnlyList<WeightArray> Arrays => _arrays;

    /// <summary>Bytes so far.</summary>
    public int Size { get; private set; }

    /// <summary>Adds an array.</summary>
    /// <param name="name">The member's name in C.</param>
    /// <param name="element">What it is made of.</param>
    /// <param name="dimensions">Its dimensions, the slowest first, padding included.</param>
    public WeightArray Add(string name, WeightElement element, params int[] dimensions)
    {
        WeightArray array = new(name, element, new(dimensions), Size);
        _arrays.Add(array);
        Size += array.Bytes;
        return array;
    }
}
