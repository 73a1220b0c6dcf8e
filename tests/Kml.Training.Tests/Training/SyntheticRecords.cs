using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Training.Tests;

/// <summary>Records of the test models, from a seed.</summary>
internal static class SyntheticRecords
{
    internal static RecordSet Wait(int count, int seed = 1, Func<int, uint>? sectors = null, Func<int, int>? flags = null) =>
        Make(WaitModel.Spec, count, seed, sectors ?? (_ => 8u), flags ?? (_ => 0), random => (uint)random.Next(50));

    internal static RecordSet Size(int count, int seed = 1, uint? constant = null)
    {
        Random random = new(seed);
        return Make(SizeModel.Spec, count, seed, _ => constant ?? (uint)random.Next(1, 1000), _ => 0, _ => 0);
    }

    internal static RecordSet Far(int count) => Make(FarModel.Spec, count, 1, _ => 8, _ => 0, random => (uint)random.Next(50));

    /// <summary>One record has a feature that is the greatest float.</summary>
    internal static RecordSet Extreme(int count, int record) =>
        Make(ExtremeModel.Spec, count, 1, i => i == record ? 2000u : 8u, _ => 0, random => (uint)random.Next(50));

    private static RecordSet Make(ModelSpec model, int count, int seed, Func<int, uint> sectors, Func<int, int> flags, Func<Random, uint> depth)
    {
        RecordLayout layout = RecordLayout.Of(model);
        Random random = new(seed);
        byte[] bytes = new byte[count * layout.Size];
        for (int i = 0; i < count; i++)
        {
            Span<byte> record = bytes.AsSpan(i * layout.Size, layout.Size);
            uint waiting = depth(random), inFlight = depth(random);
            ulong time = 1_000_000UL * (ulong)(i + 1);

            // Noise of 10 % of the spread; 10 us a waiting request, 8 a one in flight.
            ulong wait = (ulong)(1000 * ((10 * waiting) + (8 * inFlight) + random.Next(60)));
            BioQueue from = new()
            {
                TimeNs = time,
                DiskSectors = 1 << 20,
                Sectors = sectors(i),
                Operation = random.Next(2) == 0 ? IoOperation.Read : IoOperation.Write,
                Cpu = (uint)random.Next(4),
            };
            MemoryMarshal.Write(record[layout.FromOffset..], in from);
            BlockIssue to = new() { TimeNs = time + wait };
            MemoryMarshal.Write(record[layout.ToOffset..], in to);
            if (model.State is not null)
            {
                WaitModel.Queue queue = new() { Waiting = waiting, InFlight = inFlight };
                MemoryMarshal.Write(record[layout.StateOffset..], in queue);
            }

            BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)i);
            BinaryPrimitives.WriteUInt16LittleEndian(record[RecordHeader.FlagsOffset..], (ushort)flags(i));
            bool acting = (flags(i) & (RecordHeader.Acted | RecordHeader.HeldOut)) != 0;
            BinaryPrimitives.WriteUInt32LittleEndian(record[RecordHeader.InclusionOffset..], acting ? 65536u / 20 : 65536u);
        }

        return new RecordSet(model, bytes);
    }
}
