#include "term/screen.h"

#include "term/guard.h"
#include "term/line.h"

#define HIDE_CURSOR "\x1b[?25l"
#define SHOW_CURSOR "\x1b[?25h"
#define MOVE_TO "\x1b[%d;1H"
#define CLEAR_ROW "\x1b[2K"

struct MlScreen {
    FILE *stream;
    MlKeys *keys;
    gboolean ascii;
    gboolean busy; /* painted, and not waited for a key since */
    MlTerm term;
};

static void
inspect(MlScreen *screen)
{
    screen->term = ml_term_inspect(screen->stream);
    screen->term.unicode &= !screen->ascii;
}

MlScreen *
ml_screen_open(int input_fd, FILE *stream, gboolean ascii, GError **error)
{
    MlKeys *keys = ml_keys_open(input_fd, error);
    if (keys == NULL)
        return NULL;
    MlScreen *screen = g_new0(MlScreen, 1);
    *screen = (MlScreen){ .stream = stream, .keys = keys, .ascii = ascii };
    inspect(screen);
    ml_guard_use_screen(fileno(stream));
    return screen;
}

void
ml_screen_close(MlScreen *screen)
{
    if (screen == NULL)
        return;
    ml_keys_close(screen->keys);
    g_free(screen);
}

int
ml_screen_width(const MlScreen *screen)
{
    return ml_layout_width(screen->term.columns);
}

/* Each row is placed and cleared by itself: nothing flickers, and a full row cannot scroll. */
static gboolean
paint(MlScreen *screen,
    const MlScreenContent *content,
    int first,
    MlLayoutView *ret_view,
    GError **error)
{
    const MlTerm *term = &screen->term;
    g_autoptr(GPtrArray) rows =
        ml_layout_screen(content, term->columns, term->lines, first, ret_view);
    g_autoptr(GString) output = g_string_new(HIDE_CURSOR);

    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf(
            output, MOVE_TO CLEAR_ROW "%s", (int)i + 1, (const char *)g_ptr_array_index(rows, i));
    if (content->prompt != NULL)
        g_string_append_printf(output, MOVE_TO SHOW_CURSOR, ret_view->prompt_row + 1);
    return ml_term_print(screen->stream, term, output->str, error);
}

gboolean
ml_screen_paint(MlScreen *screen, const MlScreenContent *content, GError **error)
{
    MlLayoutView view;
    screen->busy = TRUE;
    return paint(screen, content, content->from_end ? G_MAXINT : 0, &view, error);
}

/* Where the body is to begin after a key.  Returns: @view->first where the key does not page. */
static int
page_with(const MlKey *key, const MlLayoutView *view)
{
    gboolean space = key->kind == ML_KEY_CHARACTER && key->character == ' ';

    if (view->below && (space || key->kind == ML_KEY_PAGE_DOWN))
        return view->first + view->page;
    if (view->below && key->kind == ML_KEY_DOWN)
        return view->first + 1;
    if (view->above && key->kind == ML_KEY_UP)
        return view->first - 1;
    if (view->above && key->kind == ML_KEY_PAGE_UP)
        return view->first - view->page;
    return view->first;
}

static gboolean
is_for_paging(const MlKey *key)
{
    return key->kind == ML_KEY_UP || key->kind == ML_KEY_DOWN || key->kind == ML_KEY_PAGE_UP ||
           key->kind == ML_KEY_PAGE_DOWN;
}

static MlKey
wait_for_key(
    MlScreen *screen, const MlScreenContent *content, const MlLayoutView *view, GString *answer)
{
    if (content->prompt == NULL)
        return ml_keys_read(screen->keys);
    g_autofree char *prompt = g_strconcat(" ", content->prompt, NULL);
    g_autofree char *hot = g_strconcat(
        content->hot_keys != NULL ? content->hot_keys : "", view->below ? " " : "", NULL);
    return ml_line_read(screen->keys, screen->stream, &screen->term, prompt, hot, answer);
}

gboolean
ml_screen_show(MlScreen *screen,
    const MlScreenContent *content,
    GString *answer,
    MlKey *ret_key,
    GError **error)
{
    int first = content->from_end ? G_MAXINT : 0;
    MlLayoutView view;
    MlKey key;

    g_return_val_if_fail(content->prompt == NULL || answer != NULL, FALSE);
    if (screen->busy)
        ml_keys_forget(screen->keys);
    screen->busy = FALSE;
    do {
        if (!paint(screen, content, first, &view, error))
            return FALSE;
        key = wait_for_key(screen, content, &view, answer);
        first = page_with(&key, &view);
    } while (first != view.first || is_for_paging(&key));
    if (key.kind == ML_KEY_REPAINT)
        inspect(screen);
    *ret_key = key;
    return TRUE;
}
