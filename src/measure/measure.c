#include "measure/measure.h"

#include <string.h>

#include "base/error.h"
#include "measure/allocator_library.h"
#include "measure/capacity.h"
#include "measure/pages.h"
#include "measure/peak.h"
#include "measure/recorded.h"
#include "measure/slices.h"

enum {
    DEFAULT_REPEATS = 5,
    MANY_ELEMENTS = 1000000, /* beyond, one run is enough: pinned runs do not differ */
};

/* What one fresh probe shows. */
typedef struct {
    gint64 bytes;
    gint64 raw_bytes;
    guint64 kernel_peak_bytes;
    guint64 base_rss_bytes;
    guint64 total_rss_bytes;
    double seconds;
} Run;

/* --- reading one run -------------------------------------------------------------------------- */

/* What a part's blocks hold, and what of it lies on pages that nobody has touched. */
static void
read_part(const MlWalkTotals *totals, const MlCensus *census, guint part, MlMeasuredPart *ret_part)
{
    *ret_part = (MlMeasuredPart){
        .blocks = totals->blocks,
        .requested = totals->request_bytes,
        .usable = totals->usable_bytes,
        .used = totals->used,
        .field = totals->field_bytes,
        .absent = census->requested[part].absent_bytes,
        .absent_rounding = census->rounding[part].absent_bytes,
    };
}

static void
add_note(MlMeasurement *measurement, const char *note)
{
    if (note == NULL || (measurement->notes != NULL && strstr(measurement->notes, note) != NULL))
        return;
    char *notes = g_strconcat(measurement->notes != NULL ? measurement->notes : "", note, NULL);
    g_free(measurement->notes);
    measurement->notes = notes;
}

/* The probe calls its malloc "jemalloc 5.3.0". */
static void
note_version(MlMeasurement *measurement, const MlAllocator *allocator)
{
    const char *version = allocator->run.version;
    if (version == NULL)
        return;
    g_autofree char *known = g_strdup_printf("%s %s", allocator->name, version);
    gsize length = strlen(known);
    const char *found = measurement->malloc_name;
    if (g_str_has_prefix(found, known) && !g_ascii_isdigit(found[length]))
        return;
    g_autofree char *note = g_strdup_printf("the model is of %s, and this is %s\n", known, found);
    add_note(measurement, note);
}

/* The process around the build. */
typedef struct {
    MlReading before;
    MlReading raw; /* as the build left it */
    MlReading settled;
    gboolean has_peak;
    MlPages *pages_before; /* (nullable): only of the last run */
    MlPages *pages_after;
} Readings;

