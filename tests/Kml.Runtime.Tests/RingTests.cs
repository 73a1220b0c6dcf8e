using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

public class RingTests
{
    private const int RingRecords = 64;

    [Fact]
    public void Any_interleaving_of_puts_and_reads_is_a_queue_that_drops_when_full()
    {
        Prop.ForAll(
            Gen.Choose(-150, 150).ArrayOf().ToArbitrary(),
            steps => BehavesAsQueue(steps)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Records_go_on_in_order_over_many_rounds_of_the_ring()
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        List<ulong> keys = [];
        for (ulong key = 0; key < 10 * RingRecords; key++)
        {
            module.Put(0, key).ShouldBeTrue();
            if (key % 37 == 36)
                device.Read(int.MaxValue, (in Record r) => keys.Add(Key(r)));
        }

        device.Read(int.MaxValue, (in Record r) => keys.Add(Key(r)));
        keys.ShouldBe(Enumerable.Range(0, 10 * RingRecords).Select(k => (ulong)k));
        device.Count().ShouldBe(new RingCounts(10 * RingRecords, 0, 10 * RingRecords, 0));
    }

    [Fact]
    public void A_full_ring_drops_the_new_and_keeps_the_old()
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        for (ulong key = 0; key < RingRecords + 10; key++)
            module.Put(0, key).ShouldBe(key < RingRecords);

        RingCounts full = device.Count();
        full.ShouldBe(new RingCounts(RingRecords + 10, 10, 0, RingRecords));
        full.Off.ShouldBe(0);

        ulong next = 0;
        device.Read(int.MaxValue, (in Record r) => Key(r).ShouldBe(next++)).ShouldBe(RingRecords);
        module.Put(0, 1000).ShouldBeTrue();
        device.Read(int.MaxValue, (in Record r) => r.Sequence.ShouldBe<ulong>(RingRecords + 10)).ShouldBe(1);
        device.Count().Off.ShouldBe(0);
    }

    [Fact]
    public void No_busy_cpu_starves_another()
    {
        using FakeModule module = new(3, 1024);
        using KernelModelDevice device = module.Open();
        for (ulong key = 0; key < 1000; key++)
            module.Put(0, key);
        for (ulong key = 0; key < 10; key++)
        {
            module.Put(1, key);
            module.Put(2, key);
        }

        List<int> cpus = [];
        device.Read(100, (in Record r) => cpus.Add(r.Cpu)).ShouldBe(100);
        cpus.Count(c => c == 1).ShouldBe(10);
        cpus.Count(c => c == 2).ShouldBe(10);
        cpus.Count(c => c == 0).ShouldBe(80);
        device.Count(0).Pending.ShouldBe(920UL);
    }

    [Fact]
    public void A_record_at_which_the_handler_throws_stays()
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        for (ulong key = 0; key < 5; key++)
            module.Put(0, key);

