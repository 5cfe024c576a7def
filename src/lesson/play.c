#include "lesson/play.h"

#include "base/text.h"
#include "lesson/play_private.h"

#define NOTICE_INDENT 4

void
ml_played_clear(MlPlayed *played)
{
    g_clear_pointer(&played->warning, g_free);
}

/* --- pages ------------------------------------------------------------------------------------ */

const MlPage *
ml_play_page(const MlPlay *play)
{
    return ml_lesson_run_pages(play->run)->pdata[play->at];
}

static gboolean
is_live(const MlPlay *play)
{
    return play->at + 1 == ml_lesson_run_pages(play->run)->len;
}

gboolean
ml_play_is_asking(const MlPlay *play)
{
    return is_live(play) && play->stop == ML_STOP_QUESTION;
}

gboolean
ml_play_is_last(const MlPlay *play)
{
    return is_live(play) && ml_lesson_run_is_last(play->run);
}

static char *
title_of(const MlPlay *play)
{
    const MlLesson *lesson = play->lesson;
    return lesson->number > 0 ? g_strdup_printf("memlab · %u  %s", lesson->number, lesson->title)
                              : g_strdup_printf("memlab · %s", lesson->title);
}

static char *
place_of(const MlPlay *play, const MlPage *page)
{
    return g_strdup_printf("%u of %u", page->screen + 1, play->lesson->screens->len);
}

/* The page as far as it is, while something takes its time. */
static gboolean
show_busy(gpointer data, const MlPage *page, const char *doing, GError **error)
{
    MlPlay *play = data;
    g_autofree char *title = title_of(play);
    g_autofree char *place = place_of(play, page);
    g_autofree char *text = ml_page_text(page, 0, play->ui->columns(play->ui->data));
    g_autofree char *status = ml_text_styled(ML_STYLE_DIM, doing);
    g_autofree char *body = g_strdup_printf("%s     %s\n", text, status);
    const MlLessonView view = {
        .title = title,
        .place = place,
        .body = body,
        .from_end = TRUE,
    };
    return play->ui->paint(play->ui->data, &view, error);
}

static int
host_columns(gpointer data)
{
    const MlPlay *play = data;
    return play->ui->columns(play->ui->data);
}

/* --- pages for a moment ----------------------------------------------------------------------- */

gboolean
ml_play_overlay(MlPlay *play,
    MlPage *page,
    const char *place,
    const MlLessonKey *key,
    char *ret_letter,
    GError **error)
{
    g_autoptr(MlPage) owned = page;
    g_autofree char *title = title_of(play);
    MlLessonPressed pressed = ML_LESSON_RESIZED;

    *ret_letter = '\0';
    while (owned != NULL && (pressed == ML_LESSON_RESIZED || pressed == ML_LESSON_NONE)) {
        g_autofree char *body = ml_page_text(owned, 0, play->ui->columns(play->ui->data));
        const MlLessonView view = {
            .title = title, .place = place, .body = body, .n_keys = 1, .keys = key
        };
        if (!play->ui->show(play->ui->data, &view, NULL, &pressed, ret_letter, error))
            return FALSE;
    }
    if (pressed != ML_LESSON_LETTER)
        *ret_letter = '\0';
    play->is_over = pressed == ML_LESSON_GONE;
    return owned != NULL;
}

/* --- a page and its keys ---------------------------------------------------------------------- */

/* The word for Enter, and what else can be pressed. */
static guint
list_keys(const MlPlay *play, MlLessonKey *ret_keys, char *ret_letters)
{
    MlLessonKey enter = { "Enter", "next" };
    if (ml_play_is_asking(play))
        enter = ml_lesson_run_question(play->run)->kind == ML_QUESTION_CHOICE
                    ? (MlLessonKey){ "letter,", "then Enter" }
                    : (MlLessonKey){ "number,", "then Enter" };
    else if (ml_play_is_last(play))
        enter.word = play->lesson->exercise != NULL ? "exercise" : "done";
    ret_keys[0] = enter;
    return 1 + ml_play_keys(play, ret_keys + 1, ret_letters);
}

static char *
body_of(const MlPlay *play)
{
    int columns = play->ui->columns(play->ui->data);
    g_autofree char *text = ml_page_text(ml_play_page(play), 0, columns);
    if (play->notice == NULL)
        return g_steal_pointer(&text);
    gboolean is_asking = ml_play_is_asking(play);
    g_autofree char *notice = ml_text_wrap(play->notice, columns, is_asking ? 0 : NOTICE_INDENT);
    return g_strconcat(text, is_asking ? "\n" : "", notice, NULL);
}

