#include "facts/walk.h"

#include <string.h>

#include "base/error.h"
#include "facts/json_read.h"
#include "facts/page_map_json.h"

#define SCHEMA "memlab.walk.1"

static const char *const field_kinds[] = {
    [ML_FIELD_INT] = "int",
    [ML_FIELD_POINTER] = "pointer",
    [ML_FIELD_TYPE] = "type",
    [ML_FIELD_HASH] = "hash",
    [ML_FIELD_TEXT] = "text",
};

/* --- writing ---------------------------------------------------------------------------------- */

static json_t *
part_json(const MlPart *part, const MlWalkTotals *totals)
{
    json_t *fields = json_array();
    for (guint i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        json_array_append_new(fields,
            json_pack("{s:s, s:i, s:i, s:s, s:s, s:b, s:s*}",
                "name",
                field->name,
                "offset",
                (int)field->offset,
                "bytes",
                (int)field->size,
                "role",
                ml_role_id(field->role),
                "kind",
                field_kinds[field->kind],
                "each",
                field->each,
                "type",
                field->type_name));
    }
    return json_pack("{s:s, s:i, s:i, s:b, s:b, s:b, s:o, s:I, s:I, s:I, s:I}",
        "part",
        part->name,
        "stride_bytes",
        (int)part->stride,
        "room",
        (int)part->room,
        "links",
        part->links,
        "text",
        part->text,
        "sparse",
        part->sparse,
        "fields",
        fields,
        "blocks",
        (json_int_t)totals->blocks,
        "requested_bytes",
        (json_int_t)totals->request_bytes,
        "usable_bytes",
        (json_int_t)totals->usable_bytes,
        "used",
        (json_int_t)totals->used);
}

static json_t *
sample_json(const MlWalkSample *sample)
{
    GString *hex = g_string_new(NULL);
    for (guint i = 0; i < sample->head_bytes + sample->tail_bytes; i++)
        g_string_append_printf(hex, "%02x", sample->bytes[i]);
    json_t *json = json_pack("{s:i, s:I, s:I, s:I, s:I, s:I, s:i, s:i, s:I, s:s}",
        "part",
        (int)sample->part,
        "ordinal",
        (json_int_t)sample->ordinal,
        "address",
        (json_int_t)sample->address,
        "requested_bytes",
        (json_int_t)sample->request_bytes,
        "usable_bytes",
        (json_int_t)sample->usable_bytes,
        "used",
        (json_int_t)sample->used,
        "head_bytes",
        (int)sample->head_bytes,
        "tail_bytes",
        (int)sample->tail_bytes,
        "tail_from",
        (json_int_t)sample->tail_from,
        "bytes",
        hex->str);
    g_string_free(hex, TRUE);
    return json;
}

json_t *
ml_walk_to_json(const MlWalk *walk)
{
    json_t *parts = json_array();
    for (guint i = 0; i < walk->n_parts; i++)
        json_array_append_new(parts, part_json(&walk->parts[i], &walk->totals[i]));
    json_t *samples = json_array();
    for (guint i = 0; i < walk->n_samples; i++)
        json_array_append_new(samples, sample_json(&walk->samples[i]));
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:I, s:s, s:I, s:s, s:o, s:o, s:o*}",
        "schema",
        SCHEMA,
        "structure",
        walk->structure,
        "title",
        walk->title,
        "shape",
        walk->shape,
        "options",
        ml_fact_options_to_json(&walk->options),
        "n",
        (json_int_t)walk->n,
        "allocator",
        walk->allocator,
        "field_bytes",
        (json_int_t)walk->field_bytes,
        "origin",
        ml_origin_id(walk->origin),
        "parts",
        parts,
        "samples",
        samples,
        "pages",
        walk->pages != NULL ? ml_page_map_to_json(walk->pages) : NULL);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Parts hold borrowed names; a recorded walk owns them. */
static const char *
own(MlWalk *walk, char *name)
{
    g_ptr_array_add(walk->owned_names, name);
    return name;
}

static int
find_word(const char *word, const char *const *words, int n_words)
{
    for (int i = 0; i < n_words; i++)
        if (g_strcmp0(words[i], word) == 0)
            return i;
    return -1;
}

static void
read_field(MlWalk *walk, MlPart *part, const json_t *json, GError **error)
{
    const char *roles[ML_N_ROLES];
    for (int i = 0; i < ML_N_ROLES; i++)
        roles[i] = ml_role_id((MlRole)i);
    g_autofree char *role = ml_json_text(json, "role", error);
    g_autofree char *kind = ml_json_text(json, "kind", error);
    int role_number = find_word(role, roles, ML_N_ROLES);
    int kind_number = find_word(kind, field_kinds, G_N_ELEMENTS(field_kinds));
    gint64 size = ml_json_integer(json, "bytes", error);
    gint64 offset = ml_json_integer(json, "offset", error);
    const char *name = own(walk, ml_json_text(json, "name", error));
    gboolean fits = offset >= 0 && size >= 0 && offset <= part->stride &&
                    size <= part->stride - offset && part->n_fields < ML_MAX_FIELDS;
    if (*error == NULL && (role_number < 0 || kind_number < 0 || !fits))
        ml_fail(error, ML_ERROR_INPUT, "field '%s' of part '%s' is not valid", name, part->name);
    if (*error != NULL)
        return;
    MlField *field = ml_part_add(
        part, name, (size_t)offset, (size_t)size, (MlRole)role_number, (MlFieldKind)kind_number);
    field->each = json_is_true(json_object_get(json, "each"));
    if (json_object_get(json, "type") != NULL)
        field->type_name = own(walk, ml_json_text(json, "type", error));
}

