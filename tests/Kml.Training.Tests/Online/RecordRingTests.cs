using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Kml.Training.Online;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class RecordRingTests
{
    private const int Stride = 7;

    /// <summary>Any sequence of writes and reads, against a queue: what is taken is in order, the newest are never lost, and the counts agree.</summary>
    [Fact]
    public void Records_are_taken_in_order_and_counted_exactly() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                Gen.Choose(-40, 40).ListOf(30).ToArbitrary(),
                Gen.Elements(true, false).ToArbitrary(),
                (moves, blocking) =>
                {
                    const int Capacity = 16;
                    RecordRing ring = new(Capacity, Stride, blocking);
                    float[] chunk = new float[9 * Stride];
                    Queue<float> due = [];
                    int written = 0, taken = 0;
                    foreach (int move in moves)
                    {
                        for (int i = 0; i < move; i++)
                        {
                            bool room = ring.TryBegin(out Span<float> slot);
                            room.ShouldBe(!blocking || due.Count < Capacity);
                            if (!room)
                                continue;
                            slot.Fill(written);
                            ring.Commit();
                            due.Enqueue(written++);
                        }

                        for (int left = -move; left > 0;)
                        {
                            // A record that may be being overwritten counts as lost: one less than the capacity is safe.
                            while (!blocking && due.Count >= Capacity)
                                due.Dequeue();
                            int count = ring.Take(chunk);
                            count.ShouldBe(Math.Min(due.Count, 9));
                            for (int i = 0; i < count; i++)
                                chunk.AsSpan(i * Stride, Stride).ToArray().ShouldBe([.. Enumerable.Repeat(due.Dequeue(), Stride)]);
                            taken += count;
                            left -= Math.Max(1, count);
                        }

                        ring.Offered.ShouldBe(written);
                        ring.Taken.ShouldBe(taken);
                        ring.Dropped.ShouldBeLessThanOrEqualTo(written - taken);
                    }

                    while (ring.Take(chunk) is > 0 and int more)
                        taken += more;
                    ring.Taken.ShouldBe(taken);
                    (ring.Taken + ring.Dropped).ShouldBe(written);
                    if (blocking)
                        ring.Dropped.ShouldBe(0);
                    return true;
                }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_threads_lose_nothing_uncounted_and_tear_nothing(bool blocking)
    {
        const int Count = 300_000;
        RecordRing ring = new(64, Stride, blocking);
        Thread producer = new(() =>
        {
            SpinWait wait = default;
            for (int i = 1; i <= Count; i++)
            {
                Span<float> slot;
                while (!ring.TryBegin(out slot))
                    wait.SpinOnce(sleep1Threshold: -1);
                slot.Fill(i);
                ring.Commit();
            }

            ring.Stop();
        });
        producer.Start();

        float[] chunk = new float[16 * Stride];
        float last = 0;
        long taken = 0, torn = 0, disordered = 0;
        SpinWait idle = default;
        while (true)
        {
            bool stopped = ring.Stopped;
            int count = ring.Take(chunk);
            taken += count;
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> record = chunk.AsSpan(i * Stride, Stride);
                torn += record.ContainsAnyExcept(record[0]) ? 1 : 0;
                disordered += blocking ? record[0] == last + 1 ? 0 : 1 : record[0] > last ? 0 : 1;
                last = record[0];
            }

            if (count == 0 && stopped)
                break;
            if (count == 0)
                idle.SpinOnce(sleep1Threshold: -1);
        }

        Hang.Join("the producer has offered all", producer);
        torn.ShouldBe(0);
        disordered.ShouldBe(0);
        last.ShouldBe(Count);
        ring.Taken.ShouldBe(taken);
        ring.Offered.ShouldBe(Count);
        (ring.Taken + ring.Dropped).ShouldBe(Count);
        if (blocking)
            taken.ShouldBe(Count);
    }
}
