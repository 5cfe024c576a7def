/* Timelines made by hand: no process was started for them. */
#pragma once

#include "facts/timeline.h"

typedef struct {
    guint n_structures;
    guint64 unit;         /* bytes that the smallest of them takes */
    gboolean long_titles; /* and options that differ */
} MadeTimeline;

/**
 * ml_test_timeline: each structure takes a unit more than the one before, every second build has a
 * peak of twice that, and every second free gives nothing back until the end.
 *
 * Returns: (transfer full).
 */
MlTimeline *ml_test_timeline(const MadeTimeline *made);
