// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The counters as files, one value a file, in one directory a concern. */
#include <linux/init.h>
#include <linux/sysfs.h>

#include "kml_counters.h"
#include "kml_device.h"
#include "kml_ring.h"

/* Text without pointers: a pointer in a module costs a relocation each. */
static const char counter_names[KML_COUNTERS][24] = {
	[KML_COUNT_BIO_QUEUE] = "bio_queue",
	[KML_COUNT_BLOCK_INSERT] = "block_insert",
	[KML_COUNT_BLOCK_ISSUE] = "block_issue",
	[KML_COUNT_BLOCK_COMPLETE] = "block_complete",
	[KML_COUNT_SPLIT] = "split",
	[KML_COUNT_CONTENDED] = "contended",
	[KML_COUNT_UPDATE_FAULT] = "faults",
	[KML_COUNT_QUEUED] = "queued",
	[KML_COUNT_LABELLED] = "labelled",
	[KML_COUNT_MERGED] = "merged",
	[KML_COUNT_UNISSUED] = "unissued",
	[KML_COUNT_TABLE_FULL] = "table_full",
	[KML_COUNT_EXPIRED] = "expired",
	[KML_COUNT_IN_FLIGHT] = "in_flight",
	[KML_COUNT_PRODUCED] = "produced",
	[KML_COUNT_DROPPED] = "dropped",
	[KML_COUNT_CONSUMED] = "consumed",
	[KML_COUNT_PENDING] = "pending",
	[KML_COUNT_BAD_TAIL] = "bad_tail",
	[KML_COUNT_TRIED] = "tried",
	[KML_COUNT_FLOAT] = "float",
	[KML_COUNT_INTEGER] = "integer",
	[KML_COUNT_NONE_PATH] = "none_path",
	[KML_COUNT_NONE_FPU] = "none_fpu",
	[KML_COUNT_NONE_FAULT] = "none_fault",
	[KML_COUNT_WOULD_ACT] = "would_act",
	[KML_COUNT_ACTED] = "acted",
	[KML_COUNT_HELD_OUT] = "held_out",
	[KML_COUNT_LABEL_NONE] = "label_none",
	[KML_COUNT_LABEL_FAULT] = "label_fault",
	[KML_COUNT_FLOAT_TN] = "float_true_negative",
	[KML_COUNT_FLOAT_FN] = "float_false_negative",
	[KML_COUNT_FLOAT_FP] = "float_false_positive",
	[KML_COUNT_FLOAT_TP] = "float_true_positive",
	[KML_COUNT_INTEGER_TN] = "integer_true_negative",
	[KML_COUNT_INTEGER_FN] = "integer_false_negative",
	[KML_COUNT_INTEGER_FP] = "integer_false_positive",
	[KML_COUNT_INTEGER_TP] = "integer_true_positive",
};

static const struct {
	char name[12];
	u8 first;
	u8 end;
} group_table[KML_COUNTER_GROUPS] = {
	{ "events", KML_COUNT_BIO_QUEUE, KML_COUNT_QUEUED },
	{ "join", KML_COUNT_QUEUED, KML_COUNT_PRODUCED },
	{ "ring", KML_COUNT_PRODUCED, KML_COUNT_TRIED },
	{ "prediction", KML_COUNT_TRIED, KML_COUNT_FLOAT_TN },
	{ "accuracy", KML_COUNT_FLOAT_TN, KML_COUNTERS },
};

/* Built before the device is registered, read by sysfs from then on. */
static struct device_attribute counter_attributes[KML_COUNTERS];
static struct attribute *group_lists[KML_COUNTERS + KML_COUNTER_GROUPS];
static struct attribute_group counter_groups[KML_COUNTER_GROUPS];

/*
 * What is in flight is counted entry by entry and what is pending by the
 * positions, so that the identities check the other counters.
 */
static u64 counter_on(enum kml_counter counter, int cpu)
{
	struct kml_ring_span span;

	if (counter == KML_COUNT_CONSUMED || counter == KML_COUNT_PENDING) {
		span = kml_ring_span(cpu);
		return counter == KML_COUNT_CONSUMED ? span.tail : span.head - span.tail;
	}
	return READ_ONCE(per_cpu(kml_counters.value[counter], cpu));
}

static u64 counter_read(enum kml_counter counter)
{
	u64 sum = 0;
	int cpu;

	if (counter == KML_COUNT_IN_FLIGHT)
		return kml_devices_in_flight();
	for_each_possible_cpu(cpu)
		sum += counter_on(counter, cpu);
	return sum;
}

static ssize_t counter_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	return sysfs_emit(buf, "%llu\n", counter_read(attr - counter_attributes));
}

/* The n-th directory; called once for each, at load. */
static const struct attribute_group * __init kml_counter_group(unsigned int n)
{
	struct attribute **list = &group_lists[group_table[n].first + n];
	unsigned int i;

	counter_groups[n].name = group_table[n].name;
	counter_groups[n].attrs = list;
	for (i = group_table[n].first; i < group_table[n].end; i++) {
		struct device_attribute *attribute = &counter_attributes[i];

		sysfs_attr_init(&attribute->attr);
		attribute->attr.name = counter_names[i];
		attribute->attr.mode = 0444;
		attribute->show = counter_show;
		*list++ = &attribute->attr;
	}
	return &counter_groups[n];
}
