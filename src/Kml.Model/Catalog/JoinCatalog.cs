using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>The joins: the one table of them.</summary>
public static class JoinCatalog
{
    /// <summary>A bio's life, from queueing, insertion or issue to issue or completion of the request that it is in.</summary>
    public static JoinInfo Request { get; } = new(
        "request",
        CounterCatalog.Join,
        EquatableArray.Of(
            new JoinEvent(EventKind.BioQueue, CanEnd: false, OfBio),
            new JoinEvent(EventKind.BlockInsert, CanEnd: false, OfRequest),
            new JoinEvent(EventKind.BlockIssue, CanEnd: true, OfRequest),
            new JoinEvent(EventKind.BlockComplete, CanEnd: true, Begin: null)),
        CountedField: "Bios");

    /// <summary>All joins.</summary>
    public static IReadOnlyList<JoinInfo> All { get; } = [Request];

    /// <summary>The join that makes a label of two events.</summary>
    /// <param name="from">The first event.</param>
    /// <param name="to">The second event.</param>
    /// <returns>The join, or null.</returns>
    public static JoinInfo? Between(EventKind from, EventKind to) => All.FirstOrDefault(j => j.Connects(from, to));

    // Until it is in a request, a bio can be split or end.
    private static JoinBegin OfBio => new("bio", "e.sectors", "A bio without data is not joined.", EquatableArray.Of(
        new JoinHook(
            "split",
            new(
                "block_split",
                EquatableArray.Of(new CDeclaration("struct bio *", "split"), new CDeclaration("unsigned int", "rest")),
                "split->bi_bdev->bd_disk"),
            "kml_join_split",
            "split",
            "The front part goes on in place of the bio that was queued.",
            CounterCatalog.Split),
        new JoinHook(
            "bio_complete",
            new(
                "block_bio_complete",
                EquatableArray.Of(new CDeclaration("struct request_queue *", "queue"), new CDeclaration("struct bio *", "bio")),
                "bio->bi_bdev->bd_disk"),
            "kml_join_end",
            "bio",
            "Ended without a request; it does not fire for what a request completes.",
            Counter: null)));

    private static JoinBegin OfRequest => new("rq->bio", "e.sectors && rq->bio", "What has no data is not joined.");
}
