/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the plain files call in the files made for the model. kml_model.h maps
 * each name to the model's own.
 */
#ifndef KML_MODEL_CALLS_H
#define KML_MODEL_CALLS_H

#include <linux/types.h>

#include "kml_model.h"
#include "kml_pure.h"

/* <model>_fpu.c: the guarded floating point; -EBUSY if it cannot be used here. */
extern const char kml_isa_names[KML_ISAS][KML_ISA_NAME_SIZE];
extern enum kml_isa kml_isa_best;	/* of this machine, after kml_isa_init() */
void kml_isa_init(void);
int kml_fpu_predict(enum kml_isa isa, struct kml_record *record,
		    struct kml_wish *wish);

/* <model>_int.c, of a model with an integer twin */
int kml_int_predict(struct kml_record *record, struct kml_wish *wish);

/* Label and verdict of a complete record; -EBUSY if they need the FPU. */
int kml_label(struct kml_record *record);

/* <model>_golden.c */
struct kml_golden {
	struct kml_from from;
	struct kml_state state;
	u32 features[KML_FEATURES];
	u32 prediction_float;
	u32 prediction_integer;
};

extern const struct kml_golden kml_golden[];
extern const unsigned int kml_golden_count;

#endif
