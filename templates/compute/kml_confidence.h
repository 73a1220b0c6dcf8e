/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * How sure a network is of the class that it chose, at, among its n outputs y.
 * Included where a verdict or a policy asks. Each is a fixed sequence of
 * operations, outputs in ascending order; a NaN may come out in any form.
 *
 * Context: any in which the caller may use the vector registers.
 */
#ifndef KML_CONFIDENCE_H
#define KML_CONFIDENCE_H

#include "kml_math.h"

/* The share of the class, as softmax has it: no exponent is above 0, so that none overflows. */
KML_INLINE float kml_probability(const float *y, int n, unsigned int at)
{
	float sum = 0.0f;
	int i;

	for (i = 0; i < n; i++)
		sum += kml_exp(y[i] - y[at]);
	return 1.0f / sum;
}

/* The output of the class less the greatest of the others; a NaN is greater than nothing. */
KML_INLINE float kml_margin(const float *y, int n, unsigned int at)
{
	float second = -__builtin_inff();
	int i;

	for (i = 0; i < n; i++) {
		if (i != (int)at && y[i] > second)
			second = y[i];
	}
	return y[at] - second;
}
#endif
