// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The producer's side of the rings, and where they stand. */
#include <linux/irq_work.h>
#include <linux/percpu.h>
#include <linux/poll.h>
#include <linux/smp.h>
#include <linux/wait.h>

#include "kml_counters.h"
#include "kml_ring.h"

#define DEFAULT_WATERMARK	64

static_assert((KML_RING_RECORDS & (KML_RING_RECORDS - 1)) == 0);
static_assert(sizeof(struct kml_record) % 64 == 0);

static DECLARE_WAIT_QUEUE_HEAD(waiters);
static u32 watermark = DEFAULT_WATERMARK;

/*
 * A probe runs under whatever locks its caller holds; waking takes others, so
 * it is left to an interrupt of its own. One serves all rings: what is queued
 * again before it has run runs once.
 */
static void ring_wake(struct irq_work *work)
{
	wake_up_interruptible(&waiters);
}

static struct irq_work waker = IRQ_WORK_INIT(ring_wake);

/*
 * Read the consumer's position. It only ever advances, and no further than the
 * head: any other value is counted and the last good one stays, so that a bad
 * consumer loses records of its own and nothing else.
 */
static u64 ring_tail(struct kml_ring *ring, int cpu)
{
	/* acquire: the consumer has read the records before it gives them up */
	u64 tail = smp_load_acquire(&kml_consumers[cpu].tail);

	if (ring->head - tail > ring->head - ring->tail)
		kml_count(KML_COUNT_BAD_TAIL);
	else
		/* release: no older head than this tail's: kml_ring_span() */
		smp_store_release(&ring->tail, tail);
	return ring->tail;
}

/* By the ring's writer. What has a number is in the ring, or was, or is dropped. */
static void ring_drop(struct kml_ring *ring, int cpu, u64 records)
{
	kml_count_add(KML_COUNT_DROPPED, records);
	WRITE_ONCE(kml_producers[cpu].dropped, ring->sequence - ring->head);
}

/*
 * Number the record and copy it out. Any context; interrupts are turned off, so
 * there is one producer a ring, and no other CPU takes the ring away meanwhile.
 */
static void kml_ring_push(struct kml_record *record)
{
	u32 wanted = READ_ONCE(watermark);
	struct kml_record *data;
	struct kml_ring *ring;
	unsigned long flags;
	u64 pending;
	int cpu;

	local_irq_save(flags);
	cpu = smp_processor_id();
	ring = this_cpu_ptr(&kml_rings);
	kml_count(KML_COUNT_PRODUCED);
	record->head.sequence = ring->sequence++;
	WRITE_ONCE(kml_producers[cpu].sequence, ring->sequence);

	/* pairs with the release in kml_ring_show(): the records are zeroed before */
	data = READ_ONCE(ring->data);
	pending = ring->head - ring->tail;
	if (data && (pending == KML_RING_RECORDS || pending + 1 >= wanted))
		pending = ring->head - ring_tail(ring, cpu);
	if (!data || pending == KML_RING_RECORDS) {
		ring_drop(ring, cpu, 1);
		goto out;
	}
	data[ring->head & (KML_RING_RECORDS - 1)] = *record;
	WRITE_ONCE(ring->head, ring->head + 1);
	/* release: the record is there before the head that shows it */
	smp_store_release(&kml_producers[cpu].head, ring->head);
	/* wq_has_sleeper() has the barrier that pairs with kml_rings_poll()'s */
	if (pending + 1 >= wanted && wq_has_sleeper(&waiters))
		irq_work_queue(&waker);
out:
	local_irq_restore(flags);
}

static void kml_ring_show(int cpu)
{
	struct kml_ring *ring = per_cpu_ptr(&kml_rings, cpu);

	/* release: zeroed before the producer or a reader's fault finds it */
	smp_store_release(&ring->data, ring->memory);
}

/*
 * The records that still wait go as though they had never found room: nobody
 * has seen them, for the head that showed them goes back too.
 */
static void ring_hide(int cpu)
{
	struct kml_ring *ring = per_cpu_ptr(&kml_rings, cpu);
	u64 waiting;

	if (!ring->data)
		return;
	waiting = ring->head - ring_tail(ring, cpu);
	WRITE_ONCE(ring->data, NULL);
	WRITE_ONCE(ring->head, ring->head - waiting);
	WRITE_ONCE(kml_producers[cpu].head, ring->head);
	ring_drop(ring, cpu, waiting);
}

/* An interrupt on the ring's CPU: no push of its own is under way. */
static void ring_hide_here(void *unused)
{
	ring_hide(smp_processor_id());
}

/* Process context, with CPUs held in place; on return no push uses the memory. */
static void kml_ring_hide(int cpu)
{
	if (smp_call_function_single(cpu, ring_hide_here, NULL, true))
		ring_hide(cpu);		/* it is offline, and stays so meanwhile */
}

/*
 * Process context: the kernel's head against the user's tail, checked. Each is
 * read once, so that what waits and what was taken always make up the head.
 */
static struct kml_ring_span kml_ring_span(int cpu)
{
	struct kml_ring *ring = per_cpu_ptr(&kml_rings, cpu);
	/* acquire: pairs with ring_tail(); no head is older than this tail */
	u64 good = smp_load_acquire(&ring->tail);
	/* acquire: what the consumer says it took, it took from this head or later */
	u64 head = smp_load_acquire(&ring->head);
	u64 tail = READ_ONCE(kml_consumers[cpu].tail);

	if (head - tail > head - good)
		tail = good;
	return (struct kml_ring_span){ .head = head, .tail = tail };
}

/*
 * Nobody has the device open or mapped yet: each tail is put where the last
 * reader left it, or where it was before that one spoiled it.
 */
static void kml_rings_new_reader(void)
{
	int cpu;

	WRITE_ONCE(watermark, DEFAULT_WATERMARK);
	for_each_possible_cpu(cpu)
		WRITE_ONCE(kml_consumers[cpu].tail, kml_ring_span(cpu).tail);
}

static void kml_rings_watermark(u32 records)
{
	WRITE_ONCE(watermark, records);
}

/* Whether a ring is worth reading; who asks is woken when one is. */
static bool kml_rings_poll(struct file *file, poll_table *wait)
{
	u32 wanted = READ_ONCE(watermark);
	int cpu;

	poll_wait(file, &waiters, wait);
	/* The heads are read after we are seen to wait: wq_has_sleeper(). */
	smp_mb();
	for_each_possible_cpu(cpu) {
		struct kml_ring_span span = kml_ring_span(cpu);

		if (span.head - span.tail >= wanted)
			return true;
	}
	return false;
}

/* No probe runs any more. */
static void kml_rings_quiet(void)
{
	irq_work_sync(&waker);
}
