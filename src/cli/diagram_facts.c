#include "cli/diagram_facts.h"

#include "base/error.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/series_facts.h"
#include "cli/structure_arguments.h"
#include "diagram/diagram.h"
#include "structure/registry.h"

static gboolean
add_ledger(const MlDiagramKind *kind,
    MlMeasureRequest *request,
    gboolean model,
    MlRecording *facts,
    GError **error)
{
    MlLedger *ledger;
    MlWalk *walk = NULL;
    if (model && kind->needs == ML_NEEDS_LEDGERS)
        ledger = ml_ledger_compute(
            request->structure, &request->options, request->n, request->allocator, error);
    else
        ledger = ml_ledger_measure(request, kind->needs == ML_NEEDS_WALK ? &walk : NULL, error);
    if (ledger == NULL)
        return FALSE;
    ml_measure_tell(ledger);
    g_ptr_array_add(facts->ledgers, ledger);
    if (facts->walk == NULL)
        facts->walk = walk;
    else if (walk != NULL)
        g_ptr_array_add(facts->more_walks, walk);
    return TRUE;
}

/* How many structures may be drawn at a time. */
static gboolean
check_choices(const MlDiagramKind *kind, guint n, GError **error)
{
    gboolean is_limited = kind->needs == ML_NEEDS_WALK || kind->is_single;
    if (!is_limited || n <= MAX(kind->most_walks, 1))
        return TRUE;
    if (kind->most_walks > 1)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "'%s' draws at most %u structures, not %u",
            kind->name,
            kind->most_walks,
            n);
    return ml_fail(error, ML_ERROR_USAGE, "'%s' draws one structure, not %u", kind->name, n);
}

/* Of one structure all structs there are for each element; of several the first of each. */
static gboolean
add_layouts(const GArray *choices, guint64 n, MlRecording *facts, GError **error)
{
    facts->layouts = ml_recording_new_layouts();
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        if (!ml_layouts_of(choice->structure, &choice->options, n, facts->layouts, error))
            return FALSE;
        if (choices->len > 1)
            g_ptr_array_set_size(facts->layouts, (int)i + 1);
    }
    return TRUE;
}

static gboolean
draws(const MlDiagramKind *kind, const MlStructure *structure)
{
    return (kind->shapes >> structure->shape & 1) != 0;
}

static void
append_name(GString *names, const char *name)
{
    g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* Says what the kind draws, and what draws the structure. */
static gboolean
refuse_shape(const MlDiagramKind *kind, const MlStructure *structure, GError **error)
{
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    g_autoptr(GString) drawn = g_string_new(NULL);
    g_autoptr(GString) drawing = g_string_new(NULL);
    for (size_t i = 0; i < n_structures; i++)
        if (draws(kind, structures[i]))
            append_name(drawn, structures[i]->name);
    for (const MlDiagramKind *const *other = ml_diagram_kinds(); *other != NULL; other++)
        if (draws(*other, structure))
            append_name(drawing, (*other)->name);
    if (drawing->len == 0)
        append_name(drawing, "ledger");
    return ml_fail(error,
        ML_ERROR_USAGE,
        "'%s' draws %s; %s is drawn by %s, and by what 'memlab list %s' names",
        kind->name,
        drawn->str,
        structure->name,
        drawing->str,
        structure->name);
}

static gboolean
add_timeline(const MlDiagramKind *kind,
    const MlMeasureRequest *request,
    const GArray *choices,
    gboolean model,
    MlRecording *facts,
    GError **error)
{
    const MlTimelineRequest timeline = {
        .choices = choices,
        .n = request->n,
        .allocator = request->allocator,
        .as_shipped = request->as_shipped,
        .force = request->force,
    };
    if (model || ml_repeats > 1)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "'%s' is measured in one process from start to end; leave %s out",
            kind->name,
            model ? "--model" : "--repeat");
    facts->timeline = ml_timeline_measure(&timeline, error);
    if (facts->timeline == NULL)
        return FALSE;
    ml_measure_tell_notes(facts->timeline->notes);
    if (facts->timeline->invalid_reason != NULL)
        ml_message("the measurement is not valid: %s", facts->timeline->invalid_reason);
    return TRUE;
}

gboolean
ml_diagram_gather(const MlDiagramKind *kind,
    char **structures,
    const MlDiagramSettings *settings,
    gboolean model,
    MlRecording *facts,
    GError **error)
{
    MlMeasureRequest request;
    if (!ml_measure_options(&request, error) || !ml_arguments_count(&request.n, error))
        return FALSE;
    if (request.repeats == 0)
        request.repeats = 1; /* a picture shows one process */
    g_autoptr(GArray) choices = ml_arguments_structures(structures, error);
    if (choices == NULL)
        return FALSE;
    if (!check_choices(kind, choices->len, error) ||
        (settings != NULL && !ml_diagram_has_room(kind, choices->len, settings, error)))
        return FALSE;
    if (kind->needs == ML_NEEDS_SERIES) {
        guint64 to = ml_count_text != NULL ? request.n : 0;
        if (ml_count_text != NULL && to == 0)
            return ml_fail(
                error, ML_ERROR_USAGE, "'%s' ends at 1 element or more, not at 0", kind->name);
        facts->series = ml_series_facts(kind, choices, &request, to, model, error);
        return facts->series != NULL;
    }
    if (kind->needs == ML_NEEDS_LAYOUTS)
        return add_layouts(choices, request.n, facts, error);
    if (kind->needs == ML_NEEDS_TIMELINE)
        return add_timeline(kind, &request, choices, model, facts, error);
    if (kind->needs == ML_NEEDS_WALK && model)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "'%s' shows where blocks lie, which only a build can tell; leave --model out",
            kind->name);
    facts->ledgers = ml_recording_new_ledgers();
    facts->more_walks = ml_recording_new_walks();
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        if (kind->needs == ML_NEEDS_WALK && !draws(kind, choice->structure))
            return refuse_shape(kind, choice->structure, error);
        request.structure = choice->structure;
        request.options = choice->options;
        request.page_map = kind->of_pages;
        if (!add_ledger(kind, &request, model, facts, error))
            return FALSE;
    }
    return TRUE;
}
