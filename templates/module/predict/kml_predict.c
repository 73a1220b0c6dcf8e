// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Choosing who predicts, carrying out the policy's wish, and counting how the
 * verdicts came true. No floating point here: values are bits in the record.
 */
#include <linux/bio.h>
#include <linux/ioprio.h>
#include <linux/ktime.h>
#include <linux/string.h>

#include "kml_control.h"
#include "kml_counters.h"
#include "kml_holdout.h"
#include "kml_model_calls.h"
#include "kml_predict.h"
#include "kml_ring.h"

#define INCLUSION_ALL	65536u

/* Is an entry worth making? Probes ask before they reserve one. */
static bool kml_wanted(void)
{
	return READ_ONCE(kml_control.collect) || READ_ONCE(kml_control.predict);
}

/*
 * Fill in features, prediction and verdict by the first way that is allowed
 * and works. -EBUSY from the FPU path: somebody else is using it here.
 */
static bool record_predict(struct kml_record *record, struct kml_wish *wish)
{
	enum kml_path path = READ_ONCE(kml_control.path);
	int err;

	kml_count(KML_COUNT_TRIED);
	if (path == KML_PATH_AUTO || path == KML_PATH_FPU) {
		err = kml_fpu_predict(kml_isa_best, record, wish);
		if (!err) {
			record->head.format = KML_FORMAT_FLOAT;
			kml_count(KML_COUNT_FLOAT);
			return true;
		}
		if (err != -EBUSY) {
			kml_count(KML_COUNT_NONE_FAULT);
			return false;
		}
		if (path == KML_PATH_FPU || !KML_HAS_INTEGER) {
			kml_count(KML_COUNT_NONE_FPU);
			return false;
		}
	}
	if (path == KML_PATH_NONE || !KML_HAS_INTEGER) {
		kml_count(KML_COUNT_NONE_PATH);
		return false;
	}
	if (kml_int_predict(record, wish)) {
		kml_count(KML_COUNT_NONE_FAULT);
		return false;
	}
	record->head.format = KML_FORMAT_INTEGER;
	kml_count(KML_COUNT_INTEGER);
	return true;
}

/* Smaller is more urgent; no class counts as best effort's middle. */
static unsigned int urgency(unsigned int ioprio)
{
	if (IOPRIO_PRIO_CLASS(ioprio) == IOPRIO_CLASS_NONE)
		return IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, IOPRIO_BE_NORM);
	return ioprio;
}

/*
 * Raise, never lower: against the event's priority, which is the submitter's
 * where the bio has none of its own. bio is NULL where the hook has no lever.
 */
static bool raise_priority(struct bio *bio, u32 present, u32 wished)
{
	if (!bio || urgency(wished) >= urgency(present))
		return false;
	bio->bi_ioprio = wished;
	return true;
}

/*
 * The hold-out is drawn for every prediction, whatever the policy wishes, so
 * that it is a fair sample of all of them; inclusion is its probability.
 */
static void record_act(struct kml_record *record, const struct kml_wish *wish,
		       struct bio *bio)
{
	unsigned int holdout = READ_ONCE(kml_control.holdout);

	if (wish->raise) {
		record->head.flags |= KML_WOULD_ACT;
		kml_count(KML_COUNT_WOULD_ACT);
	}
	if (!READ_ONCE(kml_control.act))
		return;
	record->head.inclusion = holdout * INCLUSION_ALL / 100;
	if (kml_holdout_draw(holdout)) {
		record->head.flags |= KML_HELD_OUT;
		kml_count(KML_COUNT_HELD_OUT);
		return;
	}
	if (wish->raise &&
	    raise_priority(bio, record->from.priority, wish->priority)) {
		record->head.flags |= KML_ACTED;
		kml_count(KML_COUNT_ACTED);
	}
}

static void answer(struct kml_record *record, struct bio *bio)
{
	struct kml_wish wish = {};
	u64 start = ktime_get_ns();

	if (!record_predict(record, &wish))
		return;
	record->head.predict_ns = ktime_get_ns() - start;
	record->head.flags |= KML_PREDICTED;
	record_act(record, &wish, bio);
}

/*
 * In the first event's probe, after its entry was reserved and the event and
 * the state copied in: the entry is this probe's until it is handed over, so no
 * lock.
 */
static void kml_record_begin(struct kml_join_entry *entry, u32 device,
			     struct bio *bio)
{
	struct kml_record *record = &entry->record;

	memset(&record->head, 0, sizeof(record->head));
	record->head.weights_version = KML_WEIGHTS_VERSION;
	record->head.device = device;
	record->head.inclusion = INCLUSION_ALL;
	entry->collect = READ_ONCE(kml_control.collect);
	if (KML_HAS_WEIGHTS && READ_ONCE(kml_control.predict))
		answer(record, bio);
	kml_join_hand_over(entry);
}

/* What was acted on says nothing about accuracy; see the hold-out. */
static void judge(const struct kml_record *record)
{
	u16 flags = record->head.flags;
	unsigned int cell;

	if (!KML_HAS_VERDICT || !(flags & KML_PREDICTED) ||
	    !(flags & KML_LABEL_VALID))
		return;
	if (record->head.inclusion != INCLUSION_ALL && !(flags & KML_HELD_OUT))
		return;
	cell = (flags & KML_VERDICT ? 2 : 0) + (flags & KML_LABEL_VERDICT ? 1 : 0);
	kml_count((record->head.format == KML_FORMAT_FLOAT ?
		   KML_COUNT_FLOAT_TRUE_NEGATIVE : KML_COUNT_INTEGER_TRUE_NEGATIVE) + cell);
}

/* In the second event's probe, with the entry taken and the event copied in. */
static void kml_record_finish(struct kml_join *join,
			      struct kml_join_entry *entry)
{
	struct kml_record *record = &entry->record;
	int err = kml_label(record);

	if (!err)
		record->head.flags |= KML_LABEL_VALID;
	else
		kml_count(err == -EBUSY ? KML_COUNT_LABEL_NONE :
					  KML_COUNT_LABEL_FAULT);
	judge(record);
	if (entry->collect)
		kml_ring_push(record);
	kml_join_release(join, entry);
}
