// SPDX-License-Identifier: MIT
/* What a program with the device may try, and what must come of it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"

#define PAGE	4096ul

/* Bounds of kernel addresses on x86-64: small negative numbers lie above. */
#define KERNEL_FIRST	0xffff800000000000ull
#define KERNEL_LAST	0xffffffffff000000ull

static void map_refused(const struct device *dev, const char *name, size_t size, int protection, int flags, off_t at)
{
	void *map = mmap(NULL, size, protection, flags, dev->fd, at);

	check(map == MAP_FAILED, name, "expected a refusal, but it was mapped");
	if (map != MAP_FAILED)
		munmap(map, size);
}

static void mappings(struct device *dev)
{
	const struct kml_info *info = &dev->info;
	off_t producers = info->producer_offset, consumers = info->consumer_offset, data = info->data_offset;
	int rw = PROT_READ | PROT_WRITE;
	unsigned char *page;
	int memory;

	map_refused(dev, "mmap: all of it for writing is refused", info->mapping_size, rw, MAP_SHARED, 0);
	map_refused(dev, "mmap: the info page for writing is refused", PAGE, rw, MAP_SHARED, 0);
	map_refused(dev, "mmap: the producers for writing are refused", PAGE, rw, MAP_SHARED, producers);
	map_refused(dev, "mmap: records for writing are refused", PAGE, rw, MAP_SHARED, data);
	map_refused(dev, "mmap: only for writing is refused", PAGE, PROT_WRITE, MAP_SHARED, producers);
	map_refused(dev, "mmap: the consumers and what follows for writing are refused", data - consumers + PAGE, rw, MAP_SHARED, consumers);
	map_refused(dev, "mmap: what is before the consumers and they for writing are refused", 2 * PAGE, rw, MAP_SHARED, consumers - PAGE);
	map_refused(dev, "mmap: from the consumers on all for writing is refused", info->mapping_size - consumers, rw, MAP_SHARED, consumers);
	map_refused(dev, "mmap: beyond the end is refused", PAGE, PROT_READ, MAP_SHARED, info->mapping_size);
	map_refused(dev, "mmap: far beyond the end is refused", PAGE, PROT_READ, MAP_SHARED, 1ll << 42);
	map_refused(dev, "mmap: over the end is refused", 2 * PAGE, PROT_READ, MAP_SHARED, info->mapping_size - PAGE);
	map_refused(dev, "mmap: one page more than all is refused", info->mapping_size + PAGE, PROT_READ, MAP_SHARED, 0);
	map_refused(dev, "mmap: executable pages are refused", PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, 0);
	map_refused(dev, "mmap: a private copy is refused", PAGE, rw, MAP_PRIVATE, 0);

	check(mprotect(dev->map, PAGE, rw) != 0, "mprotect: the info page does not become writable", "it did");
	check(mprotect(dev->map + producers, PAGE, rw) != 0, "mprotect: the producers do not become writable", "they did");
	check(mprotect(dev->map + data, PAGE, PROT_WRITE) != 0,
	      "mprotect: records do not become writable", "they did");
	check(mprotect(dev->consumer, PAGE, PROT_READ | PROT_EXEC) != 0, "mprotect: the consumers do not become executable", "they did");
	check(mremap(dev->consumer, PAGE, data - consumers + PAGE, MREMAP_MAYMOVE) == MAP_FAILED, "mremap: the consumers do not grow",
	      "they did");

	page = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, dev->fd, data + PAGE);
	check(page != MAP_FAILED && (*(volatile unsigned char *)page, true), "mmap: a page of records can be read", "%s", strerror(errno));

	/* The way of a debugger, which writes where the program itself may not. */
	memory = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	check(memory >= 0 && pwrite(memory, "x", 1, (off_t)(uintptr_t)dev->map) != 1, "/proc/self/mem: the info page cannot be written",
	      "it was written");
	close(memory);
}

