/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Dense layers without floating point: 16-bit inputs and weights, 32-bit sums,
 * an affine change of scale an output. Whoever makes the weights guarantees
 * that no sum leaves 32 bits.
 *
 * Context: any.
 */
#ifndef KML_INT_H
#define KML_INT_H

#include "kml_arith.h"

/* v -> (v * mul + add) >> shift in 64 bits; |mul| <= 2^30, |add| <= 2^62. */
struct kml_affine {
	kml_s64 add;
	kml_s32 mul;
	kml_s32 shift;
};

KML_INLINE kml_s64 kml_apply(const struct kml_affine *map, kml_s32 v)
{
	return ((kml_s64)v * map->mul + map->add) >> (map->shift & 63);
}

KML_INLINE kml_s32 kml_clamp_to_s32(kml_s64 v)
{
	if (v > 0x7fffffff)
		return 0x7fffffff;
	if (v < -0x7fffffff - 1)
		return -0x7fffffff - 1;
	return (kml_s32)v;
}

KML_INLINE kml_s16 kml_clamp_to_s16(kml_s64 v)
{
	if (v > 0x7fff)
		return 0x7fff;
	if (v < -0x8000)
		return -0x8000;
	return (kml_s16)v;
}

/*
 * Two outputs at once: w holds even + 2^32 odd, and so does the sum. One
 * 64-bit multiplication makes two products; the even sum is the low half, and
 * if it is negative it has borrowed one from the odd sum.
 */
KML_INLINE void kml_int_pair(kml_s32 *sum, kml_s64 b, const kml_s64 *w, const kml_s16 *x, int in)
{
	kml_u64 both = (kml_u64)b;
	int i;

	for (i = 0; i < in; i++)
		both += (kml_u64)w[i] * (kml_u64)x[i];
	sum[0] = (kml_s32)both;
	sum[1] = (kml_s32)((both - (kml_u64)(kml_s64)sum[0]) >> 32);
}

/* A table of 512 steps over all 16-bit values, linear in between. */
KML_INLINE kml_s16 kml_lookup(const kml_s16 *table, kml_s16 y)
{
	kml_s32 position = y + 32768;
	const kml_s16 *step = table + (position >> 7);

	return (kml_s16)(step[0] + (((step[1] - step[0]) * (position & 127) + 64) >> 7));
}

/* The index of the greatest of n scores, the lowest among equals. */
KML_INLINE kml_u32 kml_int_argmax(const kml_s32 *y, int n)
{
	kml_u32 best = 0;
	int i;

	for (i = 1; i < n; i++) {
		if (y[i] > y[best])
			best = i;
	}
	return best;
}
#endif
