/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The integer types of the model's code. It is compiled in the kernel and in
 * user space, and the pure compute files include no kernel header, so the
 * names are given here; they are the very types that the kernel gives them.
 */
#ifndef KML_TYPES_H
#define KML_TYPES_H

typedef unsigned char u8;
typedef signed char s8;
typedef unsigned short u16;
typedef short s16;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;

/* A keyword since C23, where it cannot be declared. */
#if !defined(bool) && !defined(__cplusplus) && __STDC_VERSION__ < 202311L
typedef _Bool bool;
#endif

#endif
