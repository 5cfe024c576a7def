#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "base/suggest.h"
#include "base/text.h"
#include "exercise/private.h"
#include "render/compare_text.h"

#define INDENT 2
#define BULLET '-'
#define MAX_COLUMNS 80
#define MAX_COMPARED 8

/* What the factors of a comparison are over. */
#define BASE_FORMULA "per(model(\"packed-array\").model)"

static int
text_columns(const MlTableSettings *settings)
{
    return MIN(settings->columns, MAX_COLUMNS);
}

/* --- show{…} ---------------------------------------------------------------------------------- */

static gboolean
refuse_show(const MlAsked *asked, const char *what, GError **error)
{
    return ml_fail(error, ML_ERROR_INPUT, "%s: show: %s", asked->where, what);
}

/* The place @i of the table, as text; NULL where there is none. */
static const char *
place(const MlAsked *asked, guint i)
{
    g_autofree char *key = g_strdup_printf("%u", i + 1);
    json_t *value = json_is_array(asked->table) ? json_array_get(asked->table, i)
                                                : json_object_get(asked->table, key);
    return json_string_value(value);
}

static const MlLedger *
find_ledger(MlSitting *sitting, const MlAsked *asked, guint i, GError **error)
{
    const char *name = place(asked, i);
    const MlLedger *ledger = name != NULL ? ml_script_ledger(sitting->script, name) : NULL;

    if (ledger == NULL)
        refuse_show(asked, "name a ledger, as in show{\"ledger\", \"D\"}", error);
    return ledger;
}

static gboolean
show_ledger(MlSitting *sitting,
    const MlAsked *asked,
    const MlTableSettings *settings,
    GString *text,
    GError **error)
{
    const char *by = json_string_value(json_object_get(asked->table, "by"));
    const MlLedger *ledger = find_ledger(sitting, asked, 1, error);
    MlTableSettings table = *settings;

    if (ledger == NULL)
        return FALSE;
    if (by != NULL && !g_str_equal(by, "part") && !g_str_equal(by, "role"))
        return refuse_show(asked, "by is \"role\" or \"part\"", error);
    table.by_part = g_strcmp0(by, "part") == 0;
    g_autofree char *rows = ml_ledger_table(ledger, &table);
    g_string_append(text, rows);
    return TRUE;
}

static gboolean
show_comparison(MlSitting *sitting,
    const MlAsked *asked,
    const MlTableSettings *settings,
    GString *text,
    GError **error)
{
    const MlLedger *ledgers[MAX_COMPARED];
    guint n_ledgers = 0;
    double base;

    while (n_ledgers < MAX_COMPARED && place(asked, n_ledgers + 1) != NULL) {
        ledgers[n_ledgers] = find_ledger(sitting, asked, n_ledgers + 1, error);
        if (ledgers[n_ledgers++] == NULL)
            return FALSE;
    }
    if (n_ledgers == 0)
        return refuse_show(asked, "name ledgers, as in show{\"compare\", \"D\", \"A\"}", error);
    if (!ml_script_number(sitting->script, BASE_FORMULA, &base, error))
        return FALSE;
    g_autofree char *table = ml_compare_table(ledgers, n_ledgers, base, settings);
    g_string_append(text, table);
    return TRUE;
}

