// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The rings' memory: had when collecting begins, given back when it is over. */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/init.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/vmalloc.h>

#include "kml_ring.h"

#define DATA_SIZE	PAGE_ALIGN((size_t)KML_RING_RECORDS * sizeof(struct kml_record))

static_assert(sizeof(struct kml_producer) == sizeof(struct kml_consumer));

static unsigned int ring_mib = 256;
module_param(ring_mib, uint, 0444);
MODULE_PARM_DESC(ring_mib, "most memory for the rings of all CPUs together, in MiB (256)");

/* Above 0 while there are rings: then CPUs that come are given one. */
static int hotplug_state;

/*
 * A reader must not make the kernel kill others for memory: what cannot be had
 * is refused instead. __GFP_RETRY_MAYFAIL would try harder, and is none of
 * vmalloc's flags in 6.19 and 7.0.
 */
static int ring_alloc(int cpu)
{
	struct kml_ring *ring = per_cpu_ptr(&kml_rings, cpu);

	if (!ring->memory)
		ring->memory = __vmalloc(DATA_SIZE, GFP_KERNEL | __GFP_ZERO |
					 __GFP_NORETRY | __GFP_NOWARN);
	return ring->memory ? 0 : -ENOMEM;
}

static unsigned int rings_there(void)
{
	unsigned int n = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		n += !!per_cpu(kml_rings.memory, cpu);
	return n;
}

static bool rings_allowed(unsigned int n)
{
	return n * (u64)DATA_SIZE <= (u64)ring_mib << 20;
}

/* A CPU comes, and does not run yet. It is not for us to keep it from coming. */
static int ring_prepare(unsigned int cpu)
{
	bool there = per_cpu(kml_rings.memory, cpu);

	if ((there || rings_allowed(rings_there() + 1)) && !ring_alloc(cpu))
		kml_ring_show(cpu);
	else
		pr_warn("no memory for the ring of CPU %u within ring_mib=%u: its records are dropped\n",
			cpu, ring_mib);
	return 0;
}

static void rings_free(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		vfree(per_cpu(kml_rings.memory, cpu));
		per_cpu(kml_rings.memory, cpu) = NULL;
	}
}

/* All CPUs that are there get a ring, or none does. */
static int kml_rings_begin(void)
{
	int cpu, err;

	if (hotplug_state > 0)
		return 0;
	if (!rings_allowed(num_online_cpus())) {
		pr_err("collect: rings of %zu KiB for each of %u CPUs are more than ring_mib=%u; load with a larger one\n",
		       DATA_SIZE >> 10, num_online_cpus(), ring_mib);
		return -ENOSPC;
	}
	for_each_online_cpu(cpu) {
		err = ring_alloc(cpu);
		if (err) {
			pr_err("collect: no memory for rings of %zu KiB for each of %u CPUs\n",
			       DATA_SIZE >> 10, num_online_cpus());
			goto undo;
		}
	}
	err = cpuhp_setup_state_nocalls_cpuslocked(CPUHP_BP_PREPARE_DYN,
						   "block/" KBUILD_MODNAME ":rings",
						   ring_prepare, NULL);
	if (err < 0) {
		pr_err("collect: no CPU hotplug state is free (%d)\n", err);
		goto undo;
	}
	hotplug_state = err;
	for_each_online_cpu(cpu)
		kml_ring_show(cpu);
	return 0;
undo:
	rings_free();
	return err;
}

/* Nobody has the device open, and so nobody maps the records either. */
static void kml_rings_end(void)
{
	int cpu;

	if (hotplug_state <= 0)
		return;
	cpuhp_remove_state_nocalls_cpuslocked(hotplug_state);
	hotplug_state = 0;
	for_each_possible_cpu(cpu)
		kml_ring_hide(cpu);
	rings_free();
}

/*
 * The page at an offset of the mapping, or NULL where there is none: beyond the
 * end, and of a CPU without a ring. For a reader's fault, so that no ring goes
 * meanwhile; one that comes is shown when it is whole.
 */
static struct page *kml_rings_page(unsigned long offset)
{
	unsigned long cpu;
	char *data;

	if (offset < kml_info->data_offset)
		return vmalloc_to_page((char *)kml_info + offset);
	offset -= kml_info->data_offset;
	cpu = offset / DATA_SIZE;
	if (cpu >= nr_cpu_ids || !cpu_possible(cpu))
		return NULL;
	data = (char *)READ_ONCE(per_cpu(kml_rings.data, cpu));
	return data ? vmalloc_to_page(data + offset % DATA_SIZE) : NULL;
}

static void __init info_fill(size_t positions)
{
	*kml_info = (struct kml_info){
		.magic = KML_MAGIC,
		.abi_version = KML_ABI_VERSION,
		.record_size = sizeof(struct kml_record),
		.features = KML_FEATURES,
		.features_offset = offsetof(struct kml_record, features),
		.from_offset = offsetof(struct kml_record, from),
		.to_offset = offsetof(struct kml_record, to),
		.state_offset = offsetof(struct kml_record, state),
		.state_size = sizeof(struct kml_state),
		.from_kind = KML_FROM_KIND,
		.to_kind = KML_TO_KIND,
		.cpus = nr_cpu_ids,
		.ring_records = KML_RING_RECORDS,
		.has_weights = KML_HAS_WEIGHTS,
		.weights_version = KML_WEIGHTS_VERSION,
		.has_integer = KML_HAS_INTEGER,
		.producer_offset = PAGE_SIZE,
		.consumer_offset = PAGE_SIZE + positions,
		.data_offset = PAGE_SIZE + 2 * positions,
		.data_stride = DATA_SIZE,
		.mapping_size = PAGE_SIZE + 2 * positions + nr_cpu_ids * DATA_SIZE,
		.model = KML_MODEL_NAME,
		.fingerprint = KML_FINGERPRINT,
	};
}

static int __init kml_rings_init(void)
{
	size_t positions = PAGE_ALIGN(nr_cpu_ids * sizeof(struct kml_producer));

	kml_info = vzalloc(PAGE_SIZE + 2 * positions);
	if (!kml_info)
		return -ENOMEM;
	info_fill(positions);
	kml_producers = (void *)kml_info + kml_info->producer_offset;
	kml_consumers = (void *)kml_info + kml_info->consumer_offset;
	return 0;
}

/* No probe runs any more, nobody has the device open, the rings have ended. */
static void kml_rings_exit(void)
{
	kml_rings_quiet();
	vfree(kml_info);
}
