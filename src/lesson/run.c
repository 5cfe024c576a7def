#include "lesson/run.h"

#include <math.h>

#include "base/number.h"
#include "base/quantity.h"
#include "base/text.h"
#include "lesson/verdicts.h"

#define CHOICE_INDENT 2
#define OPENING_MARGIN 2 /* the first screen stands like a title page */

struct MlLessonRun {
    MlStage stage;
    MlProgress *progress;
    MlVerdicts *verdicts;
    GPtrArray *pages;  /* of MlPage; the last one is the stage's */
    guint screen;      /* the one being run, from 0 */
    guint item;        /* its next one */
    guint n_seen;      /* blocks of the page that the last stop has shown */
    gboolean is_whole; /* the page: what comes next stands on another */
    gboolean is_posed; /* the first question stands on the page */
    guint n_hints;     /* given to it */
};

MlLessonRun *
ml_lesson_run_new(const MlLesson *lesson, MlProgress *progress, const MlLessonHost *host)
{
    MlLessonRun *run = g_new0(MlLessonRun, 1);
    MlSession *session = ml_session_new();
    run->stage = (MlStage){
        .lesson = lesson,
        .host = host,
        .progress = progress,
        .session = session,
        .script = ml_script_new(session),
        .questions = g_ptr_array_new_with_free_func((GDestroyNotify)ml_question_free),
        .you = (double)NAN,
    };
    run->progress = progress;
    run->verdicts = ml_verdicts_new();
    run->pages = g_ptr_array_new_with_free_func((GDestroyNotify)ml_page_free);
    return run;
}

void
ml_lesson_run_free(MlLessonRun *run)
{
    if (run == NULL)
        return;
    g_ptr_array_unref(run->pages);
    ml_verdicts_free(run->verdicts);
    g_ptr_array_unref(run->stage.questions);
    ml_script_free(run->stage.script);
    ml_session_free(run->stage.session);
    g_free(run);
}

const GPtrArray *
ml_lesson_run_pages(const MlLessonRun *run)
{
    return run->pages;
}

MlSession *
ml_lesson_run_session(MlLessonRun *run)
{
    return run->stage.session;
}

MlScript *
ml_lesson_run_script(MlLessonRun *run)
{
    return run->stage.script;
}

/* --- questions -------------------------------------------------------------------------------- */

const MlQuestion *
ml_lesson_run_question(const MlLessonRun *run)
{
    const GPtrArray *questions = run->stage.questions;
    return questions->len > 0 ? questions->pdata[0] : NULL;
}

const char *
ml_lesson_run_prompt(const MlLessonRun *run)
{
    const MlQuestion *question = ml_lesson_run_question(run);
    if (question->kind == ML_QUESTION_CHOICE)
        return "> ";
    return question->per_element ? "bytes per element > " : "bytes > ";
}

/* "a)  40 B", a line for each choice; NULL after an error */
static char *
list_choices(MlLessonRun *run, const MlQuestion *question, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < question->choices->len; i++) {
        const MlAnswerChoice *choice = question->choices->pdata[i];
        g_autofree char *text = ml_script_interpolate(run->stage.script, choice->text, error);
        if (text == NULL)
            return NULL;
        g_string_append_printf(list, "%c)  %s\n", 'a' + (int)i, text);
    }
    return g_string_free(g_steal_pointer(&list), FALSE);
}

/* The question, and what there is to choose from, on the page. */
static gboolean
pose(MlLessonRun *run, GError **error)
{
    const MlQuestion *question = ml_lesson_run_question(run);
    g_autofree char *prompt = ml_script_interpolate(run->stage.script, question->prompt, error);
    g_autofree char *choices = prompt != NULL ? list_choices(run, question, error) : NULL;

    if (choices == NULL) {
        g_prefix_error(error, "%s: ", question->where);
        return FALSE;
    }
    ml_page_add_paragraph(run->stage.page, prompt, 0, NULL);
    ml_page_add_lines(run->stage.page, choices, CHOICE_INDENT, FALSE);
    run->is_posed = TRUE;
    run->n_hints = 0;
    return TRUE;
}

