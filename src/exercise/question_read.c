#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "exercise/private.h"

/* From a table of a cell, as JSON, to a question. */

#define MAX_CHOICES 26
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
    "right_within",
    "unit_within",
    "wrong_within",
    "close_within",
    NULL,
};
static const char *const wrong_fields[] = { "id", "value", "say", NULL };
static const char *const choice_fields[] = { "1", "right", "value", "say", NULL };

/* --- reading fields --------------------------------------------------------------------------- */

/* A question in the making: where errors are, and whether there was one. */
typedef struct {
    const char *where;
    const char *id; /* (nullable): before it is known */
    GError **error;
} Reader;

static gboolean G_GNUC_PRINTF(2, 3) refuse(const Reader *reader, const char *format, ...)
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

static gboolean
check_fields(const Reader *reader, json_t *table, const char *const *known)
{
    const char *name;
    json_t *value;

    json_object_foreach(table, name, value)
    {
        if (g_strv_contains(known, name))
            continue;
        g_autofree char *quoted = ml_text_quote(name);
        g_autofree char *near = ml_suggest_phrase(name, known);
        return refuse(reader, "unknown field %s%s", quoted, near);
    }
    return TRUE;
}

/* A text, or a number where a formula is meant.  @ret_text: untouched where there is none */
static gboolean
read_text(const Reader *reader, json_t *table, const char *name, char **ret_text)
{
    json_t *value = json_object_get(table, name);

    if (value == NULL)
        return TRUE;
    if (json_is_number(value)) {
        *ret_text = json_dumps(value, JSON_ENCODE_ANY);
        return TRUE;
    }
    if (!json_is_string(value))
        return refuse(reader, "%s is not text; write %s = \"…\"", name, name);
    *ret_text = g_strdup(json_string_value(value));
    return TRUE;
}

static gboolean
read_share(const Reader *reader, json_t *table, const char *name, double *share)
{
    json_t *value = json_object_get(table, name);

    if (value == NULL)
        return TRUE;
    if (!json_is_number(value) || json_number_value(value) < 0 || json_number_value(value) >= 1)
        return refuse(reader, "%s is a share from 0 to 1, as in 0.015", name);
    *share = json_number_value(value);
    return TRUE;
}

static gboolean
is_id(const char *text, const char *extra)
{
    if (!g_ascii_islower(*text) || strlen(text) > MAX_ID_LENGTH)
        return FALSE;
    for (const char *c = text; *c != '\0'; c++)
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && strchr(extra, *c) == NULL)
            return FALSE;
    return TRUE;
}

/* --- the lists -------------------------------------------------------------------------------- */