        Should.Throw<InvalidOperationException>(() => device.Read(
            int.MaxValue, (in Record r) => _ = Key(r) == 3 ? throw new InvalidOperationException() : 0));
        module.Consumer(0).Tail.ShouldBe(3UL);
        List<ulong> rest = [];
        device.Read(int.MaxValue, (in Record r) => rest.Add(Key(r)));
        rest.ShouldBe([3UL, 4UL]);
    }

    [Fact]
    public void The_next_reader_goes_on_where_the_last_one_stopped()
    {
        using FakeModule module = new(1, RingRecords);
        for (ulong key = 0; key < 20; key++)
            module.Put(0, key);
        using (KernelModelDevice first = module.Open())
            first.Read(12, (in Record _) => { }).ShouldBe(12);
        using KernelModelDevice second = module.Open();
        ulong next = 12;
        second.Read(int.MaxValue, (in Record r) => Key(r).ShouldBe(next++)).ShouldBe(8);
        second.Count().ShouldBe(new RingCounts(20, 0, 20, 0));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1_000_000UL)]
    [InlineData(6UL)]
    public void A_tail_that_cannot_be_costs_only_what_was_waiting(ulong left)
    {
        using FakeModule module = new(1, RingRecords);
        for (ulong key = 0; key < 5; key++)
            module.Put(0, key);
        module.Consumer(0).Tail = left;
        using KernelModelDevice device = module.Open();
        device.Read(int.MaxValue, (in Record _) => { }).ShouldBe(0);
        module.Put(0, 99).ShouldBeTrue();
        device.Read(int.MaxValue, (in Record r) => Key(r).ShouldBe(99UL)).ShouldBe(1);
    }

    [Theory]
    [InlineData(RingRecords + 11UL)]
    [InlineData(9UL)]
    [InlineData(5UL)]
    [InlineData(ulong.MaxValue)]
    public void A_head_that_cannot_be_is_refused(ulong head)
    {
        using FakeModule module = new(2, RingRecords);
        using KernelModelDevice device = module.Open();
        for (ulong key = 0; key < 10; key++)
            module.Put(1, key);
        device.Read(int.MaxValue, (in Record _) => { }).ShouldBe(10);
        module.Producer(1).Head = head;

        KernelModelException error = Should.Throw<KernelModelException>(
            () => device.Read(int.MaxValue, (in Record _) => throw new InvalidOperationException("handed over")));
        error.Message.ShouldStartWith("The ring of CPU 1 is corrupt: its head is");
        error.Message.ShouldContain("10 records taken");
        module.Consumer(1).Tail.ShouldBe(10UL);
    }

    [Theory]
    [InlineData(4UL)]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    public void A_number_that_goes_back_is_refused(ulong sequence)
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        for (ulong key = 0; key < 10; key++)
            module.Put(0, key);
        MemoryMarshal.Write(module.Slot(0, 5), sequence);
        if (sequence == ulong.MaxValue)
            MemoryMarshal.Write(module.Slot(0, 6), 6UL);

        Should.Throw<KernelModelException>(() => device.Read(int.MaxValue, (in Record _) => { }))
            .Message.ShouldContain("where at least");
    }

    [Fact]
    public void A_closed_device_says_so()
    {
        using FakeModule module = new(1, RingRecords);
        KernelModelDevice device = module.Open();
        device.Dispose();
        device.Dispose();
        Should.Throw<ObjectDisposedException>(() => device.Read(1, (in Record _) => { }));
        Should.Throw<ObjectDisposedException>(() => device.Count());
        Should.Throw<ObjectDisposedException>(() => device.Wait(TimeSpan.Zero));
        Should.Throw<ObjectDisposedException>(() => device.SetWatermark(1));
    }

    [Fact]
    public void A_watermark_must_fit_the_ring_and_the_module_must_take_it()
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        Should.Throw<ArgumentOutOfRangeException>(() => device.SetWatermark(0));
        Should.Throw<ArgumentOutOfRangeException>(() => device.SetWatermark(RingRecords + 1));
        Should.Throw<KernelModelException>(() => device.SetWatermark(8)).Message.ShouldContain("refused a watermark of 8 records");
    }

    [Fact]
    public void Receive_ends_when_the_time_is_over()
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        module.Put(0, 1);
        device.Receive(5, TimeSpan.FromMilliseconds(20), (in Record _) => { }).ShouldBe(1);
    }

    private static bool BehavesAsQueue(int[] steps)
    {
        using FakeModule module = new(1, RingRecords);
        using KernelModelDevice device = module.Open();
        Queue<ulong> expected = new();
        ulong key = 0;
        ulong dropped = 0;
        foreach (int step in steps)
        {
            for (int i = 0; i < step; i++, key++)
            {
                if (module.Put(0, key) != (expected.Count < RingRecords))
                    return false;
                if (expected.Count < RingRecords)
                    expected.Enqueue(key);
                else
                    dropped++;
            }

            bool same = true;
            int due = Math.Min(expected.Count, Math.Max(0, -step));
            int read = device.Read(Math.Max(0, -step), (in Record r) => same &= Key(r) == expected.Dequeue());
            RingCounts counts = device.Count();
            if (!same || read != due || counts.Off != 0
                || counts != new RingCounts(key, dropped, key - dropped - (ulong)expected.Count, (ulong)expected.Count))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong Key(in Record record) => MemoryMarshal.Read<BioQueue>(record.From).Sector;
}
