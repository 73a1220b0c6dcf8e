/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A probe: the one way from a tracepoint to a chosen disk, and the RCU reader
 * section that keeps what it finds there.
 */
#ifndef KML_DEVICE_PROBE_H
#define KML_DEVICE_PROBE_H

#include <linux/rcupdate.h>
#include <linux/tracepoint.h>

#include "kml_device.h"

/*
 * Under RCU. A bio of a partition is its disk's. A disk that is stacked upon a
 * chosen one is another disk and sends bios of its own, so nothing is counted
 * twice.
 */
static inline struct kml_device *kml_device_find(struct gendisk *disk)
{
	const struct kml_device_set *set = rcu_dereference(kml_device_set);
	unsigned int i;

	if (!set)
		return NULL;
	for (i = 0; i < set->count; i++)
		if (set->disk[i] == disk)
			return set->device[i];
	return NULL;
}

/*
 * Defines probe_<event>(), whose body, which follows, runs for chosen disks
 * alone. Whatever it reaches from dev on is freed after synchronize_rcu().
 *
 * A tracepoint calls with preemption off until 6.19, preemptible under an SRCU
 * of its own since: so the section is ours, and a body takes nothing else from
 * its caller. It may be preempted and migrate, be in any context up to hard
 * interrupt, and hold any lock of the caller's; it never sleeps.
 */
#define KML_PROBE(event, chosen, proto, args)				\
static __always_inline void on_##event(struct kml_device *dev, proto);	\
static void probe_##event(void *data, proto)				\
{									\
	struct kml_device *dev;						\
									\
	rcu_read_lock();						\
	dev = kml_device_find(chosen);					\
	if (dev)							\
		on_##event(dev, args);					\
	rcu_read_unlock();						\
}									\
static __always_inline void on_##event(struct kml_device *dev, proto)

#endif
