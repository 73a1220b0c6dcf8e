/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Dense layers in the order of evaluation that every engine keeps.
 *
 * Wide layers, W[in][out] with out padded to a multiple of 16: output o is
 *	((b[o] + W[0][o] x[0]) + W[1][o] x[1]) + ...
 * and vectors run across outputs.
 *
 * Narrow layers (fewer than eight outputs), W[out][in] with in padded to a
 * multiple of 16: lane l of 16 sums the products of inputs l, l + 16, ... from
 * 0, then lane l takes lane l + 8, then l + 4, l + 2, l + 1, then the bias.
 *
 * Sizes are compile-time constants at every call and everything is inlined, so
 * a caller keeps its accumulators in registers. Vectors are of KML_LANES
 * floats; a block is 16 floats. Loads assume no alignment, but are fastest
 * when the weights begin on a cache line.
 */
#ifndef KML_DENSE_H
#define KML_DENSE_H

#include "kml_math.h"

#if !defined(__clang__) && !defined(__CHECKER__) && __GNUC__ < 12
#error "build float objects with gcc 12 or later, or clang: __builtin_shufflevector is younger than this one"
#endif

/* Vectors in a block of 16. */
#define KML_BLOCK	(16 / KML_LANES)

/* Blocks whose accumulators fit the register file together. */
#define KML_GROUP	(KML_LANES >= 16 ? 8 : KML_LANES >= 8 ? 4 : KML_LANES >= 4 ? 2 : 1)

#define KML_GROUP_VECTORS	(KML_GROUP * KML_BLOCK)

/* The name of a function that is compiled once an instruction set. */
#ifndef KML_SET
#define KML_SET		scalar
#endif
#define KML_PASTE(a, b)		a##_##b
#define KML_NAMED(name, set)	KML_PASTE(name, set)
#define KML_ISA(name)		KML_NAMED(name, KML_SET)

typedef float kml_v4 __attribute__((vector_size(16)));
typedef float kml_v8 __attribute__((vector_size(32)));
typedef float kml_v4_unaligned __attribute__((vector_size(16), aligned(4), __may_alias__));
typedef float kml_vf_unaligned __attribute__((vector_size(4 * KML_LANES), aligned(4), __may_alias__));

/* The 16 lanes of a narrow output. */
struct kml_lanes {
	kml_vf v[KML_BLOCK];
};

KML_INLINE kml_vf kml_load(const float *p)
{
	return *(const kml_vf_unaligned *)p;
}

KML_INLINE void kml_store(float *p, kml_vf x)
{
	*(kml_vf_unaligned *)p = x;
}

/* x < 0 ? 0 : x, so that -0 and NaN stay what they are. */
KML_INLINE kml_vf kml_vrelu(kml_vf x)
{
	return KML_AS_FLOAT(KML_AS_INT(x) & ~(x < 0.0f));
}

/* acc[blocks * 16] = b + W x, at one group of outputs of a wide layer of width stride. */
KML_INLINE void kml_wide(kml_vf *acc, int blocks, const float *w, int stride,
			 const float *b, const float *x, int in)
{
	int i, v;

#pragma GCC unroll 16
	for (v = 0; v < blocks * KML_BLOCK; v++)
		acc[v] = kml_load(b + v * KML_LANES);
	for (i = 0; i < in; i++) {
#pragma GCC unroll 16
		for (v = 0; v < blocks * KML_BLOCK; v++)
			acc[v] += kml_load(w + i * stride + v * KML_LANES) * kml_splat(x[i]);
	}
}

/* sum += w x over one block of inputs, of which the first n count. */
KML_INLINE void kml_narrow(struct kml_lanes *sum, const float *w, const kml_vf *x, int n)
{
	kml_vf product;
	kml_vi counts;
	int v, l;

#pragma GCC unroll 16
	for (v = 0; v < KML_BLOCK; v++) {
		product = kml_load(w + v * KML_LANES) * x[v];
		if (n < (v + 1) * KML_LANES) {
#pragma GCC unroll 16
			for (l = 0; l < KML_LANES; l++)
				counts[l] = v * KML_LANES + l < n ? -1 : 0;
			product = KML_AS_FLOAT(KML_AS_INT(product) & counts);
		}
		sum->v[v] += product;
	}
}

/* The upper half of the tree: 16 lanes to 4. */
KML_INLINE kml_v4 kml_fold(const struct kml_lanes *sum)
{
#if KML_LANES == 16
	kml_v8 h = __builtin_shufflevector(sum->v[0], sum->v[0], 0, 1, 2, 3, 4, 5, 6, 7) +
		   __builtin_shufflevector(sum->v[0], sum->v[0], 8, 9, 10, 11, 12, 13, 14, 15);
#elif KML_LANES == 8
	kml_v8 h = sum->v[0] + sum->v[1];
#elif KML_LANES == 4
	return (sum->v[0] + sum->v[2]) + (sum->v[1] + sum->v[3]);
#else
	kml_v4 q;
	int l;

	for (l = 0; l < 4; l++)
		q[l] = (sum->v[l][0] + sum->v[l + 8][0]) + (sum->v[l + 4][0] + sum->v[l + 12][0]);
	return q;
#endif
#if KML_LANES >= 8
	return __builtin_shufflevector(h, h, 0, 1, 2, 3) + __builtin_shufflevector(h, h, 4, 5, 6, 7);
#endif
}

/* The lower half, of four outputs at once: element k is (q[0] + q[2]) + (q[1] + q[3]) of qk. */
KML_INLINE kml_v4 kml_fold4(kml_v4 q0, kml_v4 q1, kml_v4 q2, kml_v4 q3)
{
	kml_v4 a = __builtin_shufflevector(q0, q1, 0, 4, 1, 5) +
		   __builtin_shufflevector(q0, q1, 2, 6, 3, 7);
	kml_v4 b = __builtin_shufflevector(q2, q3, 0, 4, 1, 5) +
		   __builtin_shufflevector(q2, q3, 2, 6, 3, 7);

	return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
}

/* y[16] = tree(sum) + b for fewer than eight outputs; what lies behind them is 0 or repeats. */
KML_INLINE void kml_finish(float *y, const struct kml_lanes *sum, const float *b, int outputs)
{
	kml_v4 q0, q1, q2, q3;
	int k;

#pragma GCC unroll 4
	for (k = 0; k < 16; k += 4) {
		if (k >= outputs) {
			*(kml_v4_unaligned *)(y + k) = (kml_v4){ 0.0f };
			continue;
		}
		q0 = kml_fold(&sum[k]);
		q1 = k + 1 < outputs ? kml_fold(&sum[k + 1]) : q0;
		q2 = k + 2 < outputs ? kml_fold(&sum[k + 2]) : q0;
		q3 = k + 3 < outputs ? kml_fold(&sum[k + 3]) : q1;
		*(kml_v4_unaligned *)(y + k) =
			kml_fold4(q0, q1, q2, q3) + *(const kml_v4_unaligned *)(b + k);
	}
}

/* The index of the greatest of n scores, the lowest among equals. */
KML_INLINE unsigned int kml_argmax(const float *y, int n)
{
	float best = y[0];
	unsigned int at = 0;
	int i;

	for (i = 1; i < n; i++) {
		if (y[i] > best) {
			best = y[i];
			at = i;
		}
	}
	return at;
}
#endif
