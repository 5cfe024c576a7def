/* Pictures that are built up: each frame is the one before it, and something more. */
#include "ml_test.h"

#include <string.h>

#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram/frames.h"
#include "diagram_facts.h"
#include "made_facts.h"

static MlScene *
boxed_scene(guint64 n, const MlDiagramSettings *settings)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = n });
    return ml_diagram_scene(ml_diagram_find("boxed-array", NULL), &fake.facts, settings, NULL);
}

static MlScene *
list_scene(guint64 n)
{
    g_autoptr(MlWalk) walk = ml_test_walk("linked-list", n);
    g_autoptr(MlLedger) ledger = ml_test_walk_ledger("linked-list", walk);
    const MlLedger *ledgers[] = { ledger };
    MlDiagramFacts facts = { .walk = walk, .n_ledgers = 1, .ledgers = ledgers };
    return ml_diagram_scene(ml_diagram_find("linked-list", NULL), &facts, NULL, NULL);
}

static MlScene *
ledger_scene(void)
{
    g_auto(FakeLedgers) fake = { 0 };
    fake_ledgers_init(&fake, 1000, FALSE, 0);
    return ml_diagram_scene(ml_diagram_find("ledger", NULL), &fake.facts, NULL, NULL);
}

static char *
svg_of(MlScene *scene, guint frame)
{
    ml_frames_show(scene, frame);
    g_autoptr(GBytes) bytes = ml_diagram_render(scene, ML_FORMAT_SVG, ml_themes()[0], 1, NULL);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    return g_strndup(text, size);
}

/* --- what a frame shows ----------------------------------------------------------------------- */

static void
assert_news(MlScene *scene, const char *const *expected)
{
    guint n = g_strv_length((char **)(guintptr)expected);
    assert_int_equal(ml_frames_count(scene), n);
    for (guint i = 0; i < n; i++)
        assert_string_equal(ml_frames_news(scene, i + 1), expected[i]);
}

static void
one_step_comes_with_each_frame(void **state)
{
    g_autoptr(MlScene) boxed = boxed_scene(1000000, NULL);
    g_autoptr(MlScene) list = list_scene(1000);
    g_autoptr(MlScene) ledger = ledger_scene();
    assert_news(boxed,
        (const char *const[]){
            "the pointer array", "the first int object", "the rest", "the sum", NULL });
    assert_news(list,
        (const char *const[]){ "the first node", "the next node", "the rest", "the sum", NULL });
    assert_news(ledger,
        (const char *const[]){ "packed array",
            "linked list",
            "doubly linked list",
            "boxed array",
            "chained hash table",
            "compact dict",
            "the finding",
            NULL });
}

static void
few_elements_need_few_frames(void **state)
{
    g_autoptr(MlScene) none = boxed_scene(0, NULL);
    g_autoptr(MlScene) one = boxed_scene(1, NULL);
    assert_news(none, (const char *const[]){ "the picture", "the sum", NULL });
    assert_news(
        one, (const char *const[]){ "the pointer array", "the first int object", "the sum", NULL });
}

static guint
count_shown(const MlScene *scene, gboolean (*is_wanted)(const MlItem *item))
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (ml_scene_shows(scene, item) && is_wanted(item))
            n++;
    }
    return n;
}

static gboolean
is_arrow(const MlItem *item)
{
    return item->kind == ML_ITEM_PATH && item->path.is_arrow;
}

static gboolean
is_data(const MlItem *item)
{
    return item->kind == ML_ITEM_CELL && item->cell.role == ML_ROLE_DATA && item->cell.bytes > 0;
}

static void
an_arrow_comes_with_what_it_points_to(void **state)
{
    static const guint arrows[] = { 0, 1, 5, 5 };
    g_autoptr(MlScene) scene = boxed_scene(1000000, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(arrows); i++) {
        ml_frames_show(scene, i + 1);
        assert_int_equal(count_shown(scene, is_arrow), arrows[i]);
        assert_int_equal(count_shown(scene, is_data), arrows[i]);
    }
}

/* --- the same picture, built up --------------------------------------------------------------- */

static void
the_last_frame_is_the_whole_picture_to_the_byte(void **state)
{
    static const MlFormat formats[] = { ML_FORMAT_SVG, ML_FORMAT_PNG, ML_FORMAT_PDF };
    g_autoptr(MlScene) whole = boxed_scene(1000000, NULL);
    g_autoptr(MlScene) frames = boxed_scene(1000000, NULL);
    guint n = ml_frames_count(frames);
    for (guint f = 0; f < G_N_ELEMENTS(formats); f++) {
        g_autoptr(GBytes) expected =
            ml_diagram_render(whole, formats[f], ml_themes()[0], 0.25, NULL);
        for (guint frame = 1; frame <= n; frame++) {
            ml_frames_show(frames, frame);
            g_autoptr(GBytes) bytes =
                ml_diagram_render(frames, formats[f], ml_themes()[0], 0.25, NULL);
            assert_int_equal(g_bytes_equal(bytes, expected), frame == n);
        }
    }
}

/* The lines of the picture itself, ids aside: they hang on what is shown.  Returns: of char *. */
static GHashTable *
drawn_lines(MlScene *scene, guint frame)
{
    GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *svg = svg_of(scene, frame);
    g_auto(GStrv) parts = g_strsplit(strstr(svg, "</defs>"), "\n", -1);
    for (guint i = 1; parts[i] != NULL; i++)
        if (strstr(parts[i], "url(#") == NULL && strstr(parts[i], " id=") == NULL)
            g_hash_table_add(lines, g_strdup(parts[i]));
    return lines;
}

