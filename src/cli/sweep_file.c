#include "cli/sweep_file.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

#define MAX_FILE_BYTES (64u << 20)

static GPtrArray *
new_list(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)ml_series_free);
}

static gboolean
read_one(const json_t *json, const char *path, GPtrArray *series, GError **error)
{
    MlSeries *one = ml_series_from_json(json, error);
    if (one == NULL) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    g_ptr_array_add(series, one);
    return TRUE;
}

GPtrArray *
ml_sweep_file_read(const char *path, GError **error)
{
    g_autofree char *text = ml_file_read(path, MAX_FILE_BYTES, error);
    if (text == NULL)
        return NULL;
    json_error_t where;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &where);
    if (json == NULL) {
        ml_fail(error, ML_ERROR_INPUT, "%s:%d:%d: %s", path, where.line, where.column, where.text);
        return NULL;
    }
    g_autoptr(GPtrArray) series = new_list();
    gboolean ok = TRUE;
    if (!json_is_array(json))
        ok = read_one(json, path, series, error);
    for (size_t i = 0; ok && i < json_array_size(json); i++)
        ok = read_one(json_array_get(json, i), path, series, error);
    json_decref(json);
    if (ok && series->len == 0)
        ok = ml_fail(error, ML_ERROR_INPUT, "%s: there is no sweep in it", path);
    return ok ? g_steal_pointer(&series) : NULL;
}

json_t *
ml_sweep_to_json(const GPtrArray *series)
{
    if (series->len == 1)
        return ml_series_to_json(series->pdata[0]);
    json_t *array = json_array();
    for (guint i = 0; i < series->len; i++)
        json_array_append_new(array, ml_series_to_json(series->pdata[i]));
    return array;
}

gboolean
ml_sweep_file_write(const char *path, const GPtrArray *series, GError **error)
{
    json_t *json = ml_sweep_to_json(series);
    g_autofree char *text = json_dumps(json, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_decref(json);
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    return ml_file_write(path, line, strlen(line), error);
}

/* --- taking over ------------------------------------------------------------------------------ */

/* "open-table under glibc, as shipped" */
static char *
words(const MlSeries *series)
{
    g_autofree char *name = ml_series_name(series);
    g_autofree char *text = g_strdup_printf(
        "%s under %s%s", name, series->allocator, series->as_shipped ? ", as shipped" : "");
    return ml_text_clean(text);
}

static char *
all_words(const GPtrArray *series)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (guint i = 0; i < series->len; i++) {
        g_autofree char *one = words(series->pdata[i]);
        g_strv_builder_add(builder, one);
    }
    g_auto(GStrv) all = g_strv_builder_end(builder);
    return g_strjoinv("; ", all);
}

/* What was measured before stands beside what is to be measured now. */
static gboolean
check_machine(const MlSeries *series, const char *path, GError **error)
{
    if (ml_series_count(series, ML_ORIGIN_MODEL) == 0 ||
        ml_series_count(series, ML_ORIGIN_RECORDED) == 0)
        return TRUE;
    MlEnvironment here;
    const MlEnvironment *there = &series->environment;
    ml_environment_fill(NULL, series->allocator, &here);
    gboolean same = strcmp(there->kernel, here.kernel) == 0 && there->page_bytes == here.page_bytes;
    g_autofree char *clean = ml_text_clean(there->kernel);
    if (!same)
        ml_fail(error,
            ML_ERROR_INPUT,
            "%s: was measured under kernel %s, this is %s, and figures of two machines are not "
            "mixed; name another file",
            path,
            clean,
            here.kernel);
    ml_environment_clear(&here);
    return same;
}

static void
take_points(const MlSeries *recorded, MlSeries *series)
{
    for (guint i = 0; i < recorded->points->len; i++) {
        MlSeriesPoint point = *ml_series_point(recorded, i);
        point.note = g_strdup(point.note);
        if (point.origin != ML_ORIGIN_MODEL)
            ml_series_add(series, &point);
        else
            g_free(point.note);
    }
    if (ml_series_origin(recorded) == ML_ORIGIN_MODEL)
        return;
    ml_environment_clear(&series->environment);
    ml_environment_copy(&recorded->environment, &series->environment);
}

gboolean
ml_sweep_take_over(const GPtrArray *recorded, GPtrArray *planned, const char *path, GError **error)
{
    g_autofree char *there = all_words(recorded);
    g_autofree char *here = all_words(planned);
    if (strcmp(there, here) != 0)
        return ml_fail(error,
            ML_ERROR_INPUT,
            "%s: is a sweep of %s, not of %s; name another file",
            path,
            there,
            here);
    for (guint i = 0; i < recorded->len; i++) {
        take_points(recorded->pdata[i], planned->pdata[i]);
        if (!check_machine(planned->pdata[i], path, error))
            return FALSE;
    }
    return TRUE;
}
