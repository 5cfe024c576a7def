#include "base/spec.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "structure/registry.h"

const MlStructure *
ml_spec_structure(const char *name, GError **error)
{
    g_autofree char *dashed = g_strdelimit(g_strdup(name), "_", '-');
    const MlStructure *found = ml_structure_find(dashed);
    if (found != NULL)
        return found;

    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    g_autofree const char **names = g_new0(const char *, n_structures + 1);
    for (size_t i = 0; i < n_structures; i++)
        names[i] = structures[i]->name;
    g_autofree char *quoted = ml_text_quote(name);
    g_autofree char *near = ml_suggest_phrase(name, names);
    ml_fail(error, ML_ERROR_USAGE, "unknown structure %s%s; see 'memlab list'", quoted, near);
    return NULL;
}

/* "8, 4, 2 or 1" */
static char *
join(const char *const *words, size_t n_words, const char *last_separator)
{
    GString *joined = g_string_new(words[0]);
    for (size_t i = 1; i < n_words; i++)
        g_string_append_printf(joined, "%s%s", i + 1 == n_words ? last_separator : ", ", words[i]);
    return g_string_free(joined, FALSE);
}

static gboolean
refuse_name(const MlStructure *structure, const char *name, GError **error)
{
    const char *names[ML_MAX_OPTIONS + 1] = { NULL };
    g_autofree char *quoted = ml_text_quote(name);
    g_autofree char *remedy = NULL;

    if (structure->n_options == 0)
        return ml_fail(error, ML_ERROR_USAGE, "structure '%s' has no options", structure->name);
    for (size_t i = 0; i < structure->n_options; i++)
        names[i] = structure->options[i].name;
    remedy = ml_suggest_phrase(name, names);
    if (*remedy == '\0') {
        g_autofree char *all = join(names, structure->n_options, " and ");
        g_free(remedy);
        remedy = g_strdup_printf("; it has %s", all);
    }
    return ml_fail(error,
        ML_ERROR_USAGE,
        "structure '%s' has no option %s%s",
        structure->name,
        quoted,
        remedy);
}

static char *
describe_expected(const MlOptionSpec *spec, const char *value)
{
    size_t n_choices = 0;

    if (spec->text_default != NULL && strlen(value) >= ML_OPTION_TEXT_SIZE)
        return g_strdup_printf("at most %d bytes", ML_OPTION_TEXT_SIZE - 1);
    if (spec->text_default != NULL)
        return g_strdup(spec->text_expected);
    while (n_choices < ML_MAX_CHOICES && spec->choices[n_choices] != NULL)
        n_choices++;
    return join(spec->choices, n_choices, " or ");
}

static gboolean
refuse_value(const MlStructure *structure, const char *name, const char *value, GError **error)
{
    const MlOptionSpec *spec = structure->options;
    while (strcmp(spec->name, name) != 0)
        spec++;
    g_autofree char *quoted = ml_text_quote(value);
    g_autofree char *expected = describe_expected(spec, value);
    return ml_fail(error,
        ML_ERROR_USAGE,
        "option '%s' of '%s' cannot be %s; it takes %s",
        name,
        structure->name,
        quoted,
        expected);
}

gboolean
ml_spec_set(const MlStructure *structure,
    const char *name,
    const char *value,
    MlOptions *options,
    GError **error)
{
    switch (ml_options_set(structure->options, structure->n_options, name, value, options)) {
    case ML_OPTION_UNKNOWN_NAME:
        return refuse_name(structure, name, error);
    case ML_OPTION_UNKNOWN_VALUE:
        return refuse_value(structure, name, value, error);
    case ML_OPTION_OK:
        break;
    }
    return TRUE;
}

/* The value without its quotes.  Returns: what follows it; NULL where a quote is left open. */
static const char *
scan_value(const char *at, GString *value)
{
    char quote = *at;

    if (quote != '\'' && quote != '"') {
        gsize length = strcspn(at, ",");
        g_string_append_len(value, at, (gssize)length);
        return at + length;
    }
    for (at++; *at != '\0'; at++) {
        if (*at == quote && at[1] != quote)
            return at + 1;
        at += *at == quote;
        g_string_append_c(value, *at);
    }
    return NULL;
}

