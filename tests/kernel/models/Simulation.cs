using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Model;
using Kml.Training;

namespace Kml.KernelModels;

/// <summary>
/// Records of a disk that does not exist, so that weights need no kernel. Requests arrive in bursts, wait for one of a few places, and some
/// fail; the model's own updates keep its state. The same records every time.
/// </summary>
internal static class Simulation
{
    private const int Requests = 3000;
    private const int Places = 8;
    private const int Burst = 80;
    private const ulong DiskSectors = 524288;

    /// <summary>Makes the records of a model.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <returns>The records.</returns>
    public static RecordSet Records<TModel>()
        where TModel : IKernelModel
    {
        ModelSpec model = ModelText.Read(TModel.CanonicalText);
        RecordLayout layout = RecordLayout.Of(model);
        byte[] records = new byte[Requests * layout.Size];
        byte[] state = new byte[layout.StateSize];
        foreach ((ulong _, int request, EventKind kind, byte[] bytes) in Events())
        {
            Span<byte> record = records.AsSpan(request * layout.Size, layout.Size);
            if (kind == model.From)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(record[RecordHeader.InclusionOffset..], 65536);
                bytes.CopyTo(record[layout.FromOffset..]);
                state.CopyTo(record[layout.StateOffset..]);

                // Nobody acts, so each record stands for itself alone.
                BinaryPrimitives.WriteUInt32LittleEndian(record[RecordHeader.InclusionOffset..], 65536);
            }

            if (kind == model.To)
                bytes.CopyTo(record[layout.ToOffset..]);
            if (model.Observes.Contains(kind))
                TModel.TryUpdate(kind.Info().Word, bytes, state);
        }

        return new RecordSet(model, records);
    }

    private static IEnumerable<(ulong Time, int Request, EventKind Kind, byte[] Bytes)> Events()
    {
        Random random = new(20240607);
        ulong[] free = new ulong[Places];
        ulong now = 1_000_000_000, head = 0;
        List<(ulong Time, int Request, EventKind Kind, byte[] Bytes)> events = [];
        for (int i = 0; i < Requests; i++)
        {
            now += i % Burst == 0 ? (ulong)random.Next(40_000_000, 120_000_000) : (ulong)random.Next(1_000, 400_000);
            bool read = random.Next(3) > 0;
            uint sectors = 8u << random.Next(6);
            ulong sector = random.Next(3) == 0 ? head : (ulong)random.Next((int)DiskSectors / 8) * 8;
            head = sector + sectors;

            int place = Array.IndexOf(free, free.Min());
            ulong insert = now + (ulong)random.Next(500, 5_000);
            ulong issue = Math.Max(insert + 1_000, free[place] + 1_000) + (read ? 0 : 3_000_000u);
            ulong complete = issue + (ulong)random.Next(200_000, 14_000_000) + (sectors * 2_000u);
            free[place] = complete;
            int error = random.Next(20) == 0 ? -5 : 0;

            IoOperation operation = read ? IoOperation.Read : IoOperation.Write;
            uint cpu = (uint)i % 2;
            events.Add((now, i, EventKind.BioQueue, Bytes(new BioQueue
            {
                TimeNs = now, Sector = sector, DiskSectors = DiskSectors, Sectors = sectors, Device = 254 << 20,
                Operation = operation, Flags = IoFlags.Sync, Cpu = cpu,
            })));
            events.Add((insert, i, EventKind.BlockInsert, Bytes(new BlockInsert
            {
                TimeNs = insert, Sector = sector, DiskSectors = DiskSectors, Sectors = sectors, Device = 254 << 20,
                Operation = operation, Flags = IoFlags.Sync, Cpu = cpu, Bios = 1,
            })));
            events.Add((issue, i, EventKind.BlockIssue, Bytes(new BlockIssue
            {
                TimeNs = issue, Sector = sector, DiskSectors = DiskSectors, Sectors = sectors, Device = 254 << 20,
                Operation = operation, Flags = IoFlags.Sync, Cpu = cpu, Bios = 1,
            })));
            events.Add((complete, i, EventKind.BlockComplete, Bytes(new BlockComplete
            {
                TimeNs = complete, Sector = sector, DiskSectors = DiskSectors, Sectors = sectors, Device = 254 << 20,
                Operation = operation, Flags = IoFlags.Sync, Cpu = cpu,
                Error = error, Bytes = sectors * 512,
            })));
        }

        return events.OrderBy(e => e.Time).ThenBy(e => e.Kind);
    }

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
