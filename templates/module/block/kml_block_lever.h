/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a policy may ask for. It works on a copy of its event; the difference
 * between the copy and the event is its wish. Pure: no kernel header.
 *
 * Context: any.
 */
#ifndef KML_BLOCK_LEVER_H
#define KML_BLOCK_LEVER_H

#include "kml_arith.h"
#include "kml_types.h"

/* How urgent a class is: real time, then best effort (and none), then idle. */
KML_INLINE int kml_class_rank(u32 class)
{
	switch (class) {
	case 1:
		return 3;
	case 0:
	case 2:
		return 2;
	case 3:
		return 1;
	default:
		return 0;
	}
}

/* RaisePriority(class): to the middle level of a class above its own, else not at all. */
KML_INLINE void kml_raise_priority(u32 *priority, u32 class)
{
	if (kml_class_rank(class) > kml_class_rank(*priority >> 13))
		*priority = class << 13 | 4;
}

#endif
