#include "facts/options.h"

#include "base/error.h"
#include "facts/json_read.h"

void
ml_fact_options_fill(
    const MlStructure *structure, const MlOptions *options, MlFactOptions *ret_options)
{
    ret_options->count = (guint)structure->n_options;
    for (guint i = 0; i < ret_options->count; i++)
        ret_options->option[i] = (MlFactOption){
            .name = g_strdup(structure->options[i].name),
            .value = g_strdup(ml_options_value(structure->options, i, options)),
        };
}

void
ml_fact_options_clear(MlFactOptions *options)
{
    for (guint i = 0; i < options->count; i++) {
        g_free(options->option[i].name);
        g_free(options->option[i].value);
    }
    options->count = 0;
}

gboolean
ml_fact_options_differ(const MlFactOptions *options, const MlFactOptions *others, guint i)
{
    const MlFactOption *own = &options->option[i];
    for (guint k = 0; k < others->count; k++)
        if (g_str_equal(others->option[k].name, own->name))
            return !g_str_equal(others->option[k].value, own->value);
    return TRUE;
}

json_t *
ml_fact_options_to_json(const MlFactOptions *options)
{
    json_t *json = json_object();
    for (guint i = 0; i < options->count; i++)
        json_object_set_new(json, options->option[i].name, json_string(options->option[i].value));
    return json;
}

void
ml_fact_options_from_json(const json_t *fact, MlFactOptions *ret_options, GError **error)
{
    json_t *json = ml_json_object(fact, "options", error);
    if (json_object_size(json) > ML_MAX_OPTIONS) {
        ml_fail(error, ML_ERROR_INPUT, "a structure has at most %d options", ML_MAX_OPTIONS);
        return;
    }
    const char *name;
    json_t *value;
    json_object_foreach(json, name, value)
    {
        const char *text = json_string_value(value);
        ret_options->option[ret_options->count++] = (MlFactOption){
            .name = g_strdup(name),
            .value = g_strdup(text != NULL ? text : ""),
        };
    }
}

gboolean
ml_fact_options_read(
    const MlFactOptions *options, const MlStructure *structure, MlOptions *ret_options)
{
    gboolean known = TRUE;
    ml_options_defaults(structure->options, structure->n_options, ret_options);
    /* A key format implies string keys even where it is the default: what implies nothing, last. */
    for (int last = FALSE; last <= TRUE; last++) {
        for (guint i = 0; i < options->count; i++) {
            const MlFactOption *option = &options->option[i];
            if (last && i < structure->n_options && structure->options[i].implies_name != NULL)
                continue;
            known = ml_options_set(structure->options,
                        structure->n_options,
                        option->name,
                        option->value,
                        ret_options) == ML_OPTION_OK &&
                    known;
        }
    }
    return known;
}
