#include "term/line.h"

#include "base/text.h"

#define MAX_BYTES 256
#define CLEAR_REST "\x1b[K"

/* The end of the text, as much as fits. */
static const char *
visible_part(const char *text, int columns)
{
    while (*text != '\0' && ml_text_width(text) > columns)
        text = g_utf8_next_char(text);
    return text;
}

static void
show(FILE *stream, const MlTerm *term, const char *prompt, const char *text)
{
    int room = MAX(term->columns - ml_text_width(prompt) - 1, 1); /* the cursor takes one */
    g_autofree char *line = g_strdup_printf("\r%s%s" CLEAR_REST, prompt, visible_part(text, room));
    /* Where the terminal is gone, the next key is ML_KEY_END. */
    ml_term_print(stream, term, line, NULL);
}

static gboolean
is_hot(const MlKey *key, const char *hot_keys, const GString *text)
{
    return hot_keys != NULL && text->len == 0 &&
           g_utf8_strchr(hot_keys, -1, key->character) != NULL;
}

static void
take_back(GString *text)
{
    const char *last = g_utf8_find_prev_char(text->str, text->str + text->len);
    if (last != NULL)
        g_string_truncate(text, (gsize)(last - text->str));
}

/* Returns: FALSE where the key ends the line. */
static gboolean
apply(const MlKey *key, const char *hot_keys, GString *text)
{
    switch (key->kind) {
    case ML_KEY_CHARACTER:
        if (is_hot(key, hot_keys, text))
            return FALSE;
        if (text->len < MAX_BYTES)
            g_string_append_unichar(text, key->character);
        return TRUE;
    case ML_KEY_BACKSPACE:
        take_back(text);
        return TRUE;
    case ML_KEY_ERASE_LINE:
        g_string_truncate(text, 0);
        return TRUE;
    case ML_KEY_OTHER:
        return TRUE;
    case ML_KEY_ENTER:
    case ML_KEY_ESCAPE:
    case ML_KEY_UP:
    case ML_KEY_DOWN:
    case ML_KEY_PAGE_UP:
    case ML_KEY_PAGE_DOWN:
    case ML_KEY_REPAINT:
    case ML_KEY_END:
        break;
    }
    return FALSE;
}

MlKey
ml_line_read(MlKeys *keys,
    FILE *stream,
    const MlTerm *term,
    const char *prompt,
    const char *hot_keys,
    GString *text)
{
    MlKey key;

    do {
        show(stream, term, prompt, text->str);
        key = ml_keys_read(keys);
    } while (apply(&key, hot_keys, text));
    return key;
}
