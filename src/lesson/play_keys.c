#include "lesson/overlay.h"
#include "lesson/picture.h"
#include "lesson/play_private.h"

static gboolean
show_for_a_moment(MlPlay *play, MlPage *page, const char *place, GError **error)
{
    static const MlLessonKey key = { "Enter", "back to the lesson" };
    char ignored;
    return ml_play_overlay(play, page, place, &key, &ignored, error);
}

static void
take_notice(MlPlay *play, char *notice)
{
    g_free(play->notice);
    play->notice = notice;
}

/* --- code, process, picture ------------------------------------------------------------------- */

static gboolean
has_reading(const MlPlay *play)
{
    return ml_play_page(play)->reading.cell > 0;
}

static gboolean
press_verify(MlPlay *play, GError **error)
{
    const MlPageReading *reading = &ml_play_page(play)->reading;
    MlReading now;
    if (!ml_session_read(ml_lesson_run_session(play->run), &now, error))
        return FALSE;
    return show_for_a_moment(play, ml_overlay_verify(reading, now.rss_anon), "by hand", error);
}

static gboolean
has_code(const MlPlay *play)
{
    return ml_play_page(play)->structure != NULL;
}

static gboolean
press_code(MlPlay *play, GError **error)
{
    const MlStructure *structure = ml_play_page(play)->structure;
    return show_for_a_moment(play, ml_overlay_code(structure, error), structure->title, error);
}

static MlPictureOf
picture_of(const MlPlay *play)
{
    const MlPage *page = ml_play_page(play);
    return (MlPictureOf){ ml_lesson_run_session(play->run), &page->drawn, page->drawn_ledger };
}

/* The picture in characters, from a page that has only the figures. */
static gboolean
has_picture(const MlPlay *play)
{
    return ml_play_page(play)->drawn_ledger != NULL && !ml_play_page(play)->shows_picture;
}

static gboolean
press_picture(MlPlay *play, GError **error)
{
    MlPictureOf of = picture_of(play);
    int columns = play->ui->columns(play->ui->data);
    g_autofree char *text = ml_picture_text(&of, play->ui->ascii, columns, error);
    if (text == NULL)
        return FALSE;
    MlPage *page = ml_page_new(0);
    ml_page_add_lines(page, text, 0, FALSE);
    return show_for_a_moment(play, page, of.handle->structure->title, error);
}

static gboolean
has_file(const MlPlay *play)
{
    return ml_play_page(play)->file != NULL;
}

static gboolean
press_png(MlPlay *play, GError **error)
{
    g_autoptr(GError) cause = NULL;
    MlPictureOf of = picture_of(play);
    g_autofree char *file = ml_picture_write(&of, "png", &cause);
    take_notice(play,
        file != NULL ? g_strdup_printf("written   %s", file)
                     : g_strdup_printf("not written: %s", cause->message));
    return TRUE;
}

static gboolean
press_open(MlPlay *play, GError **error)
{
    const char *file = ml_play_page(play)->file;
    g_autofree char *folder = g_get_current_dir();
    gboolean opened = play->ui->open_file != NULL && play->ui->open_file(play->ui->data, file);
    take_notice(play,
        opened ? g_strdup_printf("opened %s", file)
               : g_strdup_printf("No desktop here: any browser shows %s, in %s", file, folder));
    return TRUE;
}

static gboolean
shows_picture(const MlPlay *play)
{
    return ml_play_page(play)->shows_picture;
}

static gboolean
press_describe(MlPlay *play, GError **error)
{
    MlPictureOf of = picture_of(play);
    g_autofree char *words = ml_picture_words(&of, error);
    if (words == NULL)
        return FALSE;
    MlPage *page = ml_page_new(0);
    ml_page_add_paragraph(page, words, 0, NULL);
    return show_for_a_moment(play, page, "in words", error);
}

/* --- ways through the lesson ------------------------------------------------------------------ */

static gboolean
has_page_before(const MlPlay *play)
{
    return play->at > 0;
}

