using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>
/// The join table in user space, as the module compiles it, over stand-ins for the kernel's headers in which every bio hashes to one bucket:
/// what takes a full bucket or a moment between two processors is an ordinary call here.
/// </summary>
public class JoinTests
{
    private const string Kernel = """
        #pragma once
        #include <stdbool.h>
        #include <stddef.h>
        #define ENOENT 2
        #define ENOSPC 28
        #define __maybe_unused __attribute__((unused))
        #define ____cacheline_aligned __attribute__((aligned(64)))
        #define NSEC_PER_SEC 1000000000L
        #define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
        #define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
        #define smp_load_acquire(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
        #define smp_store_release(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)
        #define hash_ptr(p, bits) ((void)(p), (bits) * 0u)
        struct bio { struct bio *bi_next; struct { unsigned long long bi_sector; } bi_iter; void *bi_private; };
        struct request { struct bio *bio; };
        """;

    private const string Counters = """
        #pragma once
        #include <linux/types.h>
        enum kml_counter { KML_COUNT_QUEUED, KML_COUNT_LABELLED, KML_COUNT_MERGED, KML_COUNT_UNISSUED, KML_COUNT_TABLE_FULL, KML_COUNT_EXPIRED };
        static unsigned long counted[6];
        static void kml_count(enum kml_counter counter) { counted[counter]++; }
        """;

    private const string Begin = """
        #include <stdio.h>
        #include "kml_request_join.c"
        #define SECOND 1000000000ull
        static struct kml_join join;
        static struct bio bios[64];
        static struct request rq;
        static u32 length;

        /* Bio i starts at sector 8 i + 8. */
        static struct kml_join_entry *begin(int i, u64 time)
        {
        	bios[i].bi_iter.bi_sector = 8 * i + 8;
        	return kml_join_reserve(&join, &bios[i], bios[i].bi_iter.bi_sector, time);
        }

        static struct kml_join_entry *queue(int i, u64 time)
        {
        	struct kml_join_entry *entry = begin(i, time);

        	if (entry)
        		kml_join_hand_over(entry);
        	return entry;
        }

        static void account(void)
        {
        	unsigned long ended = counted[KML_COUNT_LABELLED] + counted[KML_COUNT_MERGED] + counted[KML_COUNT_UNISSUED] +
        			      counted[KML_COUNT_TABLE_FULL] + counted[KML_COUNT_EXPIRED];

        	printf("%lu queued, %lu full, %lu expired, %llu in flight, %s\n", counted[KML_COUNT_QUEUED],
        	       counted[KML_COUNT_TABLE_FULL], counted[KML_COUNT_EXPIRED], kml_join_in_flight(&join),
        	       counted[KML_COUNT_QUEUED] == ended + kml_join_in_flight(&join) ? "exact" : "WRONG");
        }

        int main(void)
        {
        	struct kml_join_entry *entry = NULL;
        	int i;

        	(void)rq, (void)length, (void)entry, (void)i;
        """;