/* The list called @name, of tables with these fields; a plain text counts as {"text"}. */
static gboolean
check_list(const Reader *reader, json_t *list, const char *name, const char *const *fields)
{
    size_t i;
    json_t *entry;

    if (list != NULL && !json_is_array(list))
        return refuse(reader, "%s is a list: %s = { …, … }", name, name);
    json_array_foreach(list, i, entry)
    {
        if (json_is_object(entry) && !check_fields(reader, entry, fields))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_wrong(const Reader *reader, MlQuestion *question, json_t *list)
{
    size_t i;
    json_t *entry;

    if (!check_list(reader, list, "wrong", wrong_fields))
        return FALSE;
    json_array_foreach(list, i, entry)
    {
        MlWrongModel *wrong = g_new0(MlWrongModel, 1);
        g_ptr_array_add(question->wrong, wrong);
        if (!json_is_object(entry) || !read_text(reader, entry, "id", &wrong->id) ||
            !read_text(reader, entry, "value", &wrong->value) ||
            !read_text(reader, entry, "say", &wrong->say))
            return *reader->error != NULL || refuse(reader, "wrong[%zu] is not a table", i + 1);
        if (wrong->id == NULL || wrong->value == NULL || !is_id(wrong->id, "-_"))
            return refuse(reader,
                "wrong[%zu] wants an id in small letters and a value: "
                "{id = \"forgot-keys\", value = \"…\", say = \"…\"}",
                i + 1);
    }
    return TRUE;
}

static gboolean
read_choice(const Reader *reader, MlAnswerChoice *choice, json_t *entry, size_t number)
{
    choice->value = NAN;
    if (json_is_string(entry)) {
        choice->text = g_strdup(json_string_value(entry));
        return TRUE;
    }
    /* {"only text"} is a list of one */
    json_t *text = json_is_array(entry) ? json_array_get(entry, 0) : json_object_get(entry, "1");
    json_t *value = json_object_get(entry, "value");
    if (!json_is_string(text))
        return refuse(reader, "choices[%zu] begins with its text: {\"…\", say = \"…\"}", number);
    if (value != NULL && !json_is_number(value))
        return refuse(reader, "choices[%zu]: value is a number", number);
    choice->text = g_strdup(json_string_value(text));
    choice->right = json_is_true(json_object_get(entry, "right"));
    if (value != NULL)
        choice->value = json_number_value(value);
    return read_text(reader, entry, "say", &choice->say);
}

static gboolean
read_choices(const Reader *reader, MlQuestion *question, json_t *list)
{
    size_t i;
    json_t *entry;
    guint n_right = 0, n_values = 0;

    if (list == NULL)
        return TRUE;
    if (!check_list(reader, list, "choices", choice_fields))
        return FALSE;
    question->kind = ML_QUESTION_CHOICE;
    json_array_foreach(list, i, entry)
    {
        MlAnswerChoice *choice = g_new0(MlAnswerChoice, 1);
        g_ptr_array_add(question->choices, choice);
        if (!read_choice(reader, choice, entry, i + 1))
            return FALSE;
        n_right += choice->right ? 1 : 0;
        n_values += isfinite(choice->value) ? 1 : 0;
    }
    guint n_choices = question->choices->len;
    if (n_choices < 2 || n_choices > MAX_CHOICES)
        return refuse(reader, "there are 2 to %d choices", MAX_CHOICES);
    if (n_right == 1 || (n_right == 0 && question->key != NULL && n_values == n_choices))
        return TRUE;
    return refuse(reader, "one choice is right = true; or each has a value, and there is a key");
}

static gboolean
read_hints(const Reader *reader, MlQuestion *question, json_t *list)
{
    size_t i;
    json_t *entry;

    if (list != NULL && !json_is_array(list))
        return refuse(reader, "hints is a list of texts");
    json_array_foreach(list, i, entry)
    {
        if (!json_is_string(entry))
            return refuse(reader, "hints is a list of texts");
        g_ptr_array_add(question->hints, g_strdup(json_string_value(entry)));
    }
    return TRUE;
}

/* --- the question ----------------------------------------------------------------------------- */

static gboolean
read_unit(const Reader *reader, MlQuestion *question, json_t *table)
{
    static const char *const units[] = { "bytes", "B/elem", "times", NULL };

    if (!read_text(reader, table, "unit", &question->unit))
        return FALSE;
    if (question->unit == NULL)
        question->unit = g_strdup(units[0]);
    question->per_element = g_str_equal(question->unit, units[1]);
    question->is_plain = g_str_equal(question->unit, units[2]);
    return g_strv_contains(units, question->unit) ||
           refuse(reader, "unit is \"bytes\", \"B/elem\" or \"times\"");
}

static gboolean
read_n(const Reader *reader, MlQuestion *question, json_t *table)
{
    json_t *value = json_object_get(table, "n");
    double n = json_number_value(value);

    if (value == NULL)
        return TRUE;
    if (!json_is_number(value) || n < 1 || n != floor(n) || n > 0x1p53)
        return refuse(reader, "n is a whole number of elements, at least 1");
    question->n = (guint64)n;
    return TRUE;
}

static gboolean
read_texts(const Reader *reader, MlQuestion *question, json_t *table)
{
    return read_text(reader, table, "prompt", &question->prompt) &&
           read_text(reader, table, "key", &question->key) &&
           read_text(reader, table, "right", &question->right) &&
           read_text(reader, table, "close", &question->close) &&
           read_text(reader, table, "other", &question->other);
}

static gboolean
read_bands(const Reader *reader, MlQuestion *question, json_t *table)
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
read_question(Reader *reader, MlQuestion *question, json_t *table)
{
    if (!read_text(reader, table, "id", &question->id))
        return FALSE;
    if (question->id == NULL || !is_id(question->id, "-"))
        return refuse(reader, "id is a word in small letters, digits and dashes");
    reader->id = question->id;
    if (!check_fields(reader, table, question_fields) || !read_texts(reader, question, table) ||
        !read_unit(reader, question, table) || !read_n(reader, question, table) ||
        !read_bands(reader, question, table) ||
        !read_wrong(reader, question, json_object_get(table, "wrong")) ||
        !read_choices(reader, question, json_object_get(table, "choices")) ||
        !read_hints(reader, question, json_object_get(table, "hints")))
        return FALSE;
    if (question->prompt == NULL)
        return refuse(reader, "there is no prompt");
    if (question->kind == ML_QUESTION_NUMBER && question->key == NULL)
        return refuse(reader, "a number wants a key, as in key = \"L.measured\"");
    return TRUE;
}

MlQuestion *
ml_question_from_asked(const MlAsked *asked, GError **error)
{
    g_autoptr(GError) wrong = NULL;
    g_autoptr(MlQuestion) question = ml_question_new();
    Reader reader = { .where = asked->where, .error = &wrong };

    question->where = g_strdup(asked->where);
    question->is_prediction = g_str_equal(asked->verb, "predict");
    if (!json_is_object(asked->table))
        refuse(&reader, "%s takes names and values: %s{id = …}", asked->verb, asked->verb);
    if (wrong == NULL && read_question(&reader, question, asked->table))
        return g_steal_pointer(&question);
    g_propagate_error(error, g_steal_pointer(&wrong));
    return NULL;
}
