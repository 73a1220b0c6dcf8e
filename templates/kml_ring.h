/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One ring a CPU from the probes to user space, which maps it. The producer is
 * the probe on that CPU with interrupts off; the consumer is whoever opened the
 * device. A full ring drops the new record: the producer never waits.
 */
#ifndef KML_RING_H
#define KML_RING_H

#include <linux/miscdevice.h>
#include <linux/types.h>

#include "kml_model.h"

static int kml_rings_init(void);
static void kml_rings_exit(void);
static void kml_ring_push(struct kml_record *record);
static u64 kml_ring_consumed(int cpu);
static u64 kml_ring_pending(int cpu);

static const struct file_operations kml_ring_fops;

#endif
