// SPDX-License-Identifier: MIT
/* Records are numbered, lost ones too: a full ring shows as a gap of exactly what was dropped. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"

static void read_disk(int disk, void *block, unsigned int count)
{
	while (count--)
		if (pread(disk, block, 4096, count * 4096ll) != 4096)
			check(false, "the disk can be read", "%s", strerror(errno));
}

/* Whether the records from one position to another are numbered without a gap. */
static bool numbered(const struct device *dev, u32 cpu, u64 from, u64 to)
{
	for (; from + 1 < to; from++)
		if (device_record(dev, cpu, from + 1)->sequence != device_record(dev, cpu, from)->sequence + 1)
			return false;
	return true;
}

int sequence(const char *model, const char *disk)
{
	struct device dev;
	u32 ring, cpu;
	void *block;
	int fd;

	fd = open(disk, O_RDONLY | O_DIRECT);
	if (fd < 0 || posix_memalign(&block, 4096, 4096) || !device_map(&dev, model)) {
		check(false, "disk and device open", "%s", strerror(errno));
		return 1;
	}
	ring = dev.info.ring_records;
	device_drain(&dev);
	read_disk(fd, block, 2 * dev.info.cpus * ring);
	usleep(200000);
	for (cpu = 0; cpu < dev.info.cpus; cpu++) {
		struct kml_producer *producer = &dev.producer[cpu];
		u64 head = producer->head, dropped = producer->dropped;
		u64 tail = dev.consumer[cpu].tail;
		char name[64];

		snprintf(name, sizeof(name), "ring %u: positions and losses account for every number", cpu);
		check(head + dropped == producer->sequence, name, "head %llu + dropped %llu, sequence %llu",
		      head, dropped, producer->sequence);
		snprintf(name, sizeof(name), "ring %u: what waits is numbered without a gap", cpu);
		check(numbered(&dev, cpu, tail, head), name, "a gap between %llu and %llu", tail, head);
		if (head - tail < ring || !dropped)
			continue;
		snprintf(name, sizeof(name), "ring %u: a loss shows as a gap of its size", cpu);
		dev.consumer[cpu].tail = head;
		while (producer->head == head)
			read_disk(fd, block, 1);
		check(device_record(&dev, cpu, head)->sequence == head + producer->dropped, name, "number %llu at position %llu after %llu losses",
		      device_record(&dev, cpu, head)->sequence, head, producer->dropped);
	}
	device_drain(&dev);
	return 0;
}
