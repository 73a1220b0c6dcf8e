/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* From what a user calls a disk to the disk, if the model can observe it. */
#ifndef KML_DISK_H
#define KML_DISK_H

#include "kml_block_compat.h"

static int kml_disk_open(const char *name, kml_bdev_handle *handle);

#endif
