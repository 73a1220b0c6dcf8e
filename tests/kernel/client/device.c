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
	u32 cpu;

	memset(dev, 0, sizeof(*dev));
	dev->fd = device_open(model);
	if (dev->fd < 0 || ioctl(dev->fd, KML_IOC_INFO, &dev->info)) {
		fprintf(stderr, "kml-%s: %s\n", model, strerror(errno));
		return false;
	}
	dev->map = mmap(NULL, dev->info.mapping_size, PROT_READ, MAP_SHARED, dev->fd, 0);
	if (dev->map == MAP_FAILED || dev->info.cpus > 64) {
		fprintf(stderr, "kml-%s: mmap: %s\n", model, strerror(errno));
		return false;
	}
	for (cpu = 0; cpu < dev->info.cpus; cpu++) {
		off_t at = dev->info.cpu_base + cpu * dev->info.cpu_stride + dev->info.consumer_offset;

		dev->consumer[cpu] = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, dev->fd, at);
		if (dev->consumer[cpu] == MAP_FAILED) {
			fprintf(stderr, "kml-%s: consumer page %u: %s\n", model, cpu, strerror(errno));
			return false;
		}
	}
	return true;
}

struct kml_producer *device_producer(const struct device *dev, u32 cpu)
{
	return (struct kml_producer *)(dev->map + dev->info.cpu_base + cpu * dev->info.cpu_stride);
}

/* Takes all that waits, unread; returns how many records it was. */
unsigned long long device_drain(struct device *dev)
{
	unsigned long long taken = 0;
	u32 cpu;

	for (cpu = 0; cpu < dev->info.cpus; cpu++) {
		u64 head = __atomic_load_n(&device_producer(dev, cpu)->head, __ATOMIC_ACQUIRE);

		taken += head - dev->consumer[cpu]->tail;
		__atomic_store_n(&dev->consumer[cpu]->tail, head, __ATOMIC_RELEASE);
	}
	return taken;
}
