#include "facts/ledger.h"

#include "facts/attribution_json.h"
#include "facts/json_read.h"
#include "facts/times_json.h"

#define SCHEMA "memlab.ledger.1"

/* --- writing ---------------------------------------------------------------------------------- */

static json_t *
whole(guint64 value)
{
    return json_integer((json_int_t)value);
}

static json_t *
row_json(const char *role, MlPair pair, gboolean is_measured)
{
    return json_pack("{s:s, s:o, s:o}",
        "role",
        role,
        "model_bytes",
        whole(pair.model),
        "measured_bytes",
        is_measured ? whole(pair.measured) : json_null());
}

static json_t *
roles_json(const MlLedger *ledger)
{
    json_t *rows = json_array();
    gboolean is_measured = ml_ledger_is_measured(ledger);
    for (MlRole role = 0; role < ML_ROLE_UNEXPLAINED; role++)
        json_array_append_new(
            rows, row_json(ml_role_id(role), ml_ledger_role(ledger, role), is_measured));
    json_array_append_new(rows, row_json(ml_role_id(ML_ROLE_UNEXPLAINED), (MlPair){ 0 }, FALSE));
    return rows;
}

static json_t *
part_json(const MlLedgerPart *part, gboolean is_measured)
{
    json_t *rows = json_array();
    for (MlRole role = 0; role < ML_ROLE_UNEXPLAINED; role++)
        if (part->role[role].model > 0 || part->role[role].measured > 0)
            json_array_append_new(rows, row_json(ml_role_id(role), part->role[role], is_measured));
    json_t *opened = json_array();
    json_array_append_new(opened, row_json("field", part->field, is_measured));
    json_array_append_new(opened, row_json("rounding", part->rounding, is_measured));
    json_array_append_new(opened, row_json("stock", part->stock, is_measured));
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
        "part",
        part->name,
        "blocks",
        whole(part->blocks),
        "requested_bytes",
        whole(part->requested),
        "usable_bytes",
        whole(part->usable),
        "allocated_bytes",
        whole(part->allocated),
        "reserved_bytes",
        whole(part->reserved),
        "roles",
        rows,
        "allocator",
        opened);
}

static json_t *
rulers_json(const MlRulers *rulers)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}",
        "requested_bytes",
        whole(rulers->requested),
        "usable_bytes",
        whole(rulers->usable),
        "allocated_bytes",
        whole(rulers->allocated),
        "reserved_bytes",
        whole(rulers->reserved),
        "resident_bytes",
        whole(rulers->resident));
}

static void
add_measured_keys(json_t *json, const MlLedger *ledger)
{
    json_t *keys = json_pack(
        "{s:I, s:I, s:I, s:I, s:o*, s:o, s:b, s:o, s:o, s:o, s:f, s:i, s:o, s:b, s:s*, s:s*, s:o*}",
        "measured_bytes",
        (json_int_t)ledger->measured_bytes,
        "unexplained_bytes",
        (json_int_t)ml_ledger_unexplained(ledger),
        "raw_bytes",
        (json_int_t)ledger->raw_bytes,
        "held_back_bytes",
        (json_int_t)ledger->held_back_bytes,
        "attribution",
        ml_attribution_to_json(&ledger->attribution),
        "peak_bytes",
        whole(ledger->peak_bytes),
        "peak_is_exact",
        ledger->peak_is_exact,
        "kernel_peak_bytes",
        whole(ledger->kernel_peak_bytes),
        "total_rss_bytes",
        whole(ledger->total_rss_bytes),
        "base_rss_bytes",
        whole(ledger->base_rss_bytes),
        "seconds",
        ledger->seconds,
        "repeats",
        (int)ledger->repeats,
        "spread_bytes",
        whole(ledger->spread_bytes),
        "valid",
        ledger->valid,
        "invalid_reason",
        ledger->invalid_reason,
        "notes",
        ledger->notes,
        "times",
        ml_times_to_json(&ledger->times));
    json_object_update_new(json, keys);
}

json_t *
ml_ledger_to_json(const MlLedger *ledger)
{
    json_t *parts = json_array();
    for (guint i = 0; i < ledger->n_parts; i++)
        json_array_append_new(parts, part_json(&ledger->parts[i], ml_ledger_is_measured(ledger)));

    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:o, s:o}",
        "schema",
        SCHEMA,
        "structure",
        ledger->structure,
        "title",
        ledger->title,
        "element",
        ledger->element,
        "options",
        ml_fact_options_to_json(&ledger->options),
        "n",
        whole(ledger->n),
        "allocator",
        ledger->allocator,
        "origin",
        ml_origin_id(ledger->origin),
        "model_bytes",
        whole(ledger->model_bytes),
        "model_peak_bytes",
        whole(ledger->model_peak_bytes),
        "page_bytes",
        whole(ledger->environment.page_bytes));
    if (ml_ledger_is_measured(ledger))
        add_measured_keys(json, ledger);
    json_object_set_new(json, "slots", whole(ledger->slots));
    json_object_set_new(json, "capacity", whole(ledger->capacity));
    json_object_set_new(json, "max_load", json_real(ledger->max_load));
    json_object_set_new(json, "rulers", rulers_json(&ledger->rulers));
    json_object_set_new(json, "model_rulers", rulers_json(&ledger->model_rulers));
    json_object_set_new(json, "roles", roles_json(ledger));
    json_object_set_new(json, "parts", parts);
    json_object_set_new(json, "environment", ml_environment_to_json(&ledger->environment));
    return json;
}

/* --- reading ---------------------------------------------------------------------------------- */

static MlPair
read_pair(const json_t *row, GError **error)
{
    MlPair pair = { .model = (guint64)ml_json_integer(row, "model_bytes", error) };
    if (!json_is_null(json_object_get(row, "measured_bytes")))
        pair.measured = (guint64)ml_json_integer(row, "measured_bytes", error);
    return pair;
}

