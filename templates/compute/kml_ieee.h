/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Refuses a build in which a float operation is another than IEEE-754's on
 * singles, rounded once. Flags of a float object, in the kernel and elsewhere:
 *
 *	-ffp-contract=off -frounding-math
 *
 * No code here changes the rounding; but without the second flag gcc makes -X
 * of 0.0f - X, at -O0 already, where X cannot be -0: an integer, a bool, a
 * fabs. That is -0 where IEEE-754 and .NET have +0. clang does no such thing,
 * and sparse does not compile.
 */
#ifndef KML_IEEE_H
#define KML_IEEE_H

#ifndef __CHECKER__

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || \
	defined(__NO_SIGNED_ZEROS__) || __FINITE_MATH_ONLY__
#error "build float objects without -ffast-math and its parts: they change bits"
#endif

#if __FLT_EVAL_METHOD__
#error "build float objects with -msse2 -mfpmath=sse: wider registers change bits"
#endif

#ifndef __clang__
_Static_assert(!__builtin_constant_p(1.0f / 3.0f),
	       "build float objects with -ffp-contract=off -frounding-math");
#endif

#endif

#endif
