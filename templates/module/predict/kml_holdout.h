/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Which predictions are left alone while the model acts. */
#ifndef KML_HOLDOUT_H
#define KML_HOLDOUT_H

#include <linux/types.h>

static void __init kml_holdout_init(void);
static bool kml_holdout_draw(unsigned int percent);

#endif
