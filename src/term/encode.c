#include "term/term.h"

#include <string.h>

#include "base/text.h"

#define RESET "\x1b[0m"

/* "Select graphic rendition".  The roles' colours are those of the pictures, as near as the 256
 * colours come that every terminal has. */
static const char *const renditions[ML_N_STYLES] = {
    [ML_STYLE_BOLD] = "1",
    [ML_STYLE_DIM] = "2",
    [ML_STYLE_CODE] = "36",
    [ML_STYLE_KEY] = "1",
    [ML_STYLE_WARNING] = "33",
    [ML_STYLE_ROLE + ML_ROLE_DATA] = "38;5;36",
    [ML_STYLE_ROLE + ML_ROLE_POINTER] = "38;5;117",
    [ML_STYLE_ROLE + ML_ROLE_OBJECT_HEADER] = "38;5;214",
    [ML_STYLE_ROLE + ML_ROLE_INDEX] = "38;5;229",
    [ML_STYLE_ROLE + ML_ROLE_ALLOCATOR] = "38;5;134",
    [ML_STYLE_ROLE + ML_ROLE_PADDING] = "38;5;252",
    [ML_STYLE_ROLE + ML_ROLE_UNUSED] = "38;5;245",
    [ML_STYLE_ROLE + ML_ROLE_UNEXPLAINED] = "38;5;203",
};

/* Runs of characters and what stands for any of them. */
static const struct {
    const char *from;
    char to;
} ascii[] = {
    { "\u00a0\u2009\u202f", ' ' },
    { "–—‐‑−─━═╌┄", '-' },
    { "│┃║╎┆", '|' },
    { "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝", '+' },
    { "█▉▊▋▌▍▎▏■", '#' },
    { "▒░▓", ':' },
    { "•●×", '*' },
    { "·…", '.' },
    { "→▶▸›", '>' },
    { "←◀◂‹", '<' },
    { "↑▲", '^' },
    { "↓▼", 'v' },
    { "‘’′", '\'' },
    { "“”„″", '"' },
    { "≈", '~' },
    { "²", '2' },
    { "³", '3' },
};

static char
nearest_ascii(gunichar c)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ascii); i++) {
        if (g_utf8_strchr(ascii[i].from, -1, c) != NULL)
            return ascii[i].to;
    }
    return '?';
}

/* Appends one character.  Returns: what follows it. */
static const char *
encode_character(GString *encoded, const char *at, gboolean unicode)
{
    const char *after = g_utf8_next_char(at);
    gunichar c = g_utf8_get_char(at);

    if (c < 0x80 || unicode) {
        g_string_append_len(encoded, at, after - at);
        return after;
    }
    char nearest = nearest_ascii(c);
    if (!g_unichar_iszerowidth(c))
        g_string_append_c(encoded, nearest);
    if (g_unichar_iswide(c))
        g_string_append_c(encoded, nearest);
    return after;
}

char *
ml_term_encode(const MlTerm *term, const char *text)
{
    GString *encoded = g_string_new(NULL);

    while (*text != '\0') {
        if (*text == ML_MARK_BEGIN && text[1] >= ML_MARK_BASE &&
            text[1] < ML_MARK_BASE + ML_N_STYLES) {
            if (term->colour)
                g_string_append_printf(encoded, "\x1b[%sm", renditions[text[1] - ML_MARK_BASE]);
            text += 2;
        } else if (*text == ML_MARK_END) {
            g_string_append(encoded, term->colour ? RESET : "");
            text++;
        } else {
            text = encode_character(encoded, text, term->unicode);
        }
    }
    return g_string_free(encoded, FALSE);
}