gboolean
ml_lesson_run_hint(MlLessonRun *run)
{
    const MlQuestion *question = ml_lesson_run_question(run);
    if (run->n_hints >= question->hints->len)
        return FALSE;
    g_autofree char *hint = g_strdup_printf(
        "Hint %u: %s", run->n_hints + 1, (const char *)question->hints->pdata[run->n_hints]);
    ml_page_add_paragraph(run->stage.page, hint, 0, NULL);
    run->n_hints++;
    return TRUE;
}

/* How an answer with a unit was read: "32 MB: that is 32.0 B per element". */
static char *
read_back(const MlQuestion *question, const char *answer, const MlVerdict *verdict)
{
    MlQuantity quantity;
    if (question->kind != ML_QUESTION_NUMBER || !isfinite(verdict->answer) ||
        !ml_quantity_parse(answer, ML_QUANTITY_SIZES, &quantity, NULL) ||
        quantity.unit == ML_UNIT_NONE)
        return g_strdup("");
    g_autofree char *figure = ml_fixed(verdict->answer, question->per_element ? 1 : 0);
    return g_strdup_printf(
        "   that is %s B%s", figure, question->per_element ? " per element" : "");
}

static void
keep(MlLessonRun *run, const MlQuestion *question, const char *answer, const MlVerdict *verdict)
{
    MlStage *stage = &run->stage;
    MlJournalEntry entry = {
        .question = question->id,
        .answer = (char *)(guintptr)answer,
        .you = verdict->answer,
        .measured = verdict->key,
    };
    ml_verdicts_add(run->verdicts, question, verdict);
    stage->you = verdict->answer;
    ml_script_set_number(stage->script, "you", verdict->answer);
    ml_script_set_number(stage->script, "key", verdict->key);
    if (question->is_prediction && run->progress != NULL)
        ml_progress_add_entry(run->progress, stage->lesson->name, &entry);
}

gboolean
ml_lesson_run_answer(MlLessonRun *run, const char *answer, char **ret_notice, GError **error)
{
    MlStage *stage = &run->stage;
    const MlQuestion *question = ml_lesson_run_question(run);
    g_auto(MlVerdict) verdict = { 0 };

    *ret_notice = NULL;
    if (!ml_stage_busy(stage, "measuring …", error) ||
        !ml_question_judge(question, stage->script, answer, &verdict, error))
        return FALSE;
    if (verdict.kind == ML_VERDICT_MALFORMED) {
        *ret_notice = g_strdup(verdict.feedback);
        return TRUE;
    }
    g_autofree char *clean = *answer != '\0' ? ml_text_clean(answer) : g_strdup("(skipped)");
    g_autofree char *back = read_back(question, answer, &verdict);
    g_autofree char *line = g_strdup_printf("%s%s%s", ml_lesson_run_prompt(run), clean, back);
    ml_page_add_lines(stage->page, line, 0, question->kind == ML_QUESTION_CHOICE);
    keep(run, question, answer, &verdict);
    /* What was only typed needs no second look, but how it was read does. */
    run->n_seen = *back == '\0' ? stage->page->blocks->len : 0;
    run->is_posed = FALSE;
    g_ptr_array_remove_index(stage->questions, 0);
    return TRUE;
}

/* --- from stop to stop ------------------------------------------------------------------------ */

static const MlLessonScreen *
current_screen(const MlLessonRun *run)
{
    return run->stage.lesson->screens->pdata[run->screen];
}

/* An empty page; the keys that look back at code and process go on to work. */
static void
begin_page(MlLessonRun *run)
{
    MlPage *page = ml_page_new(run->screen);
    page->margin = run->screen == 0 ? OPENING_MARGIN : 0;
    if (run->stage.page != NULL) {
        page->structure = run->stage.page->structure;
        page->reading = run->stage.page->reading;
    }
    g_ptr_array_add(run->pages, page);
    run->stage.page = page;
    run->n_seen = 0;
}

/* From a page that is whole to the next one; a page that stayed empty is used again. */
static void
turn_page(MlLessonRun *run)
{
    run->is_whole = FALSE;
    if (run->item == current_screen(run)->items->len) {
        run->screen++;
        run->item = 0;
    }
    if (run->stage.page->blocks->len == 0)
        run->stage.page->screen = run->screen;
    else if (run->screen < run->stage.lesson->screens->len)
        begin_page(run);
}

