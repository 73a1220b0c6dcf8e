/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The chosen disks. Each has a state and a join table of its own, allocated
 * when it is chosen, freed when it is dropped or unplugged.
 */
#ifndef KML_DEVICE_H
#define KML_DEVICE_H

#include <linux/blkdev.h>
#include <linux/spinlock.h>

#include "kml_counters.h"
#include "kml_join.h"
#include "kml_model.h"

#define KML_MAX_DEVICES	16

/*
 * disk is compared, and read only from probes of that very disk, which keep it
 * alive; no reference is held, because the class interface reports a removal
 * before the disk goes. lock is taken in any context, so interrupts are off
 * under it; state is written under it, by the model's update methods alone.
 */
struct kml_device {
	struct gendisk *disk;
	u32 number;
	raw_spinlock_t lock;
	struct kml_state state;
	struct kml_join join;
};

/*
 * Replaced whole, never changed in place; read by the probes under RCU, which
 * is what keeps the devices, too: see kml_device_probe.h.
 */
struct kml_device_set {
	unsigned int count;
	struct gendisk *disk[KML_MAX_DEVICES];
	struct kml_device *device[KML_MAX_DEVICES];
};

static struct kml_device_set __rcu *kml_device_set;

static inline unsigned long kml_device_lock(struct kml_device *dev)
	__acquires(&dev->lock)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!raw_spin_trylock(&dev->lock)) {
		kml_count(KML_COUNT_CONTENDED);
		raw_spin_lock(&dev->lock);
	}
	return flags;
}

static inline void kml_device_unlock(struct kml_device *dev, unsigned long flags)
	__releases(&dev->lock)
{
	raw_spin_unlock_irqrestore(&dev->lock, flags);
}

static int kml_devices_choose(const char *names);
static ssize_t kml_devices_show(char *buf);
static u64 kml_devices_in_flight(void);
static void kml_devices_exit(void);

#endif