static gboolean
show(MlSitting *sitting,
    const MlAsked *asked,
    const MlTableSettings *settings,
    GString *text,
    GError **error)
{
    static const char *const kinds[] = { "ledger", "compare", NULL };
    const char *kind = place(asked, 0);

    if (!g_str_equal(asked->verb, "show") || kind == NULL)
        return refuse_show(
            asked, "a solution has show{\"ledger\", …}, show{\"compare\", …}", error);
    if (g_str_equal(kind, kinds[0]))
        return show_ledger(sitting, asked, settings, text, error);
    if (g_str_equal(kind, kinds[1]))
        return show_comparison(sitting, asked, settings, text, error);
    g_autofree char *quoted = ml_text_quote(kind);
    g_autofree char *near = ml_suggest_phrase(kind, kinds);
    g_autofree char *message = g_strdup_printf("unknown kind %s%s", quoted, near);
    return refuse_show(asked, message, error);
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void
append_lines(GString *text, const char *lines, int indent)
{
    g_auto(GStrv) each = g_strsplit(lines, "\n", -1);

    for (guint i = 0; each[i] != NULL; i++)
        if (each[i + 1] != NULL || *each[i] != '\0')
            g_string_append_printf(text, "%*s%s\n", *each[i] != '\0' ? indent : 0, "", each[i]);
}

static gboolean
append_cell(MlSitting *sitting,
    const MlExerciseBlock *block,
    const MlTableSettings *settings,
    GString *text,
    GError **error)
{
    g_auto(MlCellResult) result = { 0 };

    if (!ml_script_run_cell(sitting->script,
            block->text,
            sitting->exercise->path,
            block->line,
            TRUE,
            &result,
            error))
        return FALSE;
    append_lines(text, result.output, INDENT);
    g_autoptr(GPtrArray) asked = ml_script_take_asked(sitting->script);
    for (guint i = 0; i < asked->len; i++) {
        if (i > 0)
            g_string_append_c(text, '\n');
        if (!show(sitting, asked->pdata[i], settings, text, error))
            return FALSE;
    }
    return TRUE;
}

/* A paragraph, or a point behind its bullet. */
static void
append_wrapped(
    GString *text, const char *source, gboolean is_point, const MlTableSettings *settings)
{
    int indent = is_point ? 2 * INDENT : INDENT;
    g_autofree char *wrapped = ml_text_wrap(source, text_columns(settings), indent);

    if (is_point && strlen(wrapped) > (gsize)INDENT)
        wrapped[INDENT] = BULLET;
    g_string_append(text, wrapped);
}

static gboolean
append_block(MlSitting *sitting,
    const MlExerciseBlock *block,
    const MlTableSettings *settings,
    GString *text,
    GError **error)
{
    if (block->kind == ML_BLOCK_SHOW)
        return append_cell(sitting, block, settings, text, error);
    g_autofree char *filled = ml_script_interpolate(sitting->script, block->text, error);
    if (filled == NULL) {
        g_prefix_error(error, "%s:%u: ", sitting->exercise->path, block->line);
        return FALSE;
    }
    if (block->kind == ML_BLOCK_TEXT)
        append_lines(text, filled, INDENT);
    else
        append_wrapped(text, filled, block->kind == ML_BLOCK_POINT, settings);
    return TRUE;
}

static char *
present(
    MlSitting *sitting, const GPtrArray *blocks, const MlTableSettings *settings, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    MlBlockKind before = ML_BLOCK_PARAGRAPH;

    for (guint i = 0; i < blocks->len; i++) {
        const MlExerciseBlock *block = blocks->pdata[i];
        if (block->kind == ML_BLOCK_ASK || block->kind == ML_BLOCK_KEY)
            continue;
        gboolean is_next_point = block->kind == ML_BLOCK_POINT && before == ML_BLOCK_POINT;
        if (text->len > 0 && !is_next_point)
            g_string_append_c(text, '\n');
        if (!append_block(sitting, block, settings, text, error))
            return NULL;
        before = block->kind;
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
ml_sitting_statement(MlSitting *sitting, const MlTableSettings *settings, GError **error)
{
    return present(sitting, sitting->exercise->statement, settings, error);
}

char *
ml_sitting_solution(MlSitting *sitting, const MlTableSettings *settings, GError **error)
{
    if (!ml_sitting_prepare(sitting, error))
        return NULL;
    return present(sitting, sitting->exercise->solution, settings, error);
}

/* --- questions -------------------------------------------------------------------------------- */

static const char *
how_to_answer(const MlQuestion *question)
{
    if (question->kind == ML_QUESTION_CHOICE)
        return "a letter";
    if (question->kind == ML_QUESTION_FORMULA)
        return "a formula in n, as in 8*n";
    if (question->is_plain)
        return "a number";
    return question->per_element ? "a number of bytes per element"
                                 : "a number with its unit: " ML_QUANTITY_SIZES;
}

char *
ml_sitting_prompt(
    MlSitting *sitting, const MlQuestion *question, const MlTableSettings *settings, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *id = ml_text_styled(ML_STYLE_BOLD, question->id);
    g_autofree char *prompt = ml_script_interpolate(sitting->script, question->prompt, error);

    if (prompt == NULL)
        return NULL;
    g_autofree char *wrapped = ml_text_wrap(prompt, text_columns(settings), 2 * INDENT);
    g_autofree char *head = g_strdup_printf("%s   (%s)", id, how_to_answer(question));
    g_autofree char *wrapped_head = ml_text_wrap(head, text_columns(settings), INDENT);
    g_string_append_printf(text, "%s%s", wrapped_head, wrapped);
    for (guint i = 0; i < question->choices->len; i++) {
        const MlAnswerChoice *choice = question->choices->pdata[i];
        g_autofree char *filled = ml_script_interpolate(sitting->script, choice->text, error);
        if (filled == NULL)
            return NULL;
        g_string_append_printf(text, "%*s%c)  %s\n", 3 * INDENT, "", 'a' + (int)i, filled);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}
