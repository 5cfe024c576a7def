/* A session: one lasting probe in which memory adds up, as in a notebook's kernel.
 *
 * It never trims unless told, so that freed memory which malloc holds, and uses again, can be
 * seen.  (A measurement is another thing: one fresh, settled probe a structure.) */
#pragma once

#include "facts/walk.h"
#include "measure/reading.h"

typedef struct MlSession MlSession;

/* A structure that lives in the session's probe. */
typedef struct {
    guint32 id;
    const MlStructure *structure;
    MlOptions options;
    guint64 n;
} MlHandle;

/* What one cell did. */
typedef struct {
    guint number;         /* [1], [2], … */
    gint64 used_bytes;    /* change of RssAnon, as left */
    double seconds;       /* wall, monotonic */
    guint64 peak_bytes;   /* highest - end, never below 0 */
    guint64 before_bytes; /* VmRSS before, as read */
    guint64 total_bytes;  /* VmRSS after, as read */
} MlCellLine;

/**
 * ml_session_new: a session; its probe is started by the first call that needs it.
 *
 * Returns: (transfer full): cannot fail.
 */
MlSession *ml_session_new(void);
void ml_session_free(MlSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlSession, ml_session_free)

/**
 * ml_session_pid: the probe's process, for the one who wants to read the counter himself.
 *
 * Returns: 0 where it could not be started (@error).
 */
GPid ml_session_pid(MlSession *session, GError **error);

/**
 * ml_session_read: what the probe holds now.
 *
 * Errors, here and below: where the probe has ended, its handles have ended with it
 * (ML_ERROR_USAGE for each from then on), and the next call begins with a fresh one.
 */
gboolean ml_session_read(MlSession *session, MlReading *ret_reading, GError **error);

/**
 * ml_session_restart_peak: let the reading's peak start again from here.  The line after the cell
 * still knows what was reached before.
 */
gboolean ml_session_restart_peak(MlSession *session, GError **error);

/**
 * ml_session_build: build a structure and keep it.
 * @ret_handle: (out caller-allocates)
 *
 * Errors: ML_ERROR_SURROUNDINGS where it does not fit (asked before building).
 */
gboolean ml_session_build(MlSession *session,
    const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    MlHandle *ret_handle,
    GError **error);

gboolean ml_session_destroy(MlSession *session, const MlHandle *handle, GError **error);
gboolean ml_session_trim(MlSession *session, GError **error);
gboolean ml_session_sum(MlSession *session,
    const MlHandle *handle,
    gint64 *ret_sum,
    double *ret_seconds,
    GError **error);
gboolean ml_session_get(
    MlSession *session, const MlHandle *handle, guint64 i, MlElement *ret_element, GError **error);
gboolean ml_session_put(
    MlSession *session, const MlHandle *handle, guint64 i, gint64 value, GError **error);

/**
 * ml_session_walk: the live blocks of one structure: totals and samples.
 *
 * Returns: (transfer full).
 */
MlWalk *ml_session_walk(MlSession *session, const MlHandle *handle, GError **error);

/**
 * ml_session_cell_begin, ml_session_cell_end: around whatever a cell does.
 * @ret_line: (out)
 *
 * Errors: as ml_session_read(); an end without its beginning, or after the probe's end, too.
 */
gboolean ml_session_cell_begin(MlSession *session, GError **error);
gboolean ml_session_cell_end(MlSession *session, MlCellLine *ret_line, GError **error);

/**
 * ml_cell_line_text: the line after a cell (the long form from 100 columns on).
 * "In [2] used 38.16 MiB RAM in 0.126 s, peaked 0.00 MiB above current, total RAM usage 41.02 MiB"
 * "[2]  +38.16 MiB   0.126 s   peak +0.00   total 41.02 MiB"
 *
 * Returns: (transfer full).
 */
char *ml_cell_line_text(const MlCellLine *line, int columns);
