#include "measure/timing.h"

#include <stdlib.h>

enum {
    DEFAULT_REPEATS = 5,
    MAX_LOOK_UPS = 1000000,
    MIN_FAULT_PAGES = 64, /* fresh pages touched to price a page fault */
    MAX_FAULT_PAGES = 4096,
};

static const struct {
    const char *id;
    const char *label;
} names[ML_N_TIMES] = {
    [ML_TIME_BUILD] = { "build", "build, fresh memory" },
    [ML_TIME_BUILD_AGAIN] = { "build-again", "build again, memory at hand" },
    [ML_TIME_TRAVERSE] = { "traverse", "traverse" },
    [ML_TIME_LOOK_UP] = { "look-up", "look up, in order" },
    [ML_TIME_LOOK_UP_RANDOM] = { "look-up-random", "look up, random order" },
};

const char *
ml_time_id(MlTimeKind kind)
{
    return names[kind].id;
}

const char *
ml_time_label(MlTimeKind kind)
{
    return names[kind].label;
}

/* --- one run ---------------------------------------------------------------------------------- */

typedef struct {
    MlProbeTime time[ML_N_TIMES];
    guint64 count[ML_N_TIMES];
    double fault_seconds;
} Run;

static void
take(const MlProbe *probe, MlTimeKind kind, guint64 count, Run *run)
{
    run->time[kind] = ml_probe_last_time(probe);
    run->count[kind] = count;
}

static gboolean
look_up(MlProbe *probe,
    const MlMeasureRequest *request,
    guint32 handle,
    MlTimeKind kind,
    Run *run,
    GError **error)
{
    guint64 done;
    gboolean random = kind == ML_TIME_LOOK_UP_RANDOM;
    if (!ml_probe_look_up(probe, handle, MIN(request->n, MAX_LOOK_UPS), random, &done, error))
        return FALSE;
    take(probe, kind, done, run);
    return TRUE;
}

/* At about as many pages as the build took: few fit into the caches, and are cheaper. */
static gboolean
price_fault(MlProbe *probe, Run *run, GError **error)
{
    guint64 faults = run->time[ML_TIME_BUILD].page_faults;
    if (!ml_probe_touch(probe, CLAMP(faults, MIN_FAULT_PAGES, MAX_FAULT_PAGES), error))
        return FALSE;
    MlProbeTime touch = ml_probe_last_time(probe);
    run->fault_seconds = touch.page_faults > 0 ? touch.seconds / (double)touch.page_faults : 0;
    return TRUE;
}

static gboolean
time_all(MlProbe *probe, const MlMeasureRequest *request, Run *run, GError **error)
{
    guint32 handle;
    gint64 sum;
    for (MlTimeKind kind = ML_TIME_BUILD; kind <= ML_TIME_BUILD_AGAIN; kind++) {
        if (kind == ML_TIME_BUILD_AGAIN && !ml_probe_destroy(probe, handle, NULL, error))
            return FALSE;
        if (!ml_probe_build(
                probe, request->structure, &request->options, request->n, &handle, NULL, error))
            return FALSE;
        take(probe, kind, request->n, run);
    }
    if (!ml_probe_sum(probe, handle, &sum, NULL, error))
        return FALSE;
    take(probe, ML_TIME_TRAVERSE, request->n, run);
    return look_up(probe, request, handle, ML_TIME_LOOK_UP, run, error) &&
           look_up(probe, request, handle, ML_TIME_LOOK_UP_RANDOM, run, error) &&
           price_fault(probe, run, error);
}

/* --- summary over the runs -------------------------------------------------------------------- */

static int
compare(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts @values.  Returns: the middle one. */
static double
median(double *values, guint count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

/* Look-ups may be cut short at another number in each run, so that seconds are set for one run's
 * worth of the smallest. */
static void
summarise(const Run *runs, guint n_runs, MlTimeKind kind, MlTime *ret_time)
{
    g_autofree double *seconds = g_new(double, n_runs);
    g_autofree double *faults = g_new(double, n_runs);
    guint64 count = runs[0].count[kind];
    for (guint i = 1; i < n_runs; i++)
        count = MIN(count, runs[i].count[kind]);
    for (guint i = 0; i < n_runs; i++) {
        double share = runs[i].count[kind] > 0 ? (double)count / (double)runs[i].count[kind] : 1;
        seconds[i] = runs[i].time[kind].seconds * share;
        faults[i] = (double)runs[i].time[kind].page_faults;
    }
    ret_time->seconds = median(seconds, n_runs);
    ret_time->spread_seconds = seconds[n_runs - 1] - seconds[0];
    ret_time->count = count;
    ret_time->page_faults = (guint64)median(faults, n_runs);
}

static double
median_fault(const Run *runs, guint n_runs)
{
    g_autofree double *seconds = g_new(double, n_runs);
    for (guint i = 0; i < n_runs; i++)
        seconds[i] = runs[i].fault_seconds;
    return median(seconds, n_runs);
}

gboolean
ml_time_measure(const MlMeasureRequest *request, MlTimes *ret_times, GError **error)
{
    if (!ml_measure_check_fits(request, error))
        return FALSE;
    const MlProbeSettings settings = ml_measure_settings(request);
    guint n_runs = request->repeats > 0 ? request->repeats : DEFAULT_REPEATS;
    g_autofree Run *runs = g_new0(Run, n_runs);
    for (guint i = 0; i < n_runs; i++) {
        g_autoptr(MlProbe) probe = ml_probe_start(&settings, error);
        if (probe == NULL || !time_all(probe, request, &runs[i], error))
            return FALSE;
    }
    ret_times->repeats = n_runs;
    ret_times->fault_seconds = median_fault(runs, n_runs);
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++)
        summarise(runs, n_runs, kind, &ret_times->time[kind]);
    return TRUE;
}
