/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One ring a CPU from the probes to user space, which maps it. The producer is
 * the probe on that CPU with interrupts off; the consumer is whoever opened the
 * device. A full ring drops the new record: the producer never waits.
 *
 * The positions of all rings are there from load to unload, 128 bytes a CPU.
 * The records' memory is there from the time when collecting begins until it
 * has ended and nobody has the device open.
 */
#ifndef KML_RING_H
#define KML_RING_H

#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/poll.h>
#include <linux/types.h>

#include "kml_model.h"

/* Where a ring stands: records from tail to head wait, those before are taken. */
struct kml_ring_span {
	u64 head;
	u64 tail;
};

/*
 * head, sequence and tail are written by the ring's own CPU alone, with
 * interrupts off, or by whoever holds CPUs in place while that one is offline.
 * They are the kernel's own: user space can write the consumer's line at any
 * time, so tail is the last value of it that made sense.
 *
 * data is NULL while this CPU has no ring: then its records are dropped, and
 * counted. It is set by whoever holds CPUs in place, or by the CPU that comes,
 * and goes back to NULL as head is written. memory is what data will be once
 * all CPUs have theirs, and has the same writers.
 */
struct kml_ring {
	struct kml_record *data;
	struct kml_record *memory;
	u64 head;
	u64 sequence;
	u64 tail;
};

static DEFINE_PER_CPU(struct kml_ring, kml_rings);

/* The info page, the producers' lines, the consumers' lines: one allocation. */
static struct kml_info *kml_info;
static struct kml_producer *kml_producers;
static struct kml_consumer *kml_consumers;

static int __init kml_rings_init(void);
static void kml_rings_exit(void);

/* Any context. */
static void kml_ring_push(struct kml_record *record);

/* Process context. */
static struct kml_ring_span kml_ring_span(int cpu);
static void kml_rings_quiet(void);

/* Process context, with CPUs held in place or, of a CPU that comes, on its way. */
static void kml_ring_show(int cpu);
static void kml_ring_hide(int cpu);

/* Process context, by kml_collect.c: one at a time, and no CPU comes or goes. */
static int kml_rings_begin(void);
static void kml_rings_end(void);

/* Process context, for the reader. */
static void kml_rings_new_reader(void);
static void kml_rings_watermark(u32 records);
static bool kml_rings_poll(struct file *file, poll_table *wait);
static struct page *kml_rings_page(unsigned long offset);

#endif
