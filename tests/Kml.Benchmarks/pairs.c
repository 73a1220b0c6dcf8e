// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Times pairs of functions in turns, on one pinned core: batches of ours and of
 * the reference alternate, so that a noisy moment hits both. The table of pairs,
 * bench_pairs[], is generated beside this file. First both decide CHECK_ROWS
 * rows; a pair that decides more of them differently than it may ends it all.
 *
 * Prints a line a pair: case, variant, reference, and for each of the two the
 * minimum and the median of its batches in nanoseconds a call.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "pairs.h"

#define CALLS	64
#define BATCHES	6000

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static double batch(infer_fn *infer, const void *weights, const uint32_t *rows, int features)
{
	double start = now_ns();
	uint32_t out;
	int i;

	for (i = 0; i < CALLS; i++) {
		infer(weights, rows + i % BENCH_ROWS * features, &out);
		__asm__ volatile("" : : "r"(&out) : "memory");
	}
	return (now_ns() - start) / CALLS;
}

/* Rows that ours and the reference decide differently. */
static int differing(const struct bench_pair *pair)
{
	const uint32_t *row = pair->rows;
	uint32_t ours, theirs;
	int i, count = 0;

	for (i = 0; i < CHECK_ROWS; i++, row += pair->features) {
		pair->ours(pair->weights, row, &ours);
		pair->reference(pair->weights, row, &theirs);
		count += ours != theirs;
	}
	return count;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(void)
{
	static double ours[BATCHES], theirs[BATCHES];
	cpu_set_t cpus;
	unsigned int p;
	int i, differ;

	CPU_ZERO(&cpus);
	CPU_SET(sched_getcpu(), &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);

	for (p = 0; p < sizeof(bench_pairs) / sizeof(bench_pairs[0]); p++) {
		const struct bench_pair *pair = &bench_pairs[p];

		differ = differing(pair);
		if (differ > pair->may_differ) {
			fprintf(stderr, "%s, %s: %s decides %d of %d rows differently, %d may be\n", pair->name,
				pair->variant, pair->reference_name, differ, CHECK_ROWS, pair->may_differ);
			return 1;
		}
		for (i = 0; i < BATCHES; i++) {
			ours[i] = batch(pair->ours, pair->weights, pair->rows, pair->features);
			theirs[i] = batch(pair->reference, pair->weights, pair->rows, pair->features);
		}
		qsort(ours, BATCHES, sizeof(ours[0]), ascending);
		qsort(theirs, BATCHES, sizeof(theirs[0]), ascending);
		printf("%s\t%s\t%s\t%.2f\t%.2f\t%.2f\t%.2f\n", pair->name, pair->variant, pair->reference_name,
		       ours[0], ours[BATCHES / 2], theirs[0], theirs[BATCHES / 2]);
	}
	return 0;
}
