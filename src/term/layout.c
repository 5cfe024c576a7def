#include "term/layout.h"

#include <string.h>

#include "base/text.h"

#define MARGIN 1
#define FRAME_ROWS 3  /* header and two rules */
#define PROMPT_ROWS 2 /* a blank one before it */
#define KEY_GAP "    "
#define MIN_FOLD 2 /* ml_text_fold()'s */

int
ml_layout_width(int columns)
{
    return MAX(columns - 2 * MARGIN, MIN_FOLD);
}

static void
add_row(GPtrArray *rows, const char *text)
{
    g_ptr_array_add(rows, g_strdup_printf("%*s%s", MARGIN, "", text));
}

/* Lines may use the right margin: code of 80 columns is better whole. */
static char **
fold_lines(const char *text, int columns)
{
    g_autofree char *folded = ml_text_fold(text, MAX(columns - MARGIN, MIN_FOLD));
    if (*folded != '\0')
        folded[strlen(folded) - 1] = '\0'; /* g_strsplit() would see one line more */
    return g_strsplit(folded, "\n", -1);
}

static void
add_header(GPtrArray *rows, const MlScreenContent *content, int columns)
{
    int width = ml_layout_width(columns);
    int room = width - ml_text_width(content->place);
    g_auto(GStrv) title = fold_lines(content->title, room);
    g_autofree char *left = ml_text_pad(title[0] != NULL ? title[0] : "", room, FALSE);
    g_autofree char *header = g_strconcat(left, content->place, NULL);
    add_row(rows, header);
}

static void
add_rule(GPtrArray *rows, int columns)
{
    g_autoptr(GString) rule = g_string_new(NULL);
    for (int i = 0; i < ml_layout_width(columns); i++)
        g_string_append(rule, "─");
    g_autofree char *dim = ml_text_styled(ML_STYLE_DIM, rule->str);
    add_row(rows, dim);
}

static void
append_key(GPtrArray *rows, GString *row, const MlScreenKey *item, int columns)
{
    g_autofree char *key = ml_text_styled(ML_STYLE_KEY, item->key);
    g_autofree char *text = g_strdup_printf("%s  %s", key, item->word);
    int width = ml_text_width(row->str) + (int)strlen(KEY_GAP) + ml_text_width(text);

    if (row->len > 0 && width > ml_layout_width(columns)) {
        add_row(rows, row->str);
        g_string_truncate(row, 0);
    }
    g_string_append_printf(row, "%s%s", row->len > 0 ? KEY_GAP : "", text);
}

/* @paging: (nullable): stands before the content's own keys */
static GPtrArray *
make_key_rows(const MlScreenContent *content, const MlScreenKey *paging, int columns)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) row = g_string_new(NULL);

    if (paging != NULL)
        append_key(rows, row, paging, columns);
    for (gsize i = 0; i < content->n_keys; i++)
        append_key(rows, row, &content->keys[i], columns);
    add_row(rows, row->str);
    return rows;
}

static int
count_page(const MlScreenContent *content, const GPtrArray *key_rows, int lines)
{
    int prompt_rows = content->prompt != NULL ? PROMPT_ROWS : 0;
    return MAX(lines - FRAME_ROWS - (int)key_rows->len - prompt_rows, 1);
}

static void
add_prompt(GPtrArray *rows, const char *prompt, MlLayoutView *view)
{
    add_row(rows, "");
    view->prompt_row = (int)rows->len;
    add_row(rows, prompt);
}

GPtrArray *
ml_layout_screen(
    const MlScreenContent *content, int columns, int lines, int first, MlLayoutView *ret_view)
{
    static const MlScreenKey more = { "Space", "more" }, back_up = { "↑", "up" };
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) body = fold_lines(content->body, columns);
    int n_body = (int)g_strv_length(body);
    g_autoptr(GPtrArray) key_rows = make_key_rows(content, NULL, columns);
    MlLayoutView view = { .page = count_page(content, key_rows, lines) };

    if (n_body > view.page) {
        g_autoptr(GPtrArray) longest = make_key_rows(content, &more, columns);
        view.page = count_page(content, longest, lines);
        view.first = CLAMP(first, 0, n_body - view.page);
        view.above = view.first > 0;
        view.below = view.first + view.page < n_body;
        g_ptr_array_unref(key_rows);
        key_rows = make_key_rows(content, view.below ? &more : &back_up, columns);
    }
    add_header(rows, content, columns);
    add_rule(rows, columns);
    for (int i = view.first; i < MIN(n_body, view.first + view.page); i++)
        add_row(rows, body[i]);
    if (content->prompt != NULL)
        add_prompt(rows, content->prompt, &view);
    while ((int)(rows->len + key_rows->len) + 1 < lines)
        add_row(rows, "");
    add_rule(rows, columns);
    g_ptr_array_extend_and_steal(rows, g_steal_pointer(&key_rows));
    if ((int)rows->len > lines)
        g_ptr_array_set_size(rows, lines);
    *ret_view = view;
    return rows;
}
