using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Kml.Training.Online;

/// <summary>
/// Records from one producer to one consumer, without a lock. Positions only rise; a record's slot is its position modulo the capacity.
/// When the ring is full, a dropping producer overwrites the oldest, and the consumer finds out which it missed; a blocking one waits.
/// </summary>
/// <remarks>
/// Dropping: while the producer writes the record of position p, its head is p, and the slot is that of p - capacity. A consumer that has copied a record
/// and then still finds head less than capacity beyond it has copied it whole. The barriers keep it so: the head is published before the slot is written to,
/// and read again after it was copied. So of a full ring, all but one record can be read.
/// </remarks>
internal sealed class RecordRing
{
    private readonly float[] _slots;
    private readonly int _stride;
    private readonly int _mask;
    private readonly bool _blocking;
    private Line _head;
    private Line _tail;
    private Line _stopped;
    private Line _tailSeen;
    private long _taken;
    private long _dropped;

    /// <summary>Takes the memory.</summary>
    /// <param name="capacity">Records, a power of two.</param>
    /// <param name="stride">Numbers of a record.</param>
    /// <param name="blocking">Whether the producer waits when the ring is full.</param>
    internal RecordRing(int capacity, int stride, bool blocking)
    {
        _slots = GC.AllocateArray<float>(ArraySize.Of("The records of a ring", capacity, stride), pinned: true);
        _stride = stride;
        _mask = capacity - 1;
        _blocking = blocking;
    }

    /// <summary>Records it has room for.</summary>
    internal long Capacity => _mask + 1L;

    /// <summary>Records that the producer wrote.</summary>
    internal long Offered => Volatile.Read(ref _head.Value);

    /// <summary>Records that the consumer took.</summary>
    internal long Taken => Volatile.Read(ref _taken);

    /// <summary>Records that were overwritten before they were read.</summary>
    internal long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Whether no more may be written.</summary>
    internal bool Stopped => Volatile.Read(ref _stopped.Value) != 0;

    /// <summary>Lets the producer write no more, and wait no more.</summary>
    internal void Stop() => Volatile.Write(ref _stopped.Value, 1);

    /// <summary>Producer: the slot to write to.</summary>
    /// <param name="slot">Receives the slot.</param>
    /// <returns>Whether there is room at once; always, when dropping.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryBegin(out Span<float> slot)
    {
        long head = _head.Value;
        slot = _slots.AsSpan((int)(head & _mask) * _stride, _stride);
        if (_blocking && head - _tailSeen.Value > _mask)
        {
            _tailSeen.Value = Volatile.Read(ref _tail.Value);
            return head - _tailSeen.Value <= _mask;
        }

        // What was published must be seen before the slot changes.
        Volatile.WriteBarrier();
        return true;
    }

    /// <summary>Producer: what was written to the slot may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Commit() => Volatile.Write(ref _head.Value, _head.Value + 1);

    /// <summary>Consumer: takes the oldest records that are left.</summary>
    /// <param name="records">Receives them, one after the other.</param>
    /// <returns>How many it took; 0 if there was none.</returns>
    internal int Take(Span<float> records)
    {
        long capacity = Capacity, head = Volatile.Read(ref _head.Value), tail = _tail.Value;
        if (!_blocking && head - tail >= capacity)
            tail = Skip(head - capacity + 1);
        int count = (int)Math.Min(head - tail, records.Length / _stride);
        for (int copied = 0; copied < count;)
        {
            int slot = (int)((tail + copied) & _mask), run = Math.Min(count - copied, (int)capacity - slot);
            _slots.AsSpan(slot * _stride, run * _stride).CopyTo(records[(copied * _stride)..]);
            copied += run;
        }

        int lost = 0;
        if (!_blocking)
        {
            Volatile.ReadBarrier();
            lost = (int)Math.Clamp(Volatile.Read(ref _head.Value) - capacity + 1 - tail, 0, count);
            if (lost > 0)
            {
                Skip(tail + lost);
                records[(lost * _stride)..(count * _stride)].CopyTo(records);
            }
        }

        Volatile.Write(ref _tail.Value, tail + count);
        Volatile.Write(ref _taken, _taken + count - lost);
        return count - lost;
    }

    private long Skip(long to)
    {
        Volatile.Write(ref _dropped, _dropped + to - _tail.Value);
        Volatile.Write(ref _tail.Value, to);
        return to;
    }

    /// <summary>A number on cache lines of its own, so that the two threads do not take one from each other.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Line
    {
        [FieldOffset(64)]
        internal long Value;
    }
}
