#include "measure/measure.h"

#include <string.h>

#include "base/error.h"
#include "measure/capacity.h"
#include "measure/pages.h"

enum {
    DEFAULT_REPEATS = 5,
    MANY_ELEMENTS = 1000000, /* beyond, one run is enough: pinned runs do not differ */
};

/* What one fresh probe shows. */
typedef struct {
    gint64 bytes;
    gint64 raw_bytes;
    guint64 peak_bytes;
    guint64 base_rss_bytes;
    guint64 total_rss_bytes;
    double seconds;
} Run;

/* --- reading one run -------------------------------------------------------------------------- */

/* Where a large block has pages that nobody has touched, and how long its field is. */
static void
read_large_block(const MlPages *pages,
    const MlAllocator *allocator,
    const MlWalkLarge *block,
    MlMeasuredPart *part)
{
    guint64 request_end = block->address + block->request_bytes;
    guint64 usable_end = block->address + block->usable_bytes;
    part->absent += ml_pages_absent(pages, block->address, request_end);
    part->absent_rounding += ml_pages_absent(pages, request_end, usable_end);
    if (!ml_pages_in_heap(pages, block->address))
        part->field += allocator->mapped_field_bytes - allocator->field_bytes;
}

static gboolean
read_parts(MlProbe *probe,
    const MlAllocator *allocator,
    guint32 handle,
    MlMeasurement *measurement,
    GError **error)
{
    g_autoptr(MlPages) pages = ml_pages_take(ml_probe_pid(probe), error);
    const MlWalkSink *sink = pages != NULL ? ml_probe_walk(probe, handle, error) : NULL;
    if (sink == NULL)
        return FALSE;
    measurement->n_parts = sink->n_parts;
    for (guint i = 0; i < sink->n_parts; i++) {
        const MlWalkTotals *totals = &sink->totals[i];
        measurement->part[i] = (MlMeasuredPart){
            .blocks = totals->blocks,
            .requested = totals->request_bytes,
            .usable = totals->usable_bytes,
            .used = totals->used,
            .field = totals->blocks * allocator->field_bytes,
        };
    }
    for (guint64 i = 0; i < MIN(sink->n_large, ML_WALK_MAX_LARGE); i++)
        read_large_block(
            pages, allocator, &sink->large[i], &measurement->part[sink->large[i].part]);
    measurement->walk = g_memdup2(sink, sizeof *sink);
    return TRUE;
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

/* The protocol: settle, read, build, read, settle, read; and only then walk. */
static gboolean
run_once(const MlMeasureRequest *request,
    gboolean is_last,
    Run *ret_run,
    MlMeasurement *measurement,
    GError **error)
{
    const MlProbeSettings settings = {
        .allocator = request->allocator,
        .as_shipped = request->as_shipped,
    };
    g_autoptr(MlProbe) probe = ml_probe_start(&settings, error);
    if (probe == NULL)
        return FALSE;
    GPid pid = ml_probe_pid(probe);
    guint32 handle;
    MlReading before;
    MlReading raw;
    MlReading settled;
    if (!ml_reading_take(pid, &before, error))
        return FALSE;
    gboolean has_peak = ml_reading_reset_peak(pid);
    if (!ml_probe_build(probe,
            request->structure,
            &request->options,
            request->n,
            &handle,
            &ret_run->seconds,
            error) ||
        !ml_reading_take(pid, &raw, error) ||
        (!request->as_shipped && !ml_probe_settle(probe, error)) ||
        !ml_reading_take(pid, &settled, error))
        return FALSE;

    ret_run->bytes = (gint64)settled.rss_anon - (gint64)before.rss_anon;
    ret_run->raw_bytes = (gint64)raw.rss_anon - (gint64)before.rss_anon;
    ret_run->base_rss_bytes = before.rss;
    ret_run->total_rss_bytes = settled.rss;
    guint64 peak = has_peak && raw.peak_rss > before.rss ? raw.peak_rss - before.rss : 0;
    ret_run->peak_bytes = MAX(peak, (guint64)MAX(ret_run->raw_bytes, ret_run->bytes));
    if (measurement->invalid_reason == NULL)
        ml_reading_check(pid, &settled, &measurement->invalid_reason);
    add_note(measurement, ml_probe_notes(probe));
    if (!has_peak)
        add_note(measurement, "the kernel does not let the peak be reset: peak = final size\n");
    if (!is_last)
        return TRUE;
    measurement->libc = g_strdup(ml_probe_libc(probe));
    measurement->malloc_name = g_strdup(ml_probe_malloc(probe));
    return read_parts(probe, request->allocator, handle, measurement, error);
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
    measurement->peak_bytes = median->peak_bytes;
    measurement->base_rss_bytes = median->base_rss_bytes;
    measurement->total_rss_bytes = median->total_rss_bytes;
    measurement->repeats = n_runs;
    measurement->spread_bytes = (guint64)(runs[n_runs - 1].bytes - runs[0].bytes);
}

static gboolean
check_fits(const MlMeasureRequest *request, GError **error)
{
    return request->force
               ? ml_capacity_check_size(request->structure, &request->options, request->n, error)
               : ml_capacity_check(
                     request->structure, &request->options, request->n, request->allocator, error);
}

MlMeasurement *
ml_measure(const MlMeasureRequest *wanted, GError **error)
{
    MlMeasureRequest filled = *wanted;
    const MlMeasureRequest *request = &filled;
    if (filled.allocator == NULL)
        filled.allocator = ml_allocator_default();
    if (!check_fits(request, error))
        return NULL;
    guint n_runs = request->repeats;
    if (n_runs == 0)
        n_runs = request->n <= MANY_ELEMENTS ? DEFAULT_REPEATS : 1;

    g_autoptr(MlMeasurement) measurement = g_new0(MlMeasurement, 1);
    g_autofree Run *runs = g_new0(Run, n_runs);
    for (guint i = 0; i < n_runs; i++)
        if (!run_once(request, i == n_runs - 1, &runs[i], measurement, error))
            return NULL;
    summarise(runs, n_runs, measurement);
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
    g_free(measurement);
}
