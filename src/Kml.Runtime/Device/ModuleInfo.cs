using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Kml.Model;
using Kml.Runtime.Abi;

namespace Kml.Runtime;

/// <summary>What a loaded module says about itself.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Fingerprint">SHA-256 (64 hexadecimal digits) of the learned part of the model that the module was made from.</param>
/// <param name="From">The event at which it predicts.</param>
/// <param name="To">The event at which the label is known.</param>
/// <param name="Layout">Where the parts of a record lie.</param>
/// <param name="Cpus">Rings: one for each number that a CPU can have; a CPU that is not there has no record in its ring.</param>
/// <param name="RingRecords">Records that a ring holds, a power of two.</param>
/// <param name="HasWeights">Whether it was made with weights, and so can predict.</param>
/// <param name="WeightsVersion">The version of the weights, 0 without weights.</param>
/// <param name="HasIntegerTwin">Whether it can predict without floating point.</param>
public sealed record ModuleInfo(
    string Model,
    string Fingerprint,
    EventKind From,
    EventKind To,
    RecordLayout Layout,
    int Cpus,
    int RingRecords,
    bool HasWeights,
    uint WeightsVersion,
    bool HasIntegerTwin)
{
    // Beyond these a number is a sign of a corrupt page, and sums below cannot overflow.
    private const uint MaxRecordSize = 1 << 20;
    private const uint MaxRingRecords = 1 << 20;
    private const uint MaxCpus = 1 << 16;
    private const ulong MaxMapping = 1UL << 46;

    internal RingGeometry Geometry { get; private init; }

    /// <summary>Reads an info page, and refuses one that contradicts itself.</summary>
    /// <param name="page">The page.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="KernelModelException">It is no info page, of another version, or inconsistent.</exception>
    internal static ModuleInfo Read(in InfoPage page, string source)
    {
        if (page.Magic != AbiCatalog.Magic)
            throw new KernelModelException(FormattableString.Invariant(
                $"{source} is no kernel model: it begins with 0x{page.Magic:x8}, not 0x{AbiCatalog.Magic:x8}."));
        if (page.AbiVersion != AbiCatalog.Version)
            throw OtherVersion(source, FormattableString.Invariant($"version {page.AbiVersion}"));

        List<string> faults = [];
        RecordLayout layout = ReadLayout(page, faults);
        RingGeometry geometry = new(page.ProducerOffset, page.ConsumerOffset, page.DataOffset, page.DataStride, page.MappingSize);
        Require(faults, page.Cpus is > 0 and <= MaxCpus, $"{page.Cpus} CPUs");
        Require(faults, BitOperations.IsPow2(page.RingRecords) && page.RingRecords <= MaxRingRecords, $"{page.RingRecords} records a ring");
        if (faults.Count == 0)
            RequireGeometry(faults, geometry, page.Cpus, (ulong)page.RingRecords * page.RecordSize);
        if (faults.Count > 0)
        {
            throw new KernelModelException(
                $"The info page of {source} contradicts itself: {string.Join("; ", faults)}. The module is corrupt: unload it, rebuild it and load it again.");
        }

        return new ModuleInfo(
            Text(page, model: true),
            Text(page, model: false),
            EventCatalog.ByNumber(page.FromKind)!.Kind,
            EventCatalog.ByNumber(page.ToKind)!.Kind,
            layout,
            (int)page.Cpus,
            (int)page.RingRecords,
            page.HasWeights != 0,
            page.WeightsVersion,
            page.HasInteger != 0)
        {
            Geometry = geometry,
        };
    }

    internal static KernelModelException OtherVersion(string source, string theirs) => new(
        FormattableString.Invariant($"{source} speaks {theirs} of the module interface, this library version {AbiCatalog.Version}. ")
        + "Build the module and this program with one version of KmlCompiler, and load the module again.");

    /// <summary>Refuses a module that is not one of a model, and names every difference.</summary>
    /// <param name="path">The device, for the message.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="layout">Its record.</param>
    /// <exception cref="KernelModelException">It is not that model's module.</exception>
    internal void Require(string path, string name, string fingerprint, RecordLayout layout)
    {
        List<string> differences = [];
        if (Model != name)
            differences.Add($"the model is '{Model}', not '{name}'");
        if (Fingerprint != fingerprint)
            differences.Add($"the fingerprint is {Fingerprint}, not {fingerprint}");
        if (Layout.Size != layout.Size)
            differences.Add(FormattableString.Invariant($"a record has {Layout.Size} bytes, not {layout.Size}"));

        // Of another model they lie elsewhere anyway.
        if (Fingerprint == fingerprint && Layout with { Size = 0 } != layout with { Size = 0 })
            differences.Add($"the parts of a record lie elsewhere: {Layout}, not {layout}");
        if (differences.Count == 0)
            return;
        throw new KernelModelException(
            $"The module behind {path} was not made from the model '{name}' as it is declared here: {string.Join("; ", differences)}. "
            + $"Build the project and the module again (dotnet build; make -C bin/kmod/{name}) and load it: "
            + $"rmmod kml_{Model}; insmod bin/kmod/{name}/kml_{name}.ko");
    }

    private static RecordLayout ReadLayout(in InfoPage page, List<string> faults)
    {
        int fromSize = EventSize(page.FromKind, "from", faults);
        int toSize = EventSize(page.ToKind, "to", faults);
        Require(faults, page.RecordSize is >= RecordHeader.Size and <= MaxRecordSize && page.RecordSize % 64 == 0, $"records of {page.RecordSize} bytes");
        RequirePart(faults, page, "features", page.FeaturesOffset, 4 * (ulong)page.Features);
        RequirePart(faults, page, "first event", page.FromOffset, (ulong)fromSize);
        RequirePart(faults, page, "second event", page.ToOffset, (ulong)toSize);
        RequirePart(faults, page, "state", page.StateOffset, page.StateSize);
        return new RecordLayout(
            (int)page.Features,
            (int)page.FeaturesOffset,
            (int)page.FromOffset,
            fromSize,
            (int)page.ToOffset,
            toSize,
            (int)page.StateOffset,
            (int)page.StateSize,
            (int)page.RecordSize);
    }

    private static int EventSize(uint number, string end, List<string> faults)
    {
        if (EventCatalog.ByNumber(number) is { } info)
            return info.Layout.Size;
        faults.Add(FormattableString.Invariant($"an unknown event, {number}, as '{end}'"));
        return 0;
    }

    private static void RequirePart(List<string> faults, in InfoPage page, string part, uint offset, ulong size) =>
        Require(
            faults,
            offset >= RecordHeader.Size && offset + size <= page.RecordSize,
            $"the {part} at bytes {offset} to {offset + size} of {page.RecordSize}");

    private static void RequireGeometry(List<string> faults, RingGeometry at, uint cpus, ulong ringBytes)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        foreach ((string name, ulong value) in new[]
        {
            ("producer_offset", at.ProducerOffset), ("consumer_offset", at.ConsumerOffset), ("data_offset", at.DataOffset),
            ("data_stride", at.DataStride), ("mapping_size", at.MappingSize),
        })
        {
            Require(faults, value >= page && value % page == 0 && value <= MaxMapping, $"{name} {value}");
        }

        if (faults.Count > 0)
            return;
        ulong producers = cpus * (ulong)Unsafe.SizeOf<ProducerLine>();
        ulong consumers = cpus * (ulong)Unsafe.SizeOf<ConsumerLine>();
        Require(faults, at.ConsumerOffset >= at.ProducerOffset + producers, $"consumers at {at.ConsumerOffset} over {cpus} producers at {at.ProducerOffset}");
        Require(faults, at.DataOffset >= at.ConsumerOffset + consumers, $"data at {at.DataOffset} over {cpus} consumers at {at.ConsumerOffset}");
        Require(faults, at.DataStride >= ringBytes, $"{at.DataStride} bytes a CPU for {ringBytes} of data");
        ulong data = at.MappingSize - Math.Min(at.DataOffset, at.MappingSize);
        Require(faults, data / at.DataStride >= cpus, $"a mapping of {at.MappingSize} bytes for {cpus} CPUs");
    }

    private static void Require(List<string> faults, bool condition, FormattableString fault)
    {
        if (!condition)
            faults.Add(FormattableString.Invariant(fault));
    }

    private static unsafe string Text(in InfoPage page, bool model)
    {
        ref readonly byte first = ref (model ? ref page.Model[0] : ref page.Fingerprint[0]);
        ReadOnlySpan<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.AsRef(in first), model ? InfoPage.ModelLength : InfoPage.FingerprintLength);
        int end = bytes.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
    }
}

/// <summary>Where the pages of the mapping lie, in bytes.</summary>
/// <param name="ProducerOffset">The producers' lines, one a CPU.</param>
/// <param name="ConsumerOffset">The consumers' lines, one a CPU, on pages of their own.</param>
/// <param name="DataOffset">The records of CPU 0.</param>
/// <param name="DataStride">From one CPU's records to the next one's.</param>
/// <param name="MappingSize">All of it.</param>
internal readonly record struct RingGeometry(ulong ProducerOffset, ulong ConsumerOffset, ulong DataOffset, ulong DataStride, ulong MappingSize);
