#include "measure/recorded.h"

#include "measure/recorder.h"

/* Source of the mirrors in structure/glib/: GLib 2.74. */
enum { GLIB_MAJOR = 2, GLIB_MINOR = 74, SPARE_BLOCKS = 4096 };

static gboolean
is_another_glib(const MlStructure *structure)
{
    return structure->library != NULL &&
           (glib_major_version != GLIB_MAJOR || glib_minor_version != GLIB_MINOR);
}

gboolean
ml_recorded_wanted(const MlMeasureRequest *request)
{
    return request->by_recorder || is_another_glib(request->structure);
}

MlRecorder *
ml_recorded_new(const MlMeasureRequest *request, GError **error)
{
    if (!ml_recorder_check(request->allocator, error))
        return NULL;
    g_autofree MlPlan *plan = g_new(MlPlan, 1);
    ml_structure_plan(request->structure, request->n, &request->options, plan);
    guint64 blocks = ml_plan_most_blocks(plan);
    MlRecorder *recorder = ml_recorder_new(blocks + SPARE_BLOCKS, error);
    if (recorder != NULL)
        ml_recorder_stand_for_walk(recorder);
    return recorder;
}

char *
ml_recorded_note(const MlMeasureRequest *request)
{
    const MlRecord *record = ml_recorder_record(request->recorder);
    g_autoptr(GString) note = g_string_new(NULL);
    if (is_another_glib(request->structure))
        g_string_append_printf(note,
            "memlab knows the structs of GLib %d.%d, and this is %u.%u: blocks are as recorded, "
            "and the model is of %d.%d\n",
            GLIB_MAJOR,
            GLIB_MINOR,
            glib_major_version,
            glib_minor_version,
            GLIB_MAJOR,
            GLIB_MINOR);
    else
        g_string_append(
            note, "blocks are as recorded, not as the structure's own walk finds them\n");
    if (record->unknown + record->lost > 0)
        g_string_append_printf(note,
            "%" G_GUINT64_FORMAT " recorded blocks are of sizes that the model does not ask for: "
            "they count as malloc's stock\n",
            record->unknown + record->lost);
    return g_string_free(g_steal_pointer(&note), FALSE);
}
