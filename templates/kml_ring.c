// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The rings: allocated at load for every possible CPU, mapped page by page. */
#include <linux/bitops.h>
#include <linux/capability.h>
#include <linux/irq_work.h>
#include <linux/math.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>

#include "kml_compat.h"
#include "kml_counters.h"
#include "kml_ring.h"

#define DATA_SIZE	PAGE_ALIGN((size_t)KML_RING_RECORDS * sizeof(struct kml_record))
#define REGION_SIZE	(2 * PAGE_SIZE + DATA_SIZE)
#define DEFAULT_WATERMARK	64

static_assert((KML_RING_RECORDS & (KML_RING_RECORDS - 1)) == 0);
static_assert(sizeof(struct kml_record) % 64 == 0);
static_assert(KML_IOC_INFO == _IOR(KML_IOC_TYPE, 1, struct kml_info));
static_assert(KML_IOC_WATERMARK == _IOW(KML_IOC_TYPE, 2, u32));

/*
 * producer, consumer and data are the three parts of the mapped region. head,
 * sequence and tail are the kernel's own: user space can write the consumer
 * page at any time, so tail is the last value of it that made sense.
 */
struct kml_ring {
	struct kml_producer *producer;
	struct kml_consumer *consumer;
	struct kml_record *data;
	u64 head;
	u64 dropped;
	u64 sequence;
	u64 tail;
};

static DEFINE_PER_CPU(struct kml_ring, rings);
static struct kml_info *info;
static DECLARE_WAIT_QUEUE_HEAD(waiters);
static u32 watermark = DEFAULT_WATERMARK;
static unsigned long opened;

/*
 * A probe runs under whatever locks its caller holds; waking takes others, so
 * it is left to an interrupt of its own. One serves all rings: what is queued
 * again before it has run runs once.
 */
static void wake(struct irq_work *work)
{
	wake_up_interruptible(&waiters);
}

static struct irq_work waker = IRQ_WORK_INIT(wake);

/*
 * Read the consumer's position. It only ever advances, and no further than the
 * head: any other value is counted and the last good one stays, so that a bad
 * consumer loses records of its own and nothing else.
 */
static u64 ring_tail(struct kml_ring *ring, u64 head)
{
	/* acquire: the consumer has read the records before it gives them up */
	u64 tail = smp_load_acquire(&ring->consumer->tail);

	if (head - tail > head - ring->tail)
		kml_count(KML_COUNT_BAD_TAIL);
	else
		WRITE_ONCE(ring->tail, tail);
	return ring->tail;
}

/*
 * Number the record and copy it out. Any context; interrupts are turned off, so
 * there is one producer a ring.
 */
static void kml_ring_push(struct kml_record *record)
{
	struct kml_ring *ring;
	unsigned long flags;
	u64 pending;

	local_irq_save(flags);
	ring = this_cpu_ptr(&rings);
	kml_count(KML_COUNT_PRODUCED);
	record->head.sequence = ring->sequence++;
	WRITE_ONCE(ring->producer->sequence, ring->sequence);

	pending = ring->head - ring->tail;
	if (pending == KML_RING_RECORDS || pending + 1 >= READ_ONCE(watermark))
		pending = ring->head - ring_tail(ring, ring->head);
	if (pending == KML_RING_RECORDS) {
		kml_count(KML_COUNT_DROPPED);
		WRITE_ONCE(ring->producer->dropped, ++ring->dropped);
		goto out;
	}
	ring->data[ring->head & (KML_RING_RECORDS - 1)] = *record;
	WRITE_ONCE(ring->head, ring->head + 1);
	/* release: the record is there before the head that shows it */
	smp_store_release(&ring->producer->head, ring->head);
	/* wq_has_sleeper() has the barrier that pairs with ring_poll()'s */
	if (pending + 1 >= READ_ONCE(watermark) && wq_has_sleeper(&waiters))
		irq_work_queue(&waker);
out:
	local_irq_restore(flags);
}

/* Process context: the kernel's head against the user's tail, checked. */
static u64 kml_ring_pending(int cpu)
{
	struct kml_ring *ring = per_cpu_ptr(&rings, cpu);
	/* acquire, in this order: no head is older than the tail it is held to */
	u64 good = smp_load_acquire(&ring->tail);
	u64 head = smp_load_acquire(&ring->head);
	u64 tail = READ_ONCE(ring->consumer->tail);

	return min(head - tail, head - good);
}

static u64 kml_ring_consumed(int cpu)
{
	return READ_ONCE(per_cpu(rings.head, cpu)) - kml_ring_pending(cpu);
}

/*
 * One consumer at a time: the tails are shared. The last one has no mapping
 * left, so a position that it spoiled is put right here.
 */
static int ring_open(struct inode *inode, struct file *file)
{
	int cpu;

	if (test_and_set_bit_lock(0, &opened))
		return -EBUSY;
	WRITE_ONCE(watermark, DEFAULT_WATERMARK);
	for_each_possible_cpu(cpu) {
		struct kml_ring *ring = per_cpu_ptr(&rings, cpu);

		WRITE_ONCE(ring->consumer->tail,
			   READ_ONCE(ring->head) - kml_ring_pending(cpu));
	}
	return nonseekable_open(inode, file);
}

