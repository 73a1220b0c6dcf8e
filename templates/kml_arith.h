/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Integer arithmetic with the results of .NET on x64. The counterpart of a C#
 * operation on s32 (int), u32 (uint), s64 (long), u64 (ulong); narrower types
 * are promoted to s32 in C# as in C, and a conversion to one of them is a cast.
 *
 *	C#					C
 *	a + b, a - b, a * b, -a	(signed)	kml_add_T kml_sub_T kml_mul_T kml_neg_T
 *	the same, unsigned			the C operator
 *	a << n, a >> n				kml_shl_T kml_shr_T	count masked
 *	a / b, a % b				kml_div_T kml_rem_T	may fault
 *	Math.Min, Math.Max			kml_min_T kml_max_T
 *	Math.Clamp				kml_clamp_T		may fault
 *	Math.Abs, Math.Sign	(signed)	kml_abs_T (may fault), kml_sign_T
 *	(sbyte) (byte) (short) ... (ulong) of an integer	a C cast
 *	Q16 operators + - * / % and unary -	kml_q16_add _sub _mul _div _rem _neg
 *	Q16 == != < > <= >=			the C operator on the raw values
 *	(Q16)integer, (int)q			kml_q16_from_s64 _from_u64, kml_q16_to_s32
 *	Q16.Min, Q16.Max, Q16.Abs		kml_q16_min _max _abs
 *
 * What throws in C# sets *fault and gives 0. A fault is never cleared here, so
 * that one test after an expression finds it. No function uses floating point.
 *
 * Context: any.
 */
#ifndef KML_ARITH_H
#define KML_ARITH_H

#define KML_FAULT_NONE		0
#define KML_FAULT_DIVIDE	1	/* DivideByZeroException */
#define KML_FAULT_OVERFLOW	2	/* OverflowException: MinValue / -1, Abs(MinValue) */
#define KML_FAULT_ARGUMENT	3	/* ArgumentException: Clamp with min > max */
#define KML_FAULT_NAN		4	/* ArithmeticException: Sign(NaN) */
#define KML_FAULT_INDEX		5	/* IndexOutOfRangeException */

#ifndef KML_INLINE
#define KML_INLINE static inline __attribute__((__always_inline__, __unused__))
#endif

typedef __INT8_TYPE__ kml_s8;
typedef __UINT8_TYPE__ kml_u8;
typedef __INT16_TYPE__ kml_s16;
typedef __UINT16_TYPE__ kml_u16;
typedef __INT32_TYPE__ kml_s32;
typedef __UINT32_TYPE__ kml_u32;
typedef __INT64_TYPE__ kml_s64;
typedef __UINT64_TYPE__ kml_u64;

/* s32: sums and products wrap; they are taken unsigned, where wrapping is defined. */
KML_INLINE kml_s32 kml_add_s32(kml_s32 a, kml_s32 b)
{
	return (kml_s32)((kml_u32)a + (kml_u32)b);
}

KML_INLINE kml_s32 kml_sub_s32(kml_s32 a, kml_s32 b)
{
	return (kml_s32)((kml_u32)a - (kml_u32)b);
}

KML_INLINE kml_s32 kml_mul_s32(kml_s32 a, kml_s32 b)
{
	return (kml_s32)((kml_u32)a * (kml_u32)b);
}

KML_INLINE kml_s32 kml_neg_s32(kml_s32 a)
{
	return (kml_s32)(0 - (kml_u32)a);
}

KML_INLINE kml_s32 kml_shl_s32(kml_s32 a, kml_s32 n)
{
	return (kml_s32)((kml_u32)a << (n & 31));
}

KML_INLINE kml_s32 kml_shr_s32(kml_s32 a, kml_s32 n)
{
	return a >> (n & 31);
}

KML_INLINE kml_s32 kml_div_s32(kml_s32 a, kml_s32 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	if (b == -1 && a == (-0x7fffffff - 1)) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return a / b;
}

KML_INLINE kml_s32 kml_rem_s32(kml_s32 a, kml_s32 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	if (b == -1 && a == (-0x7fffffff - 1)) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return a % b;
}

