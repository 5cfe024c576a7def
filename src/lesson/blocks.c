#include "lesson/blocks.h"

#include <string.h>

#include "base/spec.h"
#include "base/suggest.h"
#include "base/text.h"
#include "lesson/branch.h"
#include "lesson/inline.h"

#define MAX_DEPTH 6 /* quotations and lists within each other */
#define QUOTATION_INDENT 4
#define LIST_INDENT 2
#define MIN_FENCE 3

typedef struct {
    MlLesson *lesson;
    char *const *lines;     /* the whole file's */
    guint body_line;        /* what cmark calls line 1 is lines[body_line] */
    GPtrArray *hidden;      /* expressions */
    MlLessonScreen *screen; /* (nullable): the last one */
    int branch;
} Reader;

/* Where a block stands within others. */
typedef struct {
    guint depth;
    int indent;         /* columns */
    const char *bullet; /* (nullable): of the list item that it begins */
} Place;

static gboolean read_blocks(Reader *reader, cmark_node *parent, Place place, GError **error);

static guint
line_of(const Reader *reader, cmark_node *node)
{
    return reader->body_line + (guint)cmark_node_get_start_line(node);
}

/* A place in the file for ml_lesson_fail(). */
#define AT(reader, node) (reader)->lesson->path, line_of(reader, node)

static void
free_item(gpointer data)
{
    MlLessonItem *item = data;
    g_free(item->bullet);
    g_free(item->text);
    g_free(item);
}

/* @text: (transfer full) */
static void
add_item(Reader *reader, cmark_node *node, MlLessonItemKind kind, Place place, char *text)
{
    MlLessonItem *item = g_new0(MlLessonItem, 1);
    item->kind = kind;
    item->line = line_of(reader, node);
    item->branch = reader->branch;
    item->indent = place.indent;
    item->bullet = g_strdup(place.bullet);
    item->text = text;
    g_ptr_array_add(reader->screen->items, item);
}

/* --- headings --------------------------------------------------------------------------------- */

static void
free_screen(gpointer data)
{
    MlLessonScreen *screen = data;
    g_free(screen->heading);
    g_ptr_array_unref(screen->items);
    g_ptr_array_unref(screen->branches);
    g_free(screen);
}

static void
add_screen(Reader *reader, cmark_node *node, const char *heading)
{
    MlLessonScreen *screen = g_new0(MlLessonScreen, 1);
    screen->line = line_of(reader, node);
    screen->heading = g_strdup(heading);
    screen->items = g_ptr_array_new_with_free_func(free_item);
    screen->branches = g_ptr_array_new_with_free_func((GDestroyNotify)ml_branch_free);
    g_ptr_array_add(reader->lesson->screens, screen);
    reader->screen = screen;
    reader->branch = ML_LESSON_EVERYBODY;
}

/* A heading is taken from the file as it stands: an expression in it is no Markdown. */
static gboolean
read_heading(Reader *reader, cmark_node *node, GError **error)
{
    g_autofree char *heading = g_strdup(reader->lines[line_of(reader, node) - 1]);
    g_strchug(heading);
    gsize level = strspn(heading, "#");
    const char *text = g_strstrip(heading + level);

    if (level == 0)
        return ml_lesson_fail(
            error, AT(reader, node), "a pause (---) wants an empty line before it");
    if (level == 2) {
        add_screen(reader, node, text);
        return TRUE;
    }
    if (level == 3 && reader->screen != NULL)
        return ml_branch_read(reader->screen, AT(reader, node), text, &reader->branch, error);
    return ml_lesson_fail(
        error, AT(reader, node), "a heading is '## Screen', or below one '### branch'");
}

/* --- fenced blocks ---------------------------------------------------------------------------- */

static const struct {
    const char *info;
    MlLessonItemKind kind;
} directives[] = {
    { "memlab", ML_ITEM_CELL },
    { "memlab show", ML_ITEM_SHOW },
    { "memlab ask", ML_ITEM_ASK },
};

#define SOURCE_INFO "memlab source"

static gboolean
refuse_directive(Reader *reader, cmark_node *node, const char *info, GError **error)
{
    static const char *const known[] = { "memlab", "memlab show", "memlab ask", SOURCE_INFO, NULL };
    g_autofree char *quoted = ml_text_quote(info);
    g_autofree char *hint = ml_suggest_phrase(info, known);
    return ml_lesson_fail(error, AT(reader, node), "unknown directive %s%s", quoted, hint);
}

static gboolean
read_source(Reader *reader, cmark_node *node, Place place, const char *name, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const MlStructure *structure = ml_spec_structure(name, &cause);
    if (structure == NULL)
        return ml_lesson_fail(error, AT(reader, node), "%s", cause->message);
    add_item(reader, node, ML_ITEM_SOURCE, place, g_strdup(structure->name));
    return TRUE;
}

static gboolean
read_directive(Reader *reader, cmark_node *node, Place place, const char *info, GError **error)
{
    if (place.depth > 0)
        return ml_lesson_fail(error,
            AT(reader, node),
            "a cell stands at the left margin, in no list and no quotation");
    if (g_str_has_prefix(info, SOURCE_INFO " "))
        return read_source(reader, node, place, info + strlen(SOURCE_INFO " "), error);
    for (gsize i = 0; i < G_N_ELEMENTS(directives); i++) {
        if (g_str_equal(info, directives[i].info)) {
            add_item(reader,
                node,
                directives[i].kind,
                place,
                ml_inline_restore(cmark_node_get_literal(node), reader->hidden));
            return TRUE;
        }
    }
    return refuse_directive(reader, node, info, error);
}

