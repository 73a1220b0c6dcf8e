// SPDX-License-Identifier: MIT
/* Opening, mapping and draining a model's device. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "client.h"

void check(bool right, const char *name, const char *format, ...)
{
	va_list arguments;

	printf(right ? "ok %s" : "not ok %s: ", name);
	if (!right) {
		va_start(arguments, format);
		vprintf(format, arguments);
		va_end(arguments);
	}
	putchar('\n');
	fflush(stdout);
}

int device_open(const char *model)
{
	char path[128];

	snprintf(path, sizeof(path), "/dev/kml-%s", model);
	return open(path, O_RDWR | O_CLOEXEC);
}

bool device_map(struct device *dev, const char *model)
{
	memset(dev, 0, sizeof(*dev));
	dev->fd = device_open(model);
	if (dev->fd < 0 || ioctl(dev->fd, KML_IOC_INFO, &dev->info)) {
		fprintf(stderr, "kml-%s: %s\n", model, strerror(errno));
		return false;
	}
	dev->map = mmap(NULL, dev->info.mapping_size, PROT_READ, MAP_SHARED, dev->fd, 0);
	dev->consumer = mmap(NULL, dev->info.data_offset - dev->info.consumer_offset, PROT_READ | PROT_WRITE, MAP_SHARED, dev->fd,
			     dev->info.consumer_offset);
	if (dev->map == MAP_FAILED || dev->consumer == MAP_FAILED) {
		fprintf(stderr, "kml-%s: mmap: %s\n", model, strerror(errno));
		return false;
	}
	dev->producer = (struct kml_producer *)(dev->map + dev->info.producer_offset);
	return true;
}

struct kml_record_header *device_record(const struct device *dev, u32 cpu, u64 position)
{
	return (struct kml_record_header *)(dev->map + dev->info.data_offset + cpu * dev->info.data_stride +
		(position & (dev->info.ring_records - 1)) * dev->info.record_size);
}

/* Takes all that waits, unread; returns how many records it was. */
unsigned long long device_drain(struct device *dev)
{
	unsigned long long taken = 0;
	u32 cpu;

	for (cpu = 0; cpu < dev->info.cpus; cpu++) {
		u64 head = __atomic_load_n(&dev->producer[cpu].head, __ATOMIC_ACQUIRE);

		taken += head - dev->consumer[cpu].tail;
		__atomic_store_n(&dev->consumer[cpu].tail, head, __ATOMIC_RELEASE);
	}
	return taken;
}

/* A counter's file, or all ones if it cannot be read. */
u64 counter(const char *model, const char *file)
{
	char path[256];
	unsigned long long value = ~0ull;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/class/misc/kml-%s/%s", model, file);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%llu", &value) != 1)
		value = ~0ull;
	if (f)
		fclose(f);
	return value;
}