static void ioctl_fails(int fd, const char *name, unsigned long number, void *argument, int expected)
{
	int result = ioctl(fd, number, argument), seen = errno;

	check(result < 0 && seen == expected, name, "expected errno %d, saw result %d, errno %d", expected, result, seen);
}

static void ioctls(struct device *dev)
{
	u32 none = 0, huge = ~0u, many = dev->info.ring_records + 1, fair = 64;
	void *kernel = (void *)KERNEL_FIRST;

	ioctl_fails(dev->fd, "ioctl: an unknown number is refused", 0x80e8b77fu, &dev->info, ENOTTY);
	ioctl_fails(dev->fd, "ioctl: the right number of another size is refused", 0x8008b701u, &dev->info, ENOTTY);
	ioctl_fails(dev->fd, "ioctl: number 0 is refused", 0, NULL, ENOTTY);
	ioctl_fails(dev->fd, "ioctl: info to nowhere fails", KML_IOC_INFO, NULL, EFAULT);
	ioctl_fails(dev->fd, "ioctl: info to a kernel address fails", KML_IOC_INFO, kernel, EFAULT);
	ioctl_fails(dev->fd, "ioctl: info to a read-only page fails", KML_IOC_INFO, dev->map, EFAULT);
	ioctl_fails(dev->fd, "ioctl: a watermark from nowhere fails", KML_IOC_WATERMARK, NULL, EFAULT);
	ioctl_fails(dev->fd, "ioctl: a watermark from a kernel address fails", KML_IOC_WATERMARK, kernel, EFAULT);
	ioctl_fails(dev->fd, "ioctl: a watermark of 0 is refused", KML_IOC_WATERMARK, &none, EINVAL);
	ioctl_fails(dev->fd, "ioctl: a watermark over the ring is refused", KML_IOC_WATERMARK, &many, EINVAL);
	ioctl_fails(dev->fd, "ioctl: the largest watermark is refused", KML_IOC_WATERMARK, &huge, EINVAL);
	check(!ioctl(dev->fd, KML_IOC_WATERMARK, &fair), "ioctl: a fair watermark is taken", "%s", strerror(errno));
}

/* What a child without privileges finds: with the file it inherited, and without. */
static int unprivileged(struct device *dev, const char *model)
{
	int fd;

	if (setgid(65534) || setuid(65534))
		return 1;
	ioctl_fails(dev->fd, "no privileges: ioctl on an inherited file is refused", KML_IOC_INFO, &dev->info, EPERM);
	fd = device_open(model);
	check(fd < 0 && errno == EACCES, "no privileges: open is refused", "descriptor %d, errno %d", fd, errno);
	return 0;
}

static void others(struct device *dev, const char *model)
{
	char byte = 0;
	int status = -1, fd;
	pid_t child;

	fd = device_open(model);
	check(fd < 0 && errno == EBUSY, "a second opener is refused as busy", "descriptor %d, errno %d", fd, errno);
	check(read(dev->fd, &byte, 1) < 0, "read() is refused", "it gave data");
	check(write(dev->fd, &byte, 1) < 0, "write() is refused", "it took data");

	fflush(stdout);
	child = fork();
	if (!child)
		_exit(unprivileged(dev, model));
	check(child > 0 && waitpid(child, &status, 0) == child && status == 0, "a child without privileges could be tried", "status %d", status);
}

static void read_disk(int disk, unsigned char *block, unsigned int count)
{
	while (count--)
		if (pread(disk, block, PAGE, count * (off_t)PAGE) != (ssize_t)PAGE)
			check(false, "the disk can be read", "%s", strerror(errno));
}

static u64 heads(const struct device *dev, u64 *dropped)
{
	u64 sum = 0;
	u32 cpu;

	*dropped = 0;
	for (cpu = 0; cpu < dev->info.cpus; cpu++) {
		sum += dev->producer[cpu].head;
		*dropped += dev->producer[cpu].dropped;
	}
	return sum;
}

