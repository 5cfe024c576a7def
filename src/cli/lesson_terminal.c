#include "cli/lesson_terminal.h"

#define MAX_KEYS 16
#define OPENER "xdg-open"

/* The screen's words for a lesson's view.  @keys: room for them */
static MlScreenContent
content_of(const MlLessonView *view, MlScreenKey keys[MAX_KEYS])
{
    gsize n_keys = MIN(view->n_keys, MAX_KEYS);
    for (gsize i = 0; i < n_keys; i++)
        keys[i] = (MlScreenKey){ .key = view->keys[i].key, .word = view->keys[i].word };
    return (MlScreenContent){
        .title = view->title,
        .place = view->place,
        .body = view->body,
        .prompt = view->prompt,
        .hot_keys = view->hot_keys,
        .from_end = view->from_end,
        .n_keys = n_keys,
        .keys = keys,
    };
}

static int
columns(gpointer data)
{
    return ml_screen_width(data);
}

static gboolean
paint(gpointer data, const MlLessonView *view, GError **error)
{
    MlScreenKey keys[MAX_KEYS];
    MlScreenContent content = content_of(view, keys);
    return ml_screen_paint(data, &content, error);
}

static MlLessonPressed
meaning_of(const MlKey *key)
{
    switch (key->kind) {
    case ML_KEY_ENTER:
        return ML_LESSON_ENTER;
    case ML_KEY_CHARACTER:
        return ML_LESSON_LETTER;
    case ML_KEY_ESCAPE:
        return ML_LESSON_BACK;
    case ML_KEY_REPAINT:
        return ML_LESSON_RESIZED;
    case ML_KEY_END:
        return ML_LESSON_GONE;
    case ML_KEY_BACKSPACE:
    case ML_KEY_ERASE_LINE:
    case ML_KEY_UP:
    case ML_KEY_DOWN:
    case ML_KEY_PAGE_UP:
    case ML_KEY_PAGE_DOWN:
    case ML_KEY_OTHER:
    default:
        return ML_LESSON_NONE;
    }
}

static gboolean
show(gpointer data,
    const MlLessonView *view,
    GString *answer,
    MlLessonPressed *ret_pressed,
    char *ret_letter,
    GError **error)
{
    MlScreenKey keys[MAX_KEYS];
    MlScreenContent content = content_of(view, keys);
    MlKey key;

    if (!ml_screen_show(data, &content, answer, &key, error))
        return FALSE;
    *ret_pressed = meaning_of(&key);
    *ret_letter = key.character < 0x80 ? g_ascii_tolower((char)key.character) : '\0';
    return TRUE;
}

/* Only where there is a desktop to open it on. */
static gboolean
open_file(gpointer data, const char *path)
{
    const char *arguments[] = { OPENER, path, NULL };
    if (g_getenv("DISPLAY") == NULL && g_getenv("WAYLAND_DISPLAY") == NULL)
        return FALSE;
    return g_spawn_async(NULL,
        (char **)(guintptr)arguments,
        NULL,
        G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
        NULL,
        NULL,
        NULL,
        NULL);
}

MlLessonUi
ml_lesson_terminal(MlScreen *screen, gboolean ascii)
{
    return (MlLessonUi){
        .data = screen,
        .columns = columns,
        .ascii = ascii,
        .paint = paint,
        .show = show,
        .open_file = open_file,
    };
}
