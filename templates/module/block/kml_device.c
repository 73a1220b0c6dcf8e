// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Choosing disks, dropping them, and noticing that one has gone. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/vmalloc.h>

#include "kml_block_compat.h"
#include "kml_device.h"
#include "kml_disk.h"

/*
 * set_lock: who changes the set. Taken inside the class's own mutex when a
 * disk is removed, so no class function is called under it; that is what
 * choose_lock is for, taken outside of both.
 */
static DEFINE_MUTEX(set_lock);
static DEFINE_MUTEX(choose_lock);

static struct kml_device_set *current_set(void)
{
	return rcu_dereference_protected(kml_device_set,
					 lockdep_is_held(&set_lock));
}

static struct kml_device *device_alloc(struct gendisk *disk)
{
	struct kml_device *dev = vzalloc(sizeof(*dev));

	if (!dev)
		return NULL;
	dev->disk = disk;
	dev->number = disk_devt(disk);
	raw_spin_lock_init(&dev->lock);
	return dev;
}

/* After a grace period: no probe uses it. What still waits has expired. */
static void device_free(struct kml_device *dev)
{
	kml_count_add(KML_COUNT_EXPIRED, kml_join_in_flight(&dev->join));
	vfree(dev);
}

static struct kml_device *device_of(const struct kml_device_set *set,
				    struct gendisk *disk)
{
	unsigned int i;

	for (i = 0; set && i < set->count; i++)
		if (set->disk[i] == disk)
			return set->device[i];
	return NULL;
}

/*
 * Put next in place of the present set and free the devices that are not in
 * next. next may be NULL: none. Process context, under set_lock.
 */
static void set_replace(struct kml_device_set *next)
{
	struct kml_device_set *last = current_set();
	unsigned int i;

	lockdep_assert_held(&set_lock);
	rcu_assign_pointer(kml_device_set, next);
	if (!last)
		return;
	/* pairs with the section around every probe: KML_PROBE() */
	synchronize_rcu();
	for (i = 0; i < last->count; i++)
		if (!device_of(next, last->disk[i]))
			device_free(last->device[i]);
	kfree(last);
}

/*
 * A disk is being removed: device_del() calls this before the disk goes, in
 * process context, whether or not anybody has it open. It calls it for a
 * partition too, of which dev_to_disk() makes the disk: that one stays.
 */
static void disk_removed(KML_INTERFACE_ARGS(removed))
{
	struct gendisk *disk = dev_to_disk(removed);
	struct kml_device_set *last, *next = NULL;
	unsigned int i;

	if (disk_to_dev(disk) != removed)
		return;
	mutex_lock(&set_lock);
	last = current_set();
	if (!device_of(last, disk))
		goto out;
	pr_info("%s was removed\n", dev_name(removed));
	if (last->count > 1) {
		next = kzalloc(sizeof(*next), GFP_KERNEL | __GFP_NOFAIL);
		for (i = 0; i < last->count; i++) {
			if (last->disk[i] == disk)
				continue;
			next->disk[next->count] = last->disk[i];
			next->device[next->count++] = last->device[i];
		}
	}
	set_replace(next);
out:
	mutex_unlock(&set_lock);
}

/* .class is known when the first disk is: the block class is not exported. */
static struct class_interface disk_interface = {
	.remove_dev = disk_removed,
};

static int watch_removals(struct gendisk *disk)
{
	int err;

	if (disk_interface.class)
		return 0;
	disk_interface.class = disk_to_dev(disk)->class;
	err = class_interface_register(&disk_interface);
	if (err)
		disk_interface.class = NULL;
	return err;
}

static int disks_open(char *names, kml_bdev_handle *handle, unsigned int *count)
{
	char *name;
	int err;

	while ((name = strsep(&names, ", \t\n"))) {
		if (!*name || !strcmp(name, "none"))
			continue;
		if (*count == KML_MAX_DEVICES) {
			pr_err("devices: at most %d\n", KML_MAX_DEVICES);
			return -E2BIG;
		}
		err = kml_disk_open(name, &handle[*count]);
		if (err)
			return err;
		/* counted: from here on the caller closes it */
		err = watch_removals(kml_bdev_of(handle[(*count)++])->bd_disk);
		if (err)
			return err;
	}
	return 0;
}

