/* A Layout as JSON and back. */
#include "base/error.h"
#include "facts/json_read.h"
#include "facts/layout.h"

#define SCHEMA "memlab.layout.1"
#define MAX_WORD_BYTES 16

/* --- writing ---------------------------------------------------------------------------------- */

static json_t *
fields_json(const MlLayout *layout)
{
    json_t *fields = json_array();
    for (guint i = 0; i < layout->fields->len; i++) {
        const MlLayoutField *field = ml_layout_field(layout, i);
        json_array_append_new(fields,
            json_pack("{s:s, s:I, s:I, s:I, s:s}",
                "name",
                field->name,
                "offset",
                (json_int_t)field->offset,
                "bytes",
                (json_int_t)field->bytes,
                "count",
                (json_int_t)field->count,
                "role",
                ml_role_id(field->role)));
    }
    return fields;
}

static json_t *
holes_json(const MlLayout *layout)
{
    json_t *holes = json_array();
    g_autoptr(GArray) pieces = ml_layout_pieces(layout);
    for (guint i = 0; i < pieces->len; i++) {
        const MlLayoutPiece *piece = &g_array_index(pieces, MlLayoutPiece, i);
        if (piece->field == NULL)
            json_array_append_new(holes,
                json_pack("{s:I, s:I}",
                    "offset",
                    (json_int_t)piece->offset,
                    "bytes",
                    (json_int_t)piece->bytes));
    }
    return holes;
}

static json_t *
tail_json(const MlLayout *layout)
{
    if (layout->tail == NULL)
        return NULL;
    return json_pack("{s:s, s:I, s:s}",
        "name",
        layout->tail,
        "offset",
        (json_int_t)layout->tail_offset,
        "role",
        ml_role_id(layout->tail_role));
}

json_t *
ml_layout_to_json(const MlLayout *layout)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:s, s:I, s:s, s:I, s:o, s:o, s:o*}",
        "schema",
        SCHEMA,
        "structure",
        layout->structure,
        "title",
        layout->title,
        "options",
        ml_fact_options_to_json(&layout->options),
        "part",
        layout->part,
        "bytes",
        (json_int_t)layout->bytes,
        "machine",
        layout->machine,
        "word_bytes",
        (json_int_t)layout->word_bytes,
        "fields",
        fields_json(layout),
        "holes",
        holes_json(layout),
        "tail",
        tail_json(layout));
}

/* --- reading ---------------------------------------------------------------------------------- */

static guint64
end_of_fields(const MlLayout *layout)
{
    guint n = layout->fields->len;
    if (n == 0)
        return 0;
    const MlLayoutField *last = ml_layout_field(layout, n - 1);
    return last->offset + last->bytes * last->count;
}

/* A whole number in [@least, @most]. */
static guint64
read_whole(const json_t *json, const char *key, guint64 least, guint64 most, GError **error)
{
    gint64 value = ml_json_integer(json, key, error);
    if (*error == NULL && (value < (gint64)least || value > (gint64)most))
        ml_fail(error,
            ML_ERROR_INPUT,
            "key '%s' is not between %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT,
            key,
            least,
            most);
    return (guint64)value;
}

/* What a field can be for: no field is malloc's, or stands for what is not there. */
static MlRole
read_role(const json_t *json, GError **error)
{
    MlRole role = ml_json_role(json, "role", error);
    if (*error == NULL && role >= ML_ROLE_ALLOCATOR && role != ML_ROLE_PADDING)
        ml_fail(error, ML_ERROR_INPUT, "no field is %s", ml_role_id(role));
    return role;
}

static void
read_field(const json_t *json, MlLayout *layout, GError **error)
{
    MlLayoutField field = {
        .name = ml_json_text(json, "name", error),
        .offset = read_whole(json, "offset", end_of_fields(layout), layout->bytes, error),
        .bytes = read_whole(json, "bytes", 1, layout->bytes, error),
        .count = read_whole(json, "count", 1, layout->bytes, error),
        .role = read_role(json, error),
    };
    if (*error == NULL && field.offset + field.bytes * field.count > layout->bytes)
        ml_fail(error, ML_ERROR_INPUT, "it ends beyond the struct");
    g_array_append_val(layout->fields, field);
}

static void
read_fields(const json_t *json, MlLayout *layout, GError **error)
{
    const json_t *fields = ml_json_array(json, "fields", error);
    if (*error == NULL && json_array_size(fields) > ML_LAYOUT_MAX_FIELDS)
        ml_fail(error, ML_ERROR_INPUT, "a struct has at most %u fields", ML_LAYOUT_MAX_FIELDS);
    for (size_t i = 0; i < json_array_size(fields) && *error == NULL; i++) {
        read_field(json_array_get(fields, i), layout, error);
        if (*error != NULL)
            g_prefix_error(error, "fields[%zu]: ", i);
    }
}

static void
read_tail(const json_t *json, MlLayout *layout, GError **error)
{
    const json_t *tail = json_object_get(json, "tail");
    if (tail == NULL)
        return;
    layout->tail = ml_json_text(tail, "name", error);
    layout->tail_offset = read_whole(tail, "offset", end_of_fields(layout), layout->bytes, error);
    layout->tail_role = read_role(tail, error);
}

/* Holes follow from the fields; what is written of them is for others, and must be right. */
static void
check_holes(const json_t *json, const MlLayout *layout, GError **error)
{
    const json_t *written = ml_json_array(json, "holes", error);
    if (*error != NULL)
        return;
    json_t *holes = holes_json(layout);
    if (!json_equal(holes, written))
        ml_fail(error, ML_ERROR_INPUT, "its holes are not those between its fields");
    json_decref(holes);
}

MlLayout *
ml_layout_from_json(const json_t *json, GError **error)
{
    GError *failure = NULL;
    if (!ml_json_check_schema(json, SCHEMA, error))
        return NULL;
    g_autoptr(MlLayout) layout = ml_layout_new();
    layout->structure = ml_json_text(json, "structure", &failure);
    layout->title = ml_json_text(json, "title", &failure);
    layout->part = ml_json_text(json, "part", &failure);
    layout->bytes = read_whole(json, "bytes", 1, ML_LAYOUT_MAX_BYTES, &failure);
    layout->machine = ml_json_text(json, "machine", &failure);
    layout->word_bytes = read_whole(json, "word_bytes", 1, MAX_WORD_BYTES, &failure);
    ml_fact_options_from_json(json, &layout->options, &failure);
    read_fields(json, layout, &failure);
    read_tail(json, layout, &failure);
    check_holes(json, layout, &failure);
    if (failure == NULL)
        return g_steal_pointer(&layout);
    g_propagate_error(error, failure);
    return NULL;
}
