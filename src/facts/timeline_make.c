/* Making a Timeline: one probe in which structures are built, and freed again in the same order. */
#include "base/error.h"
#include "facts/make.h"
#include "measure/allocator_library.h"
#include "measure/capacity.h"
#include "measure/pages.h"
#include "measure/slices.h"
#include "model/compute.h"

/* The process on its way. */
typedef struct {
    const MlTimelineRequest *request;
    MlTimeline *timeline;
    MlProbe *probe;
    MlRecorder *recorder; /* (nullable): where malloc cannot be recorded */
    gboolean has_peak;    /* the kernel's */
    MlPages *pages;       /* (nullable): as of the last step */
    guint32 *handles;     /* of each structure */
    guint64 *live;        /* bytes of each structure's blocks */
    guint64 live_bytes;   /* of all that are alive */
} Run;

static void
run_clear(Run *run)
{
    ml_probe_free(run->probe);
    ml_recorder_free(run->recorder);
    ml_pages_free(run->pages);
    g_free(run->handles);
    g_free(run->live);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

static const MlChoice *
choice_of(const Run *run, guint i)
{
    return &g_array_index(run->request->choices, MlChoice, i);
}

static void
add_note(MlTimeline *timeline, const char *note)
{
    if (note == NULL)
        return;
    char *notes = g_strconcat(timeline->notes != NULL ? timeline->notes : "", note, NULL);
    g_free(timeline->notes);
    timeline->notes = notes;
}

/* --- before anything is built ----------------------------------------------------------------- */

static const char *
slices_of_all(const GArray *choices)
{
    const char *slices = NULL;
    for (guint i = 0; i < choices->len && slices == NULL; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        slices = ml_slices_of(choice->structure, &choice->options);
    }
    return slices;
}

static gboolean
check(const MlTimelineRequest *request, GError **error)
{
    const char *slices = slices_of_all(request->choices);
    if (request->choices->len > ML_TIMELINE_MAX_STRUCTURES)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "a timeline has at most %u structures, not %u",
            ML_TIMELINE_MAX_STRUCTURES,
            request->choices->len);
    for (guint i = 0; i < request->choices->len; i++) {
        const MlChoice *choice = &g_array_index(request->choices, MlChoice, i);
        const MlMeasureRequest one = {
            .structure = choice->structure,
            .options = choice->options,
            .n = request->n,
            .allocator = request->allocator,
            .force = request->force,
        };
        if (!ml_measure_check_fits(&one, error) ||
            !ml_slices_check(choice->structure, &choice->options, slices, error))
            return FALSE;
    }
    return request->force ||
           ml_capacity_check_together(request->choices, request->n, request->allocator, error);
}

/* The recorder reads what is held before each large block goes; it moves no figure. */
static gboolean
start(Run *run, GError **error)
{
    const MlTimelineRequest *request = run->request;
    MlProbeSettings settings = {
        .allocator = request->allocator,
        .as_shipped = request->as_shipped,
        .slices = slices_of_all(request->choices),
    };
    for (guint i = 0; i < request->choices->len; i++)
        settings.slabs |= ml_slices_fill_slabs(
            choice_of(run, i)->structure, &choice_of(run, i)->options, request->n);
    if (ml_recorder_check(request->allocator, NULL)) {
        settings.recorder = run->recorder = ml_recorder_new(0, error);
        if (run->recorder == NULL)
            return FALSE;
    }
    run->probe = ml_probe_start(&settings, error);
    return run->probe != NULL;
}

/* --- one step --------------------------------------------------------------------------------- */

static void
begin_step(Run *run)
{
    if (run->recorder != NULL)
        ml_recorder_restart(run->recorder);
    run->has_peak = ml_reading_reset_peak(ml_probe_pid(run->probe));
}

/* The most within the step: as recorded, else the kernel's, which counts the pages of files too. */
static guint64
peak_of(const Run *run, const MlReading *reading, guint64 before)
{
    guint64 ends = MAX(before, reading->rss_anon);
    if (run->recorder != NULL)
        return MAX(ends, ml_recorder_record(run->recorder)->peak_bytes);
    guint64 files = reading->rss - reading->rss_anon;
    return run->has_peak && reading->peak_rss > files ? MAX(ends, reading->peak_rss - files) : ends;
}

/* What neither lives nor was there at the start is the allocator's. */
static void
add_step(Run *run, MlTimelineKind kind, guint structure, const MlReading *reading)
{
    GArray *steps = run->timeline->steps;
    gboolean is_first = steps->len == 0;
    guint64 base = is_first ? reading->rss_anon : ml_timeline_step(run->timeline, 0)->rss_bytes;
    guint64 before = is_first ? 0 : ml_timeline_step(run->timeline, steps->len - 1)->rss_bytes;
    guint64 explained = base + run->live_bytes;
    MlTimelineStep step = {
        .kind = kind,
        .structure = structure,
        .rss_bytes = reading->rss_anon,
        .peak_bytes = is_first ? reading->rss_anon : peak_of(run, reading, before),
        .live_bytes = run->live_bytes,
        .held_bytes = reading->rss_anon > explained ? reading->rss_anon - explained : 0,
        .total_rss_bytes = reading->rss,
    };
    g_array_append_val(steps, step);
}

static gboolean
end_step(Run *run, MlTimelineKind kind, guint structure, GError **error)
{
    MlReading reading;
    GPid pid = ml_probe_pid(run->probe);
    char **reason = &run->timeline->invalid_reason;
    if (!ml_reading_take(pid, &reading, error))
        return FALSE;
    if (*reason == NULL)
        ml_reading_check(pid, &reading, reason);
    add_step(run, kind, structure, &reading);
    return TRUE;
}

