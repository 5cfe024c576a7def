/* The pictures in characters and in words. */
#include "ml_test.h"

#include <string.h>

#include "base/bar.h"
#include "diagram/canvas.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"

static char *
draw(const FakeBoxed *boxed, gboolean ascii, int columns)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, boxed);
    const MlDiagramKind *kind = ml_diagram_find("boxed-array", NULL);
    g_autofree char *styled = kind->terminal(&fake.facts, ascii, columns);
    return ml_text_plain(styled);
}

static void
a_bar_is_as_many_glyphs_in_the_roles_style(void **state)
{
    g_autofree char *data = ml_bar(ML_ROLE_DATA, 3, FALSE);
    g_autofree char *ascii = ml_bar(ML_ROLE_INDEX, 2, TRUE);
    g_autofree char *none = ml_bar(ML_ROLE_DATA, 0, FALSE);
    g_autofree char *expected = ml_text_styled(ML_STYLE_ROLE + ML_ROLE_DATA, "███");
    g_autofree char *plain = ml_text_plain(ascii);
    assert_string_equal(data, expected);
    assert_string_equal(plain, "==");
    assert_string_equal(none, "");
}

static void
glyphs_of_roles_differ(void **state)
{
    for (int ascii = 0; ascii <= 1; ascii++)
        for (int a = 0; a < ML_N_ROLES; a++) {
            assert_int_equal(ml_text_width(ml_bar_glyph((MlRole)a, ascii)), 1);
            for (int b = 0; b < a; b++)
                assert_string_not_equal(
                    ml_bar_glyph((MlRole)a, ascii), ml_bar_glyph((MlRole)b, ascii));
        }
}

static void
lines_join_where_they_meet(void **state)
{
    g_autoptr(MlCanvas) canvas = ml_canvas_new(7, 3);
    ml_canvas_box(canvas, 0, 0, 3, 2);
    ml_canvas_box(canvas, 3, 0, 6, 2);
    ml_canvas_line(canvas, 0, 1, 6, 1);
    g_autofree char *unicode = ml_canvas_to_text(canvas, FALSE);
    g_autofree char *ascii = ml_canvas_to_text(canvas, TRUE);
    assert_string_equal(unicode, "┌──┬──┐\n├──┼──┤\n└──┴──┘\n");
    assert_string_equal(ascii, "+--+--+\n+--+--+\n+--+--+\n");
}

static void
text_lies_over_lines_and_nothing_leaves_the_canvas(void **state)
{
    g_autoptr(MlCanvas) canvas = ml_canvas_new(6, 1);
    ml_canvas_line(canvas, 0, 0, 9, 0);
    ml_canvas_text(canvas, 2, 0, "ab", ML_STYLE_BOLD);
    ml_canvas_text(canvas, -1, 0, "xy", ML_CANVAS_PLAIN);
    ml_canvas_text(canvas, 0, 5, "below", ML_CANVAS_PLAIN);
    g_autofree char *bold = ml_text_styled(ML_STYLE_BOLD, "ab");
    g_autofree char *expected = g_strconcat("y─", bold, "──\n", NULL);
    g_autofree char *text = ml_canvas_to_text(canvas, FALSE);
    assert_string_equal(text, expected);
}

static void
a_million_boxes_stand_in_eighty_columns(void **state)
{
    g_autofree char *picture = draw(&(FakeBoxed){ .n = 1000000 }, FALSE, 80);
    assert_string_equal(picture,
        "      ┌────────┬────────┬───                    ───┬────────┐\n"
        " a[]  │ …2a0 • │ …2c0 • │           ...            │ …a80 • │  8 B per element\n"
        "      └──────┼─┴──────┼─┴───                    ───┴──────┼─┘\n"
        "         ┌───┘        └───────┐                           └─┐\n"
        "         v                    v                             v\n"
        "   ┌────┬────┬────┬────┐┌────┬────┬────┬────┐         ┌────┬────┬────┬────┐\n"
        "   │ 32 │  1 │ int│  0 ││ 32 │  1 │ int│  1 │   ...   │ 32 │  1 │ int│…999│\n"
        "   └────┴────┴────┴────┘└────┴────┴────┴────┘         └────┴────┴────┴────┘\n"
        "    size refs type value    32 B each; the blocks touch\n"
        "    \\\\\\\\ //// //// ████     3 of 1 000 000 elements shown\n"
        "\n"
        "   40 B  =  ████ 8 data  +  ▒▒▒▒ 8 pointers  +  //// 16 object header\n"
        "         +  \\\\\\\\ 8 malloc's own\n"
        "   per element, measured\n");
}

