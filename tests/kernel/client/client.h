/* SPDX-License-Identifier: MIT */
/* What the parts of the client share: a mapped device, and checks in the form of lib/checks.sh. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "kml_abi.h"

/* An open /dev/kml-<model>, all of it mapped read-only and each consumer page writable. */
struct device {
	int fd;
	struct kml_info info;
	unsigned char *map;
	struct kml_consumer *consumer[64];
};

int device_open(const char *model);
bool device_map(struct device *dev, const char *model);
struct kml_producer *device_producer(const struct device *dev, u32 cpu);
unsigned long long device_drain(struct device *dev);

void check(bool right, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

int hostile(const char *model, const char *disk);
int addresses(const char *model);
int sequence(const char *model, const char *disk);

#endif
