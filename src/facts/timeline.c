#include "facts/timeline.h"

static void
clear_structure(gpointer data)
{
    MlTimelineStructure *structure = data;
    g_free(structure->structure);
    g_free(structure->title);
    ml_fact_options_clear(&structure->options);
}

MlTimeline *
ml_timeline_new(void)
{
    MlTimeline *timeline = g_new0(MlTimeline, 1);
    timeline->structures = g_array_new(FALSE, TRUE, sizeof(MlTimelineStructure));
    g_array_set_clear_func(timeline->structures, clear_structure);
    timeline->steps = g_array_new(FALSE, TRUE, sizeof(MlTimelineStep));
    return timeline;
}

void
ml_timeline_free(MlTimeline *timeline)
{
    if (timeline == NULL)
        return;
    g_free(timeline->allocator);
    g_array_unref(timeline->structures);
    g_array_unref(timeline->steps);
    g_free(timeline->invalid_reason);
    g_free(timeline->notes);
    ml_environment_clear(&timeline->environment);
    g_free(timeline);
}

const char *
ml_timeline_kind_id(MlTimelineKind kind)
{
    static const char *const ids[ML_N_TIMELINE_KINDS] = { "start", "build", "free", "trim" };
    return ids[kind];
}

guint64
ml_timeline_peak(const MlTimeline *timeline)
{
    guint64 peak = 0;
    for (guint i = 0; i < timeline->steps->len; i++)
        peak = MAX(peak, ml_timeline_step(timeline, i)->peak_bytes);
    return peak;
}