/* Lines of @a that @b lacks. */
static guint
count_lost(GHashTable *a, GHashTable *b)
{
    guint lost = 0;
    GHashTableIter iterator;
    gpointer line;
    g_hash_table_iter_init(&iterator, a);
    while (g_hash_table_iter_next(&iterator, &line, NULL))
        if (!g_hash_table_contains(b, line))
            lost++;
    return lost;
}

/* Nothing moves and nothing goes, but the plain title, which the finding takes the place of. */
static void
a_frame_is_the_one_before_it_and_more(void **state)
{
    MlScene *scenes[] = {
        boxed_scene(1000000, NULL), list_scene(1000), list_scene(3), ledger_scene()
    };
    for (guint s = 0; s < G_N_ELEMENTS(scenes); s++) {
        guint n = ml_frames_count(scenes[s]);
        for (guint frame = 2; frame <= n; frame++) {
            g_autoptr(GHashTable) before = drawn_lines(scenes[s], frame - 1);
            g_autoptr(GHashTable) now = drawn_lines(scenes[s], frame);
            assert_int_equal(count_lost(before, now), frame == n ? 1 : 0);
            assert_true(g_hash_table_size(now) >= g_hash_table_size(before));
            assert_true(count_lost(now, before) > 0);
        }
        ml_scene_free(scenes[s]);
    }
}

/* --- words ------------------------------------------------------------------------------------ */

static void
the_finding_comes_last(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(1000000, NULL);
    g_autofree char *first = svg_of(scene, 1);
    assert_string_equal(ml_frames_title(scene), "Boxed array");
    assert_null(strstr(first, "five times"));
    assert_non_null(strstr(first,
        "Boxed array. Step 1 of 4 of a picture that is built up; so far: the pointer array."));
    g_autofree char *third = svg_of(scene, 3);
    assert_null(strstr(third, "five times"));
    assert_non_null(strstr(third, "the pointer array, the first int object, the rest."));
    g_autofree char *last = svg_of(scene, 4);
    assert_string_equal(ml_frames_title(scene), "A boxed array takes five times its data");
    assert_null(strstr(last, "Boxed array"));
    assert_null(strstr(last, "Step "));
}

static void
a_title_that_is_wanted_stands_in_every_frame(void **state)
{
    MlDiagramSettings settings = { .title = "Where is it?" };
    g_autoptr(MlScene) scene = boxed_scene(1000000, &settings);
    for (guint frame = 1; frame <= ml_frames_count(scene); frame++) {
        g_autofree char *svg = svg_of(scene, frame);
        assert_string_equal(ml_frames_title(scene), "Where is it?");
        assert_non_null(strstr(svg, ">Where is it?</text>"));
    }
}

/* --- checks that bite ------------------------------------------------------------------------- */

static void
assert_found(MlScene *scene, guint frame, const char *complaint)
{
    ml_frames_show(scene, frame);
    g_autoptr(GPtrArray) complaints = ml_scene_check(scene, NULL);
    g_ptr_array_add(complaints, NULL);
    g_autofree char *all = g_strjoinv("\n", (char **)complaints->pdata);
    if (strstr(all, complaint) == NULL)
        fail_msg("expected \"%s\", got \"%s\"", complaint, all);
}

static MlItem *
find(MlScene *scene, gboolean (*is_wanted)(const MlItem *item))
{
    for (guint i = 0; i < scene->items->len; i++)
        if (is_wanted(ml_scene_item(scene, i)))
            return scene->items->pdata[i];
    g_error("there is nothing to break");
}

static gboolean
is_slot(const MlItem *item)
{
    return item->kind == ML_ITEM_CELL && item->cell.role == ML_ROLE_POINTER;
}

static void
a_thing_that_comes_too_early_or_too_late_is_found(void **state)
{
    g_autoptr(MlScene) early = boxed_scene(1000000, NULL);
    find(early, is_arrow)->step = ML_STEP_FIRST;
    assert_found(early, 1, "which is not drawn");
    g_autoptr(MlScene) late = boxed_scene(1000000, NULL);
    find(late, is_arrow)->step = ML_STEP_LAST;
    assert_found(late, 3, "a pointer to a drawn block has 0 arrows to it");
    g_autoptr(MlScene) hanging = boxed_scene(1000000, NULL);
    find(hanging, is_slot)->step = ML_STEP_LAST;
    assert_found(hanging, 2, "an arrow begins outside the cells");
}

static void
a_sum_is_checked_where_it_is_shown(void **state)
{
    g_autoptr(MlScene) scene = boxed_scene(1000000, NULL);
    find(scene, is_data)->cell.bytes += 8;
    ml_frames_show(scene, 1);
    g_autoptr(GPtrArray) none = ml_scene_check(scene, NULL);
    assert_int_equal(none->len, 0);
    assert_found(scene, ml_frames_count(scene), "the cells add up to 16");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_step_comes_with_each_frame),
        cmocka_unit_test(few_elements_need_few_frames),
        cmocka_unit_test(an_arrow_comes_with_what_it_points_to),
        cmocka_unit_test(the_last_frame_is_the_whole_picture_to_the_byte),
        cmocka_unit_test(a_frame_is_the_one_before_it_and_more),
        cmocka_unit_test(the_finding_comes_last),
        cmocka_unit_test(a_title_that_is_wanted_stands_in_every_frame),
        cmocka_unit_test(a_thing_that_comes_too_early_or_too_late_is_found),
        cmocka_unit_test(a_sum_is_checked_where_it_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
