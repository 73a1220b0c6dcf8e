// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The device file: what user space may ask, and what it may map. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/uaccess.h>

#include "kml_collect.h"
#include "kml_compat.h"
#include "kml_control.h"
#include "kml_file.h"
#include "kml_ring.h"

static_assert(KML_IOC_INFO == _IOR(KML_IOC_TYPE, 1, struct kml_info));
static_assert(KML_IOC_WATERMARK == _IOW(KML_IOC_TYPE, 2, u32));

static int file_open(struct inode *inode, struct file *file)
{
	int err;

	if (!kml_permitted())
		return -EPERM;
	err = kml_collect_enter();
	return err ? err : nonseekable_open(inode, file);
}

/* The last descriptor and the last mapping are gone, however they went. */
static int file_release(struct inode *inode, struct file *file)
{
	kml_collect_leave();
	return 0;
}

static __poll_t file_poll(struct file *file, poll_table *wait)
{
	return kml_rings_poll(file, wait) ? EPOLLIN | EPOLLRDNORM : 0;
}

static long file_ioctl(struct file *file, unsigned int command,
		       unsigned long argument)
{
	void __user *user = (void __user *)argument;
	u32 records;

	if (!kml_permitted())
		return -EPERM;
	switch (command) {
	case KML_IOC_INFO:
		return copy_to_user(user, kml_info, sizeof(*kml_info)) ? -EFAULT : 0;
	case KML_IOC_WATERMARK:
		if (copy_from_user(&records, user, sizeof(records)))
			return -EFAULT;
		if (!records || records > KML_RING_RECORDS)
			return -EINVAL;
		kml_rings_watermark(records);
		return 0;
	}
	return -ENOTTY;
}

/* Whether a part of the mapping is the consumers' lines and nothing else. */
static bool is_consumers(unsigned long offset, unsigned long size)
{
	return offset >= kml_info->consumer_offset && offset < kml_info->data_offset &&
	       size <= kml_info->data_offset - offset;
}

static vm_fault_t file_fault(struct vm_fault *vmf)
{
	unsigned long offset = vmf->pgoff << PAGE_SHIFT;
	struct page *page = kml_rings_page(offset);

	if (!page)
		return VM_FAULT_SIGBUS;
	if (vmf->vma->vm_flags & VM_MAYWRITE && !is_consumers(offset, PAGE_SIZE))
		return VM_FAULT_SIGBUS;
	get_page(page);
	vmf->page = page;
	return 0;
}

static const struct vm_operations_struct file_vm_ops = {
	.fault = file_fault,
};

/*
 * Writable: the consumers' lines, alone. Anything else: read-only, for good. A
 * file opened for reading alone cannot be mapped: its mappings are never
 * VM_SHARED.
 */
static int file_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long offset = vma->vm_pgoff << PAGE_SHIFT;
	unsigned long size = vma->vm_end - vma->vm_start;
	bool writable = vma->vm_flags & VM_WRITE;

	if (!kml_permitted())
		return -EPERM;
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_pgoff >= kml_info->mapping_size >> PAGE_SHIFT ||
	    size > kml_info->mapping_size - offset)
		return -EINVAL;
	if (writable && !is_consumers(offset, size))
		return -EPERM;
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	kml_vm_flags_mod(vma, VM_DONTEXPAND | VM_DONTDUMP,
			 writable ? VM_MAYEXEC : VM_MAYEXEC | VM_MAYWRITE);
	vma->vm_ops = &file_vm_ops;
	return 0;
}

static const struct file_operations kml_file_fops = {
	.owner = THIS_MODULE,
	.open = file_open,
	.release = file_release,
	.poll = file_poll,
	.unlocked_ioctl = file_ioctl,
	.mmap = file_mmap,
};