    [Theory]
    [InlineData("a full bucket refuses", "for (i = 0; i < 9; i++) queue(i, i);", "9 queued, 1 full, 0 expired, 8 in flight, exact")]
    [InlineData(
        "the oldest goes when it is past its expiry",
        "for (i = 0; i < 9; i++) queue(i, (i == 8) * 31 * SECOND);",
        "9 queued, 0 full, 1 expired, 8 in flight, exact")]
    [InlineData(
        "what a preempted probe has begun stays its own, however long",
        "for (i = 0; i < 8; i++) begin(i, i); queue(8, 31 * SECOND);",
        "9 queued, 1 full, 0 expired, 8 in flight, exact")]
    [InlineData(
        "... and the oldest that nobody has goes instead",
        "begin(0, 0); for (i = 1; i < 8; i++) queue(i, i); queue(8, 31 * SECOND); "
            + "if (join_find(&join, &bios[0]) < 0 || join_find(&join, &bios[1]) >= 0) puts(\"the wrong one\");",
        "9 queued, 0 full, 1 expired, 8 in flight, exact")]
    [InlineData(
        "an event that was late to the lock expires nobody younger than itself",
        "for (i = 0; i < 8; i++) queue(i, 100 + i); queue(8, 99);",
        "9 queued, 1 full, 0 expired, 8 in flight, exact")]
    [InlineData(
        "a split finds no room among younger ones, and expires none",
        "for (i = 0; i < 8; i++) queue(i, 100 + i); bios[9].bi_private = &bios[0]; bios[9].bi_iter.bi_sector = 8; kml_join_split(&join, &bios[9]);",
        "8 queued, 1 full, 0 expired, 7 in flight, exact")]
    [InlineData(
        "a split hands its parent's entry on",
        "queue(0, 1); bios[9].bi_private = &bios[0]; bios[9].bi_iter.bi_sector = 8; kml_join_split(&join, &bios[9]); "
            + "rq.bio = &bios[9]; entry = kml_join_take(&join, &rq, &length); kml_join_release(&join, entry);",
        "1 queued, 0 full, 0 expired, 0 in flight, exact")]
    [InlineData(
        "a bio whose owner left bi_private NULL is no split of a free entry",
        "for (i = 0; i < 8; i++) queue(i, i); kml_join_end(&join, &bios[7]); kml_join_end(&join, &bios[0]); "
            + "bios[9].bi_private = NULL; bios[9].bi_iter.bi_sector = 64; kml_join_split(&join, &bios[9]);",
        "8 queued, 0 full, 0 expired, 6 in flight, exact")]
    [InlineData(
        "... nor one who left a small number there, of an entry that is being finished",
        "queue(0, 1); rq.bio = &bios[0]; entry = kml_join_take(&join, &rq, &length); "
            + "bios[9].bi_private = (void *)1; bios[9].bi_iter.bi_sector = 8; kml_join_split(&join, &bios[9]);",
        "1 queued, 0 full, 0 expired, 0 in flight, exact")]
    [InlineData(
        "a bio used again expires what it left behind",
        "queue(0, 1); queue(0, 2);",
        "2 queued, 0 full, 1 expired, 1 in flight, exact")]
    [InlineData(
        "a bio used again elsewhere is not the one that waited",
        "queue(0, 1); bios[0].bi_iter.bi_sector = 800; rq.bio = &bios[0]; if (kml_join_take(&join, &rq, &length)) puts(\"found\");",
        "1 queued, 0 full, 0 expired, 1 in flight, exact")]
    [InlineData(
        "an entry that is being finished is neither free nor old",
        "for (i = 0; i < 8; i++) queue(i, i); rq.bio = &bios[0]; entry = kml_join_take(&join, &rq, &length); "
            + "queue(8, 8); kml_join_release(&join, entry); queue(9, 9);",
        "10 queued, 1 full, 0 expired, 8 in flight, exact")]
    [InlineData(
        "of a request's chain one is labelled, the others are merged, and the walk ends",
        "for (i = 0; i < 4; i++) { queue(i, i); bios[i].bi_next = i < 3 ? &bios[i + 1] : &bios[0]; } "
            + "rq.bio = &bios[0]; entry = kml_join_take(&join, &rq, &length); "
            + "if (length != KML_MAX_CHAIN || counted[KML_COUNT_MERGED] != 3) puts(\"unbounded\");",
        "4 queued, 0 full, 0 expired, 0 in flight, exact")]
    public void An_entry_ends_in_exactly_one_way(string _, string steps, string account) =>
        StandInKernel.Run(
                "kml_request_join",
                Kernel,
                ["blk-mq", "blk_types", "cache", "errno", "hash"],
                Counters,
                $"{Begin}\n{steps}\naccount();\nreturn 0;\n}}\n")
            .ShouldBe(account + "\n");
}
