/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The switches: written in process context, read once per use in probes. */
#ifndef KML_CONTROL_H
#define KML_CONTROL_H

#include <linux/device.h>
#include <linux/types.h>

enum kml_path {
	KML_PATH_AUTO,		/* FPU if it can be used, else the twin, else none */
	KML_PATH_FPU,
	KML_PATH_INT,
	KML_PATH_NONE,
};

struct kml_control {
	bool collect;		/* labelled records go to the rings: kml_collect.c */
	bool predict;
	bool act;		/* the policy's wish is carried out */
	enum kml_path path;
	unsigned int holdout;	/* percent left un-acted while acting */
};

static struct kml_control kml_control;
static bool kml_permitted(void);
/* "0" or "1", and nothing after it; kstrtobool() reads two letters at most. */
static int kml_parse_switch(const char *text, bool *on);
static const struct attribute_group ** __init kml_groups(void);

#endif
