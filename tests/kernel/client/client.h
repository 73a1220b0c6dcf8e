/* SPDX-License-Identifier: MIT */
/* What the parts of the client share: a mapped device, and checks in the form of lib/checks.sh. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "kml_abi.h"

/* An open /dev/kml-<model>, all of it mapped read-only and the consumers' lines writable. */
struct device {
	int fd;
	struct kml_info info;
	unsigned char *map;
	struct kml_producer *producer;	/* one a CPU */
	struct kml_consumer *consumer;	/* one a CPU */
};

int device_open(const char *model);
bool device_map(struct device *dev, const char *model);
struct kml_record_header *device_record(const struct device *dev, u32 cpu, u64 position);
unsigned long long device_drain(struct device *dev);

u64 counter(const char *model, const char *file);

void check(bool right, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

int hostile(const char *model, const char *disk);
int addresses(const char *model);
int sequence(const char *model, const char *disk);
int entrances(const char *model);
int counters(const char *model, unsigned int reads);

#endif
