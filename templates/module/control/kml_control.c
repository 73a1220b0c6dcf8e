// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The module's own files in /sys/class/misc/kml-<model>/. Process context. */
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "kml_collect.h"
#include "kml_control.h"
#include "kml_counters.h"
#include "kml_device.h"
#include "kml_model_calls.h"

static struct kml_control kml_control = {
	.predict = KML_HAS_WEIGHTS,
	.holdout = 5,
};

/*
 * Who may act on the module: asked at every entrance, of whoever is there now,
 * whatever rights the file was opened with.
 */
static bool kml_permitted(void)
{
	return capable(CAP_SYS_ADMIN);
}

enum control {
	COLLECT,
	PREDICT,
	ACT,
	PATH,
	HOLDOUT,
	DEVICES,
	FINGERPRINT,
	WEIGHTS_VERSION,
	ISA,
};

/* What acts is its owner's alone; what only tells is for all. */
static const struct {
	char name[18];
	umode_t mode;
} control_table[] = {
	[COLLECT] = { "collect", 0600 },
	[PREDICT] = { "predict", 0600 },
	[ACT] = { "act", 0600 },
	[PATH] = { "path", 0600 },
	[HOLDOUT] = { "holdout", 0600 },
	[DEVICES] = { "devices", 0600 },
	[FINGERPRINT] = { "fingerprint", 0444 },
	[WEIGHTS_VERSION] = { "weights_version", 0444 },
	[ISA] = { "isa", 0444 },
};

/* Built before the device is registered, read by sysfs from then on. */
static struct device_attribute controls[ARRAY_SIZE(control_table)];

static const char path_names[][8] = {
	[KML_PATH_AUTO] = "auto",
	[KML_PATH_FPU] = "fpu",
	[KML_PATH_INT] = "int",
	[KML_PATH_NONE] = "none",
};

static ssize_t control_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	const char *text = NULL;
	unsigned int value = 0;

	switch (attr - controls) {
	case COLLECT:
		text = kml_collect_name();
		break;
	case PREDICT:
		value = READ_ONCE(kml_control.predict);
		break;
	case ACT:
		value = READ_ONCE(kml_control.act);
		break;
	case PATH:
		text = path_names[READ_ONCE(kml_control.path)];
		break;
	case HOLDOUT:
		value = READ_ONCE(kml_control.holdout);
		break;
	case DEVICES:
		return kml_devices_show(buf);
	case FINGERPRINT:
		text = KML_FINGERPRINT;
		break;
	case WEIGHTS_VERSION:
		value = KML_WEIGHTS_VERSION;
		break;
	case ISA:
		/* which compiled form the FPU path uses on this processor */
		text = KML_HAS_WEIGHTS ? kml_isa_names[kml_isa_best] : "none";
		break;
	}
	return text ? sysfs_emit(buf, "%s\n", text) :
		      sysfs_emit(buf, "%u\n", value);
}

static int kml_parse_switch(const char *text, bool *on)
{
	unsigned int value;
	int err = kstrtouint(text, 10, &value);

	if (err)
		return err;
	if (value > 1)
		return -EINVAL;
	*on = value;
	return 0;
}

static int switch_store(bool *value, const char *buf)
{
	bool on;
	int err = kml_parse_switch(buf, &on);

	if (err)
		return err;
	if (on && !KML_HAS_WEIGHTS) {
		pr_err("built without weights: train, build again, load that\n");
		return -ENODATA;
	}
	if (on && value == &kml_control.act && !KML_HAS_POLICY) {
		pr_err("act: this model has no policy\n");
		return -EOPNOTSUPP;
	}
	WRITE_ONCE(*value, on);
	return 0;
}

static int path_store(const char *buf)
{
	unsigned int path;

	for (path = 0; path < ARRAY_SIZE(path_names); path++)
		if (sysfs_streq(buf, path_names[path]))
			break;
	if (path == ARRAY_SIZE(path_names))
		return -EINVAL;
	if (path == KML_PATH_INT && !KML_HAS_INTEGER) {
		pr_err("path: this model has no integer twin\n");
		return -EOPNOTSUPP;
	}
	WRITE_ONCE(kml_control.path, path);
	return 0;
}

static int holdout_store(const char *buf)
{
	unsigned int percent;
	int err = kstrtouint(buf, 10, &percent);

	if (err)
		return err;
	if (percent > 100)
		return -ERANGE;
	WRITE_ONCE(kml_control.holdout, percent);
	return 0;
}

static ssize_t control_store(struct device *dev, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	int err = -EPERM;

	if (!kml_permitted())
		return -EPERM;
	/* what follows a NUL, or would follow in a second write, is no value */
	if (strlen(buf) + 1 < count || count >= PAGE_SIZE)
		return -EINVAL;
	switch (attr - controls) {
	case COLLECT:
		err = kml_collect_store(buf);
		break;
	case PREDICT:
		err = switch_store(&kml_control.predict, buf);
		break;
	case ACT:
		err = switch_store(&kml_control.act, buf);
		break;
	case PATH:
		err = path_store(buf);
		break;
	case HOLDOUT:
		err = holdout_store(buf);
		break;
	case DEVICES:
		err = kml_devices_choose(buf);
		break;
	}
	return err ? err : count;
}

/* All that the device shows; called once, at load. */
static const struct attribute_group ** __init kml_groups(void)
{
	static struct attribute *attributes[ARRAY_SIZE(controls) + 1];
	static const struct attribute_group own = { .attrs = attributes };
	static const struct attribute_group *list[KML_COUNTER_GROUPS + 2];
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(controls); n++) {
		sysfs_attr_init(&controls[n].attr);
		controls[n].attr.name = control_table[n].name;
		controls[n].attr.mode = control_table[n].mode;
		controls[n].show = control_show;
		controls[n].store = control_store;
		attributes[n] = &controls[n].attr;
	}
	list[0] = &own;
	for (n = 0; n < KML_COUNTER_GROUPS; n++)
		list[n + 1] = kml_counter_group(n);
	return list;
}