static void
readings_clear(Readings *readings)
{
    ml_pages_free(readings->pages_before);
    ml_pages_free(readings->pages_after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Readings, readings_clear)

/* Two ways to count the same pages. */
static char *
check_pages(const MlPages *pages, const MlReading *reading)
{
    if (ml_pages_bytes(pages) == reading->rss_anon)
        return NULL;
    return g_strdup_printf("the page scan finds %" G_GUINT64_FORMAT
                           " B, and RssAnon says %" G_GUINT64_FORMAT " B",
        ml_pages_bytes(pages),
        reading->rss_anon);
}

/* The protocol: read, build, read, settle, read; whoever walks does it after this. */
static gboolean
build_and_read(MlProbe *probe,
    const MlMeasureRequest *request,
    gboolean with_pages,
    Readings *readings,
    guint32 *ret_handle,
    double *ret_seconds,
    GError **error)
{
    GPid pid = ml_probe_pid(probe);
    if (with_pages)
        readings->pages_before = ml_pages_take(pid, NULL);
    if (!ml_reading_take(pid, &readings->before, error))
        return FALSE;
    readings->has_peak = ml_reading_reset_peak(pid);
    if (!ml_probe_build(probe,
            request->structure,
            &request->options,
            request->n,
            ret_handle,
            ret_seconds,
            error) ||
        !ml_reading_take(pid, &readings->raw, error) ||
        (!request->as_shipped && !ml_probe_settle(probe, error)) ||
        !ml_reading_take(pid, &readings->settled, error))
        return FALSE;
    if (with_pages)
        readings->pages_after = ml_pages_take(pid, NULL);
    return TRUE;
}

static gboolean
has_pages(const Readings *readings)
{
    return readings->pages_before != NULL && readings->pages_after != NULL;
}

static void
fill_run(const Readings *readings, Run *run)
{
    guint64 base = readings->before.rss;
    guint64 highest = readings->raw.peak_rss;
    run->bytes = (gint64)readings->settled.rss_anon - (gint64)readings->before.rss_anon;
    run->raw_bytes = (gint64)readings->raw.rss_anon - (gint64)readings->before.rss_anon;
    run->base_rss_bytes = base;
    run->total_rss_bytes = readings->settled.rss;
    run->kernel_peak_bytes = readings->has_peak && highest > base ? highest - base : 0;
}

/* Which elements of a sparse block are in use, the recorder does not know. */
static gboolean
take_page_map(MlProbe *probe,
    const MlMeasureRequest *request,
    guint32 handle,
    const Readings *readings,
    MlCensus *census,
    MlMeasurement *measurement,
    GError **error)
{
    if (!request->page_map || !has_pages(readings) || request->recorder != NULL)
        return TRUE;
    measurement->page_map = ml_page_map_take(
        probe, handle, census, readings->pages_before, readings->pages_after, error);
    return measurement->page_map != NULL;
}

static gboolean
read_parts(MlProbe *probe,
    const MlMeasureRequest *request,
    guint32 handle,
    const Readings *readings,
    MlMeasurement *measurement,
    GError **error)
{
    MlPart kinds[ML_MAX_PARTS];
    guint32 n_parts = request->structure->parts(request->n, &request->options, kinds);
    MlCensus nothing_absent = { .n_parts = 0 };
    MlCensus *census = &nothing_absent;
    const MlWalkSink *sink = has_pages(readings) ? ml_attribution_make(probe,
                                                       handle,
                                                       n_parts,
                                                       readings->pages_before,
                                                       readings->pages_after,
                                                       &measurement->attribution,
                                                       &census,
                                                       &measurement->invalid_reason,
                                                       error)
                                                 : ml_probe_walk(probe, handle, error);
    if (sink == NULL)
        return FALSE;
    measurement->n_parts = sink->n_parts;
    for (guint i = 0; i < sink->n_parts; i++)
        read_part(&sink->totals[i], census, i, &measurement->part[i]);
    measurement->walk = g_memdup2(sink, sizeof *sink);
    return take_page_map(probe, request, handle, readings, census, measurement, error);
}

static gboolean
run_once(const MlMeasureRequest *request,
    gboolean is_last,
    Run *ret_run,
    MlMeasurement *measurement,
    GError **error)
{
    const MlProbeSettings settings = ml_measure_settings(request);
    guint32 handle;
    g_auto(Readings) readings = { .has_peak = FALSE };
    g_autoptr(MlProbe) probe = ml_probe_start(&settings, error);
    if (probe == NULL)
        return FALSE;
    if (request->recorder != NULL)
        ml_recorder_restart(request->recorder);
    if (!build_and_read(probe, request, is_last, &readings, &handle, &ret_run->seconds, error))
        return FALSE;

    fill_run(&readings, ret_run);
    if (measurement->invalid_reason == NULL)
        ml_reading_check(ml_probe_pid(probe), &readings.settled, &measurement->invalid_reason);
    add_note(measurement, ml_probe_notes(probe));
    if (!readings.has_peak)
        add_note(measurement, "the kernel does not let the peak be reset: peak = final size\n");
    if (!is_last)
        return TRUE;
    if (!has_pages(&readings))
        add_note(measurement, "/proc/PID/pagemap cannot be read: who owns which page is unknown\n");
    else if (measurement->invalid_reason == NULL)
        measurement->invalid_reason = check_pages(readings.pages_after, &readings.settled);
    measurement->libc = g_strdup(ml_probe_libc(probe));
    measurement->malloc_name = g_strdup(ml_probe_malloc(probe));
    note_version(measurement, request->allocator);
    return read_parts(probe, request, handle, &readings, measurement, error);
}

/* --- summary over the runs -------------------------------------------------------------------- */

static int
compare_bytes(gconstpointer a, gconstpointer b)
{
    const Run *x = a;
    const Run *y = b;
    return (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

static int
compare_seconds(gconstpointer a, gconstpointer b)
{
    const Run *x = a;
    const Run *y = b;
    return (x->seconds > y->seconds) - (x->seconds < y->seconds);
}

static void
summarise(Run *runs, guint n_runs, MlMeasurement *measurement)
{
    qsort(runs, n_runs, sizeof *runs, compare_seconds);
    measurement->seconds = n_runs % 2 == 1
                               ? runs[n_runs / 2].seconds
                               : (runs[n_runs / 2 - 1].seconds + runs[n_runs / 2].seconds) / 2;
    qsort(runs, n_runs, sizeof *runs, compare_bytes);
    const Run *median = &runs[n_runs / 2];
    measurement->bytes = median->bytes;
    measurement->raw_bytes = median->raw_bytes;
    measurement->kernel_peak_bytes = median->kernel_peak_bytes;
    measurement->base_rss_bytes = median->base_rss_bytes;
    measurement->total_rss_bytes = median->total_rss_bytes;
    measurement->repeats = n_runs;
    measurement->spread_bytes = (guint64)(runs[n_runs - 1].bytes - runs[0].bytes);
}

gboolean
ml_measure_check_fits(const MlMeasureRequest *request, GError **error)
{
    const MlAllocator *allocator =
        request->allocator != NULL ? request->allocator : ml_allocator_default();
    if (!ml_allocator_check_runs(allocator, request->structure, error))
        return FALSE;
    return request->force
               ? ml_capacity_check_size(request->structure, &request->options, request->n, error)
               : ml_capacity_check(
                     request->structure, &request->options, request->n, allocator, error);
}

MlProbeSettings
ml_measure_settings(const MlMeasureRequest *request)
{
    return (MlProbeSettings){
        .allocator = request->allocator,
        .as_shipped = request->as_shipped,
        .slices = ml_slices_of(request->structure, &request->options),
        .recorder = request->recorder,
        .slabs = ml_slices_fill_slabs(request->structure, &request->options, request->n),
    };
}

/* What the allocator keeps when nobody pins its settings: the difference to a pinned run. */
static gboolean
measure_held_back(const MlMeasureRequest *as_shipped, MlMeasurement *measurement, GError **error)
{
    Run run;
    MlMeasureRequest pinned = *as_shipped;
    pinned.as_shipped = FALSE;
    if (!run_once(&pinned, FALSE, &run, measurement, error))
        return FALSE;
    measurement->held_back_bytes = measurement->bytes - run.bytes;
    return TRUE;
}

/* A run of its own, which is not timed: the blocks are those that the recorder saw. */
static gboolean
run_recorded(const MlMeasureRequest *request, MlMeasurement *measurement, GError **error)
{
    Run run;
    MlMeasureRequest recorded = *request;
    g_autoptr(MlRecorder) recorder = recorded.recorder = ml_recorded_new(request, error);
    if (recorder == NULL || !run_once(&recorded, TRUE, &run, measurement, error))
        return FALSE;
    g_autofree char *note = ml_recorded_note(&recorded);
    add_note(measurement, note);
    return TRUE;
}

MlMeasurement *
ml_measure(const MlMeasureRequest *wanted, GError **error)
{
    MlMeasureRequest filled = *wanted;
    const MlMeasureRequest *request = &filled;
    if (filled.allocator == NULL)
        filled.allocator = ml_allocator_default();
    if (!ml_measure_check_fits(request, error))
        return NULL;
    guint n_runs = request->repeats;
    if (n_runs == 0)
        n_runs = request->n <= MANY_ELEMENTS ? DEFAULT_REPEATS : 1;

    g_autoptr(MlMeasurement) measurement = g_new0(MlMeasurement, 1);
    g_autofree Run *runs = g_new0(Run, n_runs);
    gboolean is_recorded = ml_recorded_wanted(request);
    for (guint i = 0; i < n_runs; i++)
        if (!run_once(request, i == n_runs - 1 && !is_recorded, &runs[i], measurement, error))
            return NULL;
    if (is_recorded && !run_recorded(request, measurement, error))
        return NULL;
    summarise(runs, n_runs, measurement);
    if (!ml_peak_measure(request, measurement, error) ||
        (request->as_shipped && !measure_held_back(request, measurement, error)))
        return NULL;
    return g_steal_pointer(&measurement);
}

void
ml_measurement_free(MlMeasurement *measurement)
{
    if (measurement == NULL)
        return;
    g_free(measurement->libc);
    g_free(measurement->malloc_name);
    g_free(measurement->invalid_reason);
    g_free(measurement->notes);
    g_free(measurement->walk);
    ml_page_map_free(measurement->page_map);
    g_free(measurement);
}
