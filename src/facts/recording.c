#include "facts/recording.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "facts/json_read.h"

#define SCHEMA "memlab.recording.1"
#define MAX_FILE_BYTES (64u << 20)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

void
ml_recording_clear(MlRecording *recording)
{
    g_clear_pointer(&recording->walk, ml_walk_free);
    g_clear_pointer(&recording->more_walks, g_ptr_array_unref);
    g_clear_pointer(&recording->ledgers, g_ptr_array_unref);
    g_clear_pointer(&recording->series, g_ptr_array_unref);
    g_clear_pointer(&recording->layouts, g_ptr_array_unref);
    g_clear_pointer(&recording->timeline, ml_timeline_free);
}

GPtrArray *
ml_recording_new_ledgers(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)ml_ledger_free);
}

GPtrArray *
ml_recording_new_series(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)ml_series_free);
}

GPtrArray *
ml_recording_new_layouts(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)ml_layout_free);
}

GPtrArray *
ml_recording_new_walks(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)ml_walk_free);
}

/* --- writing ---------------------------------------------------------------------------------- */

typedef json_t *(*ToJson)(gconstpointer fact);

/* Returns: (nullable): NULL where there are none. */
static json_t *
list_json(const GPtrArray *facts, ToJson to_json)
{
    if (facts == NULL || facts->len == 0)
        return NULL;
    json_t *json = json_array();
    for (guint i = 0; i < facts->len; i++)
        json_array_append_new(json, to_json(facts->pdata[i]));
    return json;
}

static json_t *
layout_json(gconstpointer layout)
{
    return ml_layout_to_json(layout);
}

static json_t *
walk_json(gconstpointer walk)
{
    return ml_walk_to_json(walk);
}

static json_t *
recording_json(const MlRecording *recording)
{
    json_t *ledgers = json_array();
    json_t *series = json_array();
    for (guint i = 0; recording->ledgers != NULL && i < recording->ledgers->len; i++)
        json_array_append_new(ledgers, ml_ledger_to_json(recording->ledgers->pdata[i]));
    for (guint i = 0; recording->series != NULL && i < recording->series->len; i++)
        json_array_append_new(series, ml_series_to_json(recording->series->pdata[i]));
    return json_pack("{s:s, s:o*, s:o*, s:o, s:o, s:o*, s:o*}",
        "schema",
        SCHEMA,
        "walk",
        recording->walk != NULL ? ml_walk_to_json(recording->walk) : NULL,
        "more_walks",
        list_json(recording->more_walks, walk_json),
        "ledgers",
        ledgers,
        "series",
        series,
        "layouts",
        list_json(recording->layouts, layout_json),
        "timeline",
        recording->timeline != NULL ? ml_timeline_to_json(recording->timeline) : NULL);
}

gboolean
ml_recording_write(const MlRecording *recording, const char *path, GError **error)
{
    g_autoptr(json_t) json = recording_json(recording);
    g_autofree char *text = json_dumps(json, JSON_COMPACT | JSON_PRESERVE_ORDER);
    g_autofree char *lines = g_strconcat(text, "\n", NULL);
    return ml_file_write(path, lines, strlen(lines), error);
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
read_ledgers(const json_t *array, GPtrArray *ledgers, GError **error)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        MlLedger *ledger = ml_ledger_from_json(json_array_get(array, i), error);
        if (ledger == NULL)
            return FALSE;
        g_ptr_array_add(ledgers, ledger);
    }
    return TRUE;
}

static gboolean
read_series(const json_t *array, GPtrArray *series, GError **error)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        MlSeries *one = ml_series_from_json(json_array_get(array, i), error);
        if (one == NULL)
            return FALSE;
        g_ptr_array_add(series, one);
    }
    return TRUE;
}

static gboolean
read_layouts(const json_t *array, GPtrArray *layouts, GError **error)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        MlLayout *layout = ml_layout_from_json(json_array_get(array, i), error);
        if (layout == NULL)
            return FALSE;
        g_ptr_array_add(layouts, layout);
    }
    return TRUE;
}

static gboolean
read_walks(const json_t *array, GPtrArray *walks, GError **error)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        MlWalk *walk = ml_walk_from_json(json_array_get(array, i), error);
        if (walk == NULL)
            return FALSE;
        g_ptr_array_add(walks, walk);
    }
    return TRUE;
}

static gboolean
read_json(const json_t *json, MlRecording *recording, GError **error)
{
    GError *failure = NULL;
    const json_t *walk = json_object_get(json, "walk");
    if (!ml_json_check_schema(json, SCHEMA, error))
        return FALSE;
    const json_t *ledgers = ml_json_array(json, "ledgers", &failure);
    const json_t *series = ml_json_array(json, "series", &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    recording->ledgers = ml_recording_new_ledgers();
    recording->series = ml_recording_new_series();
    recording->layouts = ml_recording_new_layouts();
    recording->more_walks = ml_recording_new_walks();
    const json_t *timeline = json_object_get(json, "timeline");
    if (timeline != NULL && (recording->timeline = ml_timeline_from_json(timeline, error)) == NULL)
        return FALSE;
    if (walk != NULL && (recording->walk = ml_walk_from_json(walk, error)) == NULL)
        return FALSE;
    return read_walks(json_object_get(json, "more_walks"), recording->more_walks, error) &&
           read_ledgers(ledgers, recording->ledgers, error) &&
           read_series(series, recording->series, error) &&
           read_layouts(json_object_get(json, "layouts"), recording->layouts, error);
}

gboolean
ml_recording_read(const char *path, MlRecording *ret_recording, GError **error)
{
    json_error_t where;
    g_auto(MlRecording) recording = { 0 };
    g_autofree char *text = ml_file_read(path, MAX_FILE_BYTES, error);
    if (text == NULL)
        return FALSE;
    g_autoptr(json_t) json = json_loads(text, JSON_REJECT_DUPLICATES, &where);
    if (json == NULL)
        return ml_fail(
            error, ML_ERROR_INPUT, "%s:%d:%d: %s", path, where.line, where.column, where.text);
    if (!read_json(json, &recording, error)) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    *ret_recording = recording;
    recording = (MlRecording){ 0 };
    return TRUE;
}
