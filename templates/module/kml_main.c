// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Load and unload. */
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "kml_collect.h"
#include "kml_control.h"
#include "kml_device.h"
#include "kml_file.h"
#include "kml_holdout.h"
#include "kml_model_calls.h"
#include "kml_predict.h"
#include "kml_ring.h"

static char *devices = "";
module_param(devices, charp, 0);
MODULE_PARM_DESC(devices, "disks to observe from the start, as in sysfs (none)");

static struct miscdevice misc_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kml-" KML_MODEL_NAME,
	.fops = &kml_file_fops,
	.mode = 0600,
};

/*
 * Nothing is attached before the golden vectors came out right; nothing is
 * visible to user space before everything works.
 */
static int __init kml_init(void)
{
	int err;

	if (KML_HAS_WEIGHTS)
		kml_isa_init();
	err = kml_golden_check();
	if (err)
		return err;
	kml_holdout_init();
	err = kml_rings_init();
	if (err)
		return err;
	err = kml_probes_attach();
	if (err)
		goto rings;
	err = kml_devices_choose(devices);
	if (err)
		goto probes;
	misc_device.groups = kml_groups();
	err = misc_register(&misc_device);
	if (err) {
		pr_err("cannot register /dev/%s (%d)\n", misc_device.name, err);
		goto probes;
	}
	return 0;
probes:
	kml_probes_detach();
	kml_devices_exit();
rings:
	kml_rings_exit();
	return err;
}

/* Nobody has the device open: that would hold the module. */
static void __exit kml_exit(void)
{
	misc_deregister(&misc_device);
	kml_probes_detach();
	kml_devices_exit();
	kml_collect_exit();
	kml_rings_exit();
}

module_init(kml_init);
module_exit(kml_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kml: the model " KML_MODEL_NAME);
MODULE_VERSION(KML_TOOL_VERSION);
