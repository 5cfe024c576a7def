/* How much room a picture has, and titles that do not fit it. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"

static void
sizes_go_by_name_or_by_pixels(void **state)
{
    MlSize size;
    assert_true(ml_size_parse("4:3", &size, NULL));
    assert_near(size.width / size.height, 4.0 / 3, 1e-9);
    assert_true(ml_size_parse("a4", &size, NULL));
    assert_near(size.width * size.points_per_px, 842, 1);
    assert_near(size.height * size.points_per_px, 595, 1);
    assert_true(ml_size_parse("1600x1200", &size, NULL));
    assert_near(size.width, 1600, 0);
    assert_near(size.height, 1200, 0);
}

static void
sizes_that_are_none_are_refused(void **state)
{
    static const char *const none[] = {
        "",
        "x",
        "16x9",
        "1600x",
        "x1200",
        "-1600x1200",
        "1600x1200x3",
        "1119x720",
        "1120x719",
        "99999x1080",
        "1e4x1e4",
        "4:3 ",
        "99999999999999999999x1080",
    };
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autoptr(GError) error = NULL;
        MlSize size = { .width = 1 };
        if (ml_size_parse(none[i], &size, &error))
            fail_msg("'%s' is taken for a size", none[i]);
        assert_int_equal(error->code, ML_ERROR_USAGE);
        assert_near(size.width, 1, 0);
    }
}

static void
large_things_never_take_the_room_a_layout_needs(void **state)
{
    for (guint r = 0; r < N_ROOMS; r++) {
        MlSize size;
        assert_true(ml_size_parse(rooms[r].size, &size, NULL));
        double zoom = ml_size_zoom_large(&size);
        assert_true(zoom >= 1 && zoom <= 1.5);
        assert_true(size.width / zoom >= ML_SIZE_LEAST_WIDTH - 1e-6);
        assert_true(size.height / zoom >= ML_SIZE_LEAST_HEIGHT - 1e-6);
    }
}

static guint
boxes_drawn(const Room *room)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 1000000 });
    MlSize size;
    assert_true(ml_size_parse(room->size, &size, NULL));
    MlDiagramSettings settings = { .size = &size, .large = room->large };
    const MlDiagramKind *kind = ml_diagram_find("boxed-array", NULL);
    g_autoptr(MlScene) scene = ml_diagram_scene(kind, &fake.facts, &settings, NULL);
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++)
        if (ml_scene_item(scene, i)->kind == ML_ITEM_PATH && ml_scene_item(scene, i)->path.is_arrow)
            n++;
    return n;
}

static void
more_room_shows_more(void **state)
{
    assert_true(boxes_drawn(&(Room){ "a4", FALSE }) > boxes_drawn(&(Room){ "16:9", FALSE }));
    assert_true(boxes_drawn(&(Room){ "16:9", FALSE }) > boxes_drawn(&(Room){ "4:3", FALSE }));
    assert_true(boxes_drawn(&(Room){ "16:9", FALSE }) > boxes_drawn(&(Room){ "16:9", TRUE }));
}

/* --- titles ----------------------------------------------------------------------------------- */

static MlScene *
titled(const char *title, const Room *room, GError **error)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 13 });
    MlSize size;
    assert_true(ml_size_parse(room->size, &size, NULL));
    MlDiagramSettings settings = { .size = &size, .large = room->large, .title = title };
    return ml_diagram_scene(ml_diagram_find("boxed-array", NULL), &fake.facts, &settings, error);
}

static void
any_title_fits_any_room(void **state)
{
    g_autofree char *one_word = g_strnfill(300, 'W');
    g_autoptr(GString) words = g_string_new(NULL);
    while (words->len < 300)
        g_string_append(words, "<b>what</b> & \x01 \"why\" ");
    const char *const titles[] = {
        "Short", one_word, words->str, "\t", "two  blanks ", "&amp;]]>"
    };
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
        for (guint r = 0; r < N_ROOMS; r++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(MlScene) scene = titled(titles[i], &rooms[r], &error);
            if (scene == NULL)
                fail_msg("'%s': %s", titles[i], error->message);
            g_autoptr(GPtrArray) complaints = ml_scene_check(scene, NULL);
            if (complaints->len > 0)
                fail_msg("'%s', %s: %s", titles[i], rooms[r].size, (char *)complaints->pdata[0]);
        }
}

static void
a_title_stands_in_place_of_the_finding(void **state)
{
    g_autoptr(MlScene) scene = titled("Why <five> times?", &rooms[0], NULL);
    assert_string_equal(scene->title, "Why <five> times?");
}

static void
a_title_that_cannot_be_set_is_refused(void **state)
{
    static const char *const none[] = { "", "  ", "\xf0\x9f\x8e\x89" };
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(titled(none[i], &rooms[0], &error));
        assert_int_equal(error->code, ML_ERROR_USAGE);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_go_by_name_or_by_pixels),
        cmocka_unit_test(sizes_that_are_none_are_refused),
        cmocka_unit_test(large_things_never_take_the_room_a_layout_needs),
        cmocka_unit_test(more_room_shows_more),
        cmocka_unit_test(any_title_fits_any_room),
        cmocka_unit_test(a_title_stands_in_place_of_the_finding),
        cmocka_unit_test(a_title_that_cannot_be_set_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
