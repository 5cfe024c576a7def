/* The SVG documents, read as a reader of XML does. */
#include "ml_test.h"

#include <string.h>

#include "diagram/diagram.h"
#include "diagram_facts.h"

typedef struct {
    GHashTable *ids;
    GPtrArray *references; /* of char *: what stands in url(#…) and in aria-labelledby */
    GPtrArray *open;       /* of char *: elements not closed yet */
    guint n_texts;
    guint n_same_ids;
    double data_bytes;
    gboolean has_role;
    char *title; /* of the document */
    char *description;
    guint n_group_titles;
} Document;

static void
document_clear(Document *document)
{
    g_clear_pointer(&document->ids, g_hash_table_unref);
    g_clear_pointer(&document->references, g_ptr_array_unref);
    g_clear_pointer(&document->open, g_ptr_array_unref);
    g_clear_pointer(&document->title, g_free);
    g_clear_pointer(&document->description, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Document, document_clear)

static void
read_attribute(Document *document, const char *name, const char *value)
{
    if (strcmp(name, "id") == 0 && !g_hash_table_add(document->ids, g_strdup(value)))
        document->n_same_ids++;
    if (strcmp(name, "role") == 0)
        document->has_role = strcmp(value, "img") == 0;
    if (strcmp(name, "data-bytes") == 0)
        document->data_bytes += g_ascii_strtod(value, NULL);
    if (g_str_has_prefix(value, "url(#"))
        g_ptr_array_add(document->references, g_strndup(value + 5, strlen(value) - 6));
    if (strcmp(name, "aria-labelledby") == 0) {
        g_auto(GStrv) parts = g_strsplit(value, " ", -1);
        for (guint i = 0; parts[i] != NULL; i++)
            g_ptr_array_add(document->references, g_strdup(parts[i]));
    }
}

static void
start(GMarkupParseContext *context,
    const char *element,
    const char **names,
    const char **values,
    gpointer data,
    GError **error)
{
    Document *document = data;
    if (strcmp(element, "text") == 0)
        document->n_texts++;
    for (guint i = 0; names[i] != NULL; i++)
        read_attribute(document, names[i], values[i]);
    g_ptr_array_add(document->open, g_strdup(element));
}

static void
end(GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
    Document *document = data;
    g_ptr_array_set_size(document->open, (int)document->open->len - 1);
}

static void
read_text(
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
    Document *document = data;
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

static void
read_document(Document *document, const MlScene *scene, const MlTheme *theme)
{
    static const GMarkupParser parser = {
        .start_element = start,
        .end_element = end,
        .text = read_text,
    };
    document->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    document->references = g_ptr_array_new_with_free_func(g_free);
    document->open = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = ml_diagram_render(scene, ML_FORMAT_SVG, theme, 1, NULL);
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, document, NULL);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    if (!g_markup_parse_context_parse(context, text, (gssize)size, &error) ||
        !g_markup_parse_context_end_parse(context, &error))
        fail_msg("%s", error->message);
}

static guint
count_items(const MlScene *scene, MlItemKind kind)
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++)
        if (ml_scene_item(scene, i)->kind == kind && ml_scene_shows(scene, ml_scene_item(scene, i)))
            n++;
    return n;
}

static void
assert_good_document(const MlScene *scene, const MlTheme *theme)
{
    g_auto(Document) document = { 0 };
    read_document(&document, scene, theme);
    assert_true(document.has_role);
    assert_string_equal(document.title, scene->title);
    assert_string_equal(document.description, scene->description);
    assert_int_equal(document.n_texts, count_items(scene, ML_ITEM_TEXT));
    assert_int_equal(document.n_same_ids, 0);
    for (guint i = 0; i < document.references->len; i++)
        assert_true(g_hash_table_contains(document.ids, g_ptr_array_index(document.references, i)));
}

static MlScene *
boxed_scene(guint64 n, gboolean bare, const MlDiagramSettings *settings)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = n, .bare = bare });
    return ml_diagram_scene(ml_diagram_find("boxed-array", NULL), &fake.facts, settings, NULL);
}

