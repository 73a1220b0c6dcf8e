/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The life of one record between the two events of its label: begun at the
 * first, where it is predicted; finished at the second, where it is labelled.
 */
#ifndef KML_PREDICT_H
#define KML_PREDICT_H

#include <linux/init.h>

#include "kml_join.h"
#include "kml_pure.h"

struct bio;
struct kml_device;

static bool kml_wanted(void);
static void kml_record_begin(struct kml_join_entry *entry, u32 device,
			     struct bio *bio);
static void kml_record_finish(struct kml_join *join,
			      struct kml_join_entry *entry);
static int __init kml_golden_check(void);

#endif
