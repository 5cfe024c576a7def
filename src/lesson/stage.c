#include "lesson/stage.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "lesson/display.h"
#include "render/excerpt.h"
#include "structure/registry.h"

#define TEXT_INDENT 4
#define WIDEST 98 /* what is farther apart does not belong together */
#define MARGINS 2 /* that a line of text leaves of the terminal */
#define MEASURING_WORD "ledger("
#define TOTAL "  total " /* in the short form of a cell's line */

gboolean
ml_stage_busy(const MlStage *stage, const char *doing, GError **error)
{
    if (stage->quiet || stage->host->busy == NULL)
        return TRUE;
    return stage->host->busy(stage->host->data, stage->page, doing, error);
}

/* A fault in a lesson's cell is the lesson's, whoever could have typed it. */
gboolean
ml_stage_blame(const MlStage *stage, guint line, GError *cause, GError **error)
{
    int code = cause->code == ML_ERROR_USAGE ? ML_ERROR_INPUT : cause->code;
    gboolean is_placed = g_str_has_prefix(cause->message, stage->lesson->path);
    g_autofree char *place =
        is_placed ? g_strdup("") : g_strdup_printf("%s:%u: ", stage->lesson->path, line);
    g_set_error(error, ML_ERROR, code, "%s%s", place, cause->message);
    g_error_free(cause);
    return FALSE;
}

int
ml_stage_columns(const MlStage *stage)
{
    return MIN(stage->host->columns(stage->host->data), WIDEST);
}

/* --- text ------------------------------------------------------------------------------------- */

static gboolean
add_text(MlStage *stage, const MlLessonItem *item, GError **error)
{
    GError *cause = NULL;
    g_autofree char *text = ml_script_interpolate(stage->script, item->text, &cause);
    if (text == NULL)
        return ml_stage_blame(stage, item->line, cause, error);
    ml_page_add_paragraph(stage->page, text, item->indent, item->bullet);
    return TRUE;
}

static gboolean
add_source(MlStage *stage, const MlLessonItem *item, GError **error)
{
    const MlStructure *structure = ml_structure_find(item->text);
    g_autoptr(GPtrArray) excerpts = ml_excerpts(structure, error);
    if (excerpts == NULL)
        return FALSE;
    for (guint i = 0; i < excerpts->len; i++) {
        g_autoptr(MlExcerpt) brief = ml_excerpt_brief(excerpts->pdata[i]);
        g_autofree char *text = ml_excerpt_text(brief, ml_stage_columns(stage) - TEXT_INDENT);
        ml_page_add_lines(stage->page, text, TEXT_INDENT, FALSE);
    }
    stage->page->structure = structure;
    return TRUE;
}

/* --- learner's cells -------------------------------------------------------------------------- */

/* "[2]  b = boxed_array(1000000)", further lines below the first. */
static void
echo_cell(MlStage *stage, const char *source)
{
    g_autofree char *number = g_strdup_printf("[%u]  ", stage->n_cells);
    g_autofree char *code = g_strchomp(g_strdup(source));
    g_auto(GStrv) lines = g_strsplit(code, "\n", -1);
    g_autoptr(GString) echo = g_string_new(NULL);

    for (guint i = 0; lines[i] != NULL; i++) {
        g_autofree char *line = ml_text_styled(ML_STYLE_CODE, lines[i]);
        g_string_append_printf(echo, "%*s%s\n", (int)strlen(number), i == 0 ? number : "", line);
    }
    ml_page_add_lines(stage->page, echo->str, 0, FALSE);
}

static long
hundredths(double figure)
{
    return lround(figure * 100);
}

/* The cell's line.  Where it comes out even, the total is written as a sum: "2.86 + 7.63 = 10.49".
 * It need not: the total counts pages of the program's own file as well. */
static char *
result_line(const MlCellLine *line, int columns)
{
    g_autofree char *text = ml_cell_line_text(line, columns + MARGINS);
    char *total = g_strrstr(text, TOTAL);
    const char *name;
    double unit = ml_bytes_unit(MAX(line->total_bytes, line->peak_bytes), &name);
    double before = (double)line->before_bytes / unit, used = (double)line->used_bytes / unit;
    double after = (double)line->total_bytes / unit;

    if (total == NULL || line->used_bytes <= 0 ||
        line->before_bytes + (guint64)line->used_bytes != line->total_bytes ||
        hundredths(before) + hundredths(used) != hundredths(after))
        return g_steal_pointer(&text);
    total[strlen(TOTAL)] = '\0';
    return g_strdup_printf("%s%.2f + %.2f = %.2f %s", text, before, used, after, name);
}