static gboolean
press_back(MlPlay *play, GError **error)
{
    play->at--;
    return TRUE;
}

static gboolean
is_at_either_end(const MlPlay *play)
{
    return play->at == 0 || ml_play_is_last(play);
}

static gboolean
press_lessons(MlPlay *play, GError **error)
{
    static const MlLessonKey key = { "number", "that lesson      Enter  back to this one" };
    char letter;
    if (!ml_play_overlay(
            play, ml_overlay_lessons(play->progress, error), "all lessons", &key, &letter, error))
        return FALSE;
    if (g_ascii_isdigit(letter)) {
        play->played->end = ML_PLAY_OTHER;
        play->played->other = (guint)g_ascii_digit_value(letter);
        play->is_over = TRUE;
    }
    return TRUE;
}

static gboolean
press_quit(MlPlay *play, GError **error)
{
    play->is_over = TRUE;
    return TRUE;
}

/* --- questions -------------------------------------------------------------------------------- */

static gboolean
has_hint(const MlPlay *play)
{
    return ml_play_is_asking(play) && ml_lesson_run_question(play->run)->hints->len > 0;
}

static gboolean
press_hint(MlPlay *play, GError **error)
{
    take_notice(play, ml_lesson_run_hint(play->run) ? NULL : g_strdup("There is no other hint."));
    play->has_grown = TRUE;
    return TRUE;
}

static gboolean
press_skip(MlPlay *play, GError **error)
{
    g_autofree char *ignored = NULL;
    play->goes_on = TRUE;
    return ml_lesson_run_answer(play->run, "", &ignored, error);
}

/* In the order of the last line. */
static const struct {
    char letter;
    MlLessonKey key;
    gboolean (*is_offered)(const MlPlay *play);
    gboolean (*press)(MlPlay *play, GError **error);
    gboolean yields; /* not listed where the line is full of what this page is about */
} keys[] = {
    { 'h', { "h", "hint" }, has_hint, press_hint, FALSE },
    { 's', { "s", "skip" }, ml_play_is_asking, press_skip, FALSE },
    { 'v', { "v", "verify" }, has_reading, press_verify, TRUE },
    { 'c', { "c", "the C code" }, has_code, press_code, TRUE },
    { 'p', { "p", "picture" }, has_picture, press_picture, TRUE },
    { 'o', { "o", "open the file" }, has_file, press_open, FALSE },
    { 'p', { "p", "PNG" }, has_file, press_png, FALSE },
    { 'd', { "d", "in words" }, shows_picture, press_describe, FALSE },
    { 'l', { "l", "all lessons" }, is_at_either_end, press_lessons, FALSE },
    { 'b', { "b", "back" }, has_page_before, press_back, FALSE },
    { 'q', { "q", "quit" }, NULL, press_quit, FALSE },
};

/* A letter that answers a choice is no key. */
static gboolean
is_answer(const MlPlay *play, char letter)
{
    return ml_play_is_asking(play) &&
           letter < 'a' + (int)ml_lesson_run_question(play->run)->choices->len;
}

static gboolean
is_on(const MlPlay *play, gsize i)
{
    return !is_answer(play, keys[i].letter) &&
           (keys[i].is_offered == NULL || keys[i].is_offered(play));
}

guint
ml_play_keys(const MlPlay *play, MlLessonKey *ret_listed, char *ret_letters)
{
    gboolean is_full = ml_play_is_asking(play) || has_file(play) || ml_play_is_last(play);
    guint n_listed = 0, n_letters = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!is_on(play, i))
            continue;
        ret_letters[n_letters++] = keys[i].letter;
        if (!(is_full && keys[i].yields))
            ret_listed[n_listed++] = keys[i].key;
    }
    ret_letters[n_letters] = '\0';
    return n_listed;
}

gboolean
ml_play_press(MlPlay *play, char letter, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (keys[i].letter == letter && is_on(play, i))
            return keys[i].press(play, error);
    return TRUE;
}
