#include "svg_document.h"

#include "ml_test.h"

#include <string.h>

#include "diagram/frames.h"

void
svg_document_clear(SvgDocument *document)
{
    g_clear_pointer(&document->ids, g_hash_table_unref);
    g_clear_pointer(&document->references, g_ptr_array_unref);
    g_clear_pointer(&document->open, g_ptr_array_unref);
    g_clear_pointer(&document->language, g_free);
    g_clear_pointer(&document->title, g_free);
    g_clear_pointer(&document->description, g_free);
}

static void
refer(SvgDocument *document, const char *value)
{
    g_ptr_array_add(document->references, g_strdup(value));
}

static void
read_attribute(SvgDocument *document, const char *name, const char *value)
{
    if (strcmp(name, "id") == 0 && !g_hash_table_add(document->ids, g_strdup(value)))
        document->n_same_ids++;
    if (strcmp(name, "role") == 0)
        document->has_role = strcmp(value, "img") == 0;
    if (strcmp(name, "data-bytes") == 0)
        document->data_bytes += g_ascii_strtod(value, NULL);
    if (strcmp(name, "aria-label") == 0)
        document->n_labels++;
    if (strcmp(name, "textLength") == 0)
        document->n_lengths++;
    if (strcmp(name, "xlink:href") == 0)
        refer(document, value + 1);
    if (g_str_has_prefix(value, "url(#")) {
        g_autofree char *id = g_strndup(value + 5, strlen(value) - 6);
        refer(document, id);
    }
    if (strcmp(name, "aria-labelledby") == 0) {
        g_auto(GStrv) parts = g_strsplit(value, " ", -1);
        for (guint i = 0; parts[i] != NULL; i++)
            refer(document, parts[i]);
    }
}

static const char *
find_value(const char **names, const char **values, const char *wanted)
{
    for (guint i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], wanted) == 0)
            return values[i];
    return NULL;
}

static void
start(GMarkupParseContext *context,
    const char *element,
    const char **names,
    const char **values,
    gpointer data,
    GError **error)
{
    SvgDocument *document = data;
    if (strcmp(element, "text") == 0)
        document->n_texts++;
    if (strcmp(element, "svg") == 0 &&
        g_strcmp0(find_value(names, values, "lang"), find_value(names, values, "xml:lang")) == 0)
        document->language = g_strdup(find_value(names, values, "lang"));
    for (guint i = 0; names[i] != NULL; i++)
        read_attribute(document, names[i], values[i]);
    g_ptr_array_add(document->open, g_strdup(element));
}

static void
end(GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
    SvgDocument *document = data;
    g_ptr_array_set_size(document->open, (int)document->open->len - 1);
}

static void
read_text(
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
    SvgDocument *document = data;
    guint depth = document->open->len;
    if (depth < 2)
        return;
    const char *element = g_ptr_array_index(document->open, depth - 1);
    const char *parent = g_ptr_array_index(document->open, depth - 2);
    if (strcmp(element, "title") == 0 && strcmp(parent, "svg") == 0)
        document->title = g_strndup(text, length);
    if (strcmp(element, "desc") == 0 && strcmp(parent, "svg") == 0)
        document->description = g_strndup(text, length);
    if (strcmp(element, "title") == 0 && strcmp(parent, "g") == 0)
        document->n_group_titles++;
}

gboolean
svg_document_parse(SvgDocument *document, const char *text, gsize length, GError **error)
{
    static const GMarkupParser parser = {
        .start_element = start,
        .end_element = end,
        .text = read_text,
    };
    document->bytes = length;
    document->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    document->references = g_ptr_array_new_with_free_func(g_free);
    document->open = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, document, NULL);
    return g_markup_parse_context_parse(context, text, (gssize)length, error) &&
           g_markup_parse_context_end_parse(context, error);
}

void
svg_document_read(SvgDocument *document, const MlScene *scene, const MlTheme *theme)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = ml_diagram_render(scene, ML_FORMAT_SVG, theme, 1, NULL);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    if (!svg_document_parse(document, text, size, &error))
        fail_msg("%s: %s", scene->id, error->message);
}

static guint
count_texts(const MlScene *scene)
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_TEXT && ml_scene_shows(scene, item))
            n++;
    }
    return n;
}

/* Pictures of all three ways with letters have all the scene's texts, and no other. */
static char *
text_complaint(const SvgDocument *document, const MlScene *scene)
{
    guint n = count_texts(scene);
    gboolean are_outlines = scene->letters == ML_LETTERS_OUTLINES;
    guint texts = are_outlines ? 0 : n;
    guint labels = are_outlines ? n : 0;
    guint lengths = scene->letters == ML_LETTERS_FIXED ? n : 0;
    if (document->n_texts == texts && document->n_labels == labels &&
        document->n_lengths == lengths)
        return NULL;
    return g_strdup_printf("%u texts, %u outlined, %u held to their width; expected %u, %u, %u",
        document->n_texts,
        document->n_labels,
        document->n_lengths,
        texts,
        labels,
        lengths);
}

char *
svg_document_complaint(const SvgDocument *document, const MlScene *scene)
{
    g_autofree char *description = ml_frames_description(scene);
    if (!document->has_role)
        return g_strdup("no role");
    if (g_strcmp0(document->title, ml_frames_title(scene)) != 0)
        return g_strdup_printf("the title is '%s'", document->title);
    if (g_strcmp0(document->description, description) != 0)
        return g_strdup_printf("the description is '%s'", document->description);
    if (g_strcmp0(document->language, "en") != 0)
        return g_strdup("no language");
    if (document->n_same_ids > 0)
        return g_strdup_printf("%u ids stand twice", document->n_same_ids);
    for (guint i = 0; i < document->references->len; i++)
        if (!g_hash_table_contains(document->ids, document->references->pdata[i]))
            return g_strdup_printf(
                "nothing is called '%s'", (char *)document->references->pdata[i]);
    return text_complaint(document, scene);
}
