/* What the charts say of a series in words and figures. */
#pragma once

#include "diagram/kind.h"

/* Bytes per element along the model's line. */
typedef struct {
    double least;
    double most;
} MlSeriesSpan;

MlSeriesSpan ml_series_span(const MlSeries *series);

/**
 * ml_series_most_held, ml_series_most: the largest figure per element there is, model or measured;
 * and reserved.
 */
double ml_series_most_held(const MlSeries *series);
double ml_series_most(const MlSeries *series);

/**
 * ml_series_end: bytes per element where the model's line ends.
 */
double ml_series_end(const MlSeries *series);

/**
 * ml_series_average: bytes per element by role, the model's mean over log n.
 */
void ml_series_average(const MlSeries *series, double ret_bytes[ML_N_ROLES]);

/**
 * ml_series_worst: the largest unexplained, bytes per element, with its sign.
 */
double ml_series_worst(const MlSeries *series);

/**
 * ml_series_reserves: whether more is reserved than held, anywhere, by what can be seen.
 */
gboolean ml_series_reserves(const MlSeries *series);

/**
 * ml_series_at: the model's figures for any n within the line; between two points the bytes lie on
 * a straight line.
 *
 * Returns: a point without note.
 */
MlSeriesPoint ml_series_at(const MlSeries *series, double n);

guint64 ml_series_model_bytes(const MlSeriesPoint *point);
guint64 ml_series_reserved_bytes(const MlSeriesPoint *point);

/* All return: (transfer full). */

/**
 * ml_series_span_words: "33.3 to 66.7 B", "32 B".
 */
char *ml_series_span_words(const MlSeries *series);

/**
 * ml_series_options: those that are not at their default, each as typed: "keys=string".
 *
 * Returns: (transfer full).
 */
char **ml_series_options(const MlSeries *series);

/**
 * ml_series_title_words: "boxed array", with the options that are not at their default: "compact
 * dict, keys=string".
 */
char *ml_series_title_words(const MlSeries *series);

/**
 * ml_series_setup: "n from 1 000 to 1 000 000, glibc, model".
 */
char *ml_series_setup(const MlSeries *series);

/**
 * ml_series_origin_words: "model", "measured, unexplained −1.3 B at worst".
 */
char *ml_series_origin_words(const MlSeries *series);
