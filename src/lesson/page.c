#include "lesson/page.h"

#include <string.h>

#include "base/text.h"

#define WIDEST_PROSE 84 /* wider is hard to read */
#define CONTINUATION 2  /* columns */
#define RIGHT_MARGIN 1  /* which code may use: 80 columns are better whole */

static void
free_block(gpointer data)
{
    MlPageBlock *block = data;
    g_free(block->bullet);
    g_free(block->text);
    g_free(block);
}

MlPage *
ml_page_new(guint screen)
{
    MlPage *page = g_new0(MlPage, 1);
    page->screen = screen;
    page->blocks = g_ptr_array_new_with_free_func(free_block);
    return page;
}

void
ml_page_free(MlPage *page)
{
    if (page == NULL)
        return;
    g_ptr_array_unref(page->blocks);
    g_free(page->file);
    g_free(page);
}

static const MlPageBlock *
last_block(const MlPage *page)
{
    return page->blocks->len > 0 ? page->blocks->pdata[page->blocks->len - 1] : NULL;
}

void
ml_page_add_paragraph(MlPage *page, const char *text, int indent, const char *bullet)
{
    if (text[strspn(text, " \n")] == '\0')
        return;
    const MlPageBlock *before = last_block(page);
    MlPageBlock *block = g_new0(MlPageBlock, 1);
    *block = (MlPageBlock){
        .wraps = TRUE,
        .attached = bullet != NULL && before != NULL && before->bullet != NULL,
        .indent = indent,
        .bullet = g_strdup(bullet),
        .text = g_strdup(text),
    };
    g_ptr_array_add(page->blocks, block);
}

void
ml_page_add_lines(MlPage *page, const char *text, int indent, gboolean attached)
{
    if (*text == '\0')
        return;
    MlPageBlock *block = g_new0(MlPageBlock, 1);
    *block = (MlPageBlock){ .attached = attached, .indent = indent, .text = g_strdup(text) };
    g_ptr_array_add(page->blocks, block);
}

static void
append_wrapped(GString *text, const MlPageBlock *block, int margin, int columns)
{
    int indent = margin + block->indent;
    int hanging = block->bullet != NULL ? ml_text_width(block->bullet) + 1 : 0;
    g_auto(GStrv) lines = g_strsplit(block->text, "\n", -1);
    gsize start = text->len;

    for (guint i = 0; lines[i] != NULL; i++) {
        g_autofree char *wrapped =
            ml_text_wrap(lines[i], MIN(columns, WIDEST_PROSE), indent + hanging);
        g_string_append(text, wrapped);
    }
    if (block->bullet != NULL && text->len > start + (gsize)(indent + hanging)) {
        g_string_erase(text, (gssize)start, indent + hanging);
        g_autofree char *head = g_strdup_printf("%*s%s ", indent, "", block->bullet);
        g_string_insert(text, (gssize)start, head);
    }
}

/* A line that is too wide goes on below, a little further in. */
static void
append_wide(GString *text, const char *line, int columns)
{
    int indent = (int)strspn(line, " ");
    gsize start = text->len;
    g_autofree char *wrapped = ml_text_wrap(line, columns, indent + CONTINUATION);
    g_string_append(text, wrapped);
    g_string_erase(text, (gssize)start, MIN(CONTINUATION, (gssize)(text->len - start)));
}

static void
append_lines(GString *text, const MlPageBlock *block, int margin, int columns)
{
    g_auto(GStrv) lines = g_strsplit(block->text, "\n", -1);
    int widest = 0;

    for (guint i = 0; lines[i] != NULL; i++)
        widest = MAX(widest, ml_text_width(lines[i]));
    int indent = CLAMP(columns - widest, 0, margin + block->indent);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (ml_text_width(lines[i]) > columns + RIGHT_MARGIN)
            append_wide(text, lines[i], columns);
        else if (*lines[i] != '\0')
            g_string_append_printf(text, "%*s%s\n", indent, "", lines[i]);
        else if (lines[i + 1] != NULL)
            g_string_append_c(text, '\n');
    }
}

char *
ml_page_text(const MlPage *page, guint first, int columns)
{
    GString *text = g_string_new(NULL);

    for (guint i = first; i < page->blocks->len; i++) {
        const MlPageBlock *block = page->blocks->pdata[i];
        if (i > 0 && !block->attached)
            g_string_append_c(text, '\n');
        if (block->wraps)
            append_wrapped(text, block, page->margin, columns);
        else
            append_lines(text, block, page->margin, columns);
    }
    return g_string_free(text, FALSE);
}