static gboolean
show_page(MlPlay *play, MlLessonPressed *ret_pressed, char *ret_letter, GError **error)
{
    const MlPage *page = ml_play_page(play);
    MlLessonKey keys[1 + ML_PLAY_MAX_KEYS];
    char letters[ML_PLAY_MAX_KEYS + 1];
    guint n_keys = list_keys(play, keys, letters);
    gboolean is_asking = ml_play_is_asking(play);
    g_autofree char *title = title_of(play);
    g_autofree char *place = place_of(play, page);
    g_autofree char *body = body_of(play);
    const MlLessonView view = {
        .title = title,
        .place = place,
        .body = body,
        .prompt = is_asking ? ml_lesson_run_prompt(play->run) : NULL,
        .hot_keys = is_asking ? letters : NULL,
        .from_end = play->notice != NULL || (is_live(play) && play->has_grown),
        .n_keys = n_keys,
        .keys = keys,
    };
    return play->ui->show(
        play->ui->data, &view, is_asking ? play->answer : NULL, ret_pressed, ret_letter, error);
}

/* What was typed is read, or it is said why it cannot be. */
static gboolean
give_answer(MlPlay *play, GError **error)
{
    g_autofree char *answer = g_strstrip(g_strdup(play->answer->str));
    g_string_truncate(play->answer, 0);
    if (*answer == '\0') {
        play->notice = g_strdup("A guess is fine; s skips the question.");
        return TRUE;
    }
    if (!ml_lesson_run_answer(play->run, answer, &play->notice, error))
        return FALSE;
    play->goes_on = play->notice == NULL;
    return TRUE;
}

static gboolean
press_enter(MlPlay *play, GError **error)
{
    if (ml_play_is_asking(play))
        return give_answer(play, error);
    if (is_live(play))
        play->goes_on = TRUE;
    else
        play->at++;
    return TRUE;
}

static gboolean
handle_page(MlPlay *play, GError **error)
{
    MlLessonPressed pressed;
    char letter;

    if (!show_page(play, &pressed, &letter, error))
        return FALSE;
    if (pressed == ML_LESSON_RESIZED)
        return TRUE;
    g_clear_pointer(&play->notice, g_free);
    if (pressed == ML_LESSON_ENTER)
        return press_enter(play, error);
    if (pressed == ML_LESSON_LETTER)
        return ml_play_press(play, letter, error);
    play->is_over = pressed == ML_LESSON_GONE;
    return TRUE;
}

/* --- from page to page ------------------------------------------------------------------------ */

/* Where it cannot be kept, that is said once, at the end. */
static void
keep_place(MlPlay *play)
{
    g_autoptr(GError) cause = NULL;

    if (play->played->warning == NULL && !ml_progress_save(play->progress, &cause))
        play->played->warning = g_strdup_printf("your place could not be kept: %s", cause->message);
}

static gboolean
go_on(MlPlay *play, GError **error)
{
    guint n_before = ml_lesson_run_pages(play->run)->len;

    play->goes_on = FALSE;
    if (!ml_lesson_run_next(play->run, &play->stop, error))
        return FALSE;
    if (play->stop == ML_STOP_END) {
        play->played->end = ML_PLAY_FINISHED;
        play->is_over = TRUE;
        return TRUE;
    }
    play->at = ml_lesson_run_pages(play->run)->len - 1;
    play->has_grown = ml_lesson_run_pages(play->run)->len == n_before;
    if (ml_lesson_run_is_last(play->run))
        ml_progress_set_finished(play->progress, play->lesson->name);
    else
        ml_progress_set_screen(play->progress, play->lesson->name, ml_play_page(play)->screen);
    if (n_before > 0) /* the first words do not wait for a disk */
        keep_place(play);
    return TRUE;
}

/* The screens before the one to begin with: built again, so that its process is as it was. */
static gboolean
catch_up(MlPlay *play, guint from, GError **error)
{
    g_autoptr(MlPage) page = ml_page_new(from);
    if (from == 0)
        return TRUE;
    ml_page_add_paragraph(page, "Welcome back.", 0, NULL);
    return show_busy(
               play, page, "building again what the screens before this one have built …", error) &&
           ml_lesson_run_skip(play->run, from, error);
}

gboolean
ml_lesson_play(const MlLesson *lesson,
    guint from,
    MlProgress *progress,
    const MlLessonUi *ui,
    MlPlayed *ret_played,
    GError **error)
{
    g_autoptr(GString) answer = g_string_new(NULL);
    MlPlay play = {
        .lesson = lesson,
        .ui = ui,
        .progress = progress,
        .played = ret_played,
        .answer = answer,
    };
    const MlLessonHost host = {
        .data = &play,
        .columns = host_columns,
        .writes_files = TRUE,
        .ascii = ui->ascii,
        .busy = show_busy,
    };
    g_autoptr(MlLessonRun) run = ml_lesson_run_new(lesson, progress, &host);
    gboolean ok;

    *ret_played = (MlPlayed){ .end = ML_PLAY_LEFT };
    play.run = run;
    ok = catch_up(&play, MIN(from, lesson->screens->len - 1), error) && go_on(&play, error);
    while (ok && !play.is_over)
        ok = play.goes_on ? go_on(&play, error) : handle_page(&play, error);
    if (ml_lesson_run_pages(run)->len > 0)
        ret_played->screen =
            ((const MlPage *)ml_lesson_run_pages(run)->pdata[ml_lesson_run_pages(run)->len - 1])
                ->screen;
    keep_place(&play);
    g_free(play.notice);
    return ok;
}
