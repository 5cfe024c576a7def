#include "lesson/check.h"

#include <math.h>

#include "base/text.h"
#include "lesson/prose.h"
#include "lesson/run.h"

#define BODY_COLUMNS 78
#define WIDEST_LINE 79 /* code may use the right margin */
#define CELL_INDENT 5  /* "[1]  " */
#define BODY_LINES 20
#define PROMPT_LINES 2
#define FAR_OFF 3.7 /* times the key: an answer that nobody has thought of */

typedef struct {
    const MlLesson *lesson;
    GPtrArray *findings;
    GHashTable *said; /* what is in findings, so that it is said once */
    MlLessonRun *run;
    guint round;    /* which of a question's answers is given */
    guint n_rounds; /* the most answers that a question has */
} Check;

static void
find_fault(Check *check, const char *text)
{
    if (!g_hash_table_add(check->said, g_strdup(text)))
        return;
    g_ptr_array_add(check->findings, g_strdup(text));
}

static void
find_at(Check *check, guint line, const char *what)
{
    g_autofree char *text = g_strdup_printf("%s:%u: %s", check->lesson->path, line, what);
    find_fault(check, text);
}

/* --- what is written -------------------------------------------------------------------------- */

static void
check_prose(Check *check, const MlLessonItem *item)
{
    g_autofree char *number = ml_prose_find_number(item->text);
    if (number == NULL)
        return;
    g_autofree char *what =
        g_strdup_printf("the figure %s is typed into the text: compute it, as in {{8*n}}", number);
    find_at(check, item->line, what);
}

/* @indent: columns before each line on the page */
static void
check_widths(Check *check, const MlLessonItem *item, int indent)
{
    g_auto(GStrv) lines = g_strsplit(item->text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (indent + ml_text_width(lines[i]) <= WIDEST_LINE)
            continue;
        g_autofree char *what = g_strdup_printf(
            "%d columns wide; there is room for %d", ml_text_width(lines[i]), WIDEST_LINE - indent);
        find_at(check, item->line + 1 + i, what);
    }
}

static void
check_cell(Check *check, const MlLessonItem *item)
{
    const char *foreign = ml_prose_find_foreign(item->text);
    check_widths(check, item, CELL_INDENT);
    if (foreign == NULL)
        return;
    g_autofree char *what = g_strdup_printf(
        "a learner's cell says '%s', which is neither C nor Python; move it to a 'memlab show' "
        "block",
        foreign);
    find_at(check, item->line, what);
}

static void
check_items(Check *check, const MlLessonScreen *screen)
{
    for (guint i = 0; i < screen->items->len; i++) {
        const MlLessonItem *item = screen->items->pdata[i];
        if (item->kind == ML_ITEM_PARAGRAPH || item->kind == ML_ITEM_POINT)
            check_prose(check, item);
        else if (item->kind == ML_ITEM_TEXT)
            check_widths(check, item, 0);
        else if (item->kind == ML_ITEM_CELL)
            check_cell(check, item);
    }
}

/* --- pages ------------------------------------------------------------------------------------ */

static void
check_page(Check *check, gboolean has_prompt)
{
    const GPtrArray *pages = ml_lesson_run_pages(check->run);
    const MlPage *page = pages->pdata[pages->len - 1];
    const MlLessonScreen *screen = check->lesson->screens->pdata[page->screen];
    g_autofree char *text = ml_page_text(page, 0, BODY_COLUMNS);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int n_lines = (int)g_strv_length(lines) - 1;
    int room = BODY_LINES - (has_prompt ? PROMPT_LINES : 0);

    if (n_lines > room) {
        g_autofree char *what = g_strdup_printf(
            "screen %u has %d lines; on 24 there is room for %d", page->screen + 1, n_lines, room);
        find_at(check, screen->line, what);
    }
}

/* --- questions -------------------------------------------------------------------------------- */

/* The answers to a number, in this order: skipped, right, each wrong model, none of these. */
static char *
number_answer(Check *check, const MlQuestion *question, guint variant, GError **error)
{
    MlScript *script = ml_lesson_run_script(check->run);
    double value;

    if (variant == 0)
        return g_strdup("");
    if (variant == 1 || variant > question->wrong->len + 1) {
        if (!ml_question_key(question, script, &value, error))
            return NULL;
        value *= variant == 1 ? 1 : FAR_OFF;
    } else {
        const MlWrongModel *model = question->wrong->pdata[variant - 2];
        if (!ml_script_number(script, model->value, &value, error))
            return NULL;
    }
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(text, sizeof text, "%.10g", value));
}

