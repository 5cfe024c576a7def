/* What a picture is drawn from, kept in a file: drawn again, it is the same picture.
 *
 * JSON schema: memlab.recording.1: {"walk", "more_walks", "ledgers", "series", "layouts",
 * "timeline"}; all but ledgers and series may be missing, and these be empty. */
#pragma once

#include "facts/layout.h"
#include "facts/series.h"
#include "facts/timeline.h"
#include "facts/walk.h"

typedef struct {
    MlWalk *walk;          /* (nullable) */
    GPtrArray *more_walks; /* (element-type MlWalk) (nullable): of further structures */
    GPtrArray *ledgers;    /* (element-type MlLedger) (nullable) */
    GPtrArray *series;     /* (element-type MlSeries) (nullable) */
    GPtrArray *layouts;    /* (element-type MlLayout) (nullable) */
    MlTimeline *timeline;  /* (nullable) */
} MlRecording;

void ml_recording_clear(MlRecording *recording);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlRecording, ml_recording_clear)

/**
 * ml_recording_new_ledgers, ml_recording_new_series, ml_recording_new_layouts,
 * ml_recording_new_walks: an empty list that frees what is put into it.
 *
 * Returns: (transfer full).
 */
GPtrArray *ml_recording_new_ledgers(void);
GPtrArray *ml_recording_new_series(void);
GPtrArray *ml_recording_new_layouts(void);
GPtrArray *ml_recording_new_walks(void);

/**
 * ml_recording_write: replace @path by the recording.
 * ml_recording_read: the same again; what was measured is RECORDED.
 * @ret_recording: (out): cleared by the caller; untouched on failure
 *
 * Errors: ML_ERROR_SURROUNDINGS where the file cannot be written; ML_ERROR_INPUT names the file and
 * what is wrong with it.
 */
gboolean ml_recording_write(const MlRecording *recording, const char *path, GError **error);
gboolean ml_recording_read(const char *path, MlRecording *ret_recording, GError **error);
