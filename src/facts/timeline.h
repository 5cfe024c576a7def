/* Timeline: what one process holds as structures come and go, step by step.
 *
 * A timeline is a fact, measured or recorded alike; there is no model of one.  JSON schema:
 * memlab.timeline.1. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "facts/ledger.h"

typedef enum {
    ML_TIMELINE_START,
    ML_TIMELINE_BUILD,
    ML_TIMELINE_FREE,
    ML_TIMELINE_TRIM, /* the allocator is asked to give back what it can */
    ML_N_TIMELINE_KINDS
} MlTimelineKind;

/* Bytes. */
typedef struct {
    MlTimelineKind kind;
    guint structure;         /* BUILD, FREE: which, from 0 on */
    guint64 rss_bytes;       /* private resident pages after the step (RssAnon) */
    guint64 peak_bytes;      /* the most within the step, both of its ends included */
    guint64 live_bytes;      /* of rss_bytes: live blocks, with malloc's fields and rounding */
    guint64 held_bytes;      /* of rss_bytes: neither live nor there at the start: free, held */
    guint64 total_rss_bytes; /* all resident pages (VmRSS), as read */
} MlTimelineStep;

typedef struct {
    char *structure; /* "linked-list" */
    char *title;     /* "linked list" */
    MlFactOptions options;
} MlTimelineStructure;

typedef struct {
    guint64 n; /* elements of each */
    char *allocator;
    gboolean as_shipped;
    MlOrigin origin;        /* never MODEL */
    gboolean peak_is_exact; /* else it is the kernel's: up to some 100 pages low */
    GArray *structures;     /* of MlTimelineStructure, as they are built */
    GArray *steps;          /* of MlTimelineStep; the first is the start */
    char *invalid_reason;   /* (nullable): NULL: valid */
    char *notes;            /* (nullable): what the surroundings refused, one a line */
    MlEnvironment environment;
} MlTimeline;

#define ML_TIMELINE_MAX_STRUCTURES 64u

/**
 * ml_timeline_new: an empty timeline, for the one who fills it in.
 */
MlTimeline *ml_timeline_new(void);
void ml_timeline_free(MlTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlTimeline, ml_timeline_free)

static inline const MlTimelineStep *
ml_timeline_step(const MlTimeline *timeline, guint i)
{
    return &g_array_index(timeline->steps, MlTimelineStep, i);
}

static inline const MlTimelineStructure *
ml_timeline_structure(const MlTimeline *timeline, guint i)
{
    return &g_array_index(timeline->structures, MlTimelineStructure, i);
}

/**
 * ml_timeline_kind_id: "build".
 */
const char *ml_timeline_kind_id(MlTimelineKind kind);

/**
 * ml_timeline_peak: the most held at any moment, bytes.
 */
guint64 ml_timeline_peak(const MlTimeline *timeline);

/**
 * ml_timeline_to_json: the timeline as schema memlab.timeline.1; bytes are integers.
 *
 * Returns: (transfer full).
 */
json_t *ml_timeline_to_json(const MlTimeline *timeline);

/**
 * ml_timeline_from_json: a timeline recorded earlier.
 *
 * Errors: ML_ERROR_INPUT names the step and the key that is missing or wrong.
 * Returns: (transfer full).
 */
MlTimeline *ml_timeline_from_json(const json_t *json, GError **error);