static void
blocks_that_do_not_touch_are_drawn_apart(void **state)
{
    g_autofree char *picture = draw(&(FakeBoxed){ .n = 2, .scattered = TRUE }, TRUE, 80);
    assert_non_null(strstr(picture, "| 32 |  1 | int|  0 |  | 32 |  1 | int|  1 |\n"));
    assert_null(strstr(picture, "touch"));
}

static void
malloc_rounding_is_a_cell_of_its_own(void **state)
{
    g_autofree char *picture = draw(&(FakeBoxed){ .n = 1, .bare = TRUE }, TRUE, 80);
    assert_non_null(strstr(picture, "| 32 |  0  |16 B|\n"));
    assert_non_null(strstr(picture, " size value round"));
}

static void
pictures_keep_to_their_columns_and_to_ascii(void **state)
{
    static const guint64 sizes[] = { 0, 1, 2, 3, 5, 6, 1000000 };
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (int bare = 0; bare <= 1; bare++)
            for (int classes = 0; classes <= 1; classes++)
                for (int columns = 30; columns <= 160; columns += 5) {
                    FakeBoxed boxed = { .n = sizes[s], .bare = bare, .classes = classes };
                    g_autofree char *picture = draw(&boxed, TRUE, columns);
                    g_auto(GStrv) lines = g_strsplit(picture, "\n", -1);
                    for (guint i = 0; lines[i] != NULL; i++)
                        assert_true(ml_text_width(lines[i]) <= columns);
                    if (sizes[s] > 0 && columns >= 40)
                        assert_true(g_str_is_ascii(picture));
                }
}

static void
fewer_columns_show_fewer_boxes(void **state)
{
    static const struct {
        int columns;
        const char *shown;
    } rows[] = { { 120, "5 of" }, { 100, "4 of" }, { 80, "3 of" }, { 60, "2 of" } };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *picture = draw(&(FakeBoxed){ .n = 1000000 }, FALSE, rows[i].columns);
        assert_non_null(strstr(picture, rows[i].shown));
    }
}

/* As ledger and model-measured draw them: @n elements, each ledger with so much unexplained. */
static char *
draw_bars(const char *kind, guint64 n, gint64 unexplained, guint n_ledgers, int columns)
{
    g_auto(FakeLedgers) fake = { 0 };
    fake_ledgers_init(&fake, n, FALSE, unexplained);
    fake.facts.n_ledgers = n_ledgers;
    g_autofree char *styled = ml_diagram_find(kind, NULL)->terminal(&fake.facts, TRUE, columns);
    return ml_text_plain(styled);
}

static void
a_bar_has_the_length_of_its_bytes(void **state)
{
    g_autofree char *picture = draw_bars("ledger", 1000000, 0, 2, 44);
    assert_string_equal(picture,
        "A linked list takes four times a packed\n"
        "array\n"
        "bytes per element at n = 1 000 000,\n"
        "measured; factors over the packed array\n"
        "\n"
        "packed array  int64_t a[n]\n"
        "######## 8 B  0\n"
        "\n"
        "linked list  { next, value }\n"
        "########::::::::\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\ 32 B  4x  0\n"
        "\n"
        "  ## data   :: pointers   \\\\ malloc's own\n");
}

