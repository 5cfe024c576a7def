#include "cli/output.h"

#include <stdio.h>

#include "term/term.h"

gboolean ml_output_json_wanted;
gboolean ml_output_ascii_wanted;

static const MlTerm *
standard_output(void)
{
    static MlTerm term;
    if (term.columns == 0)
        term = ml_term_inspect(stdout);
    if (ml_output_ascii_wanted)
        term.unicode = FALSE;
    return &term;
}

gboolean
ml_output(const char *text, GError **error)
{
    return ml_term_print(stdout, standard_output(), text, error);
}

gboolean
ml_output_json(json_t *json, GError **error)
{
    g_autofree char *text = json_dumps(json, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_decref(json);
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    return ml_term_write(stdout, line, error);
}

gboolean
ml_output_csv(const char *csv, GError **error)
{
    return ml_term_write(stdout, csv, error);
}

void
ml_message(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    MlTerm term = ml_term_inspect(stderr);
    g_autofree char *line = g_strdup_printf("memlab: %s\n", text);
    g_autofree char *encoded = ml_term_encode(&term, line);
    fputs(encoded, stderr); /* where standard error takes nothing, there is nobody left to tell */
}

int
ml_output_columns(void)
{
    return standard_output()->columns;
}

gboolean
ml_output_ascii(void)
{
    return !standard_output()->unicode;
}
