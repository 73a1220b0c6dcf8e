/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * exp, log, tanh and sigmoid that give the same bits on every engine.
 *
 * Every function is a fixed sequence of IEEE-754 single operations, rounded to
 * nearest even and never contracted: build with the flags of kml_ieee.h. The
 * C# class KmlMath performs the same sequence.
 *
 * Largest error over all arguments, denormal results included: exp 1.1 ulp,
 * log 0.9 ulp, sigmoid 2.5 ulp, tanh 2.6 ulp. A NaN argument gives the
 * canonical NaN (0x7fc00000).
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
	return KML_AS_FLOAT(KML_AS_INT(x) & 0x7fffffff);
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
 * x = n ln 2 + r, |r| <= ln 2 / 2, for |x| < 2^15. Returns e^r - 1 and stores n.
 * Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits. The
 * high part of ln 2 has nine significant bits, so that its product with n is exact.
 * The polynomial is taken in pairs of terms, which shortens the chain of operations.
 */
KML_INLINE kml_vf kml_expm1_reduced(kml_vf x, kml_vi *n)
{
	kml_vf shifted = x * 1.44269502f + 12582912.0f;
	kml_vf k = shifted - 12582912.0f;
	kml_vf r = (x - k * 0.693359375f) + k * 0.000212194442f;
	kml_vf r2 = r * r;
	kml_vf p = 0.0013926184f * r2 + (0.00836317893f * r + 0.0416665561f);

	p = p * r2 + (0.166665763f * r + 0.5f);
	*n = KML_AS_INT(shifted) - 0x4b400000;
	return p * r2 + r;
}

/* e^x for x in [-104, 89]; two factors, so that 2^128 and denormals come out right. */
KML_INLINE kml_vf kml_exp_clamped(kml_vf x)
{
	kml_vi n;
	kml_vf p = kml_expm1_reduced(x, &n) + 1.0f;
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

/* 1 / (1 + e^-x), from the exponential of -|x|, which cannot overflow. */
KML_INLINE kml_vf kml_vsigmoid(kml_vf x)
{
	kml_vf a = -kml_abs(x);
	kml_vf e = kml_exp_clamped(kml_select(a < -104.0f, kml_splat(-104.0f), a));

	return kml_select(x < 0.0f, e, kml_splat(1.0f)) / (e + 1.0f);
}

/* tanh |x| = -m / (m + 2) with m = e^(-2|x|) - 1, which keeps small arguments exact. */
KML_INLINE kml_vf kml_vtanh(kml_vf x)
{
	kml_vf a = kml_abs(x) * -2.0f;
	kml_vi n;
	kml_vf p = kml_expm1_reduced(kml_select(a < -20.0f, kml_splat(-20.0f), a), &n);
	kml_vf scale = kml_exp2i(n);
	kml_vf m = scale * p + (scale - 1.0f);
	kml_vf q = m / (m + 2.0f);

	return KML_AS_FLOAT((KML_AS_INT(q) & 0x7fffffff) | (KML_AS_INT(x) & (-0x7fffffff - 1)));
}

/* ln x. -infinity at either zero, NaN below. */
KML_INLINE kml_vf kml_vlog(kml_vf x)
{
	kml_vi positive = x > 0.0f;
	kml_vi finite = positive & (x <= 3.40282347e+38f);
	kml_vf y = kml_select(finite, x, kml_splat(1.0f));
	kml_vi denormal = y < 1.17549435e-38f;
	kml_vi bits, e;
	kml_vf f, z, p, k;

	y = kml_select(denormal, y * 8388608.0f, y);
	bits = KML_AS_INT(y);
	/* y = 2^e (1 + f), with 1 + f between the square roots of 1/2 and 2. */
	e = (bits - 0x3f3504f3) >> 23;
	f = KML_AS_FLOAT(bits - (e << 23)) - 1.0f;
	e = e - (denormal & 23);
	k = KML_AS_FLOAT(e + 0x4b400000) - 12582912.0f;

	z = f * f;
	p = 0.0697161183f * f - 0.114797339f;
	p = p * f + 0.116854198f;
	p = p * f - 0.124256872f;
	p = p * f + 0.142490581f;
	p = p * f - 0.166678026f;
	p = p * f + 0.200007156f;
	p = p * f - 0.24999997f;
	p = p * f + 0.333333313f;
	p = p * f * z;
	p = p - k * 0.000212194442f;
	p = p - 0.5f * z;
	p = (p + f) + k * 0.693359375f;

	p = kml_select(finite, p, x);
	p = kml_select(x == 0.0f, kml_splat(-__builtin_inff()), p);
	return kml_select(x < 0.0f, kml_splat(__builtin_nanf("")), p);
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

KML_INLINE float kml_sigmoid(float x)
{
	return kml_canonical(kml_vsigmoid(kml_splat(x)))[0];
}

KML_INLINE float kml_tanh(float x)
{
	return kml_canonical(kml_vtanh(kml_splat(x)))[0];
}
#endif
