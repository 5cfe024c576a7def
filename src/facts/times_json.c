#include "facts/times_json.h"

#include "facts/json_read.h"

json_t *
ml_times_to_json(const MlTimes *times)
{
    if (times->repeats == 0)
        return NULL;
    json_t *operations = json_array();
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++) {
        const MlTime *time = &times->time[kind];
        json_array_append_new(operations,
            json_pack("{s:s, s:I, s:f, s:f, s:I}",
                "operation",
                ml_time_id(kind),
                "count",
                (json_int_t)time->count,
                "seconds",
                time->seconds,
                "spread_seconds",
                time->spread_seconds,
                "page_faults",
                (json_int_t)time->page_faults));
    }
    return json_pack("{s:i, s:f, s:o}",
        "repeats",
        (int)times->repeats,
        "page_fault_seconds",
        times->fault_seconds,
        "operations",
        operations);
}

static void
read_operation(const json_t *json, MlTimes *times, GError **error)
{
    g_autofree char *id = ml_json_text(json, "operation", error);
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++) {
        if (g_strcmp0(id, ml_time_id(kind)) != 0)
            continue;
        times->time[kind] = (MlTime){
            .seconds = ml_json_real(json, "seconds", error),
            .spread_seconds = ml_json_real(json, "spread_seconds", error),
            .count = (guint64)ml_json_integer(json, "count", error),
            .page_faults = (guint64)ml_json_integer(json, "page_faults", error),
        };
    }
}

void
ml_times_from_json(const json_t *json, MlTimes *ret_times, GError **error)
{
    *ret_times = (MlTimes){ .repeats = 0 };
    if (json == NULL)
        return;
    ret_times->repeats = (guint)ml_json_integer(json, "repeats", error);
    ret_times->fault_seconds = ml_json_real(json, "page_fault_seconds", error);
    json_t *operation;
    size_t i;
    json_array_foreach(ml_json_array(json, "operations", error), i, operation)
        read_operation(operation, ret_times, error);
}
