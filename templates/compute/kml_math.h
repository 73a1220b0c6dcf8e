/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * exp, log, log2, tanh and sigmoid that give the same bits on every engine.
 *
 * Every function is a fixed sequence of IEEE-754 single operations, rounded to
 * nearest even and never contracted: build with the flags of kml_ieee.h. The
 * C# class KmlMath performs the same sequence.
 *
 * No result is further than 2 units in its last place from the exact one,
 * denormal results included: KmlCompiler's `make test-math` tries every
 * argument. A NaN argument gives the canonical NaN (0x7fc00000).
 *
 * All is elementwise on vectors of KML_LANES floats: 1 (scalar), 4 (SSE2),
 * 8 (AVX2) or 16 (AVX-512). The lane count never changes a result.
 *
 * Context: any in which the caller may use the vector registers.
 */
#ifndef KML_MATH_H
#define KML_MATH_H

#include "kml_ieee.h"

#ifndef KML_LANES
#define KML_LANES 1
#endif

#define KML_INLINE static inline __attribute__((__always_inline__, __unused__))

typedef float kml_vf __attribute__((vector_size(4 * KML_LANES)));
typedef __INT32_TYPE__ kml_vi __attribute__((vector_size(4 * KML_LANES)));

/* The same bits read as another type: for vectors a cast converts nothing. */
#define KML_AS_INT(x)	((kml_vi)(x))
#define KML_AS_FLOAT(x)	((kml_vf)(x))

/* The bit of the sign. */
#define KML_SIGN	(-0x7fffffff - 1)

/* x in every lane: no arithmetic, so that no bit of it changes. */
KML_INLINE kml_vf kml_splat(float x)
{
#if KML_LANES == 16
	return (kml_vf){ x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x };
#elif KML_LANES == 8
	return (kml_vf){ x, x, x, x, x, x, x, x };
#elif KML_LANES == 4
	return (kml_vf){ x, x, x, x };
#else
	return (kml_vf){ x };
#endif
}

/* mask ? a : b, lane by lane; a lane of mask is all ones or all zeros. */
KML_INLINE kml_vf kml_select(kml_vi mask, kml_vf a, kml_vf b)
{
	return KML_AS_FLOAT((KML_AS_INT(a) & mask) | (KML_AS_INT(b) & ~mask));
}

KML_INLINE kml_vf kml_abs(kml_vf x)
{
	return KML_AS_FLOAT(KML_AS_INT(x) & ~KML_SIGN);
}

/* Every NaN becomes the one NaN; all else is unchanged. */
KML_INLINE kml_vf kml_canonical(kml_vf x)
{
	kml_vi nan = x != x;

	return KML_AS_FLOAT((KML_AS_INT(x) & ~nan) | (nan & 0x7fc00000));
}

/* The bits of 2^n in a float, for n in [-126, 127]. */
KML_INLINE kml_vf kml_exp2i(kml_vi n)
{
	return KML_AS_FLOAT((n + 127) << 23);
}

/*
 * x = n ln 2 + r, |r| <= ln 2 / 2, for |x| < 2^15. Stores n, and gives e^r - 1
 * as the sum of two: high is x less n times the high part of ln 2, and exact;
 * low, which is returned, is small, and so are its errors.
 *
 * Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits. The
 * high part of ln 2 has nine significant bits, so that its product with n is
 * exact. The polynomial is taken in pairs of terms, which shortens the chain of
 * operations; it is exact at 0, +-0.24 and +-0.33, and so best where the
 * results of tanh have the least room, just below 1/8 and 1/4.
 */
KML_INLINE kml_vf kml_expm1_reduced(kml_vf x, kml_vi *n, kml_vf *high)
{
	kml_vf shifted = x * 1.44269502f + 12582912.0f;
	kml_vf k = shifted - 12582912.0f;
	kml_vf h = x - k * 0.693359375f;
	kml_vf l = k * 0.000212194442f;
	kml_vf r = h + l;
	kml_vf r2 = r * r;
	kml_vf p = 0.00139302423f * r2 + (0.00836642832f * r + 0.0416665114f);

	p = p * r2 + (0.16666542f * r + 0.5f);
	*n = KML_AS_INT(shifted) - 0x4b400000;
	*high = h;
	return p * r2 + l;
}

/* e^x for x in [-104, 89]; two factors, so that 2^128 and denormals come out right. */
KML_INLINE kml_vf kml_exp_clamped(kml_vf x)
{
	kml_vi n;
	kml_vf high;
	kml_vf low = kml_expm1_reduced(x, &n, &high);
	kml_vf p = (low + high) + 1.0f;
	kml_vi half = n >> 1;

	return p * kml_exp2i(half) * kml_exp2i(n - half);
}

/* e^x. Overflows to infinity above 88.72, is 0 below -103.97. */
KML_INLINE kml_vf kml_vexp(kml_vf x)
{
	x = kml_select(x > 89.0f, kml_splat(89.0f), x);
	x = kml_select(x < -104.0f, kml_splat(-104.0f), x);
	return kml_exp_clamped(x);
}

/*
 * 1 / (1 + e^-x), from e = e^-|x|, which cannot overflow. With q = e / (1 + e)
 * that is 1 - q, and on the negative side e - e q: q has three roundings, which
 * weigh the less the smaller it is, where q itself would have them whole.
 */
