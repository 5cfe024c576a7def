#include <math.h>

#include "exercise/reader.h"

/* The lists in a question's table. */

#define MAX_CHOICES 26

static const char *const wrong_fields[] = { "id", "value", "say", NULL };
static const char *const choice_fields[] = { "1", "right", "value", "say", NULL };

/* The list called @name, of tables with these fields; a plain text counts as {"text"}. */
static gboolean
check_list(const MlReader *reader, json_t *list, const char *name, const char *const *fields)
{
    size_t i;
    json_t *entry;

    if (list != NULL && !json_is_array(list))
        return ml_reader_refuse(reader, "%s is a list: %s = { …, … }", name, name);
    json_array_foreach(list, i, entry)
    {
        if (json_is_object(entry) && !ml_reader_fields(reader, entry, fields))
            return FALSE;
    }
    return TRUE;
}

gboolean
ml_reader_wrong(const MlReader *reader, MlQuestion *question, json_t *list)
{
    size_t i;
    json_t *entry;

    if (!check_list(reader, list, "wrong", wrong_fields))
        return FALSE;
    json_array_foreach(list, i, entry)
    {
        MlWrongModel *wrong = g_new0(MlWrongModel, 1);
        g_ptr_array_add(question->wrong, wrong);
        if (!json_is_object(entry) || !ml_reader_text(reader, entry, "id", &wrong->id) ||
            !ml_reader_text(reader, entry, "value", &wrong->value) ||
            !ml_reader_text(reader, entry, "say", &wrong->say))
            return *reader->error != NULL ||
                   ml_reader_refuse(reader, "wrong[%zu] is not a table", i + 1);
        if (wrong->id == NULL || wrong->value == NULL || !ml_reader_is_id(wrong->id, "-_"))
            return ml_reader_refuse(reader,
                "wrong[%zu] wants an id in small letters and a value: "
                "{id = \"forgot-keys\", value = \"…\", say = \"…\"}",
                i + 1);
    }
    return TRUE;
}

static gboolean
read_choice(const MlReader *reader, MlAnswerChoice *choice, json_t *entry, size_t number)
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
        return ml_reader_refuse(
            reader, "choices[%zu] begins with its text: {\"…\", say = \"…\"}", number);
    if (value != NULL && !json_is_number(value))
        return ml_reader_refuse(reader, "choices[%zu]: value is a number", number);
    choice->text = g_strdup(json_string_value(text));
    choice->right = json_is_true(json_object_get(entry, "right"));
    if (value != NULL)
        choice->value = json_number_value(value);
    return ml_reader_text(reader, entry, "say", &choice->say);
}

gboolean
ml_reader_choices(const MlReader *reader, MlQuestion *question, json_t *list)
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
        return ml_reader_refuse(reader, "there are 2 to %d choices", MAX_CHOICES);
    if (n_right == 1 || (n_right == 0 && question->key != NULL && n_values == n_choices))
        return TRUE;
    return ml_reader_refuse(
        reader, "one choice is right = true; or each has a value, and there is a key");
}

gboolean
ml_reader_hints(const MlReader *reader, MlQuestion *question, json_t *list)
{
    size_t i;
    json_t *entry;

    if (list != NULL && !json_is_array(list))
        return ml_reader_refuse(reader, "hints is a list of texts");
    json_array_foreach(list, i, entry)
    {
        if (!json_is_string(entry))
            return ml_reader_refuse(reader, "hints is a list of texts");
        g_ptr_array_add(question->hints, g_strdup(json_string_value(entry)));
    }
    return TRUE;
}

/* The numbers of elements that a formula is tried at. */
gboolean
ml_reader_at(const MlReader *reader, MlQuestion *question, json_t *list)
{
    size_t i;
    json_t *entry;

    if (list == NULL)
        return TRUE;
    question->kind = ML_QUESTION_FORMULA;
    json_array_foreach(list, i, entry)
    {
        double n = json_number_value(entry);
        if (!(n >= 1))
            break;
        g_array_append_val(question->at, n);
    }
    return (question->at->len > 0 && question->at->len == json_array_size(list)) ||
           ml_reader_refuse(
               reader, "at is a list of numbers of elements, as in {1, 1000, 1000000}");
}