/* cmark takes the end of the file for the end of a fence; an author has forgotten it. */
static gboolean
is_closed(const Reader *reader, cmark_node *node)
{
    int last = cmark_node_get_end_line(node);
    const char *end = reader->lines[reader->body_line + (guint)last - 1];
    end += strspn(end, " >");
    const char *after = end + strspn(end, "`~");
    return last > cmark_node_get_start_line(node) && after - end >= MIN_FENCE &&
           after[strspn(after, " ")] == '\0';
}

static gboolean
read_code(Reader *reader, cmark_node *node, Place place, GError **error)
{
    const char *fence = reader->lines[line_of(reader, node) - 1];
    gboolean is_fenced = strstr(fence, "```") != NULL || strstr(fence, "~~~") != NULL;
    g_autofree char *info = g_strdup(cmark_node_get_fence_info(node));
    g_strstrip(info);

    if (is_fenced && !is_closed(reader, node))
        return ml_lesson_fail(
            error, AT(reader, node), "this fence is never closed: ``` is missing");
    if (g_str_has_prefix(info, "memlab"))
        return read_directive(reader, node, place, info, error);
    add_item(reader,
        node,
        ML_ITEM_TEXT,
        place,
        ml_inline_restore(cmark_node_get_literal(node), reader->hidden));
    return TRUE;
}

/* --- paragraphs and lists --------------------------------------------------------------------- */

static gboolean
read_paragraph(Reader *reader, cmark_node *node, Place place, GError **error)
{
    const char *refused;
    g_autofree char *hidden = ml_inline_text(node, &refused);
    if (refused != NULL)
        return ml_lesson_fail(error, AT(reader, node), "%s", refused);
    g_autofree char *text = ml_inline_restore(hidden, reader->hidden);
    const char *open = g_strrstr(text, "{{");
    if (open != NULL && strstr(open, "}}") == NULL)
        return ml_lesson_fail(error, AT(reader, node), "'{{' without '}}' on the same line");
    add_item(reader,
        node,
        place.bullet != NULL ? ML_ITEM_POINT : ML_ITEM_PARAGRAPH,
        place,
        g_steal_pointer(&text));
    return TRUE;
}

static gboolean
read_list(Reader *reader, cmark_node *list, Place place, GError **error)
{
    gboolean ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int number = ordered ? cmark_node_get_list_start(list) : 0;

    for (cmark_node *item = cmark_node_first_child(list); item != NULL;
         item = cmark_node_next(item)) {
        g_autofree char *bullet = ordered ? g_strdup_printf("%d.", number++) : g_strdup("·");
        Place within = { place.depth + 1, place.indent + LIST_INDENT, bullet };
        if (!read_blocks(reader, item, within, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_html(Reader *reader, cmark_node *node, GError **error)
{
    if (g_str_has_prefix(cmark_node_get_literal(node), "<!--"))
        return TRUE; /* an author's note */
    return ml_lesson_fail(error, AT(reader, node), "HTML: only Markdown is shown");
}

/* --- blocks ----------------------------------------------------------------------------------- */

static gboolean
read_quotation(Reader *reader, cmark_node *node, Place place, GError **error)
{
    Place within = { place.depth + 1, place.indent + QUOTATION_INDENT, NULL };
    return read_blocks(reader, node, within, error);
}

static gboolean
read_block(Reader *reader, cmark_node *node, Place place, GError **error)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_HEADING)
        return read_heading(reader, node, error);
    if (type == CMARK_NODE_HTML_BLOCK)
        return read_html(reader, node, error);
    if (reader->screen == NULL)
        return ml_lesson_fail(
            error, AT(reader, node), "this belongs to no screen: '## Heading' begins one");
    if (type == CMARK_NODE_CODE_BLOCK)
        return read_code(reader, node, place, error);
    if (type == CMARK_NODE_PARAGRAPH)
        return read_paragraph(reader, node, place, error);
    if (type == CMARK_NODE_LIST)
        return read_list(reader, node, place, error);
    if (type == CMARK_NODE_BLOCK_QUOTE)
        return read_quotation(reader, node, place, error);
    add_item(reader, node, ML_ITEM_PAUSE, place, g_strdup(""));
    return TRUE;
}

static gboolean
read_blocks(Reader *reader, cmark_node *parent, Place place, GError **error)
{
    if (place.depth > MAX_DEPTH)
        return ml_lesson_fail(
            error, AT(reader, parent), "lists and quotations more than %d deep", MAX_DEPTH);
    for (cmark_node *node = cmark_node_first_child(parent); node != NULL;
         node = cmark_node_next(node)) {
        if (!read_block(reader, node, place, error))
            return FALSE;
        place.bullet = NULL; /* only what comes first stands beside it */
    }
    return TRUE;
}

gboolean
ml_blocks_read(MlLesson *lesson, char *const *lines, guint body_line, GError **error)
{
    g_autofree char *body = g_strjoinv("\n", (char **)(guintptr)(lines + body_line));
    g_autoptr(GPtrArray) hidden = NULL;
    g_autofree char *markdown = ml_inline_hide(body, &hidden);
    cmark_node *document = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
    Reader reader = {
        .lesson = lesson,
        .lines = lines,
        .body_line = body_line,
        .hidden = hidden,
        .branch = ML_LESSON_EVERYBODY,
    };
    g_ptr_array_set_free_func(lesson->screens, free_screen);
    gboolean ok = read_blocks(&reader, document, (Place){ 0, 0, NULL }, error);
    cmark_node_free(document);
    if (ok && lesson->screens->len == 0)
        return ml_lesson_fail(error, lesson->path, body_line, "no screen: '## Heading' begins one");
    return ok;
}
