using System;
using System.Runtime.InteropServices;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

public class RecordBufferTests
{
    [Fact]
    public void Copies_outlive_the_slots_they_came_from()
    {
        using FakeModule module = new(1, 64);
        using KernelModelDevice device = module.Open();
        RecordBuffer buffer = new(200, device.Info.Layout.Size);
        for (ulong key = 0; key < 200; key++)
        {
            module.Put(0, key).ShouldBeTrue();
            if (key % 50 == 49)
                device.Read(int.MaxValue, buffer.Add).ShouldBe(50);
        }

        buffer.Count.ShouldBe(200);
        buffer.Bytes.Length.ShouldBe(200 * Waits.Layout.Size);
        for (int i = 0; i < 200; i++)
            MemoryMarshal.Read<BioQueue>(buffer.Bytes.Span[((i * Waits.Layout.Size) + Waits.Layout.FromOffset)..]).Sector.ShouldBe((ulong)i);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_stays_in_the_ring()
    {
        using FakeModule module = new(1, 64);
        using KernelModelDevice device = module.Open();
        RecordBuffer buffer = new(2, Waits.Layout.Size);
        for (ulong key = 0; key < 3; key++)
            module.Put(0, key);
        Should.Throw<ArgumentException>(() => device.Read(int.MaxValue, buffer.Add)).Message.ShouldStartWith("The buffer is full: it was made for 2 records.");
        device.Count().Pending.ShouldBe(1UL);
        Should.Throw<ArgumentException>(() => device.Read(1, new RecordBuffer(1, 64).Add)).Message.ShouldContain("records of 64 bytes, not of 192");
    }

    [Fact]
    public void More_than_it_can_hold_is_refused_with_what_it_can() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RecordBuffer(20_000_000, 192)).Message.ShouldContain("A buffer keeps at most 11184810 records of 192 bytes; write more of them to a file as they come.");
}
