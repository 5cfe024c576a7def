/* Tables in characters: every place a line, and to the right what is behind it. */
#include "ml_test.h"

#include <string.h>

#include "base/text.h"
#include "diagram/diagram.h"
#include "diagram/kinds/table_title.h"
#include "diagram/sketch_grid.h"
#include "made_facts.h"

static char *
draw(const char *kind, const char *spec, guint64 n, int columns)
{
    g_autoptr(MlWalk) walk = ml_test_walk(spec, n);
    g_autoptr(MlLedger) ledger = ml_test_walk_ledger(spec, walk);
    const MlLedger *ledgers[] = { ledger };
    MlDiagramFacts facts = { .walk = walk, .n_ledgers = 1, .ledgers = ledgers };
    g_autofree char *styled = ml_diagram_find(kind, NULL)->terminal(&facts, FALSE, columns);
    return ml_text_plain(styled);
}

/* Stored hashes are shown by as many digits as addresses need: here each becomes "…#". */
static char *
without_hashes(const char *picture)
{
    g_autoptr(GRegex) hash = g_regex_new("…[0-9a-f]+", 0, 0, NULL);
    return g_regex_replace_literal(hash, picture, -1, 0, "…#", 0, NULL);
}

static void
assert_begins(const char *picture, const char *expected)
{
    g_autofree char *plain = without_hashes(picture);
    if (!g_str_has_prefix(plain, expected))
        fail_msg("expected\n%s\ngot\n%s", expected, plain);
}

static guint
count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what))
        n++;
    return n;
}

static void
an_open_table_shows_used_and_empty_slots(void **state)
{
    g_autofree char *picture = draw("hash-open", "open-table", 2, 80);
    assert_non_null(strstr(picture, "slot array: 16 of 24 B\n"));
    assert_non_null(strstr(picture, "  [0] │░░░░"));
    assert_non_null(strstr(picture, " │ 0 │ 0 │\n"));
    assert_non_null(strstr(picture, " │ 1 │ 1 │\n"));
    assert_non_null(strstr(picture, "slot array:  ≡ hash  █ key  █ value\n"));
    assert_non_null(strstr(picture, "... 5 more\n"));
}

static void
a_chain_runs_down_from_its_bucket(void **state)
{
    g_autofree char *picture = draw("hash-chained", "chained-table", 3, 80);
    assert_non_null(strstr(picture, "bucket array: 16 of 8 B\n"));
    assert_non_null(strstr(picture, "│  •──┼───┼───>│ / │ …"));
    assert_int_equal(count(picture, ">"), 3); /* a bucket's arrow to each of the three nodes */
    assert_non_null(strstr(picture, "node:  \\ size  ▒ next  ≡ hash  █ key  █ value  \\ round\n"));
}

/* Of 200 nodes in 256 buckets some share one: each link has its tip. */
static void
each_link_of_a_chain_has_a_tip(void **state)
{
    g_autofree char *picture = draw("hash-chained", "chained-table", 200, 80);
    guint n_nodes = count(picture, "│ 8 B │\n");
    assert_true(n_nodes > 2);
    assert_int_equal(count(picture, ">") + count(picture, "v\n"), n_nodes);
}

static void
a_dict_leads_from_its_index_to_entries_and_objects(void **state)
{
    g_autofree char *picture = draw("dict-compact", "compact-dict:keys=string,values=boxed", 2, 80);
    assert_begins(picture, "   index table      ┌─");
    assert_non_null(strstr(picture, "\"key: 0\""));
    assert_non_null(strstr(picture, "│ int │ 1 │\n"));
    assert_int_equal(count(picture, ">"), 2 + 4); /* two slots, two keys, two values */
}

static void
fewer_columns_leave_out_headers_first(void **state)
{
    const char *spec = "open-table:keys=string,values=boxed";
    g_autofree char *wide = draw("hash-open", spec, 2, 80);
    g_autofree char *narrow = draw("hash-open", spec, 2, 40);
    g_autofree char *words = draw("hash-open", spec, 2, 39);
    assert_non_null(strstr(wide, "│ str │"));
    assert_null(strstr(narrow, "str"));
    assert_non_null(strstr(narrow, "\"key: 0\""));
    assert_true(g_str_has_prefix(words, "An open hash table of 2 entries takes"));
}

static void
arrays_beside_each_other_are_one_table(void **state)
{
    g_autofree char *picture = draw("hash-open", "ghashtable", 6, 80);
    assert_non_null(strstr(picture, "8 slots, in an array for each of these\n"));
    assert_non_null(strstr(picture, "slot:  ≡ hash  █ value  █ key\n"));
    assert_int_equal(count(picture, "░░│\n"), 2);
}

/* --- titles and columns ----------------------------------------------------------------------- */

