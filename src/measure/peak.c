#include "measure/peak.h"

#include "measure/recorder.h"

/* What a build does with large blocks beside asking for them. */
typedef struct {
    gboolean frees;
    gboolean reallocs;
} LargeBlocks;

static LargeBlocks
find_large_blocks(const MlMeasureRequest *request)
{
    LargeBlocks found = { FALSE, FALSE };
    guint64 bytes[ML_PLAN_MAX_BLOCKS] = { 0 };
    g_autofree MlPlan *plan = g_new(MlPlan, 1);
    ml_structure_plan(request->structure, request->n, &request->options, plan);
    for (guint32 i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        if (step->kind == ML_STEP_FREE)
            found.frees |= bytes[step->block] >= ML_RECORD_LARGE_BYTES;
        if (step->kind == ML_STEP_REALLOC)
            found.reallocs |= MAX(bytes[step->block], step->bytes) >= ML_RECORD_LARGE_BYTES;
        if (step->kind == ML_STEP_ALLOC || step->kind == ML_STEP_REALLOC)
            bytes[step->block] = step->bytes;
    }
    return found;
}

/* A run of its own, with the recorder.  @ret_bytes: above what the probe held before the build. */
static gboolean
record_peak(const MlMeasureRequest *request, guint64 *ret_bytes, GError **error)
{
    g_autoptr(MlRecorder) recorder = ml_recorder_new(0, error);
    if (recorder == NULL)
        return FALSE;
    MlProbeSettings settings = ml_measure_settings(request);
    settings.recorder = recorder;
    MlReading before;
    MlReading after;
    guint32 handle;
    g_autoptr(MlProbe) probe = ml_probe_start(&settings, error);
    if (probe == NULL || !ml_reading_take(ml_probe_pid(probe), &before, error))
        return FALSE;
    ml_recorder_restart(recorder);
    if (!ml_probe_build(
            probe, request->structure, &request->options, request->n, &handle, NULL, error) ||
        !ml_reading_take(ml_probe_pid(probe), &after, error))
        return FALSE;
    guint64 highest = MAX(ml_recorder_record(recorder)->peak_bytes, after.rss_anon);
    *ret_bytes = highest > before.rss_anon ? highest - before.rss_anon : 0;
    return TRUE;
}

gboolean
ml_peak_measure(const MlMeasureRequest *request, MlMeasurement *measurement, GError **error)
{
    LargeBlocks large = find_large_blocks(request);
    gint64 at_end = MAX(measurement->raw_bytes, measurement->bytes);
    measurement->peak_bytes = (guint64)MAX(at_end, 0);
    measurement->peak_is_exact = TRUE;
    if (!large.frees && !large.reallocs)
        return TRUE;
    gboolean may_build = request->exact_peak || measurement->repeats > 1;
    /* glibc moves pages where others copy; while realloc() copies, nobody can read. */
    gboolean can_record = ml_recorder_check(request->allocator, NULL);
    measurement->peak_is_exact = may_build && can_record &&
                                 (!large.reallocs || request->allocator == ml_allocator_default());
    guint64 recorded = 0;
    if (may_build && can_record && !record_peak(request, &recorded, error))
        return FALSE;
    measurement->peak_bytes = MAX(measurement->peak_bytes, recorded);
    if (!measurement->peak_is_exact)
        measurement->peak_bytes = MAX(measurement->peak_bytes, measurement->kernel_peak_bytes);
    return TRUE;
}
