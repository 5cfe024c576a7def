/* What a process held, step by step: figures and words, for picture and characters. */
#pragma once

#include "diagram/kind.h"

/* What figures are printed in. */
typedef struct {
    const char *name; /* "MiB" */
    double bytes;     /* in one */
    int decimals;
} MlTimelineUnit;

/**
 * ml_timeline_unit: one for all figures of a picture.
 */
MlTimelineUnit ml_timeline_unit(const MlTimeline *timeline);

/**
 * ml_timeline_shows_peak: whether the peak within step @i is worth a box: it is more than 1 MiB
 * above what there was before and after.
 */
gboolean ml_timeline_shows_peak(const MlTimeline *timeline, guint i);

/**
 * ml_timeline_axis: from one grid line to the next, in units; at most @n_lines for the peak.
 */
double ml_timeline_axis(const MlTimeline *timeline, guint n_lines);

/* All return: (transfer full). */

/**
 * ml_timeline_amount: "86.8".
 * ml_timeline_change: "+38.2", of the first step "2.4"; the figures as printed add up.
 * ml_timeline_above: "+13.0": how far the peak is above what the step ends with.
 */
char *ml_timeline_amount(const MlTimeline *timeline, guint64 bytes);
char *ml_timeline_change(const MlTimeline *timeline, guint i);
char *ml_timeline_above(const MlTimeline *timeline, guint i);

/**
 * ml_timeline_label: "start", "boxed array", "free boxed array", "trim".
 */
char *ml_timeline_label(const MlTimeline *timeline, guint i);

/**
 * ml_timeline_finding: what the figures show, never more; ML_TIMELINE_TITLE where that is nothing.
 */
char *ml_timeline_finding(const MlTimeline *timeline);

/**
 * ml_timeline_setup: "n = 1 000 000; glibc, measured".
 */
char *ml_timeline_setup(const MlTimeline *timeline);

char *ml_timeline_describe(const MlDiagramFacts *facts);
char *ml_timeline_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

#define ML_TIMELINE_TITLE "What the process held, step by step"
