/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * From the kernel's bio or request to an event of the ABI. Called in probes:
 * preemptible or not, any context up to hard interrupt; nothing sleeps.
 */
#ifndef KML_EVENTS_H
#define KML_EVENTS_H

#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/ioprio.h>
#include <linux/ktime.h>
#include <linux/sched.h>

#include "kml_abi.h"
#include "kml_device.h"

static inline u32 kml_io_flags(blk_opf_t opf)
{
	return (opf & REQ_SYNC ? KML_IO_SYNC : 0) |
	       (opf & REQ_META ? KML_IO_META : 0) |
	       (opf & REQ_FUA ? KML_IO_FUA : 0) |
	       (opf & REQ_PREFLUSH ? KML_IO_PREFLUSH : 0) |
	       (opf & REQ_RAHEAD ? KML_IO_READ_AHEAD : 0) |
	       (opf & REQ_BACKGROUND ? KML_IO_BACKGROUND : 0);
}

/*
 * A bio without a priority gets its submitter's: in 6.1 in blk-mq, after
 * block_bio_queue, in 6.12 in submit_bio(), before it. A policy that must not
 * lower it has to know it here.
 */
static inline u32 kml_bio_priority(const struct bio *bio)
{
	if (IOPRIO_PRIO_CLASS(bio->bi_ioprio) != IOPRIO_CLASS_NONE || !in_task())
		return bio->bi_ioprio;
	return get_current_ioprio();
}

/* What is known of an event but its time: see kml_event_lock(). */
static inline void kml_fill_bio(struct kml_event *e,
				const struct kml_device *dev,
				const struct bio *bio)
{
	e->sector = bio->bi_iter.bi_sector;
	e->disk_sectors = get_capacity(dev->disk);
	e->sectors = bio_sectors(bio);
	e->device = dev->number;
	e->operation = (__force u32)bio_op(bio);
	e->flags = kml_io_flags(bio->bi_opf);
	e->priority = kml_bio_priority(bio);
	e->cpu = raw_smp_processor_id();
}

/* A flush made by the block layer has no place: sector (sector_t)-1. */
static inline void kml_fill_request(struct kml_event *e,
				    const struct kml_device *dev,
				    struct request *rq)
{
	bool placed = blk_rq_pos(rq) != (sector_t)-1;

	e->sector = placed ? blk_rq_pos(rq) : 0;
	e->disk_sectors = get_capacity(dev->disk);
	e->sectors = placed ? blk_rq_sectors(rq) : 0;
	e->device = dev->number;
	e->operation = (__force u32)req_op(rq);
	e->flags = kml_io_flags(rq->cmd_flags);
	e->priority = req_get_ioprio(rq);
	e->cpu = raw_smp_processor_id();
}

/*
 * Takes the disk's lock for an event. The event's time is taken under it: on
 * however many CPUs, no update and no record of a disk sees time run backwards.
 */
static inline unsigned long kml_event_lock(struct kml_device *dev,
					   struct kml_event *e)
	__acquires(&dev->lock)
{
	unsigned long flags = kml_device_lock(dev);

	e->time_ns = ktime_get_ns();
	return flags;
}

/* The walk is bounded: a chain longer than that is counted as that. */
static inline u32 kml_chain_length(const struct request *rq)
{
	const struct bio *bio;
	u32 n = 0;

	for (bio = rq->bio; bio && n < KML_MAX_CHAIN; bio = bio->bi_next)
		n++;
	return n;
}

/* The disk of a request that does block I/O, or NULL: no pass-through. */
static inline struct gendisk *kml_request_disk(struct request *rq)
{
	return blk_rq_is_passthrough(rq) ? NULL : rq->q->disk;
}

#endif
