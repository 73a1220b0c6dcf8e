/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What differs of block devices and their class between kernel versions, and nothing else. */
#ifndef KML_BLOCK_COMPAT_H
#define KML_BLOCK_COMPAT_H

#include <linux/blkdev.h>
#include <linux/device/class.h>
#include <linux/file.h>

#include "kml_kernel.h"

/*
 * An open block device: the device itself until 6.6 (from 6.5 on closed by its
 * holder, of which there is none), a handle in 6.7 and 6.8, then a file.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)

typedef struct file *kml_bdev_handle;

static inline kml_bdev_handle kml_bdev_open(dev_t number)
{
	return bdev_file_open_by_dev(number, BLK_OPEN_READ, NULL, NULL);
}

static inline struct block_device *kml_bdev_of(kml_bdev_handle handle)
{
	return file_bdev(handle);
}

static inline void kml_bdev_close(kml_bdev_handle handle)
{
	fput(handle);
}

#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)

typedef struct bdev_handle *kml_bdev_handle;

static inline kml_bdev_handle kml_bdev_open(dev_t number)
{
	return bdev_open_by_dev(number, BLK_OPEN_READ, NULL, NULL);
}

static inline struct block_device *kml_bdev_of(kml_bdev_handle handle)
{
	return handle->bdev;
}

static inline void kml_bdev_close(kml_bdev_handle handle)
{
	bdev_release(handle);
}

#else

typedef struct block_device *kml_bdev_handle;

static inline kml_bdev_handle kml_bdev_open(dev_t number)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
	return blkdev_get_by_dev(number, BLK_OPEN_READ, NULL, NULL);
#else
	return blkdev_get_by_dev(number, FMODE_READ, NULL);
#endif
}

static inline struct block_device *kml_bdev_of(kml_bdev_handle handle)
{
	return handle;
}

static inline void kml_bdev_close(kml_bdev_handle handle)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
	blkdev_put(handle, NULL);
#else
	blkdev_put(handle, FMODE_READ);
#endif
}

#endif

/* The callbacks of a class interface lost their second argument in 6.4. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define KML_INTERFACE_ARGS(dev)	struct device *dev
#else
#define KML_INTERFACE_ARGS(dev)	struct device *dev, struct class_interface *interface
#endif

#endif
