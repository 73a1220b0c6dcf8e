/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What differs between kernel versions, and nothing else; what a family alone needs is in its own. */
#ifndef KML_COMPAT_H
#define KML_COMPAT_H

#include <linux/mm.h>

#include "kml_kernel.h"

/* The flags of a mapping, in mmap(); written as they are until 6.3. */
static inline void kml_vm_flags_mod(struct vm_area_struct *vma,
				    vm_flags_t set, vm_flags_t clear)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_mod(vma, set, clear);
#else
	vma->vm_flags = (vma->vm_flags & ~clear) | set;
#endif
}

#endif