/* @ret_shown: (out): whether @item is for somebody who answered as this one did */
static gboolean
is_shown(MlLessonRun *run, const MlLessonItem *item, gboolean *ret_shown, GError **error)
{
    const GPtrArray *branches = current_screen(run)->branches;
    GError *cause = NULL;
    int chosen = ML_LESSON_EVERYBODY;

    if (item->branch != ML_LESSON_EVERYBODY) {
        const MlLessonBranch *branch = branches->pdata[item->branch];
        if (!ml_verdicts_choose(
                run->verdicts, run->stage.script, branches, branch->group, &chosen, &cause))
            return ml_stage_blame(&run->stage, branch->line, cause, error);
    }
    *ret_shown = chosen == item->branch;
    return TRUE;
}

/* Runs items until the page is whole or a question waits. */
static gboolean
fill_page(MlLessonRun *run, MlStop *ret_stop, GError **error)
{
    const GPtrArray *items = current_screen(run)->items;
    gboolean shown = FALSE;

    while (run->stage.questions->len == 0) {
        *ret_stop = ML_STOP_PAGE;
        if (run->item == items->len)
            return TRUE;
        const MlLessonItem *item = items->pdata[run->item++];
        if (!is_shown(run, item, &shown, error))
            return FALSE;
        if (shown && item->kind == ML_ITEM_PAUSE)
            return TRUE;
        if (shown && !ml_stage_run_item(&run->stage, item, error))
            return FALSE;
    }
    *ret_stop = ML_STOP_QUESTION;
    return run->is_posed || pose(run, error);
}

gboolean
ml_lesson_run_next(MlLessonRun *run, MlStop *ret_stop, GError **error)
{
    if (run->stage.page == NULL)
        begin_page(run);
    do {
        if (run->is_whole)
            turn_page(run);
        *ret_stop = ML_STOP_END;
        if (run->screen == run->stage.lesson->screens->len)
            return TRUE;
        if (!fill_page(run, ret_stop, error))
            return FALSE;
        run->is_whole = *ret_stop == ML_STOP_PAGE;
    } while (run->is_whole && run->stage.page->blocks->len == run->n_seen);
    return TRUE;
}

gboolean
ml_lesson_run_is_last(const MlLessonRun *run)
{
    guint n_screens = run->stage.lesson->screens->len;
    return run->screen >= n_screens ||
           (run->screen + 1 == n_screens && run->item == current_screen(run)->items->len &&
               run->stage.questions->len == 0);
}

/* The screen on which ml_lesson_run_next() would go on. */
static guint
next_screen(const MlLessonRun *run)
{
    if (run->stage.page == NULL || run->item < current_screen(run)->items->len ||
        run->stage.questions->len > 0)
        return run->screen;
    gboolean is_done = run->is_whole || run->stage.page->blocks->len == run->n_seen;
    return run->screen + (is_done ? 1 : 0);
}

/* What was answered then; where that can no longer be read, nothing. */
static gboolean
answer_as_before(MlLessonRun *run, GError **error)
{
    g_autofree char *notice = NULL, *ignored = NULL;
    const char *kept =
        ml_progress_answer(run->progress, run->stage.lesson->name, ml_lesson_run_question(run)->id);

    if (!ml_lesson_run_answer(run, kept != NULL ? kept : "", &notice, error))
        return FALSE;
    return notice == NULL || ml_lesson_run_answer(run, "", &ignored, error);
}

gboolean
ml_lesson_run_skip(MlLessonRun *run, guint screen, GError **error)
{
    MlStop stop = ML_STOP_PAGE;

    run->stage.quiet = TRUE;
    while (stop != ML_STOP_END && next_screen(run) < screen) {
        if (!ml_lesson_run_next(run, &stop, error))
            return FALSE;
        if (stop == ML_STOP_QUESTION && !answer_as_before(run, error))
            return FALSE;
    }
    run->stage.quiet = FALSE;
    return TRUE;
}