KML_INLINE kml_s32 kml_sign_s32(kml_s32 a)
{
	return (a > 0) - (a < 0);
}

KML_INLINE kml_s32 kml_min_s32(kml_s32 a, kml_s32 b)
{
	return a < b ? a : b;
}

KML_INLINE kml_s32 kml_max_s32(kml_s32 a, kml_s32 b)
{
	return a > b ? a : b;
}

KML_INLINE kml_s32 kml_clamp_s32(kml_s32 a, kml_s32 min, kml_s32 max, int *fault)
{
	if (min > max) {
		*fault = KML_FAULT_ARGUMENT;
		return 0;
	}
	return a < min ? min : a > max ? max : a;
}

/* s64: sums and products wrap; they are taken unsigned, where wrapping is defined. */
KML_INLINE kml_s64 kml_add_s64(kml_s64 a, kml_s64 b)
{
	return (kml_s64)((kml_u64)a + (kml_u64)b);
}

KML_INLINE kml_s64 kml_sub_s64(kml_s64 a, kml_s64 b)
{
	return (kml_s64)((kml_u64)a - (kml_u64)b);
}

KML_INLINE kml_s64 kml_mul_s64(kml_s64 a, kml_s64 b)
{
	return (kml_s64)((kml_u64)a * (kml_u64)b);
}

KML_INLINE kml_s64 kml_neg_s64(kml_s64 a)
{
	return (kml_s64)(0 - (kml_u64)a);
}

KML_INLINE kml_s64 kml_shl_s64(kml_s64 a, kml_s32 n)
{
	return (kml_s64)((kml_u64)a << (n & 63));
}

KML_INLINE kml_s64 kml_shr_s64(kml_s64 a, kml_s32 n)
{
	return a >> (n & 63);
}

KML_INLINE kml_s64 kml_div_s64(kml_s64 a, kml_s64 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	if (b == -1 && a == (-0x7fffffffffffffffLL - 1)) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return a / b;
}

KML_INLINE kml_s64 kml_rem_s64(kml_s64 a, kml_s64 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	if (b == -1 && a == (-0x7fffffffffffffffLL - 1)) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return a % b;
}

KML_INLINE kml_s32 kml_sign_s64(kml_s64 a)
{
	return (a > 0) - (a < 0);
}

KML_INLINE kml_s64 kml_min_s64(kml_s64 a, kml_s64 b)
{
	return a < b ? a : b;
}

KML_INLINE kml_s64 kml_max_s64(kml_s64 a, kml_s64 b)
{
	return a > b ? a : b;
}

KML_INLINE kml_s64 kml_clamp_s64(kml_s64 a, kml_s64 min, kml_s64 max, int *fault)
{
	if (min > max) {
		*fault = KML_FAULT_ARGUMENT;
		return 0;
	}
	return a < min ? min : a > max ? max : a;
}

/* u32 */
KML_INLINE kml_u32 kml_shl_u32(kml_u32 a, kml_s32 n)
{
	return a << (n & 31);
}

KML_INLINE kml_u32 kml_shr_u32(kml_u32 a, kml_s32 n)
{
	return a >> (n & 31);
}

KML_INLINE kml_u32 kml_div_u32(kml_u32 a, kml_u32 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	return a / b;
}

KML_INLINE kml_u32 kml_rem_u32(kml_u32 a, kml_u32 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	return a % b;
}

KML_INLINE kml_u32 kml_min_u32(kml_u32 a, kml_u32 b)
{
	return a < b ? a : b;
}

KML_INLINE kml_u32 kml_max_u32(kml_u32 a, kml_u32 b)
{
	return a > b ? a : b;
}

KML_INLINE kml_u32 kml_clamp_u32(kml_u32 a, kml_u32 min, kml_u32 max, int *fault)
{
	if (min > max) {
		*fault = KML_FAULT_ARGUMENT;
		return 0;
	}
	return a < min ? min : a > max ? max : a;
}

/* u64 */
KML_INLINE kml_u64 kml_shl_u64(kml_u64 a, kml_s32 n)
{
	return a << (n & 63);
}

KML_INLINE kml_u64 kml_shr_u64(kml_u64 a, kml_s32 n)
{
	return a >> (n & 63);
}

