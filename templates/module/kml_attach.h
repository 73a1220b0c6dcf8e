/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Attaching to tracepoints by name, exported to modules or not. */
#ifndef KML_ATTACH_H
#define KML_ATTACH_H

#include <linux/init.h>
#include <linux/tracepoint.h>

struct kml_hook {
	const char *name;
	void *probe;			/* its signature is checked at build */
	struct tracepoint *tracepoint;	/* once it is attached */
};

static int __init kml_attach(struct kml_hook *hooks, unsigned int count);
static void kml_detach(struct kml_hook *hooks, unsigned int count);

#endif
