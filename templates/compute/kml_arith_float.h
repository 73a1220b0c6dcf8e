/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Floating-point arithmetic with the results of .NET on x64.
 *
 *	C#					C
 *	+ - * / and comparisons			the C operator, with the flags of kml_ieee.h
 *	a % b					kml_rem_f32
 *	(float)integer				a C cast
 *	(int) (uint) (long) (ulong) of a float	kml_f32_to_s32 _u32 _s64 _u64
 *	(sbyte) (byte) (short) (ushort)		a C cast of kml_f32_to_s32
 *	(Q16)f, (float)q			kml_f32_to_q16, kml_q16_to_f32
 *	Math.Min, Math.Max, Math.Abs		kml_min_f32 kml_max_f32 kml_abs_f32
 *	Math.Clamp, Math.Sign			kml_clamp_f32 kml_sign_f32, may fault
 *	MathF.Sqrt				kml_sqrt_f32
 *	MathF.Floor, Ceiling, Truncate, Round	kml_floor_f32 kml_ceiling_f32 kml_truncate_f32 kml_round_f32
 *	KmlMath.Exp, Log, Log2, Sigmoid, Tanh	kml_exp kml_log kml_log2 kml_sigmoid kml_tanh (kml_math.h)
 *
 * Context: any in which the caller may use the vector registers.
 */
#ifndef KML_ARITH_FLOAT_H
#define KML_ARITH_FLOAT_H

#include "kml_arith.h"
#include "kml_ieee.h"

KML_INLINE float kml_f32_from_bits(kml_u32 bits)
{
	union {
		kml_u32 u;
		float f;
	} as = { .u = bits };

	return as.f;
}

/* The bits of x, every NaN made the one NaN: the form in which a float leaves. */
KML_INLINE kml_u32 kml_f32_to_bits(float x)
{
	union {
		float f;
		kml_u32 u;
	} as = { .f = x };

	return x != x ? 0x7fc00000 : as.u;
}

/* To integers: rounded towards zero, saturating, NaN gives 0. */
KML_INLINE kml_s32 kml_f32_to_s32(float x)
{
	if (x != x)
		return 0;
	if (x >= 2147483648.0f)
		return 0x7fffffff;
	if (x < -2147483648.0f)
		return -0x7fffffff - 1;
	return (kml_s32)x;
}

KML_INLINE kml_u32 kml_f32_to_u32(float x)
{
	if (!(x > 0.0f))
		return 0;
	return x >= 4294967296.0f ? 0xffffffff : (kml_u32)x;
}

KML_INLINE kml_s64 kml_f32_to_s64(float x)
{
	if (x != x)
		return 0;
	if (x >= 9223372036854775808.0f)
		return 0x7fffffffffffffffLL;
	if (x < -9223372036854775808.0f)
		return -0x7fffffffffffffffLL - 1;
	return (kml_s64)x;
}

KML_INLINE kml_u64 kml_f32_to_u64(float x)
{
	if (!(x > 0.0f))
		return 0;
	return x >= 18446744073709551616.0f ? 0xffffffffffffffffULL : (kml_u64)x;
}

KML_INLINE kml_s32 kml_f32_to_q16(float x)
{
	return kml_f32_to_s32(x * 65536.0f);
}

KML_INLINE float kml_q16_to_f32(kml_s32 a)
{
	return (float)a * (1.0f / 65536.0f);
}

KML_INLINE float kml_abs_f32(float x)
{
	return __builtin_fabsf(x);
}

/* A NaN wins over a number, and -0 is less than +0. */
KML_INLINE float kml_min_f32(float a, float b)
{
	if (a != a || a < b)
		return a;
	if (a == b)
		return __builtin_signbit(a) ? a : b;
	return b;
}

KML_INLINE float kml_max_f32(float a, float b)
{
	if (a != a || a > b)
		return a;
	if (a == b)
		return __builtin_signbit(a) ? b : a;
	return b;
}

/* Here the zeros are equal, and a NaN is within any bounds. */
KML_INLINE float kml_clamp_f32(float a, float min, float max, int *fault)
{
	if (min > max) {
		*fault = KML_FAULT_ARGUMENT;
		return 0.0f;
	}
	return a < min ? min : a > max ? max : a;
}

KML_INLINE kml_s32 kml_sign_f32(float a, int *fault)
{
	if (a != a)
		*fault = KML_FAULT_NAN;
	return (a > 0.0f) - (a < 0.0f);
}

/* The instruction itself: of __builtin_sqrtf() gcc makes a call of sqrtf() where errno may be wanted. */
KML_INLINE float kml_sqrt_f32(float x)
{
	float root;

	__asm__("sqrtss %1, %0" : "=x"(root) : "x"(x));
	return root;
}

/* From 2^23 on every float is whole; infinities and NaNs are left as they are, too. */
KML_INLINE float kml_truncate_f32(float x)
{
	return __builtin_fabsf(x) < 8388608.0f ? __builtin_copysignf((float)(kml_s32)x, x) : x;
}

KML_INLINE float kml_floor_f32(float x)
{
	float whole = kml_truncate_f32(x);

	return whole > x ? whole - 1.0f : whole;
}

/* What is added to is no -1, which would give +0 for -0: above zero alone is the whole part less. */
KML_INLINE float kml_ceiling_f32(float x)
{
	float whole = kml_truncate_f32(x);

	return whole < x ? whole + 1.0f : whole;
}

/* A half goes to the even one: 2^23 has no bit for a fraction, so that adding it rounds. */
KML_INLINE float kml_round_f32(float x)
{
	float a = __builtin_fabsf(x);

	return a < 8388608.0f ? __builtin_copysignf((a + 8388608.0f) - 8388608.0f, x) : x;
}

/*
 * The exact remainder of a / b with the sign of a, by long division of the
 * significands: at most 276 steps.
 */
KML_INLINE float kml_rem_f32(float a, float b)
{
	kml_u32 sign = kml_f32_to_bits(a) & 0x80000000;
	kml_u32 x = kml_f32_to_bits(a) & 0x7fffffff;
	kml_u32 y = kml_f32_to_bits(b) & 0x7fffffff;
	kml_s32 ex = (kml_s32)(x >> 23), ey = (kml_s32)(y >> 23);

	if (x >= 0x7f800000 || y > 0x7f800000 || y == 0)
		return kml_f32_from_bits(0x7fc00000);
	if (x < y)
		return a;
	/* Both as 24-bit significand * 2^exponent, the denormals too. */
	x = ex ? (x & 0x7fffff) | 0x800000 : x << 1;
	y = ey ? (y & 0x7fffff) | 0x800000 : y << 1;
	for (; x < 0x800000; ex--)
		x <<= 1;
	for (; y < 0x800000; ey--)
		y <<= 1;
	for (; ex > ey; ex--)
		x = (x >= y ? x - y : x) << 1;
	x = x >= y ? x - y : x;
	if (x == 0)
		return kml_f32_from_bits(sign);
	for (; x < 0x800000 && ex > 1; ex--)
		x <<= 1;
	/* A multiple of y's last bit: nothing is shifted out. */
	for (; ex < 1; ex++)
		x >>= 1;
	if (x >= 0x800000)
		x = (x & 0x7fffff) | (kml_u32)ex << 23;
	return kml_f32_from_bits(sign | x);
}
#endif