static void
read_part(MlWalk *walk, const json_t *json, GError **error)
{
    if (walk->n_parts == ML_MAX_PARTS)
        return;
    MlPart *part = &walk->parts[walk->n_parts];
    MlWalkTotals *totals = &walk->totals[walk->n_parts];
    gint64 stride = ml_json_integer(json, "stride_bytes", error);
    ml_part_init(
        part, own(walk, ml_json_text(json, "part", error)), (size_t)CLAMP(stride, 1, 4096));
    part->room = (uint32_t)CLAMP(ml_json_integer(json, "room", error), 0, 4096);
    part->links = json_is_true(json_object_get(json, "links"));
    part->text = json_is_true(json_object_get(json, "text"));
    part->sparse = json_is_true(json_object_get(json, "sparse"));
    totals->blocks = (guint64)ml_json_integer(json, "blocks", error);
    totals->request_bytes = (guint64)ml_json_integer(json, "requested_bytes", error);
    totals->usable_bytes = (guint64)ml_json_integer(json, "usable_bytes", error);
    totals->used = (guint64)ml_json_integer(json, "used", error);
    walk->n_parts++;
    size_t i;
    json_t *field;
    json_array_foreach(ml_json_array(json, "fields", error), i, field)
    {
        if (*error == NULL)
            read_field(walk, part, field, error);
    }
}

/* @head, @tail: as the record says, which may be anything */
static void
read_bytes(const char *hex, gint64 head, gint64 tail, MlWalkSample *sample, GError **error)
{
    gboolean is_right = head >= 0 && tail >= 0 && head <= ML_SAMPLE_BYTES &&
                        tail <= ML_SAMPLE_BYTES - head && hex != NULL &&
                        strlen(hex) == 2 * (gsize)(head + tail);
    for (gint64 i = 0; is_right && i < head + tail; i++) {
        int high = g_ascii_xdigit_value(hex[2 * i]);
        int low = g_ascii_xdigit_value(hex[2 * i + 1]);
        is_right = high >= 0 && low >= 0;
        sample->bytes[i] = (guint8)(high << 4 | low);
    }
    sample->head_bytes = (guint32)head;
    sample->tail_bytes = (guint32)tail;
    if (!is_right && *error == NULL)
        ml_fail(error,
            ML_ERROR_INPUT,
            "the bytes of a sample are not hexadecimal, or not as many as it says");
}

static void
read_sample(const MlWalk *walk, const json_t *json, MlWalkSample *sample, GError **error)
{
    sample->part = (guint32)ml_json_integer(json, "part", error);
    sample->ordinal = (guint64)ml_json_integer(json, "ordinal", error);
    sample->address = (guint64)ml_json_integer(json, "address", error);
    sample->request_bytes = (guint64)ml_json_integer(json, "requested_bytes", error);
    sample->usable_bytes = (guint64)ml_json_integer(json, "usable_bytes", error);
    sample->used = (guint64)ml_json_integer(json, "used", error);
    gint64 head = ml_json_integer(json, "head_bytes", error);
    gint64 tail = ml_json_integer(json, "tail_bytes", error);
    sample->tail_from = (guint64)ml_json_integer(json, "tail_from", error);
    g_autofree char *hex = ml_json_text(json, "bytes", error);
    read_bytes(hex, head, tail, sample, error);
    if (*error == NULL && sample->part >= walk->n_parts)
        ml_fail(error,
            ML_ERROR_INPUT,
            "a sample is of part %u, and there are %u",
            sample->part,
            walk->n_parts);
}

static void
read_lists(MlWalk *walk, const json_t *json, GError **error)
{
    ml_fact_options_from_json(json, &walk->options, error);
    json_t *value;
    size_t i;
    json_array_foreach(ml_json_array(json, "parts", error), i, value) read_part(walk, value, error);
    json_t *samples = ml_json_array(json, "samples", error);
    walk->samples = g_new0(MlWalkSample, MAX(json_array_size(samples), 1));
    json_array_foreach(samples, i, value)
        read_sample(walk, value, &walk->samples[walk->n_samples++], error);
    const json_t *pages = json_object_get(json, "pages");
    if (pages != NULL && *error == NULL)
        walk->pages = ml_page_map_from_json(pages, error);
}

MlWalk *
ml_walk_from_json(const json_t *json, GError **error)
{
    if (!ml_json_check_schema(json, SCHEMA, error))
        return NULL;
    GError *failure = NULL;
    g_autoptr(MlWalk) walk = g_new0(MlWalk, 1);
    walk->owned_names = g_ptr_array_new_with_free_func(g_free);
    walk->structure = ml_json_text(json, "structure", &failure);
    walk->title = ml_json_text(json, "title", &failure);
    walk->shape = ml_json_text(json, "shape", &failure);
    walk->n = (guint64)ml_json_integer(json, "n", &failure);
    walk->allocator = ml_json_text(json, "allocator", &failure);
    walk->field_bytes = (guint64)ml_json_integer(json, "field_bytes", &failure);
    walk->origin = ML_ORIGIN_RECORDED;
    read_lists(walk, json, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return NULL;
    }
    return g_steal_pointer(&walk);
}