/* The model's bar is as long as what it says; the one below ends where the process did. */
static void
what_was_measured_stands_below_what_was_said(void **state)
{
    static const struct {
        gint64 unexplained; /* a quarter of 8 B for each of a million elements */
        const char *bars;
    } rows[] = {
        { 0, "######## 8 B  0\n--------\n" },
        { 2000000, "######## 10 B  +2\n--------??\n" },
        { -2000000, "######## 6 B  -2\n------\n" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        int columns = rows[i].unexplained > 0 ? 10 + 1 + 8 : 8 + 1 + (i == 0 ? 6 : 7);
        g_autofree char *picture =
            draw_bars("model-measured", 1000000, rows[i].unexplained, 1, columns);
        if (strstr(picture, rows[i].bars) == NULL)
            fail_msg("no %s in %s", rows[i].bars, picture);
    }
}

static void
bars_keep_to_their_columns_and_to_ascii(void **state)
{
    static const char *const kinds[] = { "ledger", "model-measured" };
    static const guint64 sizes[] = { 0, 1, 3, 1000, 1000000 };
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
            for (int columns = 40; columns <= 160; columns += 8) {
                g_autofree char *picture =
                    draw_bars(kinds[k], sizes[s], -4096, FAKE_LEDGERS, columns);
                g_auto(GStrv) lines = g_strsplit(picture, "\n", -1);
                for (guint i = 0; lines[i] != NULL; i++)
                    assert_true(ml_text_width(lines[i]) <= columns);
                assert_true(g_str_is_ascii(picture));
            }
}

static void
where_no_box_fits_words_stand_in(void **state)
{
    g_autofree char *words = draw(&(FakeBoxed){ .n = 1000000 }, FALSE, 20);
    assert_true(g_str_has_prefix(words, "A boxed array takes\n"));
}

static void
a_picture_can_be_read_aloud(void **state)
{
    g_auto(FakeFacts) boxed = { 0 };
    g_auto(FakeLedgers) ledgers = { 0 };
    fake_facts_init(&boxed, &(FakeBoxed){ .n = 5, .model = TRUE });
    fake_ledgers_init(&ledgers, 1000000, FALSE, 0);
    ledgers.facts.n_ledgers = 2;
    g_autofree char *of_boxes = ml_diagram_find("boxed-array", NULL)->describe(&boxed.facts);
    g_autofree char *of_bars = ml_diagram_find("ledger", NULL)->describe(&ledgers.facts);
    assert_string_equal(of_boxes,
        "A boxed array of 5 integers takes 208 B. One block of 40 B holds 5 pointers of 8 B "
        "(pointer array). Each leads to a block of its own (int object): 24 B asked for, 32 B "
        "taken, in bytes 8 size, 8 refs, 8 type, 8 value. The first blocks touch. 208 B (5 "
        "elements, model) = 40 data + 40 pointers + 80 object header + 48 malloc's own.");
    assert_string_equal(of_bars,
        "A linked list takes four times a packed array. Bars: bytes per element at n = "
        "1\u202f000\u202f000, measured. packed array (int64_t a[n]): 8 B = 8 data, unexplained ±0. "
        "linked list ({ next, value }): 32 B = 8 data + 8 pointers + 16 malloc's own, unexplained "
        "±0.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_is_as_many_glyphs_in_the_roles_style),
        cmocka_unit_test(glyphs_of_roles_differ),
        cmocka_unit_test(lines_join_where_they_meet),
        cmocka_unit_test(text_lies_over_lines_and_nothing_leaves_the_canvas),
        cmocka_unit_test(a_million_boxes_stand_in_eighty_columns),
        cmocka_unit_test(blocks_that_do_not_touch_are_drawn_apart),
        cmocka_unit_test(malloc_rounding_is_a_cell_of_its_own),
        cmocka_unit_test(pictures_keep_to_their_columns_and_to_ascii),
        cmocka_unit_test(fewer_columns_show_fewer_boxes),
        cmocka_unit_test(a_bar_has_the_length_of_its_bytes),
        cmocka_unit_test(what_was_measured_stands_below_what_was_said),
        cmocka_unit_test(bars_keep_to_their_columns_and_to_ascii),
        cmocka_unit_test(where_no_box_fits_words_stand_in),
        cmocka_unit_test(a_picture_can_be_read_aloud),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
