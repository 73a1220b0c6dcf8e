// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Collecting costs memory and time, and whoever switched it on may die without
 * switching it off: so it ends with its reader unless it was told to stay.
 * Process context.
 */
#include <linux/cpu.h>
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "kml_collect.h"
#include "kml_control.h"
#include "kml_ring.h"

/*
 * Of the two below, of kml_control.collect and of the rings' coming and going. Taken while CPUs are
 * held in place, never the other way round: a CPU that comes asks for a ring.
 */
static DEFINE_MUTEX(collect_lock);
static enum kml_collect collecting;
static bool has_reader;

static const char collect_names[][8] = {
	[KML_COLLECT_OFF] = "0",
	[KML_COLLECT_READER] = "1",
	[KML_COLLECT_KEEP] = "keep",
};

static void collect_acquire(void)
{
	cpus_read_lock();
	mutex_lock(&collect_lock);
}

static void collect_release(void)
{
	mutex_unlock(&collect_lock);
	cpus_read_unlock();
}

static void collect_change(enum kml_collect next)
{
	WRITE_ONCE(collecting, next);
	WRITE_ONCE(kml_control.collect, next != KML_COLLECT_OFF);
	if (next == KML_COLLECT_OFF && !has_reader)
		kml_rings_end();
}

/* No probe may find itself collecting before there are rings. */
static int collect_begin(enum kml_collect next)
{
	int err;

	if (next == KML_COLLECT_READER && !has_reader) {
		pr_err("collect: 1 ends with the reader of /dev/kml-" KML_MODEL_NAME
		       ", which nobody has open; write keep to collect without one\n");
		return -ENOTCONN;
	}
	err = kml_rings_begin();
	if (!err)
		collect_change(next);
	return err;
}

static int kml_collect_store(const char *buf)
{
	enum kml_collect next = KML_COLLECT_KEEP;
	int err = 0;
	bool on;

	if (!sysfs_streq(buf, collect_names[KML_COLLECT_KEEP])) {
		err = kml_parse_switch(buf, &on);
		if (err)
			return err;
		next = on ? KML_COLLECT_READER : KML_COLLECT_OFF;
	}
	collect_acquire();
	if (next == KML_COLLECT_OFF)
		collect_change(next);
	else
		err = collect_begin(next);
	collect_release();
	return err;
}

static const char *kml_collect_name(void)
{
	return collect_names[READ_ONCE(collecting)];
}

/*
 * One reader at a time: the tails are shared. misc_open() calls it under a
 * mutex of its own; whoever begins to collect holds ours while it allocates
 * the rings. So who waits can be killed.
 */
static int kml_collect_enter(void)
{
	int err;

	err = mutex_lock_killable(&collect_lock);
	if (err)
		return err;
	if (has_reader) {
		err = -EBUSY;
	} else {
		has_reader = true;
		kml_rings_new_reader();
	}
	mutex_unlock(&collect_lock);
	return err;
}

static void kml_collect_leave(void)
{
	collect_acquire();
	has_reader = false;
	collect_change(collecting == KML_COLLECT_KEEP ? KML_COLLECT_KEEP : KML_COLLECT_OFF);
	collect_release();
}

/* At unload: nobody has the device open. */
static void kml_collect_exit(void)
{
	collect_acquire();
	collect_change(KML_COLLECT_OFF);
	collect_release();
}
