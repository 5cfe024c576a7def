#include "made_timeline.h"

#define START (800 * G_GUINT64_CONSTANT(1024))

static void
add_structure(MlTimeline *timeline, const MadeTimeline *made, guint i)
{
    MlTimelineStructure structure = {
        .structure = g_strdup("boxed-array"),
        .title = g_strdup(made->long_titles ? "insertion-ordered well-kept dictionary" : "list"),
        .options = { .count = 1 },
    };
    structure.options.option[0] = (MlFactOption){
        .name = g_strdup("box"),
        .value = g_strdup(made->long_titles && i % 2 == 1 ? "bare" : "object"),
    };
    g_array_append_val(timeline->structures, structure);
}

static void
add_step(MlTimeline *timeline,
    MlTimelineKind kind,
    guint structure,
    guint64 live,
    guint64 held,
    guint64 above)
{
    MlTimelineStep step = {
        .kind = kind,
        .structure = structure,
        .rss_bytes = START + live + held,
        .live_bytes = live,
        .held_bytes = held,
        .total_rss_bytes = 3 * START + live + held,
    };
    step.peak_bytes = step.rss_bytes + above;
    g_array_append_val(timeline->steps, step);
}

MlTimeline *
ml_test_timeline(const MadeTimeline *made)
{
    MlTimeline *timeline = ml_timeline_new();
    guint64 live = 0;
    guint64 held = 0;
    timeline->n = 1000000;
    timeline->allocator = g_strdup("glibc");
    timeline->origin = ML_ORIGIN_MEASURED;
    timeline->peak_is_exact = TRUE;
    ml_environment_fill(NULL, "glibc 2.36", &timeline->environment);
    add_step(timeline, ML_TIMELINE_START, 0, 0, 0, 0);
    for (guint i = 0; i < made->n_structures; i++) {
        add_structure(timeline, made, i);
        live += (i + 1) * made->unit;
        guint64 above = i % 2 == 1 ? 2 * (i + 1) * made->unit : 0;
        add_step(timeline, ML_TIMELINE_BUILD, i, live, 0, above);
    }
    for (guint i = 0; i < made->n_structures; i++) {
        guint64 bytes = (i + 1) * made->unit;
        live -= bytes;
        held += i % 2 == 0 ? bytes : 0;
        add_step(timeline, ML_TIMELINE_FREE, i, live, held, 0);
    }
    add_step(timeline, ML_TIMELINE_TRIM, 0, 0, 0, 0);
    return timeline;
}
