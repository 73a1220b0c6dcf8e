// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A fixed, set-associative table of bios that wait for their second event. */
#include <linux/blk-mq.h>
#include <linux/hash.h>

#include "kml_counters.h"
#include "kml_join.h"

static struct kml_join_entry *bucket_of(struct kml_join *join, const void *key)
{
	return join->entry[hash_ptr(key, KML_JOIN_BITS)];
}

static struct kml_join_entry *find(struct kml_join *join, const void *key)
{
	struct kml_join_entry *bucket = bucket_of(join, key);
	unsigned int way;

	for (way = 0; way < KML_JOIN_WAYS; way++)
		if (bucket[way].key == key)
			return &bucket[way];
	return NULL;
}

/* A key can be a bio that was freed and used again: the place must agree. */
static struct kml_join_entry *find_at(struct kml_join *join, const void *key,
				      u64 sector)
{
	struct kml_join_entry *entry = find(join, key);

	return entry && entry->sector == sector ? entry : NULL;
}

/*
 * A free way, or the one that the same bio left behind, or the oldest when
 * that is past its expiry; NULL when all are in use.
 */
static struct kml_join_entry *make_room(struct kml_join *join,
					const struct bio *bio, u64 time_ns)
{
	struct kml_join_entry *bucket = bucket_of(join, bio);
	struct kml_join_entry *room = NULL, *oldest = NULL;
	unsigned int way;

	for (way = 0; way < KML_JOIN_WAYS; way++) {
		struct kml_join_entry *entry = &bucket[way];
		/* pairs with the release in kml_join_release() */
		const void *key = smp_load_acquire(&entry->key);

		if (key == bio) {
			kml_count(KML_COUNT_EXPIRED);
			return entry;
		}
		if (!key)
			room = entry;
		else if (key != KML_JOIN_TAKEN &&
			 (!oldest || entry->time_ns < oldest->time_ns))
			oldest = entry;
	}
	if (room)
		return room;
	if (!oldest || time_ns - oldest->time_ns < KML_JOIN_EXPIRY_NS)
		return NULL;
	kml_count(KML_COUNT_EXPIRED);
	return oldest;
}

static struct kml_join_entry *kml_join_reserve(struct kml_join *join,
					const struct bio *bio, u64 sector,
					u64 time_ns)
{
	struct kml_join_entry *entry = make_room(join, bio, time_ns);

	kml_count(KML_COUNT_QUEUED);
	if (!entry) {
		kml_count(KML_COUNT_TABLE_FULL);
		return NULL;
	}
	entry->sector = sector;
	entry->time_ns = time_ns;
	WRITE_ONCE(entry->key, bio);
	return entry;
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
		struct kml_join_entry *entry =
			find_at(join, bio, bio->bi_iter.bi_sector);

		if (!entry)
			continue;
		if (taken) {
			kml_count(KML_COUNT_MERGED);
			WRITE_ONCE(entry->key, NULL);
		} else {
			kml_count(KML_COUNT_LABELLED);
			WRITE_ONCE(entry->key, KML_JOIN_TAKEN);
			taken = entry;
		}
	}
	*bios = n;
	return taken;
}

/*
 * block_split: split, the front part, is sent on in place of its parent, which
 * bio_chain() has put in bi_private. The entry moves to the bucket of split;
 * the remainder has none. Only a chained parent starts where split starts, so
 * the check of the sector also rejects a bi_private that is something else.
 */
static void kml_join_split(struct kml_join *join, const struct bio *split)
{
	struct kml_join_entry *from = find_at(join, split->bi_private,
					      split->bi_iter.bi_sector);
	struct kml_join_entry *to;

	if (!from)
		return;
	to = make_room(join, split, from->time_ns);
	if (!to) {
		kml_count(KML_COUNT_TABLE_FULL);
	} else {
		to->sector = from->sector;
		to->time_ns = from->time_ns;
		to->collect = from->collect;
		to->record = from->record;
		WRITE_ONCE(to->key, split);
	}
	WRITE_ONCE(from->key, NULL);
}

/* block_bio_complete: never issued. The bio's own sector has moved on. */
static void kml_join_end(struct kml_join *join, const struct bio *bio)
{
	struct kml_join_entry *entry = find(join, bio);

	if (!entry)
		return;
	kml_count(KML_COUNT_UNISSUED);
	WRITE_ONCE(entry->key, NULL);
}

static void kml_join_release(struct kml_join_entry *entry)
{
	/* The next user must not see our reads of the record: see make_room() */
	smp_store_release(&entry->key, NULL);
}

/* Any context, without the lock: exact while no probe runs. */
static u64 kml_join_in_flight(const struct kml_join *join)
{
	unsigned int bucket, way;
	u64 n = 0;

	for (bucket = 0; bucket < KML_JOIN_BUCKETS; bucket++)
		for (way = 0; way < KML_JOIN_WAYS; way++) {
			const void *key = READ_ONCE(join->entry[bucket][way].key);

			n += key && key != KML_JOIN_TAKEN;
		}
	return n;
}
