// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The draw of the hold-out. It wants an even share, and no secret: a generator
 * a CPU, seeded once. get_random_u32() is for any context only where locks spin;
 * on PREEMPT_RT it takes one that sleeps.
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/math.h>
#include <linux/percpu.h>
#include <linux/prandom.h>

#include "kml_holdout.h"

static DEFINE_PER_CPU(struct rnd_state, holdout_random);

/* Process context, before any probe is attached. */
static void __init kml_holdout_init(void)
{
	prandom_seed_full_state(&holdout_random);
}

/*
 * True for percent of all calls. Any context: with interrupts off neither a
 * probe in an interrupt nor a move to another CPU finds the state half stepped.
 */
static bool kml_holdout_draw(unsigned int percent)
{
	unsigned long flags;
	u32 random;

	local_irq_save(flags);
	random = prandom_u32_state(this_cpu_ptr(&holdout_random));
	local_irq_restore(flags);
	return reciprocal_scale(random, 100) < percent;
}
