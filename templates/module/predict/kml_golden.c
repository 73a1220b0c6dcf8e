// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The proof at load: the vectors that came with the weights, on every path that
 * this machine has. Any bit that differs refuses the load.
 */
#include <linux/init.h>
#include <linux/log2.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kml_model_calls.h"
#include "kml_predict.h"

static int __init golden_compare(const struct kml_record *record,
				 const struct kml_golden *vector, u32 expected,
				 unsigned int n, const char *path)
{
	unsigned int i;

	for (i = 0; i < KML_FEATURES; i++) {
		if (record->features[i] == vector->features[i])
			continue;
		pr_err("golden vector %u, path %s: feature %u is %08x, not %08x; not loaded\n",
		       n, path, i, record->features[i], vector->features[i]);
		return -EBADMSG;
	}
	if (record->head.prediction == expected)
		return 0;
	pr_err("golden vector %u, path %s: the prediction is %08x, not %08x; not loaded\n",
	       n, path, record->head.prediction, expected);
	return -EBADMSG;
}

static int __init golden_check_path(struct kml_record *record, unsigned int isa)
{
	const char *path = isa < KML_ISAS ? kml_isa_names[isa] : "int";
	struct kml_wish wish;
	unsigned int n;
	int err;

	for (n = 0; n < kml_golden_count; n++) {
		const struct kml_golden *vector = &kml_golden[n];

		memset(record, 0, sizeof(*record));
		record->from = vector->from;
		record->state = vector->state;
		/* a model without a twin has no kml_int_predict() to link */
		err = !KML_HAS_INTEGER || isa < KML_ISAS ?
			      kml_fpu_predict(isa, record, &wish) :
			      kml_int_predict(record, &wish);
		if (err) {
			pr_err("golden vector %u, path %s: abandoned (%d); not loaded\n",
			       n, path, err);
			return -EBADMSG;
		}
		err = golden_compare(record, vector,
				     isa < KML_ISAS ? vector->prediction_float :
						      vector->prediction_integer,
				     n, path);
		if (err)
			return err;
	}
	return 0;
}

/* Process context, before any probe is attached. */
static int __init kml_golden_check(void)
{
	struct kml_record *record;
	unsigned int isa;
	int err = 0;

	if (!KML_HAS_WEIGHTS)
		return 0;
	/* aligned as its type says: kmalloc() does that for powers of two only */
	record = kmalloc(roundup_pow_of_two(sizeof(*record)), GFP_KERNEL);
	if (!record)
		return -ENOMEM;
	for (isa = 0; !err && isa <= kml_isa_best; isa++)
		err = golden_check_path(record, isa);
	if (!err && KML_HAS_INTEGER)
		err = golden_check_path(record, KML_ISAS);
	kfree(record);
	return err;
}