/* --- live bytes ------------------------------------------------------------------------------- */

/* Of the blocks as the walk finds them, what lies on resident pages. */
static guint64
resident_bytes(const MlWalkSink *sink, const MlCensus *census)
{
    guint64 bytes = 0;
    for (guint i = 0; i < sink->n_parts; i++) {
        guint64 absent = census->requested[i].absent_bytes + census->rounding[i].absent_bytes +
                         census->field[i].absent_bytes;
        bytes += sink->totals[i].usable_bytes + sink->totals[i].field_bytes - absent;
    }
    return bytes;
}

/* Where the kernel hides pages: what the model says. */
static guint64
model_bytes(const Run *run, guint i)
{
    const MlChoice *choice = choice_of(run, i);
    g_autofree MlModel *model = g_new(MlModel, 1);
    ml_compute_counting(choice->structure,
        &choice->options,
        run->request->n,
        run->request->allocator,
        run->timeline->environment.page_bytes,
        model);
    return model->cost.resident - model->cost.stock;
}

/* Blocks do not move once they are built: they are counted once. */
static gboolean
count_live(Run *run, guint i, GError **error)
{
    MlPart kinds[ML_MAX_PARTS];
    const MlChoice *choice = choice_of(run, i);
    guint32 n_parts = choice->structure->parts(run->request->n, &choice->options, kinds);
    MlPages *after = run->pages != NULL ? ml_pages_take(ml_probe_pid(run->probe), NULL) : NULL;
    if (after == NULL) {
        run->live[i] = model_bytes(run, i);
        return TRUE;
    }
    MlAttribution attribution;
    MlCensus *census;
    const MlWalkSink *sink = ml_attribution_make(run->probe,
        run->handles[i],
        n_parts,
        run->pages,
        after,
        &attribution,
        &census,
        &run->timeline->invalid_reason,
        error);
    if (sink != NULL)
        run->live[i] = resident_bytes(sink, census);
    ml_pages_free(run->pages);
    run->pages = after;
    return sink != NULL;
}

/* --- all steps -------------------------------------------------------------------------------- */

static gboolean
build(Run *run, guint i, GError **error)
{
    const MlChoice *choice = choice_of(run, i);
    MlReading built;
    begin_step(run);
    if (!ml_probe_build(run->probe,
            choice->structure,
            &choice->options,
            run->request->n,
            &run->handles[i],
            NULL,
            error) ||
        !ml_reading_take(ml_probe_pid(run->probe), &built, error) || !count_live(run, i, error))
        return FALSE;
    run->live_bytes += run->live[i];
    if (run->timeline->invalid_reason == NULL)
        ml_reading_check(ml_probe_pid(run->probe), &built, &run->timeline->invalid_reason);
    add_step(run, ML_TIMELINE_BUILD, i, &built);
    return TRUE;
}

static gboolean
destroy(Run *run, guint i, GError **error)
{
    begin_step(run);
    if (!ml_probe_destroy(run->probe, run->handles[i], NULL, error))
        return FALSE;
    run->live_bytes -= run->live[i];
    return end_step(run, ML_TIMELINE_FREE, i, error);
}

static gboolean
take_steps(Run *run, GError **error)
{
    run->pages = ml_pages_take(ml_probe_pid(run->probe), NULL);
    if (run->pages == NULL)
        add_note(run->timeline, "/proc/PID/pagemap cannot be read: live bytes are the model's\n");
    if (!end_step(run, ML_TIMELINE_START, 0, error))
        return FALSE;
    for (guint i = 0; i < run->request->choices->len; i++)
        if (!build(run, i, error))
            return FALSE;
    for (guint i = 0; i < run->request->choices->len; i++)
        if (!destroy(run, i, error))
            return FALSE;
    begin_step(run);
    return ml_probe_settle(run->probe, error) && end_step(run, ML_TIMELINE_TRIM, 0, error);
}

static void
fill(MlTimeline *timeline, const MlTimelineRequest *request)
{
    timeline->n = request->n;
    timeline->allocator = g_strdup(request->allocator->name);
    timeline->as_shipped = request->as_shipped;
    timeline->origin = ML_ORIGIN_MEASURED;
    for (guint i = 0; i < request->choices->len; i++) {
        const MlChoice *choice = &g_array_index(request->choices, MlChoice, i);
        MlTimelineStructure structure = {
            .structure = g_strdup(choice->structure->name),
            .title = g_strdup(choice->structure->title),
        };
        ml_fact_options_fill(choice->structure, &choice->options, &structure.options);
        g_array_append_val(timeline->structures, structure);
    }
}

MlTimeline *
ml_timeline_measure(const MlTimelineRequest *request, GError **error)
{
    if (!check(request, error))
        return NULL;
    g_autoptr(MlTimeline) timeline = ml_timeline_new();
    g_auto(Run) run = { .request = request, .timeline = timeline };
    run.handles = g_new0(guint32, request->choices->len + 1);
    run.live = g_new0(guint64, request->choices->len + 1);
    fill(timeline, request);
    if (!start(&run, error))
        return NULL;
    ml_environment_fill(
        ml_probe_libc(run.probe), ml_probe_malloc(run.probe), &timeline->environment);
    add_note(timeline, ml_probe_notes(run.probe));
    if (!take_steps(&run, error))
        return NULL;
    /* glibc moves the pages of a large block that grows; where others copy it, nobody can read. */
    timeline->peak_is_exact = run.recorder != NULL && request->allocator == ml_allocator_default();
    if (run.recorder == NULL && !run.has_peak)
        add_note(timeline, "the kernel does not let the peak be reset: peak = the larger end\n");
    return g_steal_pointer(&timeline);
}