static void
add_result(MlStage *stage, const MlCellResult *result)
{
    g_autofree char *line = result_line(&result->line, ml_stage_columns(stage));
    ml_page_add_lines(stage->page, result->output, TEXT_INDENT, TRUE);
    ml_page_add_lines(stage->page, result->value != NULL ? result->value : "", TEXT_INDENT, TRUE);
    ml_page_add_lines(stage->page, result->notes, TEXT_INDENT, TRUE);
    ml_page_add_lines(stage->page, line, 0, TRUE);
}

/* What there is to read by hand: the process holds what the cell has left. */
static gboolean
note_reading(MlStage *stage, const MlCellLine *line, GError **error)
{
    MlReading now;
    GPid pid = ml_session_pid(stage->session, error);
    if (pid == 0 || !ml_session_read(stage->session, &now, error))
        return FALSE;
    stage->page->reading = (MlPageReading){
        .pid = pid,
        .cell = line->number,
        .before_bytes = (guint64)((gint64)now.rss_anon - line->used_bytes),
        .after_bytes = now.rss_anon,
    };
    ml_script_set_number(stage->script, "pid", (double)pid);
    return TRUE;
}

/* "b = boxed_array(…)": from here on, the code to look at is b's. */
static void
note_structure(MlStage *stage, const char *source)
{
    MlHandle handle;
    g_autofree char *name = g_strndup(source, strcspn(source, " ="));
    if (ml_script_handle(stage->script, name, &handle))
        stage->page->structure = handle.structure;
}

static gboolean
run_cell(MlStage *stage, const MlLessonItem *item, GError **error)
{
    g_auto(MlCellResult) result = { 0 };
    GError *cause = NULL;

    stage->n_cells++;
    echo_cell(stage, item->text);
    if (!ml_stage_busy(stage, "building …", error))
        return FALSE;
    if (!ml_script_run_cell(
            stage->script, item->text, stage->lesson->path, item->line + 1, FALSE, &result, &cause))
        return ml_stage_blame(stage, item->line, cause, error);
    add_result(stage, &result);
    note_structure(stage, item->text);
    return note_reading(stage, &result.line, error);
}

/* --- author's cells --------------------------------------------------------------------------- */

static gboolean
take(MlStage *stage, const MlLessonItem *item, const MlAsked *asked, GError **error)
{
    if (g_str_equal(asked->verb, "show"))
        return ml_display_show(stage, asked, error);
    if (item->kind != ML_ITEM_ASK)
        return ml_lesson_fail(error,
            stage->lesson->path,
            item->line,
            "%s{} stands in a 'memlab ask' block, which is never printed",
            asked->verb);
    MlQuestion *question = ml_question_from_asked(asked, error);
    if (question != NULL)
        g_ptr_array_add(stage->questions, question);
    return question != NULL;
}

static gboolean
run_author_cell(MlStage *stage, const MlLessonItem *item, GError **error)
{
    g_auto(MlCellResult) result = { 0 };
    GError *cause = NULL;

    gboolean measures = strstr(item->text, MEASURING_WORD) != NULL;
    if (item->kind == ML_ITEM_SHOW && measures && !ml_stage_busy(stage, "measuring …", error))
        return FALSE;
    if (!ml_script_run_cell(
            stage->script, item->text, stage->lesson->path, item->line + 1, TRUE, &result, &cause))
        return ml_stage_blame(stage, item->line, cause, error);
    ml_page_add_lines(stage->page, result.output, TEXT_INDENT, FALSE);
    g_autoptr(GPtrArray) asked = ml_script_take_asked(stage->script);
    for (guint i = 0; i < asked->len; i++)
        if (!take(stage, item, asked->pdata[i], error))
            return FALSE;
    return TRUE;
}

gboolean
ml_stage_run_item(MlStage *stage, const MlLessonItem *item, GError **error)
{
    switch (item->kind) {
    case ML_ITEM_PARAGRAPH:
    case ML_ITEM_POINT:
        return add_text(stage, item, error);
    case ML_ITEM_TEXT:
        ml_page_add_lines(stage->page, item->text, item->indent + TEXT_INDENT, FALSE);
        return TRUE;
    case ML_ITEM_CELL:
        return run_cell(stage, item, error);
    case ML_ITEM_SHOW:
    case ML_ITEM_ASK:
        return run_author_cell(stage, item, error);
    case ML_ITEM_SOURCE:
        return add_source(stage, item, error);
    case ML_ITEM_PAUSE:
    default:
        return TRUE;
    }
}
