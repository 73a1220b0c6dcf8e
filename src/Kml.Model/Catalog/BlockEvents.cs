using System.Collections.Generic;

namespace Kml.Model.Catalog;

/// <summary>The block layer's events, and what may be done at them. Their C: <c>templates/module/block</c>.</summary>
internal static class BlockEvents
{
    private const string PracticallyAlways = "practically always";

    private static readonly EventFamily Block = new(
        "block",
        "block I/O",
        EquatableArray.Of("linux/blk-mq.h", "trace/events/block.h"),
        EquatableArray.Of(
            new EventField("TimeNs", ScalarType.U64, "when, on `CLOCK_MONOTONIC`; taken under the disk's lock", "ns"),
            new EventField("Sector", ScalarType.U64, "the first, from the start of the whole disk", "512 bytes"),
            new EventField("DiskSectors", ScalarType.U64, "the disk's capacity, at least 1", "512 bytes"),
            new EventField("Sectors", ScalarType.U32, "length; 0 without data", "512 bytes"),
            new EventField("Device", ScalarType.U32, "the disk's number, `major << 20 \\| minor`"),
            new EventField("Operation", ScalarType.U32, "the number of `REQ_OP_*`, `IoOperation`"),
            new EventField("Flags", ScalarType.U32, "properties, `IoFlags`"),
            new EventField(
                "Priority",
                ScalarType.U32,
                "an ioprio, `class << 13 \\| hints << 3 \\| level`, hints from 6.5 on; the submitter's where the bio has none"),
            new EventField("Cpu", ScalarType.U32, "the CPU on which the event was seen")),
        "KML_IO_",
        EquatableArray.Of(
            new FlagInfo("Sync", 1, "REQ_SYNC"),
            new FlagInfo("Meta", 2, "REQ_META"),
            new FlagInfo("Fua", 4, "REQ_FUA"),
            new FlagInfo("Preflush", 8, "REQ_PREFLUSH"),
            new FlagInfo("ReadAhead", 16, "REQ_RAHEAD"),
            new FlagInfo("Background", 32, "REQ_BACKGROUND")));

    private static readonly EventSubject Bio = new("bio", "kml_fill_bio");

    private static readonly EventSubject Request = new("rq", "kml_fill_request");

    private static readonly EquatableArray<EventField> Chain = EquatableArray.Of(
        new EventField("Bios", ScalarType.U32, "length of the request's chain, at most 1,024", "bios", Value: "kml_chain_length(rq)"),
        new EventField("Reserved", ScalarType.U32, "0"));

    private static readonly LeverInfo RaisePriority = new(
        Lever.RaisePriority,
        "RaisePriority",
        EquatableArray.Of(new LeverParameter("priority", ScalarType.U32)),
        "Priority",
        "raise",
        "an ioprio",
        new("struct bio *", "bio"),
        EquatableArray.Of("linux/bio.h", "linux/ioprio.h"),
        "the middle level of a class of `IoPriority` above the bio's own; anything else asks for nothing",
        "`bi_ioprio`, or the submitter's priority where that is not set",
        "nothing to give back: it goes with the bio");

    /// <summary>The events, in the order in which a request meets them.</summary>
    public static IReadOnlyList<EventInfo> All { get; } =
    [
        new(
            EventKind.BioQueue,
            1,
            "bio_queue",
            "Kml.BioQueue",
            Block,
            EntityCatalog.Disk,
            new("block_bio_queue", EquatableArray.Of(new CDeclaration("struct bio *", "bio")), "bio->bi_bdev->bd_disk"),
            Bio,
            "task",
            PracticallyAlways,
            default,
            EquatableArray.Of(RaisePriority)),
        OfRequest(
            EventKind.BlockInsert,
            2,
            "block_insert",
            "Kml.BlockInsert",
            OnRequest("block_rq_insert"),
            "task, kworker; under the scheduler's lock",
            PracticallyAlways,
            Chain),
        OfRequest(EventKind.BlockIssue, 3, "block_issue", "Kml.BlockIssue", OnRequest("block_rq_issue"), "task, softirq, kworker", PracticallyAlways, Chain),
        OfRequest(
            EventKind.BlockComplete,
            4,
            "block_complete",
            "Kml.BlockComplete",
            OnRequest("block_rq_complete", new("blk_status_t", "error"), new("unsigned int", "bytes")),
            "hardirq, softirq",
            "not in a hard interrupt that finds the FPU taken or soft interrupts off; counted",
            EquatableArray.Of(
                new EventField("Error", ScalarType.I32, "0 or a negative errno", Value: "blk_status_to_errno(error)"),
                new EventField("Bytes", ScalarType.U32, "how much of the request is done now", "bytes", Value: "bytes"))),
    ];

    private static EventInfo OfRequest(
        EventKind kind, uint number, string word, string clrName, HookInfo hook, string contexts, string fpuUse, EquatableArray<EventField> own) =>
        new(kind, number, word, clrName, Block, EntityCatalog.Disk, hook, Request, contexts, fpuUse, own, default);

    private static HookInfo OnRequest(string tracepoint, params CDeclaration[] more) =>
        new(tracepoint, new([new("struct request *", Request.Name), .. more]), "kml_request_disk(rq)");
}