static int ring_release(struct inode *inode, struct file *file)
{
	clear_bit_unlock(0, &opened);
	return 0;
}

static __poll_t ring_poll(struct file *file, poll_table *wait)
{
	int cpu;

	poll_wait(file, &waiters, wait);
	/* The heads are read after we are seen to wait: wq_has_sleeper(). */
	smp_mb();
	for_each_possible_cpu(cpu)
		if (kml_ring_pending(cpu) >= READ_ONCE(watermark))
			return EPOLLIN | EPOLLRDNORM;
	return 0;
}

static long ring_ioctl(struct file *file, unsigned int command,
		       unsigned long argument)
{
	void __user *user = (void __user *)argument;
	u32 records;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	switch (command) {
	case KML_IOC_INFO:
		return copy_to_user(user, info, sizeof(*info)) ? -EFAULT : 0;
	case KML_IOC_WATERMARK:
		if (copy_from_user(&records, user, sizeof(records)))
			return -EFAULT;
		if (!records || records > KML_RING_RECORDS)
			return -EINVAL;
		WRITE_ONCE(watermark, records);
		return 0;
	}
	return -ENOTTY;
}

static bool is_consumer_page(unsigned long offset)
{
	return offset >= PAGE_SIZE && offset < info->mapping_size &&
	       (offset - PAGE_SIZE) % REGION_SIZE == PAGE_SIZE;
}

/* The page at an offset of the mapping, or NULL beyond its end. */
static struct page *page_at(unsigned long offset)
{
	unsigned long n = 0;
	int cpu;

	if (offset < PAGE_SIZE)
		return vmalloc_to_page(info);
	offset -= PAGE_SIZE;
	for_each_possible_cpu(cpu)
		if (n++ == offset / REGION_SIZE)
			return vmalloc_to_page((char *)per_cpu(rings.producer, cpu) +
					       offset % REGION_SIZE);
	return NULL;
}

static vm_fault_t ring_fault(struct vm_fault *vmf)
{
	unsigned long offset = vmf->pgoff << PAGE_SHIFT;
	struct page *page = page_at(offset);

	if (!page)
		return VM_FAULT_SIGBUS;
	if (vmf->vma->vm_flags & VM_MAYWRITE && !is_consumer_page(offset))
		return VM_FAULT_SIGBUS;
	get_page(page);
	vmf->page = page;
	return 0;
}

static const struct vm_operations_struct ring_vm_ops = {
	.fault = ring_fault,
};

/*
 * Writable: a consumer page, alone. Anything else: read-only, for good. A file
 * opened for reading alone cannot be mapped: its mappings are never VM_SHARED.
 */
static int ring_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long offset = vma->vm_pgoff << PAGE_SHIFT;
	unsigned long size = vma->vm_end - vma->vm_start;
	bool writable = vma->vm_flags & VM_WRITE;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_pgoff >= info->mapping_size >> PAGE_SHIFT ||
	    size > info->mapping_size - offset)
		return -EINVAL;
	if (writable && (size != PAGE_SIZE || !is_consumer_page(offset)))
		return -EPERM;
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	kml_vm_flags_mod(vma, VM_DONTEXPAND | VM_DONTDUMP,
			 writable ? VM_MAYEXEC : VM_MAYEXEC | VM_MAYWRITE);
	vma->vm_ops = &ring_vm_ops;
	return 0;
}

static const struct file_operations kml_ring_fops = {
	.owner = THIS_MODULE,
	.open = ring_open,
	.release = ring_release,
	.poll = ring_poll,
	.unlocked_ioctl = ring_ioctl,
	.mmap = ring_mmap,
};

static void info_fill(void)
{
	*info = (struct kml_info){
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
		.cpus = num_possible_cpus(),
		.ring_records = KML_RING_RECORDS,
		.has_weights = KML_HAS_WEIGHTS,
		.weights_version = KML_WEIGHTS_VERSION,
		.has_integer = KML_HAS_INTEGER,
		.cpu_base = PAGE_SIZE,
		.cpu_stride = REGION_SIZE,
		.consumer_offset = PAGE_SIZE,
		.data_offset = 2 * PAGE_SIZE,
		.model = KML_MODEL_NAME,
		.fingerprint = KML_FINGERPRINT,
	};
	info->mapping_size = PAGE_SIZE + info->cpus * REGION_SIZE;
}

static int kml_rings_init(void)
{
	int cpu;

	info = vmalloc_user(PAGE_SIZE);
	if (!info)
		return -ENOMEM;
	info_fill();
	for_each_possible_cpu(cpu) {
		struct kml_ring *ring = per_cpu_ptr(&rings, cpu);
		char *region = vmalloc_user(REGION_SIZE);

		if (!region) {
			kml_rings_exit();
			return -ENOMEM;
		}
		ring->producer = (struct kml_producer *)region;
		ring->consumer = (struct kml_consumer *)(region + PAGE_SIZE);
		ring->data = (struct kml_record *)(region + 2 * PAGE_SIZE);
	}
	return 0;
}

/* No probe runs any more and nobody has the device open. */
static void kml_rings_exit(void)
{
	int cpu;

	irq_work_sync(&waker);
	for_each_possible_cpu(cpu)
		vfree(per_cpu(rings.producer, cpu));
	vfree(info);
}