/* Fills the rings with each nonsense in the tails, and sees that producers go on and nothing is lost but records of this consumer. */
static void tails(struct device *dev, const char *model, int disk, unsigned char *block)
{
	static const char * const names[] = {
		"tail: beyond the head", "tail: far beyond the head", "tail: a ring and more behind", "tail: all ones", "tail: a negative number",
	};
	unsigned int reads = 2 * dev->info.cpus * dev->info.ring_records;
	unsigned int i;
	u32 cpu;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		u64 head, dropped, head_after, dropped_after, produced, bad;
		char name[128];

		device_drain(dev);
		read_disk(disk, block, 4);
		produced = counter(model, "ring/produced");
		bad = counter(model, "ring/bad_tail");
		head = heads(dev, &dropped);
		for (cpu = 0; cpu < dev->info.cpus; cpu++) {
			u64 at = dev->producer[cpu].head;
			u64 nonsense[] = { at + 2 * dev->info.ring_records, at + (1ull << 40), at - dev->info.ring_records - 1, ~0ull, 1ull << 63 };

			__atomic_store_n(&dev->consumer[cpu].tail, nonsense[i], __ATOMIC_RELEASE);
		}
		read_disk(disk, block, reads);
		usleep(200000);
		head_after = heads(dev, &dropped_after);
		snprintf(name, sizeof(name), "%s: records go on being made", names[i]);
		check(counter(model, "ring/produced") - produced == reads, name, "expected %u more, saw %llu", reads,
		      counter(model, "ring/produced") - produced);
		snprintf(name, sizeof(name), "%s: each is kept or counted as lost", names[i]);
		check(head_after - head + dropped_after - dropped == reads, name, "%llu kept, %llu lost", head_after - head, dropped_after - dropped);
		snprintf(name, sizeof(name), "%s: no more than a ring is kept", names[i]);
		check(head_after - head <= dev->info.cpus * dev->info.ring_records, name, "%llu kept", head_after - head);
		snprintf(name, sizeof(name), "%s: it is counted", names[i]);
		check(counter(model, "ring/bad_tail") > bad, name, "still %llu", bad);
	}
	device_drain(dev);
	read_disk(disk, block, 16);
	usleep(200000);
	check(device_drain(dev) == 16, "a consumer that mends its ways receives again", "not 16 records");
}

/* Bytes of the mapping up to the records of the last CPU that is there. */
static u64 readable(const struct device *dev)
{
	return dev->info.data_offset + sysconf(_SC_NPROCESSORS_ONLN) * dev->info.data_stride;
}

/*
 * Whatever the mapping shows, none of it looks like an address of the kernel. For a model without negative numbers, which look like one where two
 * of 32 bits meet.
 */
int addresses(const char *model)
{
	u64 i, seen = 0, at = 0;
	struct device dev;
	const u64 *words;

	if (!device_map(&dev, model)) {
		check(false, "the device opens", "%s", strerror(errno));
		return 1;
	}
	words = (const u64 *)dev.map;
	for (i = 0; i < readable(&dev) / sizeof(*words); i++)
		if (words[i] >= KERNEL_FIRST && words[i] < KERNEL_LAST && !seen++)
			at = i * sizeof(*words);
	check(!seen, "no kernel address is visible in the mapping", "%llu words, the first at %llu: %llx", seen, at, words[at / 8]);
	return 0;
}

int hostile(const char *model, const char *disk)
{
	unsigned char *block;
	struct device dev;
	int fd;

	fd = open(disk, O_RDONLY | O_DIRECT | O_CLOEXEC);
	if (fd < 0 || posix_memalign((void **)&block, PAGE, PAGE) || !device_map(&dev, model)) {
		check(false, "disk and device open", "%s", strerror(errno));
		return 1;
	}
	mappings(&dev);
	ioctls(&dev);
	others(&dev, model);
	tails(&dev, model, fd, block);
	return 0;
}
