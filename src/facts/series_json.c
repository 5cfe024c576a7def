/* A Series as JSON and back. */
#include <string.h>

#include "base/error.h"
#include "facts/json_read.h"
#include "facts/series.h"

#define SCHEMA "memlab.series.1"
#define MAX_POINTS 100000

/* --- writing ---------------------------------------------------------------------------------- */

static json_t *
roles_json(const MlSeriesPoint *point)
{
    json_t *rows = json_array();
    for (int role = 0; role < ML_ROLE_UNEXPLAINED; role++)
        json_array_append_new(rows,
            json_pack("{s:s, s:I}",
                "role",
                ml_role_id((MlRole)role),
                "model_bytes",
                (json_int_t)point->role_bytes[role]));
    return rows;
}

static void
add_measured(json_t *json, const MlSeriesPoint *point)
{
    json_t *measured = json_pack("{s:I, s:I, s:I, s:I, s:i, s:b}",
        "measured_bytes",
        (json_int_t)point->measured_bytes,
        "unexplained_bytes",
        (json_int_t)(point->measured_bytes - (gint64)point->model_bytes),
        "peak_bytes",
        (json_int_t)point->peak_bytes,
        "spread_bytes",
        (json_int_t)point->spread_bytes,
        "repeats",
        (int)point->repeats,
        "valid",
        point->valid);
    json_object_update_new(json, measured);
}

static json_t *
point_json(const MlSeriesPoint *point)
{
    json_t *json = json_pack("{s:I, s:I, s:n}",
        "n",
        (json_int_t)point->n,
        "model_bytes",
        (json_int_t)point->model_bytes,
        "measured_bytes");
    if (point->origin != ML_ORIGIN_MODEL)
        add_measured(json, point);
    json_t *model = json_pack("{s:I, s:I, s:I, s:I, s:s*, s:o}",
        "model_peak_bytes",
        (json_int_t)point->model_peak_bytes,
        "reserved_bytes",
        (json_int_t)point->reserved_bytes,
        "stock_bytes",
        (json_int_t)point->stock_bytes,
        "capacity",
        (json_int_t)point->capacity,
        "note",
        point->note,
        "roles",
        roles_json(point));
    json_object_update_new(json, model);
    return json;
}

static json_t *
points_json(const GArray *points)
{
    json_t *json = json_array();
    for (guint i = 0; i < points->len; i++)
        json_array_append_new(json, point_json(&g_array_index(points, MlSeriesPoint, i)));
    return json;
}

json_t *
ml_series_to_json(const MlSeries *series)
{
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:b, s:s, s:s*, s:o}",
        "schema",
        SCHEMA,
        "structure",
        series->structure,
        "title",
        series->title,
        "element",
        series->element,
        "options",
        ml_fact_options_to_json(&series->options),
        "allocator",
        series->allocator,
        "as_shipped",
        series->as_shipped,
        "origin",
        ml_origin_id(ml_series_origin(series)),
        "notes",
        series->notes,
        "points",
        points_json(series->points));
    if (series->curve->len > 0)
        json_object_set_new(json, "curve", points_json(series->curve));
    json_object_set_new(json, "environment", ml_environment_to_json(&series->environment));
    return json;
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
read_roles(const json_t *json, MlSeriesPoint *point, GError **error)
{
    size_t i;
    json_t *row;
    guint64 sum = 0;
    json_array_foreach(ml_json_array(json, "roles", error), i, row)
    {
        g_autofree char *id = ml_json_text(row, "role", error);
        guint64 bytes = ml_json_whole(row, "model_bytes", error);
        for (int role = 0; role < ML_ROLE_UNEXPLAINED && id != NULL; role++)
            if (strcmp(id, ml_role_id((MlRole)role)) == 0)
                point->role_bytes[role] = bytes;
    }
    for (int role = 0; role < ML_N_ROLES; role++)
        sum += point->role_bytes[role];
    if (*error == NULL && sum != point->model_bytes)
        ml_fail(error, ML_ERROR_INPUT, "its roles do not add up to its model_bytes");
}

static void
read_measured(const json_t *json, MlSeriesPoint *point, GError **error)
{
    point->origin = ML_ORIGIN_RECORDED;
    point->measured_bytes = ml_json_integer(json, "measured_bytes", error);
    point->peak_bytes = ml_json_whole(json, "peak_bytes", error);
    point->spread_bytes = ml_json_whole(json, "spread_bytes", error);
    point->repeats = (guint)ml_json_whole(json, "repeats", error);
    point->valid = json_is_true(json_object_get(json, "valid"));
}

static MlSeriesPoint
read_point(const json_t *json, GError **error)
{
    MlSeriesPoint point = {
        .n = ml_json_whole(json, "n", error),
        .model_bytes = ml_json_whole(json, "model_bytes", error),
        .model_peak_bytes = ml_json_whole(json, "model_peak_bytes", error),
        .reserved_bytes = ml_json_whole(json, "reserved_bytes", error),
        .stock_bytes = ml_json_whole(json, "stock_bytes", error),
        .capacity = ml_json_whole(json, "capacity", error),
        .note = g_strdup(json_string_value(json_object_get(json, "note"))),
    };
    read_roles(json, &point, error);
    if (!json_is_null(json_object_get(json, "measured_bytes")))
        read_measured(json, &point, error);
    return point;
}

static gboolean
read_points(const json_t *json, const char *key, GArray *points, GError **error)
{
    GError *failure = NULL;
    const json_t *array = ml_json_array(json, key, &failure);
    guint64 last = 0;
    for (size_t i = 0; i < MIN(json_array_size(array), MAX_POINTS) && failure == NULL; i++) {
        MlSeriesPoint point = read_point(json_array_get(array, i), &failure);
        if (failure == NULL && point.n <= last)
            ml_fail(&failure, ML_ERROR_INPUT, "its n is not above that of the point before");
        if (failure != NULL)
            g_prefix_error(&failure, "%s[%zu]: ", key, i);
        last = point.n;
        g_array_append_val(points, point);
    }
    if (failure == NULL)
        return TRUE;
    g_propagate_error(error, failure);
    return FALSE;
}

MlSeries *
ml_series_from_json(const json_t *json, GError **error)
{
    if (!ml_json_check_schema(json, SCHEMA, error))
        return NULL;
    GError *failure = NULL;
    g_autoptr(MlSeries) series = ml_series_new();
    series->structure = ml_json_text(json, "structure", &failure);
    series->title = ml_json_text(json, "title", &failure);
    series->element = ml_json_text(json, "element", &failure);
    ml_fact_options_from_json(json, &series->options, &failure);
    series->allocator = ml_json_text(json, "allocator", &failure);
    series->as_shipped = json_is_true(json_object_get(json, "as_shipped"));
    series->notes = g_strdup(json_string_value(json_object_get(json, "notes")));
    ml_environment_from_json(json, &series->environment, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return NULL;
    }
    if (!read_points(json, "points", series->points, error) ||
        (json_object_get(json, "curve") != NULL &&
            !read_points(json, "curve", series->curve, error)))
        return NULL;
    return g_steal_pointer(&series);
}
