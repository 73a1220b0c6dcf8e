// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Attaching to tracepoints by name. */
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "kml_attach.h"

struct lookup {
	const char *name;
	struct tracepoint *found;
};

static void __init hook_match(struct tracepoint *tracepoint, void *data)
{
	struct lookup *lookup = data;

	if (!strcmp(tracepoint->name, lookup->name))
		lookup->found = tracepoint;
}

/* Process context. All or none; from here on the probes run. */
static int __init kml_attach(struct kml_hook *hooks, unsigned int count)
{
	unsigned int i;
	int err;

	for (i = 0; i < count; i++) {
		struct lookup lookup = { .name = hooks[i].name };

		for_each_kernel_tracepoint(hook_match, &lookup);
		if (!lookup.found) {
			pr_err("this kernel has no tracepoint %s\n", hooks[i].name);
			err = -ENOENT;
			goto undo;
		}
		err = tracepoint_probe_register(lookup.found, hooks[i].probe, NULL);
		if (err) {
			pr_err("cannot attach to %s (%d)\n", hooks[i].name, err);
			goto undo;
		}
		hooks[i].tracepoint = lookup.found;
	}
	return 0;
undo:
	kml_detach(hooks, count);
	return err;
}

/* Process context. On return no probe runs, and none will. */
static void kml_detach(struct kml_hook *hooks, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!hooks[i].tracepoint)
			continue;
		tracepoint_probe_unregister(hooks[i].tracepoint, hooks[i].probe, NULL);
		hooks[i].tracepoint = NULL;
	}
	/* for all that calls a probe: RCU, and since 7.0 an SRCU */
	tracepoint_synchronize_unregister();
}
