// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Names of disks, and which disks the model can observe. Process context. */
#include <linux/blk-mq.h>
#include <linux/kdev_t.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kml_disk.h"
#include "kml_model.h"

/* A user's text in the log, for "%*pE": what cannot be printed is escaped. */
#define SHOWN(text)	(int)min_t(size_t, strlen(text), 64), (text)

static int parse_part(const char *text, unsigned int last, unsigned int *part)
{
	int err = kstrtouint(text, 10, part);

	return err ? err : *part > last ? -ERANGE : 0;
}

/* "254:16". MKDEV() would cut off what a dev_t has no bits for. */
static int parse_number(const char *name, dev_t *number)
{
	unsigned int major, minor;
	char text[sizeof("4095:1048575")];
	char *colon;
	int err;

	if (strscpy(text, name, sizeof(text)) < 0)
		return -ERANGE;
	colon = strchr(text, ':');
	*colon = '\0';
	err = parse_part(text, MAJOR(~0u), &major);
	if (!err)
		err = parse_part(colon + 1, MINOR(~0u), &minor);
	if (!err)
		*number = MKDEV(major, minor);
	return err;
}

/* "vdb", "/dev/vdb" or "254:16" */
static int number_of(const char *name, dev_t *number)
{
	char *path;
	int err;

	if (strchr(name, ':') && !name[strspn(name, "0123456789:")])
		return parse_number(name, number);
	path = kasprintf(GFP_KERNEL, "%s%s", name[0] == '/' ? "" : "/dev/", name);
	if (!path)
		return -ENOMEM;
	err = lookup_bdev(path, number);
	kfree(path);
	return err;
}

/*
 * A driver that takes bios makes no requests: of a request's events it sends
 * none, whatever is read and written.
 */
static int check_requests(struct gendisk *disk)
{
	const char *name = disk->disk_name;

	if (!KML_NEEDS_REQUESTS || queue_is_mq(disk->queue))
		return 0;
	pr_err("devices: '%s' makes no requests: " KML_TO_TRACEPOINT
	       ", which the model's label needs, never happens there\n", name);
	if (!strncmp(name, "nvme", 4))
		pr_err("devices: '%s' is an NVMe multipath's head; start with nvme_core.multipath=N\n",
		       name);
	else
		pr_err("devices: choose the disk below it, if /sys/block/%s/slaves names one\n",
		       name);
	return -EOPNOTSUPP;
}

/* Its scheduler can be changed at any time, so this refuses nothing. */
static void check_scheduler(struct gendisk *disk)
{
	const char *name = disk->disk_name;

	if (KML_OBSERVES_INSERT && !READ_ONCE(disk->queue->elevator))
		pr_warn("devices: '%s' has no I/O scheduler: block_rq_insert is rare; choose one in /sys/block/%s/queue\n",
			name, name);
}

static int check_disk(const char *name, struct block_device *bdev)
{
	int err;

	if (bdev_is_partition(bdev)) {
		pr_err("devices: '%*pE' is a partition; choose its disk, %s\n",
		       SHOWN(name), bdev->bd_disk->disk_name);
		return -EINVAL;
	}
	err = check_requests(bdev->bd_disk);
	if (!err)
		check_scheduler(bdev->bd_disk);
	return err;
}

/* An open handle, so that the disk stays while it is looked at. */
static int kml_disk_open(const char *name, kml_bdev_handle *handle)
{
	dev_t number;
	int err;

	err = number_of(name, &number);
	if (err) {
		pr_err("devices: no block device '%*pE'\n", SHOWN(name));
		return err == -ENOENT ? -ENODEV : err;
	}
	*handle = kml_bdev_open(number);
	if (IS_ERR(*handle)) {
		err = PTR_ERR(*handle);
		pr_err("devices: cannot open '%*pE' (%d)\n", SHOWN(name), err);
		return err == -ENXIO ? -ENODEV : err;
	}
	err = check_disk(name, kml_bdev_of(*handle));
	if (err)
		kml_bdev_close(*handle);
	return err;
}
