#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "exercise/reader.h"

/* From a table of a cell, as JSON, to a question. */

#define MAX_ID_LENGTH 40

static const MlBands ask_bands = { .right = 0.015, .unit = 0.002, .wrong = 0.005, .close = 0.06 };
static const MlBands predict_bands = { .right = 0.025, .unit = 0.002, .wrong = 0.1, .close = 0 };

static const char *const question_fields[] = {
    "id",
    "prompt",
    "unit",
    "n",
    "key",
    "right",
    "close",
    "other",
    "wrong",
    "choices",
    "hints",
    "at",
    "right_within",
    "unit_within",
    "wrong_within",
    "close_within",
    NULL,
};

/* --- reading fields --------------------------------------------------------------------------- */

gboolean
ml_reader_refuse(const MlReader *reader, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return ml_fail(reader->error,
        ML_ERROR_INPUT,
        "%s: question '%s': %s",
        reader->where,
        reader->id != NULL ? reader->id : "?",
        message);
}

gboolean
ml_reader_fields(const MlReader *reader, json_t *table, const char *const *known)
{
    const char *name;
    json_t *value;

    json_object_foreach(table, name, value)
    {
        if (g_strv_contains(known, name))
            continue;
        g_autofree char *quoted = ml_text_quote(name);
        g_autofree char *near = ml_suggest_phrase(name, known);
        return ml_reader_refuse(reader, "unknown field %s%s", quoted, near);
    }
    return TRUE;
}

/* A text, or a number where a formula is meant.  @ret_text: untouched where there is none */
gboolean
ml_reader_text(const MlReader *reader, json_t *table, const char *name, char **ret_text)
{
    json_t *value = json_object_get(table, name);

    if (value == NULL)
        return TRUE;
    if (json_is_number(value)) {
        *ret_text = json_dumps(value, JSON_ENCODE_ANY);
        return TRUE;
    }
    if (!json_is_string(value))
        return ml_reader_refuse(reader, "%s is not text; write %s = \"…\"", name, name);
    *ret_text = g_strdup(json_string_value(value));
    return TRUE;
}

static gboolean
read_share(const MlReader *reader, json_t *table, const char *name, double *share)
{
    json_t *value = json_object_get(table, name);

    if (value == NULL)
        return TRUE;
    if (!json_is_number(value) || json_number_value(value) < 0 || json_number_value(value) >= 1)
        return ml_reader_refuse(reader, "%s is a share from 0 to 1, as in 0.015", name);
    *share = json_number_value(value);
    return TRUE;
}

gboolean
ml_reader_is_id(const char *text, const char *extra)
{
    if (!g_ascii_islower(*text) || strlen(text) > MAX_ID_LENGTH)
        return FALSE;
    for (const char *c = text; *c != '\0'; c++)
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && strchr(extra, *c) == NULL)
            return FALSE;
    return TRUE;
}

/* --- the question ----------------------------------------------------------------------------- */

static gboolean
read_unit(const MlReader *reader, MlQuestion *question, json_t *table)
{
    static const char *const units[] = { "bytes", "B/elem", "times", NULL };

    if (!ml_reader_text(reader, table, "unit", &question->unit))
        return FALSE;
    if (question->unit == NULL)
        question->unit = g_strdup(units[0]);
    question->per_element = g_str_equal(question->unit, units[1]);
    question->is_plain = g_str_equal(question->unit, units[2]);
    return g_strv_contains(units, question->unit) ||
           ml_reader_refuse(reader, "unit is \"bytes\", \"B/elem\" or \"times\"");
}

static gboolean
read_n(const MlReader *reader, MlQuestion *question, json_t *table)
{
    json_t *value = json_object_get(table, "n");
    double n = json_number_value(value);

    if (value == NULL)
        return TRUE;
    if (!json_is_number(value) || n < 1 || n != floor(n) || n > 0x1p53)
        return ml_reader_refuse(reader, "n is a whole number of elements, at least 1");
    question->n = (guint64)n;
    return TRUE;
}

static gboolean
read_texts(const MlReader *reader, MlQuestion *question, json_t *table)
{
    return ml_reader_text(reader, table, "prompt", &question->prompt) &&
           ml_reader_text(reader, table, "key", &question->key) &&
           ml_reader_text(reader, table, "right", &question->right) &&
           ml_reader_text(reader, table, "close", &question->close) &&
           ml_reader_text(reader, table, "other", &question->other);
}

static gboolean
read_bands(const MlReader *reader, MlQuestion *question, json_t *table)
{
    question->bands = question->is_prediction ? predict_bands : ask_bands;
    if (question->is_prediction && question->close != NULL)
        question->bands.close = ask_bands.close;
    if (question->is_plain)
        question->bands.unit = 0;
    return read_share(reader, table, "right_within", &question->bands.right) &&
           read_share(reader, table, "unit_within", &question->bands.unit) &&
           read_share(reader, table, "wrong_within", &question->bands.wrong) &&
           read_share(reader, table, "close_within", &question->bands.close);
}

static gboolean
read_question(MlReader *reader, MlQuestion *question, json_t *table)
{
    if (!ml_reader_text(reader, table, "id", &question->id))
        return FALSE;
    if (question->id == NULL || !ml_reader_is_id(question->id, "-"))
        return ml_reader_refuse(reader, "id is a word in small letters, digits and dashes");
    reader->id = question->id;
    if (!ml_reader_fields(reader, table, question_fields) || !read_texts(reader, question, table) ||
        !read_unit(reader, question, table) || !read_n(reader, question, table) ||
        !read_bands(reader, question, table) ||
        !ml_reader_wrong(reader, question, json_object_get(table, "wrong")) ||
        !ml_reader_choices(reader, question, json_object_get(table, "choices")) ||
        !ml_reader_at(reader, question, json_object_get(table, "at")) ||
        !ml_reader_hints(reader, question, json_object_get(table, "hints")))
        return FALSE;
    if (question->prompt == NULL)
        return ml_reader_refuse(reader, "there is no prompt");
    if (question->kind != ML_QUESTION_CHOICE && question->key == NULL)
        return ml_reader_refuse(reader, "a number wants a key, as in key = \"L.measured\"");
    return TRUE;
}

MlQuestion *
ml_question_from_asked(const MlAsked *asked, GError **error)
{
    g_autoptr(GError) wrong = NULL;
    g_autoptr(MlQuestion) question = ml_question_new();
    MlReader reader = { .where = asked->where, .error = &wrong };

    question->where = g_strdup(asked->where);
    question->is_prediction = g_str_equal(asked->verb, "predict");
    if (!json_is_object(asked->table))
        ml_reader_refuse(
            &reader, "%s takes names and values: %s{id = …}", asked->verb, asked->verb);
    if (wrong == NULL && read_question(&reader, question, asked->table))
        return g_steal_pointer(&question);
    g_propagate_error(error, g_steal_pointer(&wrong));
    return NULL;
}
