#include <cmark.h>
#include <string.h>

#include "base/error.h"
#include "base/head.h"
#include "base/suggest.h"
#include "base/text.h"
#include "exercise/exercise.h"

#define MAX_MINUTES 600

static const char *const head_keys[] = { "title", "minutes", NULL };
static const char *const sections[] = { "Hints", "Solution", NULL };

/* In the order of their kinds. */
static const char *const cells[] = { "memlab ask", "memlab key", "memlab show", NULL };

typedef struct {
    MlExercise *exercise;
    char **lines;        /* of the body */
    guint body_line;     /* where it begins in the file */
    const char *section; /* (nullable): NULL: the statement */
    GError **error;
} Parser;

static gboolean refuse(const Parser *parser, guint line, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static gboolean
refuse(const Parser *parser, guint line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return ml_fail(
        parser->error, ML_ERROR_INPUT, "%s:%u: %s", parser->exercise->path, line, message);
}

static guint
line_of(const Parser *parser, cmark_node *node)
{
    return (guint)cmark_node_get_start_line(node) + parser->body_line - 1;
}

/* The lines of the file that a node covers. */
static char *
source_of(const Parser *parser, cmark_node *node)
{
    guint from = (guint)cmark_node_get_start_line(node) - 1;
    guint end = (guint)cmark_node_get_end_line(node);
    g_autoptr(GString) source = g_string_new(NULL);

    for (guint i = from; i < end && parser->lines[i] != NULL; i++)
        g_string_append_printf(source, "%s%s", i > from ? "\n" : "", parser->lines[i]);
    return g_string_free(g_steal_pointer(&source), FALSE);
}

/* --- head ------------------------------------------------------------------------------------- */

static gboolean
read_head(const Parser *parser, const GPtrArray *head)
{
    MlExercise *exercise = parser->exercise;

    for (guint i = 0; i < head->len; i++) {
        const MlHeadLine *line = head->pdata[i];
        guint64 minutes;
        if (g_strcmp0(line->key, "title") == 0) {
            g_free(exercise->title);
            exercise->title = g_strdup(line->value);
        } else if (g_strcmp0(line->key, "minutes") == 0) {
            if (!g_ascii_string_to_unsigned(line->value, 10, 1, MAX_MINUTES, &minutes, NULL))
                return refuse(parser, line->line, "minutes is a whole number, as in 10");
            exercise->minutes = (guint)minutes;
        } else {
            const char *key = line->key != NULL ? line->key : line->value;
            g_autofree char *quoted = ml_text_quote(key);
            g_autofree char *near = ml_suggest_phrase(key, head_keys);
            return refuse(parser, line->line, "unknown key %s%s", quoted, near);
        }
    }
    if (exercise->title == NULL || *exercise->title == '\0')
        return refuse(parser, 1, "the head has no 'title: …'");
    return TRUE;
}

/* --- blocks ----------------------------------------------------------------------------------- */

static gboolean
add_block(const Parser *parser, MlBlockKind kind, guint line, const char *text)
{
    gboolean is_solution = g_strcmp0(parser->section, "Solution") == 0;
    MlExerciseBlock *block = g_new(MlExerciseBlock, 1);

    *block = (MlExerciseBlock){ .kind = kind, .line = line, .text = g_strdup(text) };
    g_ptr_array_add(is_solution ? parser->exercise->solution : parser->exercise->statement, block);
    return TRUE;
}

static gboolean
read_code(const Parser *parser, cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    const char *code = cmark_node_get_literal(node);
    guint line = line_of(parser, node);
    gboolean is_solution = g_strcmp0(parser->section, "Solution") == 0;

    if (!g_str_has_prefix(info, "memlab"))
        return add_block(parser, ML_BLOCK_TEXT, line + 1, code);
    for (guint i = 0; cells[i] != NULL; i++) {
        MlBlockKind kind = (MlBlockKind)(ML_BLOCK_ASK + (int)i);
        if (!g_str_equal(info, cells[i]))
            continue;
        if ((kind == ML_BLOCK_SHOW) != is_solution)
            return refuse(parser,
                line,
                "a '%s' cell stands %s",
                info,
                is_solution ? "before the sections" : "below '## Solution'");
        return add_block(parser, kind, line + 1, code);
    }
    g_autofree char *quoted = ml_text_quote(info);
    g_autofree char *near = ml_suggest_phrase(info, cells);
    return refuse(parser,
        line,
        "unknown cell %s%s; there are 'memlab ask', 'memlab key' and 'memlab show'",
        quoted,
        near);
}

/* The text of one point of a list, on one line; NULL where it is empty. */
static char *
point_text(const Parser *parser, cmark_node *item)
{
    cmark_node *paragraph = cmark_node_first_child(item);
    if (paragraph == NULL)
        return NULL;
    g_autofree char *source = source_of(parser, paragraph);
    gsize marker = MIN((gsize)cmark_node_get_start_column(paragraph) - 1, strlen(source));
    g_auto(GStrv) lines = g_strsplit(source + marker, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        g_strstrip(lines[i]);
    return g_strjoinv(" ", lines);
}

/* A list of hints, or of points in the text. */
static gboolean
read_list(const Parser *parser, cmark_node *node)
{
    gboolean are_hints = g_strcmp0(parser->section, "Hints") == 0;

    for (cmark_node *item = cmark_node_first_child(node); item != NULL;
         item = cmark_node_next(item)) {
        g_autofree char *text = point_text(parser, item);
        if (text != NULL && are_hints)
            g_ptr_array_add(parser->exercise->hints, g_steal_pointer(&text));
        else if (text != NULL)
            add_block(parser, ML_BLOCK_POINT, line_of(parser, item), text);
    }
    return TRUE;
}

static gboolean
read_heading(Parser *parser, cmark_node *node)
{
    cmark_node *child = cmark_node_first_child(node);
    const char *name = child != NULL ? cmark_node_get_literal(child) : NULL;
    guint line = line_of(parser, node);

    if (cmark_node_get_heading_level(node) != 2 || name == NULL)
        return refuse(parser, line, "a heading is '## Hints' or '## Solution'");
    for (guint i = 0; sections[i] != NULL; i++)
        if (g_str_equal(name, sections[i])) {
            parser->section = sections[i];
            return TRUE;
        }
    g_autofree char *quoted = ml_text_quote(name);
    g_autofree char *near = ml_suggest_phrase(name, sections);
    return refuse(parser, line, "unknown section %s%s", quoted, near);
}

static gboolean
read_node(Parser *parser, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_HEADING)
        return read_heading(parser, node);
    if (type == CMARK_NODE_LIST)
        return read_list(parser, node);
    if (g_strcmp0(parser->section, "Hints") == 0)
        return refuse(parser, line_of(parser, node), "below '## Hints' stands a list");
    if (type == CMARK_NODE_CODE_BLOCK)
        return read_code(parser, node);
    if (type == CMARK_NODE_HTML_BLOCK)
        return refuse(parser, line_of(parser, node), "HTML: only Markdown is shown");
    g_autofree char *source = source_of(parser, node);
    return add_block(parser,
        type == CMARK_NODE_PARAGRAPH ? ML_BLOCK_PARAGRAPH : ML_BLOCK_TEXT,
        line_of(parser, node),
        source);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
free_block(gpointer data)
{
    MlExerciseBlock *block = data;
    g_free(block->text);
    g_free(block);
}

void
ml_exercise_free(MlExercise *exercise)
{
    if (exercise == NULL)
        return;
    g_free(exercise->name);
    g_free(exercise->path);
    g_free(exercise->title);
    g_ptr_array_unref(exercise->statement);
    g_ptr_array_unref(exercise->hints);
    g_ptr_array_unref(exercise->solution);
    g_free(exercise);
}

static MlExercise *
new_exercise(const char *name, const char *path)
{
    MlExercise *exercise = g_new0(MlExercise, 1);

    exercise->name = g_strdup(name);
    exercise->path = g_strdup(path);
    exercise->statement = g_ptr_array_new_with_free_func(free_block);
    exercise->hints = g_ptr_array_new_with_free_func(g_free);
    exercise->solution = g_ptr_array_new_with_free_func(free_block);
    return exercise;
}

static gboolean
read_body(Parser *parser, const char *body)
{
    g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
    cmark_node *document = cmark_parse_document(body, strlen(body), CMARK_OPT_DEFAULT);
    gboolean ok = TRUE;

    parser->lines = lines;
    for (cmark_node *node = cmark_node_first_child(document); ok && node != NULL;
         node = cmark_node_next(node))
        ok = read_node(parser, node);
    cmark_node_free(document);
    return ok;
}

MlExercise *
ml_exercise_parse(const char *name, const char *path, const char *text, GError **error)
{
    g_autoptr(MlExercise) exercise = new_exercise(name, path);
    Parser parser = { .exercise = exercise, .error = error };
    const char *body;
    g_autoptr(GPtrArray) head = ml_head_read(path, text, &body, &parser.body_line, error);

    if (head == NULL || !read_head(&parser, head) || !read_body(&parser, body))
        return NULL;
    return g_steal_pointer(&exercise);
}
