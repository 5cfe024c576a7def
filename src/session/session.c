#include "session/session.h"

#include "base/error.h"
#include "facts/make.h"
#include "measure/capacity.h"
#include "measure/probe.h"

#define HANDLE_GONE G_MAXUINT32

struct MlSession {
    MlProbe *probe;  /* (nullable): not started yet, or ended */
    GArray *handles; /* of guint32: a session's handle → the probe's, or HANDLE_GONE */
    guint n_cells;
    gboolean in_cell;
    gboolean has_peak;
    MlReading before;
    guint64 highest; /* VmRSS in this cell, up to the last restart of the peak */
    gint64 began;    /* µs, monotonic */
};

MlSession *
ml_session_new(void)
{
    MlSession *session = g_new0(MlSession, 1);
    session->handles = g_array_new(FALSE, FALSE, sizeof(guint32));
    return session;
}

void
ml_session_free(MlSession *session)
{
    if (session == NULL)
        return;
    ml_probe_free(session->probe);
    g_array_unref(session->handles);
    g_free(session);
}

static gboolean
start(MlSession *session, GError **error)
{
    if (session->probe == NULL)
        session->probe = ml_probe_start(NULL, error);
    return session->probe != NULL;
}

/* Forgets a probe that has ended, and all that lived in it. */
static void
forget_probe(MlSession *session)
{
    g_clear_pointer(&session->probe, ml_probe_free);
    session->in_cell = FALSE;
    for (guint i = 0; i < session->handles->len; i++)
        g_array_index(session->handles, guint32, i) = HANDLE_GONE;
}

/* Whether the probe has ended, with what ended it: it tells when it is spoken to. */
static gboolean
is_gone(MlSession *session, GError **error)
{
    g_autoptr(GError) end = NULL;
    gint64 sum;

    ml_probe_sum(session->probe, HANDLE_GONE, &sum, NULL, &end);
    if (ml_probe_pid(session->probe) != 0)
        return FALSE;
    g_propagate_error(error, g_steal_pointer(&end));
    return TRUE;
}

/* Whether a call of the probe went well; after one that did not, is there still a probe? */
static gboolean
after_call(MlSession *session, gboolean ok)
{
    if (!ok && ml_probe_pid(session->probe) == 0)
        forget_probe(session);
    return ok;
}

/* The probe's own number of a handle. */
static gboolean
find(MlSession *session, const MlHandle *handle, guint32 *ret_number, GError **error)
{
    *ret_number = handle->id < session->handles->len
                      ? g_array_index(session->handles, guint32, handle->id)
                      : HANDLE_GONE;
    if (*ret_number == HANDLE_GONE)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "this %s is gone, with its process or by del(); build it again",
            handle->structure->title);
    return TRUE;
}

GPid
ml_session_pid(MlSession *session, GError **error)
{
    return start(session, error) ? ml_probe_pid(session->probe) : 0;
}

gboolean
ml_session_read(MlSession *session, MlReading *ret_reading, GError **error)
{
    if (!start(session, error))
        return FALSE;
    g_autoptr(GError) unread = NULL;
    if (ml_reading_take(ml_probe_pid(session->probe), ret_reading, &unread))
        return TRUE;
    if (!is_gone(session, error))
        g_propagate_error(error, g_steal_pointer(&unread));
    forget_probe(session);
    return FALSE;
}

gboolean
ml_session_restart_peak(MlSession *session, GError **error)
{
    MlReading reading;

    if (!ml_session_read(session, &reading, error))
        return FALSE;
    session->highest = MAX(session->highest, reading.peak_rss);
    session->has_peak = ml_reading_reset_peak(ml_probe_pid(session->probe));
    return TRUE;
}

/* --- structures ------------------------------------------------------------------------------- */

gboolean
ml_session_build(MlSession *session,
    const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    MlHandle *ret_handle,
    GError **error)
{
    guint32 number;

    if (!ml_capacity_check(structure, options, n, ml_allocator_default(), error) ||
        !start(session, error))
        return FALSE;
    gboolean built = ml_probe_build(session->probe, structure, options, n, &number, NULL, error);
    if (!after_call(session, built))
        return FALSE;
    *ret_handle = (MlHandle){
        .id = session->handles->len,
        .structure = structure,
        .options = *options,
        .n = n,
    };
    g_array_append_val(session->handles, number);
    return TRUE;
}

gboolean
ml_session_destroy(MlSession *session, const MlHandle *handle, GError **error)
{
    guint32 number;

    if (!find(session, handle, &number, error))
        return FALSE;
    if (!after_call(session, ml_probe_destroy(session->probe, number, NULL, error)))
        return FALSE;
    g_array_index(session->handles, guint32, handle->id) = HANDLE_GONE;
    return TRUE;
}

gboolean
ml_session_trim(MlSession *session, GError **error)
{
    return start(session, error) && after_call(session, ml_probe_settle(session->probe, error));
}

gboolean
ml_session_sum(MlSession *session,
    const MlHandle *handle,
    gint64 *ret_sum,
    double *ret_seconds,
    GError **error)
{
    guint32 number;

    return find(session, handle, &number, error) &&
           after_call(session, ml_probe_sum(session->probe, number, ret_sum, ret_seconds, error));
}

gboolean
ml_session_get(
    MlSession *session, const MlHandle *handle, guint64 i, MlElement *ret_element, GError **error)
{
    guint32 number;

    return find(session, handle, &number, error) &&
           after_call(session, ml_probe_get(session->probe, number, i, ret_element, error));
}

gboolean
ml_session_put(MlSession *session, const MlHandle *handle, guint64 i, gint64 value, GError **error)
{
    guint32 number;

    return find(session, handle, &number, error) &&
           after_call(session, ml_probe_put(session->probe, number, i, value, error));
}

MlWalk *
ml_session_walk(MlSession *session, const MlHandle *handle, GError **error)
{
    guint32 number;

    if (!find(session, handle, &number, error))
        return NULL;
    const MlWalkSink *sink = ml_probe_walk(session->probe, number, error);
    if (!after_call(session, sink != NULL))
        return NULL;
    return ml_walk_from_sink(
        handle->structure, &handle->options, handle->n, ml_allocator_default(), sink);
}

/* --- cells ------------------------------------------------------------------------------------ */

gboolean
ml_session_cell_begin(MlSession *session, GError **error)
{
    session->highest = 0;
    if (!ml_session_restart_peak(session, error) ||
        !ml_session_read(session, &session->before, error))
        return FALSE;
    session->highest = 0; /* what was reached before this cell is not its own */
    session->in_cell = TRUE;
    session->n_cells++;
    session->began = g_get_monotonic_time();
    return TRUE;
}

gboolean
ml_session_cell_end(MlSession *session, MlCellLine *ret_line, GError **error)
{
    double seconds = (double)(g_get_monotonic_time() - session->began) / 1e6;
    MlReading after;

    if (!session->in_cell)
        return ml_fail(error, ML_ERROR_SURROUNDINGS, "the cell's process has ended");
    session->in_cell = FALSE;
    if (!ml_session_read(session, &after, error))
        return FALSE;
    guint64 highest = MAX(session->highest, session->has_peak ? after.peak_rss : 0);
    *ret_line = (MlCellLine){
        .number = session->n_cells,
        .used_bytes = (gint64)after.rss_anon - (gint64)session->before.rss_anon,
        .seconds = seconds,
        .peak_bytes = highest > after.rss ? highest - after.rss : 0,
        .before_bytes = session->before.rss,
        .total_bytes = after.rss,
    };
    return TRUE;
}
