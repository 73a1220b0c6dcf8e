using System;

namespace Kml.Training.Online;

/// <summary>
/// A sample of all records so far, in which a record is with a probability in proportion to its weight; of records of one weight it is uniform.
/// A-ExpJ (Efraimidis, Spirakis 2006): each record's key is u^(1/weight), the greatest keys stay, and the weight to pass over until the next one
/// that enters is drawn at once, so that a record that does not enter costs a subtraction. A seed fixes it.
/// </summary>
internal sealed class ReplayReservoir
{
    private readonly float[] _rows;
    private readonly int _stride;
    private readonly Randomness _random;

    /// <summary>A heap, the least key first: logarithms of keys, and the slots that have them.</summary>
    private readonly double[] _keys;
    private readonly int[] _slots;
    private double _toPass;
    private long _offered;

    /// <summary>Takes the memory.</summary>
    /// <param name="capacity">Records that it holds.</param>
    /// <param name="stride">Numbers of a record; the last is its weight.</param>
    /// <param name="seed">Fixes the sample.</param>
    internal ReplayReservoir(int capacity, int stride, ulong seed)
    {
        _rows = GC.AllocateArray<float>(ArraySize.Of("The records kept", capacity, stride), pinned: true);
        _stride = stride;
        _keys = new double[capacity];
        _slots = new int[capacity];
        _random = new Randomness(seed);
    }

    /// <summary>Bytes that a record takes.</summary>
    /// <param name="stride">Numbers of a record.</param>
    /// <returns>The bytes.</returns>
    internal static long BytesARecord(int stride) => ((long)stride * sizeof(float)) + sizeof(double) + sizeof(int);

    /// <summary>Records that it can hold.</summary>
    internal int Capacity => _keys.Length;

    /// <summary>Records that it holds.</summary>
    internal int Count { get; private set; }

    /// <summary>A record.</summary>
    /// <param name="slot">Below <see cref="Count"/>.</param>
    /// <returns>Its numbers.</returns>
    internal ReadOnlySpan<float> this[int slot] => _rows.AsSpan(slot * _stride, _stride);

    /// <summary>A record at random, each alike.</summary>
    /// <returns>Its slot.</returns>
    internal int Draw() => _random.Below(Count);

    /// <summary>
    /// What a drawn record counts for, so that draws stand for all records with their weights: its weight over the probability with which it is kept, given the
    /// least key (Duffield, Lund, Thorup 2007), times the share of records that is kept. While all are, that is its weight; of many records, nearly the mean
    /// weight.
    /// </summary>
    /// <param name="slot">Below <see cref="Count"/>.</param>
    /// <returns>What it counts for, to the scale of weights.</returns>
    internal double Weight(int slot)
    {
        double weight = this[slot][^1];
        return _offered <= Capacity ? weight : (float)(weight / (1 - Math.Exp(_keys[0] * weight)) * Capacity / _offered);
    }

    /// <summary>Forgets all.</summary>
    internal void Clear()
    {
        Count = 0;
        _offered = 0;
    }

    /// <summary>Offers a record.</summary>
    /// <param name="record">Its numbers; the last is its weight, above 0.</param>
    internal void Add(ReadOnlySpan<float> record)
    {
        double weight = record[^1];
        _offered++;
        if (Count < Capacity)
        {
            record.CopyTo(_rows.AsSpan(Count * _stride));
            Rise(Count, Math.Log(_random.Fraction()) / weight, Count);
            if (++Count == Capacity)
                DrawPass();
            return;
        }

        _toPass -= weight;
        if (_toPass > 0)
            return;

        // Its key is above the least, which it replaces: u^(1/weight) with u above (least key)^weight.
        double least = Math.Exp(_keys[0] * weight);
        int slot = _slots[0];
        record.CopyTo(_rows.AsSpan(slot * _stride));
        Sink(Math.Log(least + ((1 - least) * _random.Fraction())) / weight, slot);
        DrawPass();
    }

    private void DrawPass() => _toPass = Math.Log(_random.Fraction()) / _keys[0];

    private void Rise(int at, double key, int slot)
    {
        for (int parent; at > 0 && _keys[parent = (at - 1) / 2] > key; at = parent)
            (_keys[at], _slots[at]) = (_keys[parent], _slots[parent]);
        (_keys[at], _slots[at]) = (key, slot);
    }

    private void Sink(double key, int slot)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _keys[child + 1] < _keys[child])
                child++;
            if (_keys[child] >= key)
                break;
            (_keys[at], _slots[at]) = (_keys[child], _slots[child]);
            at = child;
        }

        (_keys[at], _slots[at]) = (key, slot);
    }
}