static char *
choose_answer(Check *check, const MlQuestion *question, GError **error)
{
    gboolean is_choice = question->kind == ML_QUESTION_CHOICE;
    guint n_answers = is_choice ? 1 + question->choices->len : 3 + question->wrong->len;
    guint variant = check->round % n_answers;

    check->n_rounds = MAX(check->n_rounds, n_answers);
    if (!is_choice)
        return number_answer(check, question, variant, error);
    return variant == 0 ? g_strdup("") : g_strdup_printf("%c", 'a' + (int)variant - 1);
}

static gboolean
can_get(const MlQuestion *question, const char *verdict)
{
    static const char *const always[] = { "right", "skipped", "other", "close", "unit", NULL };
    if (g_strv_contains(always, verdict))
        return TRUE;
    for (guint i = 0; i < question->wrong->len; i++)
        if (g_str_equal(((const MlWrongModel *)question->wrong->pdata[i])->id, verdict))
            return TRUE;
    return verdict[1] == '\0' && *verdict >= 'a' && *verdict < 'a' + (int)question->choices->len;
}

static void
check_branches(Check *check, const MlQuestion *question)
{
    for (guint i = 0; i < check->lesson->screens->len; i++) {
        const MlLessonScreen *screen = check->lesson->screens->pdata[i];
        for (guint k = 0; k < screen->branches->len; k++) {
            const MlLessonBranch *branch = screen->branches->pdata[k];
            if (g_strcmp0(branch->question, question->id) != 0 ||
                can_get(question, branch->verdict))
                continue;
            g_autofree char *what = g_strdup_printf(
                "no answer to '%s' gets the verdict '%s'", question->id, branch->verdict);
            find_at(check, branch->line, what);
        }
    }
}

/* Returns: FALSE where the lesson cannot go on (@error). */
static gboolean
check_question(Check *check, GError **error)
{
    const MlQuestion *question = ml_lesson_run_question(check->run);
    g_autoptr(GError) cause = NULL;
    g_autofree char *notice = NULL, *ignored = NULL;

    check_page(check, TRUE);
    check_branches(check, question);
    if (!ml_question_check_bands(question, ml_lesson_run_script(check->run), &cause))
        find_fault(check, cause->message);
    g_autofree char *answer = choose_answer(check, question, error);
    if (answer == NULL || !ml_lesson_run_answer(check->run, answer, &notice, error))
        return FALSE;
    if (notice == NULL)
        return TRUE;
    find_fault(check, notice);
    return ml_lesson_run_answer(check->run, "", &ignored, error);
}

/* --- rounds ----------------------------------------------------------------------------------- */

static int
columns(gpointer data)
{
    return BODY_COLUMNS;
}

static gboolean
run_through(Check *check, GError **error)
{
    MlStop stop = ML_STOP_PAGE;
    while (stop != ML_STOP_END) {
        if (!ml_lesson_run_next(check->run, &stop, error))
            return FALSE;
        if (stop == ML_STOP_PAGE)
            check_page(check, FALSE);
        if (stop == ML_STOP_QUESTION && !check_question(check, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
check_round(Check *check)
{
    const MlLessonHost host = { .columns = columns };
    g_autoptr(GError) error = NULL;
    g_autoptr(MlProgress) progress = ml_progress_new();
    g_autoptr(MlLessonRun) run = ml_lesson_run_new(check->lesson, progress, &host);

    check->run = run;
    if (run_through(check, &error))
        return TRUE;
    find_fault(check, error->message);
    return FALSE;
}

GPtrArray *
ml_lesson_check(const MlLesson *lesson)
{
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Check check = {
        .lesson = lesson,
        .findings = g_ptr_array_new_with_free_func(g_free),
        .said = said,
        .n_rounds = 1,
    };

    for (guint i = 0; i < lesson->screens->len; i++)
        check_items(&check, lesson->screens->pdata[i]);
    while (check.round < check.n_rounds && check_round(&check))
        check.round++;
    return check.findings;
}
