#include "base/text.h"

#include <string.h>

#define QUOTE_LENGTH 60
#define REPLACEMENT '?'

/* Where the text goes on after a mark at @at; @at itself where there is none. */
static const char *
skip_mark(const char *at)
{
    if (*at == ML_MARK_END)
        return at + 1;
    if (*at == ML_MARK_BEGIN && at[1] != '\0')
        return at + 2;
    return at;
}

static int
char_width(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

/* @end: where to stop */
static int
width_until(const char *text, const char *end)
{
    int width = 0;
    while (text < end) {
        const char *after = skip_mark(text);
        if (after == text) {
            width += char_width(g_utf8_get_char(text));
            after = g_utf8_next_char(text);
        }
        text = after;
    }
    return width;
}

char *
ml_text_styled(MlStyle style, const char *text)
{
    return g_strdup_printf("%c%c%s%c", ML_MARK_BEGIN, ML_MARK_BASE + (int)style, text, ML_MARK_END);
}

int
ml_text_width(const char *text)
{
    return width_until(text, text + strlen(text));
}

char *
ml_text_pad(const char *text, int columns, gboolean right_aligned)
{
    int blanks = MAX(columns - ml_text_width(text), 0);
    return right_aligned ? g_strdup_printf("%*s%s", blanks, "", text)
                         : g_strdup_printf("%s%*s", text, blanks, "");
}

char *
ml_text_plain(const char *text)
{
    GString *plain = g_string_new(NULL);
    while (*text != '\0') {
        const char *after = skip_mark(text);
        if (after == text)
            g_string_append_c(plain, *after++);
        text = after;
    }
    return g_string_free(plain, FALSE);
}

/* Explicit embeddings, overrides and isolates: they can make a line read as what it is not. */
static gboolean
turns_direction(gunichar c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
ml_text_clean(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_new(NULL);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean unsafe = g_unichar_iscntrl(c) || turns_direction(c);
        g_string_append_unichar(clean, unsafe ? REPLACEMENT : c);
    }
    return g_string_free(clean, FALSE);
}

char *
ml_text_quote(const char *typed)
{
    g_autofree char *clean = ml_text_clean(typed);
    if (g_utf8_strlen(clean, -1) <= QUOTE_LENGTH)
        return g_strdup_printf("'%s'", clean);
    g_autofree char *beginning = g_utf8_substring(clean, 0, QUOTE_LENGTH);
    return g_strdup_printf("'%s…'", beginning);
}

/* A line's end in the source is one blank, whatever stood around it. */
static int
count_blanks(const char *from, const char *to)
{
    gboolean newline = memchr(from, '\n', (gsize)(to - from)) != NULL;
    return newline ? 1 : (int)(to - from);
}

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Whether the blank at @at parts the digits of one number, as in 8 000 000.
 * @at: not the first character of its word */
static gboolean
parts_digits(const char *at)
{
    return *at == ' ' && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1]) &&
           g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]) && !g_ascii_isdigit(at[4]);
}

/* Whether the blank at @at parts a number from its unit, as in 38.2 MiB.
 * @at: not the first character of its word */
static gboolean
parts_unit(const char *at)
{
    static const char *const units[] = {
        "B", "bytes", "kB", "KiB", "MB", "MiB", "GB", "GiB", "TB", "TiB", "ns", "µs", "ms", "s", "%"
    };

    for (gsize i = 0; *at == ' ' && g_ascii_isdigit(at[-1]) && i < G_N_ELEMENTS(units); i++)
        if (g_str_has_prefix(at + 1, units[i]) && !g_ascii_isalnum(at[1 + strlen(units[i])]))
            return TRUE;
    return FALSE;
}

/* Where the word at @at ends, and which style is open there.  A number is one word with its unit.
 */
static const char *
skip_word(const char *at, char *open_style)
{
    while (*at != '\0' && (!is_blank(*at) || parts_digits(at) || parts_unit(at))) {
        const char *after = skip_mark(at);
        if (after != at)
            *open_style = *at == ML_MARK_BEGIN ? at[1] : '\0';
        at = after != at ? after : at + 1;
    }
    return at;
}

/* Ends a line.  @style: open across the break, or '\0' */
static void
break_line(GString *lines, int indent, char style)
{
    if (style != '\0')
        g_string_append_c(lines, ML_MARK_END);
    g_string_append_printf(lines, "\n%*s", indent, "");
    if (style != '\0')
        g_string_append_printf(lines, "%c%c", ML_MARK_BEGIN, style);
}

char *
ml_text_wrap(const char *text, int columns, int indent)
{
    GString *lines = g_string_new(NULL);
    int room = MAX(columns - indent, 1), used = 0; /* columns */
    char style = '\0';

    while (is_blank(*text))
        text++;
    if (*text != '\0')
        g_string_append_printf(lines, "%*s", indent, "");
    while (*text != '\0') {
        const char *word = text;
        char style_before = style;
        while (is_blank(*word))
            word++;
        const char *end = skip_word(word, &style);
        if (word == end)
            break; /* blanks at the end of the paragraph */
        int blanks = count_blanks(text, word), width = width_until(word, end);
        if (used > 0 && used + blanks + width > room) {
            break_line(lines, indent, style_before);
            used = blanks = 0;
        }
        g_string_append_printf(lines, "%*s", blanks, "");
        g_string_append_len(lines, word, end - word);
        used += blanks + width;
        text = end;
    }
    if (lines->len > 0)
        g_string_append_c(lines, '\n');
    return g_string_free(lines, FALSE);
}

char *
ml_text_fold(const char *text, int columns)
{
    GString *lines = g_string_new(NULL);
    int used = 0;
    char style = '\0';

    while (*text != '\0') {
        const char *after = skip_mark(text);
        if (after != text) {
            style = *text == ML_MARK_BEGIN ? text[1] : '\0';
        } else if (*text == '\n') {
            after = text + 1;
            break_line(lines, 0, style);
            used = 0;
        } else {
            int width = char_width(g_utf8_get_char(text));
            if (used + width > columns) {
                break_line(lines, 0, style);
                used = 0;
            }
            after = g_utf8_next_char(text);
            used += width;
        }
        if (*text != '\n')
            g_string_append_len(lines, text, after - text);
        text = after;
    }
    if (lines->len > 0 && lines->str[lines->len - 1] != '\n')
        g_string_append_c(lines, '\n');
    return g_string_free(lines, FALSE);
}
