// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A fixed, set-associative table of bios that wait for their second event. */
#include <linux/blk-mq.h>
#include <linux/errno.h>
#include <linux/hash.h>

#include "kml_counters.h"
#include "kml_request_join.h"

/* The first of the ways, which are neighbours, that a key may be in. */
static unsigned int bucket_of(const void *key)
{
	return hash_ptr(key, KML_JOIN_BITS) * KML_JOIN_WAYS;
}

/* The index of the entry of a bio, or -ENOENT. */
static int join_find(const struct kml_join *join, const void *bio)
{
	unsigned int first = bucket_of(bio), i;

	for (i = first; i < first + KML_JOIN_WAYS; i++)
		if (READ_ONCE(join->key[i]) == bio)
			return i;
	return -ENOENT;
}

/* A key can be a bio that was freed and used again: the place must agree. */
static int join_find_at(const struct kml_join *join, const void *bio, u64 sector)
{
	int i = join_find(join, bio);

	return i < 0 || join->entry[i].sector == sector ? i : -ENOENT;
}

/*
 * A free way, or the one that the same bio left behind, or the oldest that is
 * nobody's when it is past its expiry; -ENOSPC when all are in use. An entry
 * that was split may be younger than time_ns, which is then its parent's: ages
 * are signed.
 */
static int make_room(const struct kml_join *join, const struct bio *bio,
		     u64 time_ns)
{
	unsigned int first = bucket_of(bio), i;
	int room = -ENOSPC, oldest = -ENOSPC;

	for (i = first; i < first + KML_JOIN_WAYS; i++) {
		/* pairs with the release in kml_join_release() */
		const void *key = smp_load_acquire(&join->key[i]);

		if (key == bio) {
			kml_count(KML_COUNT_EXPIRED);
			return i;
		}
		if (!key)
			room = i;
		else if (key != KML_JOIN_TAKEN &&
			 /* pairs with the release in kml_join_hand_over() */
			 !smp_load_acquire(&join->entry[i].begun) &&
			 (oldest < 0 || join->entry[i].time_ns <
					join->entry[oldest].time_ns))
			oldest = i;
	}
	if (room >= 0 || oldest < 0)
		return room;
	if ((s64)(time_ns - join->entry[oldest].time_ns) < KML_JOIN_EXPIRY_NS)
		return -ENOSPC;
	kml_count(KML_COUNT_EXPIRED);
	return oldest;
}

static struct kml_join_entry *kml_join_reserve(struct kml_join *join,
					       const struct bio *bio,
					       u64 sector, u64 time_ns)
{
	int i = make_room(join, bio, time_ns);

	kml_count(KML_COUNT_QUEUED);
	if (i < 0) {
		kml_count(KML_COUNT_TABLE_FULL);
		return NULL;
	}
	join->entry[i].sector = sector;
	join->entry[i].time_ns = time_ns;
	join->entry[i].begun = true;
	WRITE_ONCE(join->key[i], bio);
	return &join->entry[i];
}

/*
 * The second event: the first entry found in the chain is taken for the label,
 * the others end as merged. The walk is bounded; what lies beyond expires.
 */
static struct kml_join_entry *kml_join_take(struct kml_join *join,
					    const struct request *rq, u32 *bios)
{
	struct kml_join_entry *taken = NULL;
	const struct bio *bio;
	u32 n = 0;

	for (bio = rq->bio; bio && n < KML_MAX_CHAIN; bio = bio->bi_next, n++) {
		int i = join_find_at(join, bio, bio->bi_iter.bi_sector);

		if (i < 0)
			continue;
		if (taken) {
			kml_count(KML_COUNT_MERGED);
			WRITE_ONCE(join->key[i], NULL);
		} else {
			kml_count(KML_COUNT_LABELLED);
			WRITE_ONCE(join->key[i], KML_JOIN_TAKEN);
			taken = &join->entry[i];
		}
	}
	*bios = n;
	return taken;
}

/*
 * block_split: split, the front part, is sent on in place of its parent, which
 * bio_chain() has put in bi_private. The entry moves to the bucket of split;
 * the remainder has none. Device mapper splits without a chain: bi_private is
 * then its owner's, and anything. Only a chained parent starts where split
 * starts, so the check of the sector rejects the rest, and what could be taken
 * for the key of no bio is not looked for.
 */
static void kml_join_split(struct kml_join *join, const struct bio *split)
{
	const void *parent = split->bi_private;
	int from, to;

	if (!parent || parent == KML_JOIN_TAKEN)
		return;
	from = join_find_at(join, parent, split->bi_iter.bi_sector);
	if (from < 0)
		return;
	to = make_room(join, split, join->entry[from].time_ns);
	if (to < 0) {
		kml_count(KML_COUNT_TABLE_FULL);
	} else {
		join->entry[to] = join->entry[from];
		WRITE_ONCE(join->key[to], split);
	}
	WRITE_ONCE(join->key[from], NULL);
}

/* block_bio_complete: never issued. The bio's own sector has moved on. */
static void kml_join_end(struct kml_join *join, const struct bio *bio)
{
	int i = join_find(join, bio);

	if (i < 0)
		return;
	kml_count(KML_COUNT_UNISSUED);
	WRITE_ONCE(join->key[i], NULL);
}

/* The first event's probe is done: from now on the entry may expire. */
static void kml_join_hand_over(struct kml_join_entry *entry)
{
	/* Who overwrites it must not see our accesses: see make_room() */
	smp_store_release(&entry->begun, false);
}

static void kml_join_release(struct kml_join *join,
			     const struct kml_join_entry *entry)
{
	/* The next user must not see our reads of the record: see make_room() */
	smp_store_release(&join->key[entry - join->entry], NULL);
}

/* Any context, without the lock: exact while no probe runs. */
static u64 kml_join_in_flight(const struct kml_join *join)
{
	unsigned int i;
	u64 n = 0;

	for (i = 0; i < KML_JOIN_ENTRIES; i++) {
		const void *key = READ_ONCE(join->key[i]);

		n += key && key != KML_JOIN_TAKEN;
	}
	return n;
}