static void
documents_of_all_kinds_are_whole(void **state)
{
    static const guint64 sizes[] = { 0, 1, 2, 3, 5, 1000000 };
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_auto(FakeLedgers) fake = { 0 };
        fake_ledgers_init(&fake, sizes[s], FALSE, sizes[s] > 0 ? -4096 : 0);
        g_autoptr(MlScene) ledger =
            ml_diagram_scene(ml_diagram_find("ledger", NULL), &fake.facts, NULL, NULL);
        g_autoptr(MlScene) boxed = boxed_scene(sizes[s], FALSE, NULL);
        g_autoptr(MlScene) bare = boxed_scene(sizes[s], TRUE, NULL);
        for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++) {
            assert_good_document(ledger, *theme);
            assert_good_document(boxed, *theme);
            assert_good_document(bare, *theme);
        }
    }
}

static void
a_block_says_what_it_is_and_its_cells_their_bytes(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, NULL);
    g_auto(Document) document = { 0 };
    read_document(&document, scene, ml_themes()[0]);
    assert_int_equal(document.n_group_titles, 1 + 3);
    assert_near(document.data_bytes, 32 + 3 * 32, 0.001);
}

static char *
render(const MlScene *scene, const MlTheme *theme)
{
    g_autoptr(GBytes) bytes = ml_diagram_render(scene, ML_FORMAT_SVG, theme, 1, NULL);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    return g_strndup(text, size);
}

static void
themes_for_light_paper_follow_the_viewer(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, NULL);
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++) {
        g_autofree char *svg = render(scene, *theme);
        gboolean follows = strstr(svg, "prefers-color-scheme:dark") != NULL;
        gboolean is_light = (*theme)->colour[ML_INK_TEXT] == ml_themes()[0]->colour[ML_INK_TEXT];
        assert_int_equal(follows, is_light);
    }
}

static void
a_transparent_picture_has_no_background(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, NULL);
    g_autofree char *opaque = render(scene, ml_theme_find("light", NULL));
    g_autofree char *transparent = render(scene, ml_theme_find("transparent", NULL));
    assert_non_null(strstr(opaque, "class=\"f-background\""));
    assert_null(strstr(transparent, "class=\"f-background\""));
}

static void
an_editable_picture_leaves_letters_their_width(void **state)
{
    MlDiagramSettings settings = { .letters = ML_LETTERS_EDITABLE };
    g_autoptr(MlScene) fixed = boxed_scene(3, FALSE, NULL);
    g_autoptr(MlScene) editable = boxed_scene(3, FALSE, &settings);
    g_autofree char *fixed_svg = render(fixed, ml_themes()[0]);
    g_autofree char *editable_svg = render(editable, ml_themes()[0]);
    assert_non_null(strstr(fixed_svg, "textLength"));
    assert_null(strstr(editable_svg, "textLength"));
}

static void
two_pictures_in_one_page_share_no_id(void **state)
{
    g_autoptr(MlScene) three = boxed_scene(3, FALSE, NULL);
    g_autoptr(MlScene) five = boxed_scene(5, FALSE, NULL);
    g_auto(Document) a = { 0 };
    g_auto(Document) b = { 0 };
    read_document(&a, three, ml_themes()[0]);
    read_document(&b, five, ml_themes()[0]);
    GHashTableIter iterator;
    gpointer id;
    g_hash_table_iter_init(&iterator, a.ids);
    while (g_hash_table_iter_next(&iterator, &id, NULL))
        assert_false(g_hash_table_contains(b.ids, id));
}

static void
what_xml_cannot_hold_is_replaced(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, NULL);
    ml_scene_text(scene,
        (MlPoint){ 100, 100 },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_TEXT,
        "<a & \x01 \"b\">");
    g_auto(Document) document = { 0 };
    read_document(&document, scene, ml_themes()[0]);
    g_autofree char *svg = render(scene, ml_themes()[0]);
    assert_non_null(strstr(svg, "&lt;a &amp; ? &quot;b&quot;&gt;"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_of_all_kinds_are_whole),
        cmocka_unit_test(a_block_says_what_it_is_and_its_cells_their_bytes),
        cmocka_unit_test(themes_for_light_paper_follow_the_viewer),
        cmocka_unit_test(a_transparent_picture_has_no_background),
        cmocka_unit_test(an_editable_picture_leaves_letters_their_width),
        cmocka_unit_test(two_pictures_in_one_page_share_no_id),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
