/* The SVG documents, read as a reader of XML does; that the checks bite is shown by faults put into
 * one. */
#include "ml_test.h"

#include <string.h>

#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "svg_document.h"

static void
assert_good_document(const MlScene *scene, const MlTheme *theme)
{
    g_auto(SvgDocument) document = { 0 };
    svg_document_read(&document, scene, theme);
    g_autofree char *complaint = svg_document_complaint(&document, scene);
    if (complaint != NULL)
        fail_msg("%s, %s: %s", scene->id, theme->name, complaint);
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
    g_auto(SvgDocument) document = { 0 };
    svg_document_read(&document, scene, ml_themes()[0]);
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

/* As LibreOffice 7.4 reads style sheets, a media query is no condition: each rule in it has to be
 * one that it does not understand. */
static void
no_rule_of_the_dark_theme_is_a_plain_selector(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, NULL);
    g_autofree char *svg = render(scene, ml_themes()[0]);
    const char *from = strstr(svg, "prefers-color-scheme:dark");
    assert_non_null(from);
    g_autofree char *style = g_strndup(from, (gsize)(strstr(from, "</style>") - from));
    g_auto(GStrv) rules = g_strsplit(strchr(style, '{') + 1, "}", -1);
    guint n_rules = 0;
    for (guint i = 0; rules[i] != NULL && rules[i][0] != '\0'; i++, n_rules++)
        assert_non_null(strstr(rules[i], ":not(.light) ."));
    assert_true(n_rules > 10);
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

/* --- outlines --------------------------------------------------------------------------------- */

static void
outlines_are_no_text_and_say_what_they_are(void **state)
{
    MlDiagramSettings settings = { .letters = ML_LETTERS_OUTLINES };
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++) {
        g_autoptr(MlScene) scene = boxed_scene(1000000, FALSE, &settings);
        assert_good_document(scene, *theme);
        g_autofree char *svg = render(scene, *theme);
        assert_null(strstr(svg, "<text"));
        assert_null(strstr(svg, "font-family"));
        assert_non_null(strstr(svg, "aria-label=\"24 B asked for\""));
    }
}

static void
the_same_outlines_are_the_same_bytes_whatever_was_drawn_before(void **state)
{
    MlDiagramSettings settings = { .letters = ML_LETTERS_OUTLINES };
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, &settings);
    g_autoptr(MlScene) other = boxed_scene(5, TRUE, &settings);
    g_autofree char *first = render(scene, ml_themes()[0]);
    g_autofree char *between = render(other, ml_themes()[0]);
    g_autofree char *second = render(scene, ml_themes()[0]);
    assert_string_equal(first, second);
    assert_string_not_equal(first, between);
}

/* A glyph that stands twice is defined once. */
static void
each_glyph_is_defined_once(void **state)
{
    MlDiagramSettings settings = { .letters = ML_LETTERS_OUTLINES };
    g_autoptr(MlScene) scene = boxed_scene(1000000, FALSE, &settings);
    g_autofree char *svg = render(scene, ml_themes()[0]);
    g_auto(GStrv) definitions = g_strsplit(svg, "<path id=", -1);
    g_auto(GStrv) uses = g_strsplit(svg, "<use ", -1);
    guint n_definitions = g_strv_length(definitions) - 1;
    g_autoptr(GHashTable) outlines = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 1; i <= n_definitions; i++)
        g_hash_table_add(outlines, strchr(definitions[i], ' '));
    assert_in_range(n_definitions, 50, 200);
    assert_true(g_strv_length(uses) > 2 * n_definitions);
    assert_true(g_hash_table_size(outlines) + 10 > n_definitions); /* blanks look alike */
}

/* --- faults ----------------------------------------------------------------------------------- */

static void
replace(char **svg, const char *what, const char *with)
{
    GString *text = g_string_new(*svg);
    if (g_string_replace(text, what, with, 1) != 1)
        fail_msg("there is no %s to be replaced", what);
    g_free(*svg);
    *svg = g_string_free(text, FALSE);
}

static void
a_fault_in_a_document_is_found(void **state)
{
    static const struct {
        const char *what, *with, *complaint;
    } faults[] = {
        { " role=\"img\"", "", "no role" },
        { "</title>", "!</title>", "the title is " },
        { "</desc>", "!</desc>", "the description is " },
        { " xml:lang=\"en\"", "", "no language" },
        { "-array\">", "-title\">", "1 ids stand twice" },
        { "url(#", "url(#no-", "nothing is called 'no-" },
        { "<text ", "<g ", NULL }, /* no XML: the end is another */
        { "</g>", "<text/></g>", "texts" },
        { " textLength=", " textWidth=", "held to their width" },
    };
    g_autoptr(MlScene) scene = boxed_scene(3, FALSE, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_auto(SvgDocument) document = { 0 };
        g_autofree char *svg = render(scene, ml_themes()[0]);
        replace(&svg, faults[i].what, faults[i].with);
        gboolean is_xml = svg_document_parse(&document, svg, strlen(svg), NULL);
        assert_int_equal(is_xml, faults[i].complaint != NULL);
        if (!is_xml)
            continue;
        g_autofree char *complaint = svg_document_complaint(&document, scene);
        if (complaint == NULL || strstr(complaint, faults[i].complaint) == NULL)
            fail_msg("expected \"%s\", got \"%s\"", faults[i].complaint, complaint);
    }
}

/* --- any picture ------------------------------------------------------------------------------ */

static void
two_pictures_in_one_page_share_no_id(void **state)
{
    g_autoptr(MlScene) three = boxed_scene(3, FALSE, NULL);
    g_autoptr(MlScene) five = boxed_scene(5, FALSE, NULL);
    g_auto(SvgDocument) a = { 0 };
    g_auto(SvgDocument) b = { 0 };
    svg_document_read(&a, three, ml_themes()[0]);
    svg_document_read(&b, five, ml_themes()[0]);
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
    g_auto(SvgDocument) document = { 0 };
    svg_document_read(&document, scene, ml_themes()[0]);
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
        cmocka_unit_test(no_rule_of_the_dark_theme_is_a_plain_selector),
        cmocka_unit_test(an_editable_picture_leaves_letters_their_width),
        cmocka_unit_test(outlines_are_no_text_and_say_what_they_are),
        cmocka_unit_test(the_same_outlines_are_the_same_bytes_whatever_was_drawn_before),
        cmocka_unit_test(each_glyph_is_defined_once),
        cmocka_unit_test(a_fault_in_a_document_is_found),
        cmocka_unit_test(two_pictures_in_one_page_share_no_id),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
