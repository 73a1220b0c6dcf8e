using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>
/// Where a ring stands, in user space, as the module compiles it: at each read of a position that is not the last, the ring moves on. On a running
/// machine that takes an interrupt in the right nanosecond.
/// </summary>
public class RingTests
{
    private const string Kernel = """
        #pragma once
        #include <assert.h>
        #include <stdbool.h>
        #include <stddef.h>
        /* Between any two reads of anything: what another processor does meanwhile. */
        static void meanwhile(void);
        #define READ_ONCE(x) ({ __typeof__(x) now_ = *(const volatile __typeof__(x) *)&(x); meanwhile(); now_; })
        #define smp_load_acquire(p) READ_ONCE(*(p))
        #define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
        #define smp_store_release(p, v) WRITE_ONCE(*(p), v)
        #define smp_mb() meanwhile()
        #define __init
        #define DEFINE_PER_CPU(type, name) type name
        #define this_cpu_ptr(p) (p)
        #define per_cpu_ptr(p, cpu) ((void)(cpu), (p))
        #define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < 1; (cpu)++)
        #define smp_processor_id() 0
        #define local_irq_save(flags) ((flags) = 0)
        #define local_irq_restore(flags) ((void)(flags))
        struct irq_work { void (*run)(struct irq_work *work); };
        #define IRQ_WORK_INIT(function) { .run = (function) }
        #define irq_work_queue(work) ((work)->run(work))
        #define irq_work_sync(work) ((void)(work))
        #define DECLARE_WAIT_QUEUE_HEAD(name) int name
        #define wq_has_sleeper(queue) (*(queue))
        #define wake_up_interruptible(queue) ((void)(queue))
        typedef int poll_table;
        struct file;
        struct page;
        #define poll_wait(file, queue, table) ((void)(file), (void)(queue), (void)(table))
        #define smp_call_function_single(cpu, function, info, wait) ((function)(info), 0)
        """;

    private const string Counters = """
        #pragma once
        enum kml_counter { KML_COUNT_PRODUCED, KML_COUNT_DROPPED, KML_COUNT_BAD_TAIL };
        static unsigned long long counted[3];
        #define kml_count_add(counter, n) (counted[counter] += (n))
        #define kml_count(counter) kml_count_add(counter, 1)
        """;

    private const string Main = """
        #include <stdio.h>
        #include "kml_ring.c"

        static struct kml_record memory[KML_RING_RECORDS], record;
        static struct kml_producer producer;
        static struct kml_consumer consumer;
        static int until = -1;	/* so many reads until the ring moves, once */

        static void push(int records)
        {
        	while (records--)
        		kml_ring_push(&record);
        }

        /* By as much as fits, all of which is taken at once. */
        static void meanwhile(void)
        {
        	if (until < 0 || until--)
        		return;
        	until = -1;
        	push(50);
        	consumer.tail = kml_rings.head;
        	push(20);
        }

        static void start(void)
        {
        	until = -1;
        	kml_rings = (struct kml_ring){ .memory = memory };
        	consumer.tail = 0;
        	kml_ring_show(0);
        	push(100);
        	consumer.tail = 60;
        	push(1);
        }

        int main(void)
        {
        	struct kml_ring_span span;
        	int moment, moved = 0;

        	kml_producers = &producer;
        	kml_consumers = &consumer;
        	for (moment = 0; moment < 8; moment++) {
        		start();
        		until = moment;
        		span = kml_ring_span(0);
        		moved += until < 0;
        		if (span.tail > span.head || span.head - span.tail > KML_RING_RECORDS)
        			printf("moved at read %d: from %lld to %lld\n", moment, span.tail, span.head);
        		if ((span.head != 101 && span.head != 151 && span.head != 171) || (span.tail != 0 && span.tail != 60 && span.tail != 151))
        			printf("moved at read %d: from %lld to %lld, where the ring never was\n", moment, span.tail, span.head);

        		start();
        		until = moment;
        		if (kml_rings_poll(NULL, NULL))
        			printf("moved at read %d: never so many as the watermark, and ready\n", moment);

        		/* A probe goes on beside whoever opens the device; its last reader does not. */
        		start();
        		kml_rings.tail = 60;
        		until = -1;
        		push(30 * moment);
        		consumer.tail = moment % 2 ? 60 : 1ull << 63;
        		kml_rings_new_reader();
        		if (consumer.tail != 60)
        			printf("a new reader begins at %lld, not 60\n", consumer.tail);
        	}
        	printf("%s\n", moved >= 3 ? "moved at every read" : "never moved");
        	kml_ring_hide(0);
        	kml_rings_watermark(1);
        	kml_rings_quiet();
        	return 0;
        }
        """;

    [Fact]
    public void Where_it_stands_is_a_place_where_it_was_whenever_it_moves() =>
        StandInKernel.Run("kml_ring", Kernel, ["init", "irq_work", "percpu", "poll", "smp", "wait"], Counters, Main).ShouldBe("moved at every read\n");
}
