/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the module and user space agree on: events, records, rings, ioctls.
 * Little-endian x86-64 layouts; a change of any of them raises
 * KML_ABI_VERSION. Included by the pure compute files too, so it needs
 * nothing but kml_types.h.
 */
#ifndef KML_ABI_H
#define KML_ABI_H

#include "kml_types.h"

#define KML_ABI_VERSION		2u
#define KML_MAGIC		0x314c4d4bu	/* "KML1" */

/* Which event: in the info page, for the two ends of a label. */
enum kml_event_kind {
	KML_BIO_QUEUE = 1,
	KML_BLOCK_INSERT = 2,
	KML_BLOCK_ISSUE = 3,
	KML_BLOCK_COMPLETE = 4,
};

/* flags of an event */
#define KML_IO_SYNC		1u
#define KML_IO_META		2u
#define KML_IO_FUA		4u
#define KML_IO_PREFLUSH		8u
#define KML_IO_READ_AHEAD	16u
#define KML_IO_BACKGROUND	32u

/*
 * Every event starts so. time_ns is CLOCK_MONOTONIC; sector counts 512 bytes
 * from the start of the whole disk; device is the disk's dev_t as the kernel
 * keeps it (major << 20 | minor); operation is the REQ_OP_* number; priority
 * is an ioprio (class << 13 | level), the submitter's where the bio has none.
 */
#define KML_EVENT_FIELDS	\
	u64 time_ns;		\
	u64 sector;		\
	u64 disk_sectors;	\
	u32 sectors;		\
	u32 device;		\
	u32 operation;		\
	u32 flags;		\
	u32 priority;		\
	u32 cpu;

struct kml_event {
	KML_EVENT_FIELDS
};

struct kml_bio_queue {
	union {
		struct kml_event event;
		struct {
			KML_EVENT_FIELDS
		};
	};
};

/* bios: length of the request's chain, at most KML_MAX_CHAIN. */
struct kml_block_insert {
	union {
		struct kml_event event;
		struct {
			KML_EVENT_FIELDS
		};
	};
	u32 bios;
	u32 reserved;
};

struct kml_block_issue {
	union {
		struct kml_event event;
		struct {
			KML_EVENT_FIELDS
		};
	};
	u32 bios;
	u32 reserved;
};

/* error: 0 or a negative errno. bytes: how much of the request is done now. */
struct kml_block_complete {
	union {
		struct kml_event event;
		struct {
			KML_EVENT_FIELDS
		};
	};
	s32 error;
	u32 bytes;
};

#define KML_MAX_CHAIN		1024u

/* flags of a record */
#define KML_PREDICTED		1u
#define KML_LABEL_VALID		2u
#define KML_WOULD_ACT		4u
#define KML_ACTED		8u
#define KML_HELD_OUT		16u
#define KML_VERDICT		32u	/* the verdict on the prediction */
#define KML_LABEL_VERDICT	64u	/* the verdict on the label */

/* format of a prediction */
#define KML_FORMAT_NONE		0u
#define KML_FORMAT_FLOAT	1u
#define KML_FORMAT_INTEGER	2u

/*
 * A record begins so; then the features (32 bits each), the event from, the
 * event to and the copy of the state, at the offsets that the info page names.
 * prediction and label are bits, to be read by the label's type; a prediction
 * of KML_FORMAT_INTEGER is in the label's own units. sequence counts the
 * records of one CPU, dropped ones included, so that a gap is a loss.
 * inclusion: 65536 times the probability that the request was left un-acted.
 */
struct kml_record_header {
	u64 sequence;
	u32 weights_version;
	u32 device;
	u32 prediction;
	u32 label;
	u32 inclusion;
	u16 flags;
	u8 format;
	u8 reason;
	u64 predict_ns;
	u64 reserved;
};

/*
 * The mapping of /dev/kml-<model>, each region whole pages:
 *
 *	0			struct kml_info				r--
 *	producer_offset		struct kml_producer, cpus of them	r--
 *	consumer_offset		struct kml_consumer, cpus of them	rw-
 *	data_offset		ring_records records, for each of cpus	r--
 *	   + i * data_stride
 *
 * Map all of it read-only once, and the consumers shared and writable. CPUs go
 * by the kernel's number. The records of one are there as soon as its head has
 * moved since the device was opened, or shows that some wait, and stay until it
 * is closed; before that, touching them is a SIGBUS.
 */
struct kml_info {
	u32 magic;
	u32 abi_version;
	u32 record_size;
	u32 features;
	u32 features_offset;
	u32 from_offset;
	u32 to_offset;
	u32 state_offset;
	u32 state_size;
	u32 from_kind;
	u32 to_kind;
	u32 cpus;
	u32 ring_records;	/* a power of two */
	u32 has_weights;
	u32 weights_version;
	u32 has_integer;	/* there is an integer twin */
	u64 producer_offset;
	u64 consumer_offset;
	u64 data_offset;
	u64 data_stride;
	u64 mapping_size;
	char model[56];
	char fingerprint[72];	/* SHA-256, hexadecimal, NUL */
};

/*
 * Written by the kernel, a cache line a CPU: head is the number of records put
 * here, dropped of those for which there was no room, sequence of all. While
 * nobody has the device open, records that nobody took may go from head to
 * dropped.
 */
struct kml_producer {
	u64 head;
	u64 dropped;
	u64 sequence;
	u64 reserved[5];
};

/* Written by user space: tail is the number of records it has taken. */
struct kml_consumer {
	u64 tail;
	u64 reserved[7];
};

#define KML_IOC_TYPE		0xb7u
/* _IOR(0xb7, 1, struct kml_info); the size is part of the number */
#define KML_IOC_INFO		0x80e8b701u
/* _IOW(0xb7, 2, u32): poll() is ready at so many records (64 if never set) */
#define KML_IOC_WATERMARK	0x4004b702u

#define KML_ASSERT_LAYOUT(condition) \
	_Static_assert(condition, "layout of the ABI: " #condition)

KML_ASSERT_LAYOUT(sizeof(struct kml_event) == 48);
KML_ASSERT_LAYOUT(sizeof(struct kml_bio_queue) == 48);
KML_ASSERT_LAYOUT(sizeof(struct kml_block_insert) == 56);
KML_ASSERT_LAYOUT(sizeof(struct kml_block_issue) == 56);
KML_ASSERT_LAYOUT(sizeof(struct kml_block_complete) == 56);
KML_ASSERT_LAYOUT(sizeof(struct kml_record_header) == 48);
KML_ASSERT_LAYOUT(__builtin_offsetof(struct kml_record_header, flags) == 28);
KML_ASSERT_LAYOUT(__builtin_offsetof(struct kml_record_header, predict_ns) == 32);
KML_ASSERT_LAYOUT(sizeof(struct kml_info) == 0xe8);
KML_ASSERT_LAYOUT(sizeof(struct kml_producer) == 64);
KML_ASSERT_LAYOUT(sizeof(struct kml_consumer) == 64);

#endif
