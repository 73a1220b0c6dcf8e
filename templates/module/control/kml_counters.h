/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Everything that the module counts. A counter is per CPU and only grows; the
 * sum is exact whenever no probe is running.
 */
#ifndef KML_COUNTERS_H
#define KML_COUNTERS_H

#include <linux/device.h>
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/types.h>

enum kml_counter {
	/* events/: seen on chosen disks */
	KML_COUNT_BIO_QUEUE,
	KML_COUNT_BLOCK_INSERT,
	KML_COUNT_BLOCK_ISSUE,
	KML_COUNT_BLOCK_COMPLETE,
	KML_COUNT_SPLIT,
	KML_COUNT_CONTENDED,		/* the disk's lock was held */
	KML_COUNT_UPDATE_FAULT,		/* an update method faulted */
	/* join/: queued = the other five + in_flight */
	KML_COUNT_QUEUED,
	KML_COUNT_LABELLED,
	KML_COUNT_MERGED,
	KML_COUNT_UNISSUED,
	KML_COUNT_TABLE_FULL,
	KML_COUNT_EXPIRED,
	KML_COUNT_IN_FLIGHT,		/* not a counter: see counter_read() */
	/* ring/: produced = consumed + dropped + pending */
	KML_COUNT_PRODUCED,
	KML_COUNT_DROPPED,
	KML_COUNT_CONSUMED,		/* not a counter */
	KML_COUNT_PENDING,		/* not a counter */
	KML_COUNT_BAD_TAIL,
	/* prediction/: tried = float + integer + the three kinds of none */
	KML_COUNT_TRIED,
	KML_COUNT_FLOAT,
	KML_COUNT_INTEGER,
	KML_COUNT_NONE_PATH,		/* path=none */
	KML_COUNT_NONE_FPU,		/* the FPU is in use, and no twin is there or may answer */
	KML_COUNT_NONE_FAULT,		/* a method faulted */
	KML_COUNT_WOULD_ACT,
	KML_COUNT_ACTED,
	KML_COUNT_HELD_OUT,
	KML_COUNT_LABEL_NONE,		/* float label, FPU in use */
	KML_COUNT_LABEL_FAULT,
	/* accuracy/: of the verdict; in the order [predicted][actual] */
	KML_COUNT_FLOAT_TN,
	KML_COUNT_FLOAT_FN,
	KML_COUNT_FLOAT_FP,
	KML_COUNT_FLOAT_TP,
	KML_COUNT_INTEGER_TN,
	KML_COUNT_INTEGER_FN,
	KML_COUNT_INTEGER_FP,
	KML_COUNT_INTEGER_TP,
	KML_COUNTERS
};

struct kml_counters {
	u64 value[KML_COUNTERS];
};

static DEFINE_PER_CPU(struct kml_counters, kml_counters);

/* Any context: one instruction on this CPU's word. */
static inline void kml_count(enum kml_counter counter)
{
	this_cpu_inc(kml_counters.value[counter]);
}

static inline void kml_count_add(enum kml_counter counter, u64 n)
{
	this_cpu_add(kml_counters.value[counter], n);
}

#define KML_COUNTER_GROUPS	5

static const struct attribute_group * __init kml_counter_group(unsigned int n);

#endif
