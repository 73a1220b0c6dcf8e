using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

public class ConcurrencyTests
{
    [Theory]
    [InlineData(1, 64, 2_000_000, true)]
    [InlineData(2, 4096, 1_000_000, true)]
    [InlineData(2, 64, 1_000_000, false)]
    public void Every_record_arrives_whole_once_and_in_order_while_the_producers_run(int cpus, int ringRecords, int perCpu, bool dropping)
    {
        using FakeModule module = new(cpus, ringRecords);
        using KernelModelDevice device = module.Open();
        Thread[] producers = [.. Enumerable.Range(0, cpus).Select(cpu => new Thread(() => Produce(module, cpu, perCpu, dropping)))];
        foreach (Thread producer in producers)
            producer.Start();

        ulong[] next = new ulong[cpus];
        ulong[] received = new ulong[cpus];
        RecordHandler check = (in Record r) =>
        {
            BioQueue from = MemoryMarshal.Read<BioQueue>(r.From);
            r.Sequence.ShouldBeGreaterThanOrEqualTo(next[r.Cpu]);
            if (!dropping)
                from.Sector.ShouldBe(received[r.Cpu]);
            from.TimeNs.ShouldBe(FakeModule.Checksum(from.Sector, r.Sequence));
            r.Bytes[^1].ShouldBe((byte)from.Sector);
            next[r.Cpu] = r.Sequence + 1;
            received[r.Cpu]++;
        };
        Hang.Until("all records are made", () =>
        {
            device.Read(int.MaxValue, check);
            return !producers.Any(p => p.IsAlive);
        });
        device.Read(int.MaxValue, check);

        for (int cpu = 0; cpu < cpus; cpu++)
        {
            RingCounts counts = device.Count(cpu);
            counts.Off.ShouldBe(0);
            counts.Pending.ShouldBe(0UL);
            counts.Consumed.ShouldBe(received[cpu]);
            (counts.Consumed + counts.Dropped).ShouldBe(counts.Produced);
            if (dropping)
                counts.Produced.ShouldBe((ulong)perCpu);
            else
                counts.Consumed.ShouldBe((ulong)perCpu);
        }
    }

    // Not dropping: a refused key is tried again, so that all of them must arrive.
    private static void Produce(FakeModule module, int cpu, int count, bool dropping)
    {
        for (ulong key = 0; key < (ulong)count; key++)
        {
            while (!module.Put(cpu, key) && !dropping)
                Thread.Yield();
        }
    }
}
