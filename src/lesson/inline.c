#include "lesson/inline.h"

#include <string.h>

#include "base/text.h"

#define STAND_IN_BEGIN "\ue000"
#define STAND_IN_END "\ue001"

/* Where the expression at @open ends, on the same line; NULL where it does not. */
static const char *
find_close(const char *open)
{
    const char *close = strstr(open, "}}");
    const char *newline = strchr(open, '\n');
    if (close == NULL || (newline != NULL && newline < close))
        return NULL;
    return close + 2;
}

char *
ml_inline_hide(const char *text, GPtrArray **ret_hidden)
{
    GPtrArray *hidden = g_ptr_array_new_with_free_func(g_free);
    GString *shown = g_string_new(NULL);

    for (const char *open; (open = strstr(text, "{{")) != NULL;) {
        const char *end = find_close(open);
        g_string_append_len(shown, text, open - text);
        if (end == NULL) {
            g_string_append(shown, "{{");
            text = open + 2;
            continue;
        }
        g_string_append_printf(shown, STAND_IN_BEGIN "%u" STAND_IN_END, hidden->len);
        g_ptr_array_add(hidden, g_strndup(open, (gsize)(end - open)));
        text = end;
    }
    g_string_append(shown, text);
    *ret_hidden = hidden;
    return g_string_free(shown, FALSE);
}

char *
ml_inline_restore(const char *text, const GPtrArray *hidden)
{
    GString *whole = g_string_new(NULL);

    for (const char *begin; (begin = strstr(text, STAND_IN_BEGIN)) != NULL;) {
        char *end;
        guint64 number = g_ascii_strtoull(begin + strlen(STAND_IN_BEGIN), &end, 10);
        g_string_append_len(whole, text, begin - text);
        if (number < hidden->len)
            g_string_append(whole, hidden->pdata[number]);
        text = g_str_has_prefix(end, STAND_IN_END) ? end + strlen(STAND_IN_END) : end;
    }
    g_string_append(whole, text);
    return g_string_free(whole, FALSE);
}

/* Styles do not nest: the outermost one counts. */
typedef struct {
    GString *text;
    guint depth;
} Styled;

static void
open_style(Styled *styled, MlStyle style)
{
    if (styled->depth++ == 0)
        g_string_append_printf(styled->text, "%c%c", ML_MARK_BEGIN, ML_MARK_BASE + (int)style);
}

static void
close_style(Styled *styled)
{
    if (--styled->depth == 0)
        g_string_append_c(styled->text, ML_MARK_END);
}

static const char *
why_refused(cmark_node_type type)
{
    if (type == CMARK_NODE_IMAGE)
        return "an image: pictures are drawn from what was built, by picture() in a show cell";
    if (type == CMARK_NODE_HTML_INLINE)
        return "HTML: only Markdown is shown";
    return NULL;
}

/* After a link's words, where it leads, unless the words say so themselves. */
static void
append_address(GString *text, cmark_node *link)
{
    const char *url = cmark_node_get_url(link);
    if (url != NULL && *url != '\0' && !g_str_has_suffix(text->str, url))
        g_string_append_printf(text, " (%s)", url);
}

static void
append_entered(Styled *styled, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) {
        g_string_append(styled->text, cmark_node_get_literal(node));
    } else if (type == CMARK_NODE_SOFTBREAK) {
        g_string_append_c(styled->text, ' ');
    } else if (type == CMARK_NODE_LINEBREAK) {
        g_string_append_c(styled->text, '\n');
    } else if (type == CMARK_NODE_CODE) {
        open_style(styled, ML_STYLE_CODE);
        g_string_append(styled->text, cmark_node_get_literal(node));
        close_style(styled);
    } else if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG) {
        open_style(styled, ML_STYLE_BOLD);
    }
}

char *
ml_inline_text(cmark_node *node, const char **ret_refused)
{
    Styled styled = { g_string_new(NULL), 0 };
    cmark_iter *iter = cmark_iter_new(node);

    *ret_refused = NULL;
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);
        if (event == CMARK_EVENT_ENTER)
            append_entered(&styled, at);
        else if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG)
            close_style(&styled);
        else if (type == CMARK_NODE_LINK)
            append_address(styled.text, at);
        if (*ret_refused == NULL)
            *ret_refused = why_refused(type);
    }
    cmark_iter_free(iter);
    return g_string_free(styled.text, FALSE);
}