/* "fill" instead of "fill=1/2", or what is no option at all. */
static gboolean
refuse_valueless(const MlStructure *structure, const char *name, GError **error)
{
    for (size_t i = 0; i < structure->n_options; i++)
        if (strcmp(structure->options[i].name, name) == 0)
            return ml_fail(error,
                ML_ERROR_USAGE,
                "option '%s' of '%s' has no value; write %s=VALUE",
                name,
                structure->name,
                name);
    return ml_refuse(error, name, "is not an option; write OPTION=VALUE");
}

gboolean
ml_spec_check_together(const MlStructure *structure, GHashTable *given, GError **error)
{
    for (size_t i = 0; i < structure->n_options; i++) {
        const MlOptionSpec *spec = &structure->options[i];
        if (spec->implies_name == NULL || !g_hash_table_contains(given, spec->name))
            continue;
        const char *value = g_hash_table_lookup(given, spec->implies_name);
        if (value != NULL && strcmp(value, spec->implies_value) != 0)
            return ml_fail(error,
                ML_ERROR_USAGE,
                "option '%s' of '%s' needs %s=%s, not %s; leave one of the two out",
                spec->name,
                structure->name,
                spec->implies_name,
                spec->implies_value,
                value);
    }
    return TRUE;
}

/* One OPTION=VALUE.  @at: (inout): where it begins; then, what follows it
 * @given: (inout): the values by their names */
static gboolean
parse_option(const MlStructure *structure,
    const char **at,
    MlOptions *options,
    GHashTable *given,
    GError **error)
{
    g_autoptr(GString) value = g_string_new(NULL);
    gsize length = strcspn(*at, "=,");
    g_autofree char *name = g_strndup(*at, length);

    if ((*at)[length] != '=')
        return refuse_valueless(structure, name, error);
    *at = scan_value(*at + length + 1, value);
    if (*at == NULL || (**at != ',' && **at != '\0'))
        return ml_refuse(error, name, "has a value whose quote is not closed at its end");
    if (g_hash_table_contains(given, name))
        return ml_refuse(error, name, "is given twice");
    if (!ml_spec_set(structure, name, value->str, options, error))
        return FALSE;
    g_hash_table_insert(given, g_steal_pointer(&name), g_strdup(value->str));
    return TRUE;
}

gboolean
ml_spec_parse(
    const char *text, const MlStructure **ret_structure, MlOptions *ret_options, GError **error)
{
    g_autoptr(GHashTable) given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gsize length = strcspn(text, ":");
    g_autofree char *name = g_strndup(text, length);
    const MlStructure *structure = ml_spec_structure(name, error);
    const char *at = text + length;
    MlOptions options;

    if (structure == NULL)
        return FALSE;
    ml_options_defaults(structure->options, structure->n_options, &options);
    while (*at != '\0') {
        at++; /* the ':' or ',' */
        if (!parse_option(structure, &at, &options, given, error))
            return FALSE;
    }
    if (!ml_spec_check_together(structure, given, error))
        return FALSE;
    *ret_structure = structure;
    *ret_options = options;
    return TRUE;
}

static void
append_value(GString *spec, const char *value)
{
    if (strchr(value, ',') == NULL && *value != '\'' && *value != '"') {
        g_string_append(spec, value);
        return;
    }
    g_auto(GStrv) pieces = g_strsplit(value, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", pieces);
    g_string_append_printf(spec, "\"%s\"", doubled);
}

char *
ml_spec_to_string(const MlStructure *structure, const MlOptions *options)
{
    GString *spec = g_string_new(structure->name);
    MlOptions defaults;
    char separator = ':';

    ml_options_defaults(structure->options, structure->n_options, &defaults);
    for (size_t i = 0; i < structure->n_options; i++) {
        const char *value = ml_options_value(structure->options, i, options);
        if (strcmp(value, ml_options_value(structure->options, i, &defaults)) == 0)
            continue;
        g_string_append_printf(spec, "%c%s=", separator, structure->options[i].name);
        append_value(spec, value);
        separator = ',';
    }
    return g_string_free(spec, FALSE);
}
