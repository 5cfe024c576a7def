/* A Timeline as JSON and back. */
#include <string.h>

#include "base/error.h"
#include "facts/json_read.h"
#include "facts/timeline.h"

#define SCHEMA "memlab.timeline.1"

/* --- writing ---------------------------------------------------------------------------------- */

static json_t *
structures_json(const MlTimeline *timeline)
{
    json_t *structures = json_array();
    for (guint i = 0; i < timeline->structures->len; i++) {
        const MlTimelineStructure *structure = ml_timeline_structure(timeline, i);
        json_array_append_new(structures,
            json_pack("{s:s, s:s, s:o}",
                "structure",
                structure->structure,
                "title",
                structure->title,
                "options",
                ml_fact_options_to_json(&structure->options)));
    }
    return structures;
}

static json_t *
step_json(const MlTimelineStep *step)
{
    gboolean is_about = step->kind == ML_TIMELINE_BUILD || step->kind == ML_TIMELINE_FREE;
    return json_pack("{s:s, s:o*, s:I, s:I, s:I, s:I, s:I}",
        "step",
        ml_timeline_kind_id(step->kind),
        "structure",
        is_about ? json_integer((json_int_t)step->structure) : NULL,
        "rss_bytes",
        (json_int_t)step->rss_bytes,
        "peak_bytes",
        (json_int_t)step->peak_bytes,
        "live_bytes",
        (json_int_t)step->live_bytes,
        "held_bytes",
        (json_int_t)step->held_bytes,
        "total_rss_bytes",
        (json_int_t)step->total_rss_bytes);
}

static json_t *
steps_json(const MlTimeline *timeline)
{
    json_t *steps = json_array();
    for (guint i = 0; i < timeline->steps->len; i++)
        json_array_append_new(steps, step_json(ml_timeline_step(timeline, i)));
    return steps;
}

json_t *
ml_timeline_to_json(const MlTimeline *timeline)
{
    return json_pack("{s:s, s:I, s:s, s:b, s:s, s:b, s:b, s:s*, s:s*, s:o, s:o, s:o}",
        "schema",
        SCHEMA,
        "n",
        (json_int_t)timeline->n,
        "allocator",
        timeline->allocator,
        "as_shipped",
        timeline->as_shipped,
        "origin",
        ml_origin_id(timeline->origin),
        "peak_is_exact",
        timeline->peak_is_exact,
        "valid",
        timeline->invalid_reason == NULL,
        "invalid_reason",
        timeline->invalid_reason,
        "notes",
        timeline->notes,
        "structures",
        structures_json(timeline),
        "steps",
        steps_json(timeline),
        "environment",
        ml_environment_to_json(&timeline->environment));
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
read_structures(const json_t *json, MlTimeline *timeline, GError **error)
{
    const json_t *structures = ml_json_array(json, "structures", error);
    if (*error == NULL && json_array_size(structures) > ML_TIMELINE_MAX_STRUCTURES)
        ml_fail(error,
            ML_ERROR_INPUT,
            "a timeline has at most %u structures",
            ML_TIMELINE_MAX_STRUCTURES);
    for (size_t i = 0; i < json_array_size(structures) && *error == NULL; i++) {
        const json_t *one = json_array_get(structures, i);
        MlTimelineStructure structure = {
            .structure = ml_json_text(one, "structure", error),
            .title = ml_json_text(one, "title", error),
        };
        ml_fact_options_from_json(one, &structure.options, error);
        g_array_append_val(timeline->structures, structure);
        if (*error != NULL)
            g_prefix_error(error, "structures[%zu]: ", i);
    }
}

static MlTimelineKind
read_kind(const json_t *json, GError **error)
{
    g_autofree char *id = ml_json_text(json, "step", error);
    for (int kind = 0; kind < ML_N_TIMELINE_KINDS && *error == NULL; kind++)
        if (strcmp(ml_timeline_kind_id((MlTimelineKind)kind), id) == 0)
            return (MlTimelineKind)kind;
    if (*error == NULL)
        ml_fail(error, ML_ERROR_INPUT, "key 'step' is not one of start, build, free, trim");
    return ML_TIMELINE_START;
}

/* No more is held than there is, and no less at the peak. */
static void
check_step(const MlTimelineStep *step, GError **error)
{
    if (step->peak_bytes < step->rss_bytes)
        ml_fail(error, ML_ERROR_INPUT, "its peak is below what it ends with");
    else if (step->held_bytes > step->rss_bytes)
        ml_fail(error, ML_ERROR_INPUT, "more is held by the allocator than by the process");
}

static void
read_step(const json_t *json, MlTimeline *timeline, GError **error)
{
    MlTimelineStep step = {
        .kind = read_kind(json, error),
        .rss_bytes = ml_json_whole(json, "rss_bytes", error),
        .peak_bytes = ml_json_whole(json, "peak_bytes", error),
        .live_bytes = ml_json_whole(json, "live_bytes", error),
        .held_bytes = ml_json_whole(json, "held_bytes", error),
        .total_rss_bytes = ml_json_whole(json, "total_rss_bytes", error),
    };
    if (step.kind == ML_TIMELINE_BUILD || step.kind == ML_TIMELINE_FREE) {
        guint64 number = ml_json_whole(json, "structure", error);
        step.structure = (guint)MIN(number, G_MAXUINT);
        if (*error == NULL && number >= timeline->structures->len)
            ml_fail(error, ML_ERROR_INPUT, "there is no structure %" G_GUINT64_FORMAT, number);
    }
    if (*error == NULL)
        check_step(&step, error);
    g_array_append_val(timeline->steps, step);
}

static void
read_steps(const json_t *json, MlTimeline *timeline, GError **error)
{
    const json_t *steps = ml_json_array(json, "steps", error);
    guint most = 2 * ML_TIMELINE_MAX_STRUCTURES + 2;
    if (*error == NULL && (json_array_size(steps) == 0 || json_array_size(steps) > most))
        ml_fail(error, ML_ERROR_INPUT, "a timeline has 1 to %u steps", most);
    for (size_t i = 0; i < json_array_size(steps) && *error == NULL; i++) {
        read_step(json_array_get(steps, i), timeline, error);
        if (*error != NULL)
            g_prefix_error(error, "steps[%zu]: ", i);
    }
}

MlTimeline *
ml_timeline_from_json(const json_t *json, GError **error)
{
    GError *failure = NULL;
    if (!ml_json_check_schema(json, SCHEMA, error))
        return NULL;
    g_autoptr(MlTimeline) timeline = ml_timeline_new();
    timeline->n = ml_json_whole(json, "n", &failure);
    timeline->allocator = ml_json_text(json, "allocator", &failure);
    timeline->as_shipped = json_is_true(json_object_get(json, "as_shipped"));
    timeline->origin = ML_ORIGIN_RECORDED;
    timeline->peak_is_exact = json_is_true(json_object_get(json, "peak_is_exact"));
    timeline->invalid_reason = g_strdup(json_string_value(json_object_get(json, "invalid_reason")));
    timeline->notes = g_strdup(json_string_value(json_object_get(json, "notes")));
    read_structures(json, timeline, &failure);
    read_steps(json, timeline, &failure);
    ml_environment_from_json(json, &timeline->environment, &failure);
    if (failure == NULL)
        return g_steal_pointer(&timeline);
    g_propagate_error(error, failure);
    return NULL;
}