KML_INLINE kml_vf kml_vsigmoid(kml_vf x)
{
	kml_vf a = -kml_abs(x);
	kml_vf e = kml_exp_clamped(kml_select(a < -104.0f, kml_splat(-104.0f), a));
	kml_vf q = e / (e + 1.0f);
	kml_vf s = kml_select(x < 0.0f, e, kml_splat(1.0f));

	return s - s * q;
}

/*
 * tanh |x| = m / (m + 2) with m = e^(2|x|) - 1, which keeps small arguments
 * exact; or its negative, with m = e^(-2|x|) - 1. The second where the result
 * is below 1/8 (0x3e00b780 is 0.1257): there m + 2 is rounded to finer bits, and
 * above it m is, against those of the result.
 */
KML_INLINE kml_vf kml_vtanh(kml_vf x)
{
	kml_vf a = kml_abs(x);
	kml_vf b = a * 2.0f;
	kml_vi turned = (KML_AS_INT(a) - 0x3e00b780) & KML_SIGN;
	kml_vi n;
	kml_vf high, low, scale, m, q;

	b = kml_select(b > 20.0f, kml_splat(20.0f), b);
	low = kml_expm1_reduced(KML_AS_FLOAT(KML_AS_INT(b) ^ turned), &n, &high);
	scale = kml_exp2i(n);
	m = (scale * high + (scale - 1.0f)) + scale * low;
	q = m / (m + 2.0f);

	return KML_AS_FLOAT((KML_AS_INT(q) & ~KML_SIGN) | (KML_AS_INT(x) & KML_SIGN));
}

/*
 * x = 2^k (1 + f), with 1 + f between the square roots of 1/2 and 2, where x is
 * positive and finite. Stores k and f, and returns ln(1 + f) - f + f^2 / 2.
 */
KML_INLINE kml_vf kml_log_reduced(kml_vf x, kml_vf *k, kml_vf *f)
{
	kml_vi denormal = x < 1.17549435e-38f;
	kml_vi bits = KML_AS_INT(kml_select(denormal, x * 8388608.0f, x));
	kml_vi e = (bits - 0x3f3504f3) >> 23;
	kml_vf g = KML_AS_FLOAT(bits - (e << 23)) - 1.0f;
	kml_vf p = 0.0697161183f * g - 0.114797339f;

	e = e - (denormal & 23);
	*k = KML_AS_FLOAT(e + 0x4b400000) - 12582912.0f;
	*f = g;

	p = p * g + 0.116854198f;
	p = p * g - 0.124256872f;
	p = p * g + 0.142490581f;
	p = p * g - 0.166678026f;
	p = p * g + 0.200007156f;
	p = p * g - 0.24999997f;
	p = p * g + 0.333333313f;
	return p * g * (g * g);
}

/* Whether x has a logarithm that must be computed. */
KML_INLINE kml_vi kml_log_finite(kml_vf x)
{
	return (x > 0.0f) & (x <= 3.40282347e+38f);
}

/* The logarithm of any x, given that of those that are positive and finite. */
KML_INLINE kml_vf kml_log_of_all(kml_vf x, kml_vf value)
{
	value = kml_select(kml_log_finite(x), value, x);
	value = kml_select(x == 0.0f, kml_splat(-__builtin_inff()), value);
	return kml_select(x < 0.0f, kml_splat(__builtin_nanf("")), value);
}

/* ln x. -infinity at either zero, NaN below. */
KML_INLINE kml_vf kml_vlog(kml_vf x)
{
	kml_vf k, f;
	kml_vf p = kml_log_reduced(kml_select(kml_log_finite(x), x, kml_splat(1.0f)), &k, &f);

	p = p - k * 0.000212194442f;
	p = p - 0.5f * (f * f);
	return kml_log_of_all(x, (p + f) + k * 0.693359375f);
}

/* The logarithm of x to base 2: ln(1 + f) / ln 2, with 1 / ln 2 as 1 + 0.4427 so that f keeps its bits, and k. */
KML_INLINE kml_vf kml_vlog2(kml_vf x)
{
	kml_vf k, f;
	kml_vf p = kml_log_reduced(kml_select(kml_log_finite(x), x, kml_splat(1.0f)), &k, &f);

	p = p - 0.5f * (f * f);
	p = f * 0.442695051f + (p * 0.442695051f + p);
	return kml_log_of_all(x, (p + f) + k);
}

/* The same on one number; a NaN comes out canonical. */
KML_INLINE float kml_exp(float x)
{
	return kml_canonical(kml_vexp(kml_splat(x)))[0];
}

KML_INLINE float kml_log(float x)
{
	return kml_canonical(kml_vlog(kml_splat(x)))[0];
}

KML_INLINE float kml_log2(float x)
{
	return kml_canonical(kml_vlog2(kml_splat(x)))[0];
}

KML_INLINE float kml_sigmoid(float x)
{
	return kml_canonical(kml_vsigmoid(kml_splat(x)))[0];
}

KML_INLINE float kml_tanh(float x)
{
	return kml_canonical(kml_vtanh(kml_splat(x)))[0];
}
#endif
