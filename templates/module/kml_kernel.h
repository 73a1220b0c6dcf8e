/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The kernels that this module is for. What it hooks has no promise of
 * stability: newer than the newest tested is refused here, and not found out
 * about on a running machine.
 */
#ifndef KML_KERNEL_H
#define KML_KERNEL_H

#include <linux/version.h>

#ifndef CONFIG_X86_64
#error "this module is for x86-64 kernels alone"
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "this module needs Linux 6.1 or newer"
#endif

/* The newest tested: 7.2. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 3, 0) && !defined(KML_ANY_KERNEL)
#error "this module was tested up to Linux 7.2; to build it for a newer one all the same: make KML_ANY_KERNEL=1"
#endif

#endif
