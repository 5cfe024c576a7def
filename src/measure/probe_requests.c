#include <string.h>

#include "measure/probe_private.h"
#include "measure/slices.h"

gboolean
ml_probe_build(MlProbe *probe,
    const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    guint32 *ret_handle,
    double *ret_seconds,
    GError **error)
{
    MlWireRequest request = { .op = ML_OP_BUILD, .n = n, .options = *options };
    MlWireReply reply;
    if (!ml_slices_check(structure, options, probe->slices, error))
        return FALSE;
    g_strlcpy(request.structure, structure->name, sizeof request.structure);
    probe->library = structure->library;
    gboolean built = ml_probe_call(probe, &request, &reply, error);
    probe->library = NULL;
    if (!built)
        return FALSE;
    *ret_handle = reply.handle;
    if (ret_seconds != NULL)
        *ret_seconds = probe->last_time.seconds;
    return TRUE;
}

gboolean
ml_probe_destroy(MlProbe *probe, guint32 handle, double *ret_seconds, GError **error)
{
    MlWireRequest request = { .op = ML_OP_DESTROY, .handle = handle };
    MlWireReply reply;
    if (!ml_probe_call(probe, &request, &reply, error))
        return FALSE;
    if (ret_seconds != NULL)
        *ret_seconds = probe->last_time.seconds;
    return TRUE;
}

gboolean
ml_probe_settle(MlProbe *probe, GError **error)
{
    MlWireRequest request = { .op = ML_OP_SETTLE };
    MlWireReply reply;
    return ml_probe_call(probe, &request, &reply, error);
}

const MlWalkSink *
ml_probe_walk(MlProbe *probe, guint32 handle, GError **error)
{
    MlWireRequest request = { .op = ML_OP_WALK, .handle = handle };
    MlWireReply reply;
    return ml_probe_call(probe, &request, &reply, error) ? probe->sink : NULL;
}

gboolean
ml_probe_sum(MlProbe *probe, guint32 handle, gint64 *ret_sum, double *ret_seconds, GError **error)
{
    MlWireRequest request = { .op = ML_OP_SUM, .handle = handle };
    MlWireReply reply;
    if (!ml_probe_call(probe, &request, &reply, error))
        return FALSE;
    *ret_sum = reply.value;
    if (ret_seconds != NULL)
        *ret_seconds = probe->last_time.seconds;
    return TRUE;
}

gboolean
ml_probe_get(MlProbe *probe, guint32 handle, guint64 i, MlElement *ret_element, GError **error)
{
    MlWireRequest request = { .op = ML_OP_GET, .handle = handle, .n = i };
    MlWireReply reply;
    if (!ml_probe_call(probe, &request, &reply, error))
        return FALSE;
    *ret_element = reply.element;
    return TRUE;
}

gboolean
ml_probe_put(MlProbe *probe, guint32 handle, guint64 i, gint64 value, GError **error)
{
    MlWireRequest request = { .op = ML_OP_PUT, .handle = handle, .n = i, .value = value };
    MlWireReply reply;
    return ml_probe_call(probe, &request, &reply, error);
}

gboolean
ml_probe_look_up(
    MlProbe *probe, guint32 handle, guint64 n, gboolean random, guint64 *ret_done, GError **error)
{
    MlWireRequest request = { .op = ML_OP_LOOK_UP, .handle = handle, .n = n, .value = random };
    MlWireReply reply;
    if (!ml_probe_call(probe, &request, &reply, error))
        return FALSE;
    *ret_done = (guint64)reply.value;
    return TRUE;
}

gboolean
ml_probe_touch(MlProbe *probe, guint64 n_pages, GError **error)
{
    MlWireRequest request = { .op = ML_OP_TOUCH, .n = n_pages };
    MlWireReply reply;
    return ml_probe_call(probe, &request, &reply, error);
}

MlProbeTime
ml_probe_last_time(const MlProbe *probe)
{
    return probe->last_time;
}
