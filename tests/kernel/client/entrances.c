// SPDX-License-Identifier: MIT
/*
 * Root is a number, rights are capabilities: a process of uid 0 that has given all of them up gets EPERM at every entrance
 * of the module, whichever there are. The attributes are found by looking, so that a new one is tried too.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"

static unsigned int writable;

/* result is what the call gave, with errno as it left it. */
static void fails(long result, const char *entrance)
{
	bool failed = result == -1;
	int seen = errno;
	char name[512];

	snprintf(name, sizeof(name), "no capability: %s is not permitted", entrance);
	check(failed && seen == EPERM, name, failed ? "errno %d" : "it worked (errno %d)", seen);
}

static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = {};

	return !syscall(SYS_capset, &header, none) && getuid() == 0;
}

static long write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	long done = fd < 0 ? -1 : write(fd, text, strlen(text));
	int seen = errno;

	if (fd >= 0)
		close(fd);
	errno = seen;
	return done;
}

/* An attribute. uevent and power/ are the driver core's, the same for each device. */
static int attribute(const char *path, const struct stat *status, int type, struct FTW *at)
{
	static const char * const values[] = { "0", "1", "none", "nonsense" };
	const char *name = path + at->base;
	unsigned int i;
	char entrance[512];

	if (type != FTW_F || !(status->st_mode & 0222) || !strcmp(name, "uevent") || strstr(path, "/power/"))
		return 0;
	writable++;
	snprintf(entrance, sizeof(entrance), "%s: its owner's alone", name);
	check((status->st_mode & 0777) == 0600 && status->st_uid == 0, entrance, "mode %o of uid %u", status->st_mode & 0777, status->st_uid);
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		snprintf(entrance, sizeof(entrance), "writing %s to %s", values[i], name);
		fails(write_to(path, values[i]), entrance);
	}
	return 0;
}

static int without(struct device *dev, const char *model)
{
	u32 fair = 64;
	char path[256], *folder;

	if (!drop_capabilities())
		return 1;
	fails(ioctl(dev->fd, KML_IOC_INFO, &dev->info), "ioctl, info");
	fails(ioctl(dev->fd, KML_IOC_WATERMARK, &fair), "ioctl, watermark");
	fails(ioctl(dev->fd, _IO(KML_IOC_TYPE, 3), NULL), "ioctl, an unknown one");
	fails((long)mmap(NULL, dev->info.mapping_size, PROT_READ, MAP_SHARED, dev->fd, 0), "mmap");
	fails((long)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, dev->fd, dev->info.consumer_offset), "mmap for writing");
	fails(device_open(model), "open while another has it");
	close(dev->fd);
	snprintf(path, sizeof(path), "/sys/class/misc/kml-%s", model);
	folder = realpath(path, NULL);
	return !folder || nftw(folder, attribute, 8, FTW_PHYS) || !writable;
}

/* The device closed: what is refused then is not refused for being busy. */
static int without_open(const char *model)
{
	if (!drop_capabilities())
		return 1;
	fails(device_open(model), "open");
	return 0;
}

static void child_of(pid_t child, const char *name)
{
	int status = -1;
	bool ended = child > 0 && waitpid(child, &status, 0) == child;

	check(ended && status == 0, name, "status %d", status);
}

int entrances(const char *model)
{
	struct device dev;
	pid_t child;

	if (!device_map(&dev, model)) {
		check(false, "the device opens", "%s", strerror(errno));
		return 1;
	}
	child = fork();
	if (!child)
		_exit(without(&dev, model));
	child_of(child, "entrances were found and tried without capabilities");
	munmap(dev.map, dev.info.mapping_size);
	munmap(dev.consumer, dev.info.data_offset - dev.info.consumer_offset);
	close(dev.fd);
	child = fork();
	if (!child)
		_exit(without_open(model));
	child_of(child, "open was tried without capabilities");
	return 0;
}
