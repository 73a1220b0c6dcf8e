/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Whether records are collected, until when, and that there is memory for them. */
#ifndef KML_COLLECT_H
#define KML_COLLECT_H

#include <linux/types.h>

enum kml_collect {
	KML_COLLECT_OFF,
	KML_COLLECT_READER,	/* until the reader's file closes */
	KML_COLLECT_KEEP,	/* until it is switched off */
};

static int kml_collect_store(const char *buf);
static const char *kml_collect_name(void);
static int kml_collect_enter(void);
static void kml_collect_leave(void);
static void kml_collect_exit(void);

#endif
