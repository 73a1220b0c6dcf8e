using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Kml.Model;
using Kml.Runtime.Abi;
using Kml.Runtime.Native;

namespace Kml.Runtime.Device;

/// <summary>
/// The consumer's end of one ring. Positions count records and never wrap (64 bits); a slot is the position modulo the ring's size.
/// Ordering: head is read with acquire, which pairs with the module's release after the record's bytes; tail is written with release,
/// which pairs with the module's acquire before it reuses a slot. One thread at a time.
/// </summary>
internal sealed unsafe class RingReader
{
    private const int StableReads = 16;

    private readonly ProducerLine* _producer;
    private readonly ConsumerLine* _consumer;
    private readonly byte* _data;
    private readonly RecordLayout _layout;
    private readonly ulong _capacity;
    private readonly int _cpu;
    private ulong _tail;
    private ulong _lastHead;
    private ulong _droppedBefore;

    /// <summary>Begins where the consumer before this one stopped.</summary>
    /// <param name="shared">The read-only mapping of everything.</param>
    /// <param name="consumers">The writable mapping of all consumers' lines.</param>
    /// <param name="info">The module.</param>
    /// <param name="cpu">Which ring.</param>
    public RingReader(SafeMapping shared, SafeMapping consumers, ModuleInfo info, int cpu)
    {
        RingGeometry at = info.Geometry;
        _producer = (ProducerLine*)shared.At(at.ProducerOffset) + cpu;
        _consumer = (ConsumerLine*)consumers.At(0) + cpu;

        // Only an address yet: the records are there once the head shows some.
        _data = shared.At(at.DataOffset + ((ulong)cpu * at.DataStride));
        _layout = info.Layout;
        _capacity = (ulong)info.RingRecords;
        _cpu = cpu;
        _tail = Volatile.Read(ref _consumer->Tail);
        _lastHead = Volatile.Read(ref _producer->Head);

        // What an earlier consumer wrote is not trusted: from a position that cannot be, begin anew with the next record.
        if (_tail > _lastHead || _lastHead - _tail > _capacity)
            Publish(_lastHead);
    }

    /// <summary>Hands over what waits, oldest first, and then gives the slots back to the module, all at once.</summary>
    /// <param name="maximum">At most so many.</param>
    /// <param name="handler">Receives each record in place. One at which it throws stays in the ring.</param>
    /// <returns>How many were handed over.</returns>
    /// <exception cref="KernelModelException">The ring's positions or numbers cannot be.</exception>
    public int Read(int maximum, RecordHandler handler)
    {
        int count = (int)Math.Min((ulong)maximum, Available());
        if (count == 0)
            return 0;
        ulong next = _tail;
        try
        {
            for (ulong end = _tail + (ulong)count; next < end; next++)
            {
                byte* slot = _data + ((nuint)(next & (_capacity - 1)) * (nuint)_layout.Size);
                Record record = new(new ReadOnlySpan<byte>(slot, _layout.Size), _layout, _cpu);
                CheckSequence(record.Sequence, next);
                handler(record);
            }
        }
        finally
        {
            Publish(next);
        }

        return count;
    }

    /// <summary>The account of this ring. Exact when the module makes no record meanwhile; else the best of a few attempts.</summary>
    public RingCounts Count()
    {
        RingCounts counts = default;
        for (int attempt = 0; attempt < StableReads; attempt++)
        {
            // Three words cannot be read at one moment, so read them until they fit together.
            ulong head = Volatile.Read(ref _producer->Head);
            ulong dropped = Volatile.Read(ref _producer->Dropped);
            ulong sequence = Volatile.Read(ref _producer->Sequence);
            counts = new RingCounts(sequence, dropped, _tail, head - _tail);
            if (counts.Off == 0)
                break;
        }

        return counts;
    }

    private ulong Available()
    {
        ulong head = Volatile.Read(ref _producer->Head);
        if (head < _lastHead || head - _tail > _capacity)
        {
            throw Corrupt(FormattableString.Invariant(
                $"its head is {head}, with {_tail} records taken, a head of {_lastHead} before and room for {_capacity}"));
        }

        _lastHead = head;
        return head - _tail;
    }

    // A record's number less its position is how many were dropped before it: that never falls.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckSequence(ulong sequence, ulong position)
    {
        ulong dropped = sequence - position;
        if (dropped < _droppedBefore || sequence < position)
        {
            throw Corrupt(FormattableString.Invariant(
                $"the record at position {position} has number {sequence}, where at least {position + _droppedBefore} was due"));
        }

        _droppedBefore = dropped;
    }

    private void Publish(ulong tail)
    {
        _tail = tail;
        Volatile.Write(ref _consumer->Tail, tail);
    }

    private KernelModelException Corrupt(string what) => new(FormattableString.Invariant(
        $"The ring of CPU {_cpu} is corrupt: {what}. Nothing of it was handed over; unload the module and load it again."));
}