KML_INLINE kml_u64 kml_div_u64(kml_u64 a, kml_u64 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	return a / b;
}

KML_INLINE kml_u64 kml_rem_u64(kml_u64 a, kml_u64 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	return a % b;
}

KML_INLINE kml_u64 kml_min_u64(kml_u64 a, kml_u64 b)
{
	return a < b ? a : b;
}

KML_INLINE kml_u64 kml_max_u64(kml_u64 a, kml_u64 b)
{
	return a > b ? a : b;
}

KML_INLINE kml_u64 kml_clamp_u64(kml_u64 a, kml_u64 min, kml_u64 max, int *fault)
{
	if (min > max) {
		*fault = KML_FAULT_ARGUMENT;
		return 0;
	}
	return a < min ? min : a > max ? max : a;
}

/* Math.Abs has a form for each signed width, and each faults on its own least value. */
KML_INLINE kml_s8 kml_abs_s8(kml_s8 a, int *fault)
{
	if (a == -0x80) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return (kml_s8)(a < 0 ? -a : a);
}

KML_INLINE kml_s16 kml_abs_s16(kml_s16 a, int *fault)
{
	if (a == -0x8000) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return (kml_s16)(a < 0 ? -a : a);
}

KML_INLINE kml_s32 kml_abs_s32(kml_s32 a, int *fault)
{
	if (a == (-0x7fffffff - 1)) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return (kml_s32)(a < 0 ? -a : a);
}

KML_INLINE kml_s64 kml_abs_s64(kml_s64 a, int *fault)
{
	if (a == (-0x7fffffffffffffffLL - 1)) {
		*fault = KML_FAULT_OVERFLOW;
		return 0;
	}
	return (kml_s64)(a < 0 ? -a : a);
}

/* Q16: a kml_s32 that counts steps of 1/65536. */
KML_INLINE kml_s32 kml_q16_add(kml_s32 a, kml_s32 b)
{
	return kml_add_s32(a, b);
}

KML_INLINE kml_s32 kml_q16_sub(kml_s32 a, kml_s32 b)
{
	return kml_sub_s32(a, b);
}

KML_INLINE kml_s32 kml_q16_neg(kml_s32 a)
{
	return kml_neg_s32(a);
}

/* Rounded to the nearest step, a half upwards, then wrapped. */
KML_INLINE kml_s32 kml_q16_mul(kml_s32 a, kml_s32 b)
{
	return (kml_s32)(((kml_s64)a * b + 0x8000) >> 16);
}

/* Rounded towards zero, then wrapped. */
KML_INLINE kml_s32 kml_q16_div(kml_s32 a, kml_s32 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	return (kml_s32)((kml_s64)a * 65536 / b);
}

KML_INLINE kml_s32 kml_q16_rem(kml_s32 a, kml_s32 b, int *fault)
{
	if (b == 0) {
		*fault = KML_FAULT_DIVIDE;
		return 0;
	}
	return (kml_s32)((kml_s64)a % b);
}

/* Clamped to the range. */
KML_INLINE kml_s32 kml_q16_from_s64(kml_s64 a)
{
	if (a > 32767)
		return 0x7fffffff;
	if (a < -32768)
		return -0x7fffffff - 1;
	return (kml_s32)a * 65536;
}

KML_INLINE kml_s32 kml_q16_from_u64(kml_u64 a)
{
	return a > 32767 ? 0x7fffffff : (kml_s32)a * 65536;
}

/* Rounded towards zero. */
KML_INLINE kml_s32 kml_q16_to_s32(kml_s32 a)
{
	return a / 65536;
}

KML_INLINE kml_s32 kml_q16_min(kml_s32 a, kml_s32 b)
{
	return kml_min_s32(a, b);
}

KML_INLINE kml_s32 kml_q16_max(kml_s32 a, kml_s32 b)
{
	return kml_max_s32(a, b);
}

/* The least value wraps to itself. */
KML_INLINE kml_s32 kml_q16_abs(kml_s32 a)
{
	return a < 0 ? kml_neg_s32(a) : a;
}
#endif
