// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * A disk whose speed is the guest's: `held`, of 256 MiB, reads as zeros, keeps
 * nothing. It serves one request after the other, service_us each by the
 * guest's clock; while hold=1 it takes requests and finishes none. A test that
 * needs a long queue holds the disk instead of racing a slow one.
 */
#include <linux/blk-mq.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/spinlock.h>
#include <linux/version.h>

#define DISK_SECTORS	(256u << 11)
#define QUEUE_DEPTH	8	/* what the device holds; the rest waits in the scheduler */

/* In blk-mq's per-request data; on `taken` from queue_rq() to its completion. */
struct command {
	struct list_head node;
};

/* taken, serving: under lock, which the timer takes in hard interrupt, on RT in soft. */
static DEFINE_SPINLOCK(lock);
static LIST_HEAD(taken);
static bool serving;
static struct hrtimer server;

static bool hold;
static unsigned int service_us;
module_param(service_us, uint, 0644);
MODULE_PARM_DESC(service_us, "microseconds a request takes (0: none)");

/*
 * While it is there: set and cleared by load and unload, under the lock of the
 * parameters, whose setters look at it.
 */
static struct gendisk *disk;
static int major;

/* Under lock: let the first of the line be finished service_us from now. */
static void serve_next(void)
{
	serving = !hold && !list_empty(&taken);
	if (serving)
		hrtimer_start(&server, ns_to_ktime((u64)READ_ONCE(service_us) * NSEC_PER_USEC),
			      HRTIMER_MODE_REL);
}

/*
 * Hard interrupt; on RT soft, where the lock may sleep. Requests are completed
 * where blk-mq wants them to be.
 */
static enum hrtimer_restart served(struct hrtimer *timer)
{
	struct command *command = NULL;
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	if (!hold)
		command = list_first_entry_or_null(&taken, struct command, node);
	if (command)
		list_del(&command->node);
	serve_next();
	spin_unlock_irqrestore(&lock, flags);
	if (command)
		blk_mq_complete_request(blk_mq_rq_from_pdu(command));
	return HRTIMER_NORESTART;
}

static int hold_set(const char *text, const struct kernel_param *param)
{
	unsigned long flags;
	int err = param_set_bool(text, param);

	if (err || !disk)
		return err;
	spin_lock_irqsave(&lock, flags);
	if (!serving)
		serve_next();
	spin_unlock_irqrestore(&lock, flags);
	return 0;
}

static const struct kernel_param_ops hold_ops = {
	.set = hold_set,
	.get = param_get_bool,
};
module_param_cb(hold, &hold_ops, &hold, 0644);
MODULE_PARM_DESC(hold, "take requests and finish none");

static unsigned int sectors = DISK_SECTORS;

static int sectors_set(const char *text, const struct kernel_param *param)
{
	int err = param_set_uint(text, param);

	if (!err && disk)
		set_capacity(disk, sectors);
	return err;
}

static const struct kernel_param_ops sectors_ops = {
	.set = sectors_set,
	.get = param_get_uint,
};
module_param_cb(sectors, &sectors_ops, &sectors, 0644);
MODULE_PARM_DESC(sectors, "capacity, of 512 bytes each");

static blk_status_t held_queue_rq(struct blk_mq_hw_ctx *hctx,
				  const struct blk_mq_queue_data *data)
{
	struct command *command = blk_mq_rq_to_pdu(data->rq);
	unsigned long flags;

	blk_mq_start_request(data->rq);
	spin_lock_irqsave(&lock, flags);
	list_add_tail(&command->node, &taken);
	if (!serving)
		serve_next();
	spin_unlock_irqrestore(&lock, flags);
	return BLK_STS_OK;
}

static void held_complete(struct request *rq)
{
	struct bio *bio;

	if (req_op(rq) == REQ_OP_READ)
		__rq_for_each_bio(bio, rq)
			zero_fill_bio(bio);
	blk_mq_end_request(rq, BLK_STS_OK);
}

/* A request is held for as long as the test wants: it never timed out. */
static enum blk_eh_timer_return held_timeout(struct request *rq)
{
	return BLK_EH_RESET_TIMER;
}

static const struct blk_mq_ops held_ops = {
	.queue_rq = held_queue_rq,
	.complete = held_complete,
	.timeout = held_timeout,
};

static const struct block_device_operations held_fops = {
	.owner = THIS_MODULE,
};

static struct blk_mq_tag_set tags = {
	.ops = &held_ops,
	.nr_hw_queues = 1,
	.queue_depth = QUEUE_DEPTH,
	.numa_node = NUMA_NO_NODE,
	.cmd_size = sizeof(struct command),
};

static int __init held_init(void)
{
	struct gendisk *made;
	int err;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(&server, served, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
	hrtimer_init(&server, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	server.function = served;
#endif
	major = register_blkdev(0, "held");
	if (major < 0)
		return major;
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
	tags.flags = BLK_MQ_F_SHOULD_MERGE;
#endif
	err = blk_mq_alloc_tag_set(&tags);
	if (err)
		goto number;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
	made = blk_mq_alloc_disk(&tags, NULL, NULL);
#else
	made = blk_mq_alloc_disk(&tags, NULL);
#endif
	if (IS_ERR(made)) {
		err = PTR_ERR(made);
		goto tag_set;
	}
	made->major = major;
	made->minors = 1;
	made->fops = &held_fops;
	strscpy(made->disk_name, "held", sizeof(made->disk_name));
	set_capacity(made, sectors);
	err = add_disk(made);
	if (!err) {
		kernel_param_lock(THIS_MODULE);
		disk = made;
		kernel_param_unlock(THIS_MODULE);
		return 0;
	}
	put_disk(made);
tag_set:
	blk_mq_free_tag_set(&tags);
number:
	unregister_blkdev(major, "held");
	return err;
}

/* Nobody has the disk open, so nothing is held. */
static void __exit held_exit(void)
{
	struct gendisk *gone = disk;

	kernel_param_lock(THIS_MODULE);
	disk = NULL;
	kernel_param_unlock(THIS_MODULE);
	del_gendisk(gone);
	hrtimer_cancel(&server);
	put_disk(gone);
	blk_mq_free_tag_set(&tags);
	unregister_blkdev(major, "held");
}

module_init(held_init);
module_exit(held_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("a disk that waits until it is told to go on");