/* A device that the present set has is kept, with its state. Under set_lock. */
static int set_add(struct kml_device_set *next, struct gendisk *disk)
{
	struct kml_device *dev;

	if (device_of(next, disk))
		return 0;
	/* set before disk_removed() is called, which waits for set_lock */
	if (test_bit(GD_DEAD, &disk->state))
		return -ENODEV;
	dev = device_of(current_set(), disk);
	if (!dev)
		dev = device_alloc(disk);
	if (!dev)
		return -ENOMEM;
	next->disk[next->count] = disk;
	next->device[next->count++] = dev;
	return 0;
}

static int set_choose(const kml_bdev_handle *handle, unsigned int count)
{
	struct kml_device_set *next = NULL;
	unsigned int i;
	int err;

	lockdep_assert_held(&set_lock);
	if (count) {
		next = kzalloc(sizeof(*next), GFP_KERNEL);
		if (!next)
			return -ENOMEM;
	}
	for (i = 0; i < count; i++) {
		err = set_add(next, kml_bdev_of(handle[i])->bd_disk);
		if (err)
			goto undo;
	}
	set_replace(next);
	return 0;
undo:
	for (i = 0; i < next->count; i++)
		if (!device_of(current_set(), next->disk[i]))
			vfree(next->device[i]);
	kfree(next);
	return err;
}

/*
 * Make names, separated by commas or blanks, the chosen disks; "" or "none" is
 * none. All or nothing: after an error the former choice stands.
 *
 * Task, perhaps in a write to sysfs, for which unloading waits under the mutex
 * of all misc devices. Opening a disk can wait for another module that is
 * being loaded, and that one for the mutex: so ours cannot be unloaded then.
 */
static int kml_devices_choose(const char *names)
{
	kml_bdev_handle handle[KML_MAX_DEVICES];
	unsigned int count = 0;
	char *copy;
	int err;

	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	copy = kstrdup(names, GFP_KERNEL);
	if (!copy) {
		err = -ENOMEM;
		goto put;
	}
	mutex_lock(&choose_lock);
	err = disks_open(copy, handle, &count);
	if (!err) {
		mutex_lock(&set_lock);
		err = set_choose(handle, count);
		mutex_unlock(&set_lock);
	}
	while (count)
		kml_bdev_close(handle[--count]);
	mutex_unlock(&choose_lock);
	kfree(copy);
put:
	module_put(THIS_MODULE);
	return err;
}

static ssize_t kml_devices_show(char *buf)
{
	const struct kml_device_set *set;
	unsigned int i;
	ssize_t n = 0;

	mutex_lock(&set_lock);
	set = current_set();
	for (i = 0; set && i < set->count; i++)
		n += sysfs_emit_at(buf, n, "%s%s", i ? " " : "",
				   set->disk[i]->disk_name);
	mutex_unlock(&set_lock);
	return n + sysfs_emit_at(buf, n, "\n");
}

static u64 kml_devices_in_flight(void)
{
	const struct kml_device_set *set;
	unsigned int i;
	u64 n = 0;

	mutex_lock(&set_lock);
	set = current_set();
	for (i = 0; set && i < set->count; i++)
		n += kml_join_in_flight(&set->device[i]->join);
	mutex_unlock(&set_lock);
	return n;
}

/* At unload, or a failed load: the probes are gone or find no device. */
static void kml_devices_exit(void)
{
	mutex_lock(&set_lock);
	set_replace(NULL);
	mutex_unlock(&set_lock);
	/* calls disk_removed() for every disk there is; now none is ours */
	if (disk_interface.class)
		class_interface_unregister(&disk_interface);
}
