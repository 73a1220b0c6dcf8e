// SPDX-License-Identifier: MIT
/*
 * What was taken only grows, and is never more than was made, at whichever moment one looks: a position read twice where it
 * must be read once shows as a step back, or as a number near 2^64.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "client.h"

static int counter_open(const char *model, const char *file)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/class/misc/kml-%s/%s", model, file);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* The value now, or all ones if it cannot be read. */
static u64 now(int fd)
{
	char text[32] = "";

	return pread(fd, text, sizeof(text) - 1, 0) > 0 ? strtoull(text, NULL, 10) : ~0ull;
}

int counters(const char *model, unsigned int reads)
{
	int consumed = counter_open(model, "ring/consumed"), pending = counter_open(model, "ring/pending");
	int produced = counter_open(model, "ring/produced");
	u64 first = now(produced), last = first, before = 0, backwards = 0, beyond = 0;
	unsigned int i;

	for (i = 0; i < reads; i++) {
		u64 taken = now(consumed), waiting = now(pending), made = now(produced);

		backwards += taken < before;
		beyond += taken > made || waiting > made;
		before = taken;
		last = made;
	}
	check(last > first, "records are made meanwhile", "still %llu", first);
	check(!backwards, "what was taken never becomes less", "%llu of %u times", backwards, reads);
	check(!beyond, "no more is taken and waits than was made", "%llu of %u times", beyond, reads);
	return 0;
}