static int
find_role(const char *id)
{
    for (int role = 0; role < ML_N_ROLES; role++)
        if (g_str_equal(ml_role_id((MlRole)role), id))
            return role;
    return -1;
}

static void
read_part(const json_t *json, MlLedgerPart *part, GError **error)
{
    part->name = ml_json_text(json, "part", error);
    part->blocks = (guint64)ml_json_integer(json, "blocks", error);
    part->requested = (guint64)ml_json_integer(json, "requested_bytes", error);
    part->usable = (guint64)ml_json_integer(json, "usable_bytes", error);
    part->allocated = (guint64)ml_json_integer(json, "allocated_bytes", error);
    part->reserved = (guint64)ml_json_integer(json, "reserved_bytes", error);
    size_t i;
    json_t *row;
    json_array_foreach(ml_json_array(json, "roles", error), i, row)
    {
        g_autofree char *id = ml_json_text(row, "role", error);
        int role = id != NULL ? find_role(id) : -1;
        if (role >= 0)
            part->role[role] = read_pair(row, error);
    }
    MlPair *const opened[] = { &part->field, &part->rounding, &part->stock };
    json_array_foreach(ml_json_array(json, "allocator", error), i, row)
    {
        if (i < G_N_ELEMENTS(opened))
            *opened[i] = read_pair(row, error);
    }
}

static void
read_rulers(const json_t *json, MlRulers *rulers, GError **error)
{
    rulers->requested = (guint64)ml_json_integer(json, "requested_bytes", error);
    rulers->usable = (guint64)ml_json_integer(json, "usable_bytes", error);
    rulers->allocated = (guint64)ml_json_integer(json, "allocated_bytes", error);
    rulers->reserved = (guint64)ml_json_integer(json, "reserved_bytes", error);
    rulers->resident = (guint64)ml_json_integer(json, "resident_bytes", error);
}

static void
read_measured_keys(const json_t *json, MlLedger *ledger, GError **error)
{
    ledger->measured_bytes = ml_json_integer(json, "measured_bytes", error);
    ledger->raw_bytes = ml_json_integer(json, "raw_bytes", error);
    ledger->held_back_bytes = ml_json_integer(json, "held_back_bytes", error);
    ml_attribution_from_json(json_object_get(json, "attribution"), &ledger->attribution, error);
    ledger->peak_bytes = (guint64)ml_json_integer(json, "peak_bytes", error);
    ledger->peak_is_exact = json_is_true(json_object_get(json, "peak_is_exact"));
    ledger->kernel_peak_bytes = (guint64)ml_json_integer(json, "kernel_peak_bytes", error);
    ledger->total_rss_bytes = (guint64)ml_json_integer(json, "total_rss_bytes", error);
    ledger->base_rss_bytes = (guint64)ml_json_integer(json, "base_rss_bytes", error);
    ledger->seconds = ml_json_real(json, "seconds", error);
    ledger->repeats = (guint)ml_json_integer(json, "repeats", error);
    ledger->spread_bytes = (guint64)ml_json_integer(json, "spread_bytes", error);
    ledger->valid = json_is_true(json_object_get(json, "valid"));
    ledger->invalid_reason = g_strdup(json_string_value(json_object_get(json, "invalid_reason")));
    ml_times_from_json(json_object_get(json, "times"), &ledger->times, error);
    ledger->notes = g_strdup(json_string_value(json_object_get(json, "notes")));
}

static void
read_lists(const json_t *json, MlLedger *ledger, GError **error)
{
    ml_fact_options_from_json(json, &ledger->options, error);
    json_t *value;
    size_t i;
    json_array_foreach(ml_json_array(json, "parts", error), i, value)
    {
        if (ledger->n_parts < G_N_ELEMENTS(ledger->parts))
            read_part(value, &ledger->parts[ledger->n_parts++], error);
    }
}

MlLedger *
ml_ledger_from_json(const json_t *json, GError **error)
{
    if (!ml_json_check_schema(json, SCHEMA, error))
        return NULL;
    GError *failure = NULL;
    g_autoptr(MlLedger) ledger = ml_ledger_new();
    ledger->structure = ml_json_text(json, "structure", &failure);
    ledger->title = ml_json_text(json, "title", &failure);
    ledger->element = ml_json_text(json, "element", &failure);
    ledger->n = (guint64)ml_json_integer(json, "n", &failure);
    ledger->allocator = ml_json_text(json, "allocator", &failure);
    g_autofree char *origin = ml_json_text(json, "origin", &failure);
    ledger->origin = g_strcmp0(origin, "model") == 0 ? ML_ORIGIN_MODEL : ML_ORIGIN_RECORDED;
    ledger->valid = TRUE;
    ledger->model_bytes = (guint64)ml_json_integer(json, "model_bytes", &failure);
    ledger->model_peak_bytes = (guint64)ml_json_integer(json, "model_peak_bytes", &failure);
    ledger->slots = (guint64)ml_json_integer(json, "slots", &failure);
    ledger->capacity = (guint64)ml_json_integer(json, "capacity", &failure);
    ledger->max_load = ml_json_real(json, "max_load", &failure);
    if (ml_ledger_is_measured(ledger))
        read_measured_keys(json, ledger, &failure);
    read_rulers(ml_json_object(json, "rulers", &failure), &ledger->rulers, &failure);
    read_rulers(ml_json_object(json, "model_rulers", &failure), &ledger->model_rulers, &failure);
    read_lists(json, ledger, &failure);
    ml_environment_from_json(json, &ledger->environment, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return NULL;
    }
    return g_steal_pointer(&ledger);
}
