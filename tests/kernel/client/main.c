// SPDX-License-Identifier: MIT
/*
 * client open MODEL           opens the device and stays until standard input closes
 * client collect MODEL        the same, and collects as long as it has it open
 * client map MODEL            maps it, closes the file, and stays so
 * client drain MODEL          takes all that waits in the rings and prints how many records it was
 * client follow MODEL         the same again and again, until standard input closes
 * client sequence MODEL DISK  checks the numbering of records around a loss
 * client addresses MODEL      looks for kernel addresses in all that is mapped
 * client entrances MODEL      what root without a capability finds at every entrance of the module
 * client counters MODEL READS the ring's account, read again and again, while others make and take records
 * client hostile MODEL DISK   everything a program should not do; DISK is what the model observes
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"

static void stay(struct device *follow, unsigned long long *taken)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	char byte;

	puts("ready");
	fflush(stdout);
	for (;;) {
		if (poll(&input, 1, follow ? 20 : -1) > 0 && read(STDIN_FILENO, &byte, 1) <= 0)
			return;
		if (follow)
			*taken += device_drain(follow);
	}
}

/* As a reader asks for it: until it closes the device. */
static bool collect(const char *model)
{
	char path[256];
	bool done;
	int fd;

	snprintf(path, sizeof(path), "/sys/class/misc/kml-%s/collect", model);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	done = fd >= 0 && write(fd, "1\n", 2) == 2;
	if (fd >= 0)
		close(fd);
	return done;
}

int main(int argc, char **argv)
{
	struct device dev = { .fd = -1 };
	unsigned long long taken = 0;
	const char *verb = argc > 1 ? argv[1] : "";

	if (argc < 3 || ((!strcmp(verb, "hostile") || !strcmp(verb, "sequence") || !strcmp(verb, "counters")) && argc < 4)) {
		fprintf(stderr, "use: client open|collect|map|drain|follow|addresses|entrances MODEL, client hostile|sequence MODEL DISK, client counters MODEL READS\n");
		return 2;
	}
	if (!strcmp(verb, "hostile"))
		return hostile(argv[2], argv[3]);
	if (!strcmp(verb, "sequence"))
		return sequence(argv[2], argv[3]);
	if (!strcmp(verb, "addresses"))
		return addresses(argv[2]);
	if (!strcmp(verb, "entrances"))
		return entrances(argv[2]);
	if (!strcmp(verb, "counters"))
		return counters(argv[2], strtoul(argv[3], NULL, 10));
	if (!strcmp(verb, "open") || !strcmp(verb, "collect")) {
		dev.fd = device_open(argv[2]);
		if (dev.fd < 0 || (!strcmp(verb, "collect") && !collect(argv[2]))) {
			fprintf(stderr, "kml-%s: %s\n", argv[2], strerror(errno));
			return 1;
		}
		stay(NULL, NULL);
		return 0;
	}
	if (!device_map(&dev, argv[2]))
		return 1;
	if (!strcmp(verb, "map")) {
		close(dev.fd);
		stay(NULL, NULL);
		return 0;
	}
	if (!strcmp(verb, "follow"))
		stay(&dev, &taken);
	taken += device_drain(&dev);
	printf("%llu\n", taken);
	return 0;
}
