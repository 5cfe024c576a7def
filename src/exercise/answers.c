#include "exercise/answers.h"

#include <string.h>

#include "base/file.h"
#include "base/suggest.h"
#include "base/text.h"

#define MAX_BYTES ((gsize)1 << 20)

static void
add_fault(MlAnswerSheet *sheet, guint line, const char *message)
{
    g_ptr_array_add(sheet->faults, g_strdup_printf("%s:%u: %s", sheet->name, line, message));
}

void
ml_answer_sheet_fault(MlAnswerSheet *sheet, const char *id, const char *message)
{
    add_fault(sheet, GPOINTER_TO_UINT(g_hash_table_lookup(sheet->lines, id)), message);
}

/* The line up to a `#` that begins it or has a blank before it. */
static void
cut_comment(char *line)
{
    for (char *c = line; *c != '\0'; c++) {
        if (*c != '#' || (c > line && !g_ascii_isspace(c[-1])))
            continue;
        *c = '\0';
        return;
    }
}

static void
add_answer(MlAnswerSheet *sheet, guint line, const char *id, const char *answer)
{
    g_autofree char *quoted = ml_text_quote(id);

    if (g_hash_table_contains(sheet->given, id)) {
        g_autofree char *message = g_strdup_printf("%s is answered twice; line %u counts",
            quoted,
            GPOINTER_TO_UINT(g_hash_table_lookup(sheet->lines, id)));
        add_fault(sheet, line, message);
        return;
    }
    g_ptr_array_add(sheet->ids, g_strdup(id));
    g_hash_table_insert(sheet->given, g_strdup(id), g_strdup(answer));
    g_hash_table_insert(sheet->lines, g_strdup(id), GUINT_TO_POINTER(line));
}

static void
read_line(MlAnswerSheet *sheet, guint number, char *line)
{
    cut_comment(line);
    g_strstrip(line);
    if (*line == '\0')
        return;
    char *equals = strchr(line, '=');
    if (equals == NULL || equals == line) {
        g_autofree char *quoted = ml_text_quote(line);
        g_autofree char *message =
            g_strdup_printf("%s is no answer; write 'question-id = answer'", quoted);
        add_fault(sheet, number, message);
        return;
    }
    *equals = '\0';
    add_answer(sheet, number, g_strchomp(line), g_strchug(equals + 1));
}

MlAnswerSheet *
ml_answer_sheet_parse(const char *name, const char *text)
{
    MlAnswerSheet *sheet = g_new0(MlAnswerSheet, 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    sheet->name = g_strdup(name);
    sheet->ids = g_ptr_array_new_with_free_func(g_free);
    sheet->given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    sheet->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sheet->faults = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; lines[i] != NULL; i++)
        read_line(sheet, i + 1, lines[i]);
    return sheet;
}

MlAnswerSheet *
ml_answer_sheet_read(const char *path, GError **error)
{
    gboolean is_input = g_str_equal(path, "-");
    g_autofree char *text = ml_file_read(is_input ? "/dev/stdin" : path, MAX_BYTES, error);

    return text != NULL ? ml_answer_sheet_parse(is_input ? "answers" : path, text) : NULL;
}

void
ml_answer_sheet_check(MlAnswerSheet *sheet, const char *const *ids)
{
    for (guint i = 0; i < sheet->ids->len; i++) {
        const char *id = sheet->ids->pdata[i];
        if (g_strv_contains(ids, id))
            continue;
        g_autofree char *quoted = ml_text_quote(id);
        g_autofree char *near = ml_suggest_phrase(id, ids);
        g_autofree char *message = g_strdup_printf("no question is called %s%s", quoted, near);
        ml_answer_sheet_fault(sheet, id, message);
    }
    for (; *ids != NULL; ids++)
        if (!g_hash_table_contains(sheet->given, *ids))
            g_ptr_array_add(sheet->faults,
                g_strdup_printf("%s: no answer to '%s'%s",
                    sheet->name,
                    *ids,
                    sheet->ids->len == 0 ? "; write 'question-id = answer'" : ""));
}

void
ml_answer_sheet_free(MlAnswerSheet *sheet)
{
    if (sheet == NULL)
        return;
    g_free(sheet->name);
    g_ptr_array_unref(sheet->ids);
    g_hash_table_unref(sheet->given);
    g_hash_table_unref(sheet->lines);
    g_ptr_array_unref(sheet->faults);
    g_free(sheet);
}