static void
titles_say_where_the_bytes_go(void **state)
{
    static const struct {
        const char *kind, *spec;
        guint64 n;
        const char *title;
    } rows[] = {
        { "hash-open",
            "open-table",
            1000,
            "An open hash table is 51\u202f% empty: 3.1 times its data" },
        { "hash-open", "open-table", 3, "An open hash table of 3 entries takes 400 B" },
        { "hash-open", "ghashtable", 1000, "A GHashTable is 51\u202f% empty: 3.1 times its data" },
        { "hash-chained",
            "chained-table",
            1000,
            "A chained hash table: 48 B nodes, 3.5 times its data" },
        { "hash-chained",
            "chained-table:keys=string,values=boxed",
            1000,
            "A chained hash table: 3 blocks an entry, 8.6 times its data" },
        { "dict-compact",
            "compact-dict",
            1000,
            "A compact dict: 4.1 B of index an entry, 2.3 times its data" },
        { "dict-compact",
            "compact-dict:keys=string,values=boxed",
            1000,
            "A compact dict is 68\u202f% objects: 7.4 times its data" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(MlWalk) walk = ml_test_walk(rows[i].spec, rows[i].n);
        g_autoptr(MlLedger) ledger = ml_test_walk_ledger(rows[i].spec, walk);
        const MlLedger *ledgers[] = { ledger };
        MlDiagramFacts facts = { .walk = walk, .n_ledgers = 1, .ledgers = ledgers };
        g_autofree char *title = ml_table_title(&facts);
        assert_string_equal(title, rows[i].title);
    }
}

/* A thousand slots of integers: where the first column ends, a second one goes on. */
static void
slots_go_on_in_a_second_column(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("open-table", 1000);
    g_autoptr(MlLedger) ledger = ml_test_walk_ledger("open-table", walk);
    const MlLedger *ledgers[] = { ledger };
    MlDiagramFacts facts = { .walk = walk, .n_ledgers = 1, .ledgers = ledgers };
    g_autoptr(MlScene) scene =
        ml_diagram_scene(ml_diagram_find("hash-open", NULL), &facts, NULL, NULL);
    double left = 0;
    double right = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind != ML_ITEM_TEXT || item->text.string[0] != '[')
            continue;
        left = left == 0 ? item->text.at.x : left;
        right = MAX(right, item->text.at.x);
    }
    assert_true(left < scene->width / 2 && right > scene->width / 2);
}

static void
cells_stand_in_columns(void **state)
{
    MlBlockCell wide[] = {
        { .bytes = 8, .role = ML_ROLE_DATA, .name = "a", .label = (char *)(guintptr) "1000" },
        { .bytes = 8, .role = ML_ROLE_POINTER, .name = "b", .target = 1 }
    };
    MlBlockCell null[] = {
        { .bytes = 8, .role = ML_ROLE_DATA, .name = "a", .label = (char *)(guintptr) "1" },
        { .bytes = 8, .role = ML_ROLE_POINTER, .name = "b", .is_null = TRUE }
    };
    g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof *wide);
    g_autoptr(GArray) second = g_array_new(FALSE, FALSE, sizeof *null);
    g_array_append_vals(first, wide, G_N_ELEMENTS(wide));
    g_array_append_vals(second, null, G_N_ELEMENTS(null));
    MlSketchGrid grid = { .roles = ~0u, .padding = 1 };
    ml_sketch_grid_measure(&grid, first);
    ml_sketch_grid_measure(&grid, second);
    g_autoptr(MlCanvas) canvas = ml_canvas_new(20, 3);
    ml_sketch_grid_draw(&grid, canvas, first, 0, 0, 0);
    ml_sketch_grid_draw(&grid, canvas, second, 0, 1, 0);
    ml_sketch_grid_draw(&grid, canvas, second, 0, 2, 1u << 1);
    g_autofree char *styled = ml_canvas_to_text(canvas, FALSE);
    g_autofree char *plain = ml_text_plain(styled);
    assert_string_equal(plain, "│ 1000 │ • │\n│    1 │ / │\n│    1 │   │\n");
    assert_int_equal(ml_sketch_grid_columns(&grid), 12);
    assert_int_equal(ml_sketch_grid_middle(&grid, first, 1), 9);
    grid.roles = 1u << ML_ROLE_POINTER;
    assert_int_equal(ml_sketch_grid_x(&grid, first, 0), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_table_shows_used_and_empty_slots),
        cmocka_unit_test(a_chain_runs_down_from_its_bucket),
        cmocka_unit_test(each_link_of_a_chain_has_a_tip),
        cmocka_unit_test(a_dict_leads_from_its_index_to_entries_and_objects),
        cmocka_unit_test(fewer_columns_leave_out_headers_first),
        cmocka_unit_test(arrays_beside_each_other_are_one_table),
        cmocka_unit_test(titles_say_where_the_bytes_go),
        cmocka_unit_test(slots_go_on_in_a_second_column),
        cmocka_unit_test(cells_stand_in_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
