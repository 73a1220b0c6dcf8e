/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* /dev/kml-<model>: the consumer's side of the rings. One reader at a time. */
#ifndef KML_FILE_H
#define KML_FILE_H

#include <linux/fs.h>

static const struct file_operations kml_file_fops;

#endif
