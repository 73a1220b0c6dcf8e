/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the pure compute files share with the rest: no kernel header, no call. */
#ifndef KML_PURE_H
#define KML_PURE_H

#include "kml_abi.h"

/* What a policy asks for. priority: an ioprio, if raise is set. */
struct kml_wish {
	u32 raise;
	u32 priority;
};

#endif
