/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The join of a request's life; kml_join.h says what a join is to the rest. An
 * entry is made at the first event, keyed by the bio, and ends in exactly one
 * way, so that at any quiet moment
 *
 *	queued = labelled + merged + unissued + table_full + expired + in_flight
 *
 * labelled: found at the second event, first of its request's chain;
 * merged: found there too, but not first; unissued: its bio ended without;
 * table_full: no room, so no entry; expired: overwritten, by the same bio used
 * again or because it was older than KML_JOIN_EXPIRY_NS, or its disk went.
 * So ends, too, what no hook sees the end of: a bio that a stacked driver hands
 * on, or that fails before it is started.
 */
#ifndef KML_REQUEST_JOIN_H
#define KML_REQUEST_JOIN_H

#include <linux/blk_types.h>
#include <linux/cache.h>
#include <linux/types.h>

#include "kml_model.h"

#define KML_JOIN_WAYS		8
#define KML_JOIN_BITS		9
#define KML_JOIN_ENTRIES	(KML_JOIN_WAYS << KML_JOIN_BITS)
#define KML_JOIN_EXPIRY_NS	(30ll * NSEC_PER_SEC)

struct kml_device;
struct request;

struct kml_join_entry {
	u64 sector;
	u64 time_ns;
	bool begun;			/* the first event's probe is at it */
	bool collect;			/* goes to the ring */
	struct kml_record record;
};

#define KML_JOIN_TAKEN	((const void *)1)

/*
 * key[i] is that of entry[i]: NULL when free, a bio while it waits for its
 * second event, KML_JOIN_TAKEN while the record is being finished. While it is
 * begun, and while it is taken, the entry belongs to the probe that made it so,
 * which gives it back without the lock; a probe may be preempted for longer than
 * an entry lives, so an entry that somebody has does not expire. The keys of a
 * bucket are one cache line: a walk of a request's chain, with interrupts off,
 * compares all of them for each bio.
 */
struct kml_join {
	const void *key[KML_JOIN_ENTRIES] ____cacheline_aligned;
	struct kml_join_entry entry[KML_JOIN_ENTRIES];
};

_Static_assert(sizeof(struct kml_join) == KML_JOIN_BYTES, "what the README says of memory");

/* The first four: under the disk's lock. */
static struct kml_join_entry *kml_join_reserve(struct kml_join *join,
					const struct bio *bio, u64 sector,
					u64 time_ns);
static struct kml_join_entry *kml_join_take(struct kml_join *join,
				     const struct request *rq, u32 *bios);
static __maybe_unused void kml_join_split(struct kml_join *join, const struct bio *split);
static __maybe_unused void kml_join_end(struct kml_join *join, const struct bio *bio);

static void kml_join_hand_over(struct kml_join_entry *entry);
static void kml_join_release(struct kml_join *join, const struct kml_join_entry *entry);
static u64 kml_join_in_flight(const struct kml_join *join);

#endif
