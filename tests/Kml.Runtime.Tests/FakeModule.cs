using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Kml.Model;
using Kml.Runtime.Abi;
using Kml.Runtime.Native;
using Microsoft.Win32.SafeHandles;

namespace Kml.Runtime.Tests;

/// <summary>The module's side of the mapping, in a file: info page, rings and producers that follow the rules of the kernel's.</summary>
internal sealed unsafe class FakeModule : IDisposable
{
    private const ulong Page = 4096;

    private readonly string _path;
    private readonly SafeMapping _mapping;
    private readonly ulong _stride;

    public FakeModule(int cpus, int ringRecords)
    {
        RecordLayout layout = Waits.Layout;
        _stride = ((ulong)ringRecords * (ulong)layout.Size) + Page - 1 & ~(Page - 1);
        RingRecords = ringRecords;
        ulong size = (3 * Page) + ((ulong)cpus * _stride);
        _path = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), Path.GetRandomFileName());
        using SafeFileHandle file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.SetLength(file, (long)size);
        _mapping = SafeMapping.Map(file, 0, size, writable: true, "module's side");
        Info = new InfoPage
        {
            Magic = AbiCatalog.Magic,
            AbiVersion = AbiCatalog.Version,
            RecordSize = (uint)layout.Size,
            Features = (uint)layout.FeatureCount,
            FeaturesOffset = (uint)layout.FeaturesOffset,
            FromOffset = (uint)layout.FromOffset,
            ToOffset = (uint)layout.ToOffset,
            StateOffset = (uint)layout.StateOffset,
            StateSize = (uint)layout.StateSize,
            FromKind = EventKind.BioQueue.Info().Number,
            ToKind = EventKind.BlockIssue.Info().Number,
            Cpus = (uint)cpus,
            RingRecords = (uint)ringRecords,
            HasWeights = 1,
            WeightsVersion = 7,
            HasInteger = 1,
            ProducerOffset = Page,
            ConsumerOffset = 2 * Page,
            DataOffset = 3 * Page,
            DataStride = _stride,
            MappingSize = size,
        };
        Encoding.ASCII.GetBytes(Waits.Name, new Span<byte>(Unsafe(ref Info.Model[0]), InfoPage.ModelLength));
        Encoding.ASCII.GetBytes(Waits.Fingerprint, new Span<byte>(Unsafe(ref Info.Fingerprint[0]), InfoPage.FingerprintLength));
    }

    public ref InfoPage Info => ref *(InfoPage*)_mapping.At(0);

    public int RingRecords { get; }

    public KernelModelDevice Open() => new(OpenFile(), _path, ModuleInfo.Read(Info, _path));

    public KernelModelDevice<Waits> OpenTyped() => new(OpenFile(), _path, ModuleInfo.Read(Info, _path));

    public ref ProducerLine Producer(int cpu) => ref ((ProducerLine*)_mapping.At(Page))[cpu];

    public ref ConsumerLine Consumer(int cpu) => ref ((ConsumerLine*)_mapping.At(2 * Page))[cpu];

    public Span<byte> Slot(int cpu, ulong position) => new(
        _mapping.At((3 * Page) + ((ulong)cpu * _stride) + ((position & ((ulong)RingRecords - 1)) * (ulong)Waits.Layout.Size)), Waits.Layout.Size);

    /// <summary>
    /// Makes a record on a CPU: in the ring, or dropped where it is full. The writer's key ends up in the event's sector, a checksum in its time.
    /// </summary>
    public bool Put(int cpu, ulong key)
    {
        ref ProducerLine producer = ref Producer(cpu);
        ulong sequence = producer.Sequence;
        Volatile.Write(ref producer.Sequence, sequence + 1);
        ulong head = producer.Head;

        // Acquire: pairs with the reader's release of the slots that it has read.
        if (head - Volatile.Read(ref Consumer(cpu).Tail) >= (ulong)RingRecords)
        {
            Volatile.Write(ref producer.Dropped, producer.Dropped + 1);
            return false;
        }

        Span<byte> slot = Slot(cpu, head);
        slot.Fill((byte)key);
        MemoryMarshal.Write(slot[RecordHeader.SequenceOffset..], sequence);
        MemoryMarshal.Write(slot[Waits.Layout.FromOffset..], new BioQueue { Sector = key, TimeNs = Checksum(key, sequence) });

        // Release: the record's bytes come before the head that covers them.
        Volatile.Write(ref producer.Head, head + 1);
        return true;
    }

    public static ulong Checksum(ulong key, ulong sequence) => unchecked(((key ^ 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9) + sequence);

    public void Dispose()
    {
        _mapping.Dispose();
        File.Delete(_path);
    }

    private static byte* Unsafe(ref byte first) => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref first);

    private SafeFileHandle OpenFile() => File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
