/* What tables show in little room: something of what they hold, and so wide that it can be read. */
#include "ml_test.h"

#include <string.h>

#include "diagram/diagram.h"
#include "made_facts.h"

#define READABLE 7.0 /* px of a byte: "size" and "refs" fit above 8 */

typedef struct {
    MlWalk *walk;
    MlLedger *ledger;
    MlScene *scene;
} Picture;

static void
picture_clear(Picture *picture)
{
    g_clear_pointer(&picture->walk, ml_walk_free);
    g_clear_pointer(&picture->ledger, ml_ledger_free);
    g_clear_pointer(&picture->scene, ml_scene_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, picture_clear)

static void
draw(Picture *picture, const char *kind, const char *spec, guint64 n, MlDiagramSettings settings)
{
    g_autoptr(GError) error = NULL;
    picture->walk = ml_test_walk(spec, n);
    picture->ledger = ml_test_walk_ledger(spec, picture->walk);
    const MlLedger *ledgers[] = { picture->ledger };
    MlDiagramFacts facts = { .walk = picture->walk, .n_ledgers = 1, .ledgers = ledgers };
    picture->scene = ml_diagram_scene(ml_diagram_find(kind, NULL), &facts, &settings, &error);
    if (picture->scene == NULL)
        fail_msg("%s of %s: %s", kind, spec, error->message);
}

/* Of the byte map. */
static guint
count_cells(const MlScene *scene, MlRole role)
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        n += item->kind == ML_ITEM_CELL && item->view == ML_VIEW_BYTES && item->cell.bytes > 0 &&
             item->cell.role == role;
    }
    return n;
}

static gboolean
has_text(const MlScene *scene, const char *string)
{
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_TEXT && strcmp(item->text.string, string) == 0)
            return TRUE;
    }
    return FALSE;
}

static const struct {
    const char *kind, *spec;
} strings[] = {
    { "hash-chained", "chained-table:keys=string" },
    { "hash-chained", "chained-table:keys=string,values=boxed" },
    { "hash-chained", "chained-table:keys=string,values=string" },
    { "hash-open", "open-table:keys=string,values=boxed" },
    { "hash-open", "robin-hood-table:keys=string,values=string" },
    { "dict-compact", "compact-dict:keys=string,values=boxed" },
    { "dict-compact", "compact-dict:keys=string,values=string" },
};

static const guint64 sizes[] = { 1, 3, 17, 1000 };

/* Objects behind pointers are what takes the width: below one another they have it. */
static void
a_column_shows_strings_that_can_be_read(void **state)
{
    MlSize column;
    assert_true(ml_size_parse("column", &column, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
        for (guint k = 0; k < G_N_ELEMENTS(sizes); k++) {
            g_auto(Picture) picture = { 0 };
            MlDiagramSettings settings = { .size = &column };
            draw(&picture, strings[i].kind, strings[i].spec, sizes[k], settings);
            if (picture.scene->byte_width < READABLE)
                fail_msg("%s, n = %u: %.1f px",
                    strings[i].spec,
                    (guint)sizes[k],
                    picture.scene->byte_width);
            assert_true(has_text(picture.scene, "refs"));
            assert_true(count_cells(picture.scene, ML_ROLE_OBJECT_HEADER) > 0);
        }
}

/* However little of the slide a logical view leaves, and however large things are. */
static void
something_that_is_in_use_is_shown(void **state)
{
    MlSize narrow;
    assert_true(ml_size_parse("4:3", &narrow, NULL));
    const MlDiagramSettings rooms[] = {
        { .logical = TRUE },
        { .size = &narrow, .logical = TRUE },
        { .large = TRUE },
        { .size = &narrow, .large = TRUE },
    };
    for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
        for (guint k = 0; k < G_N_ELEMENTS(sizes); k++)
            for (guint r = 0; r < G_N_ELEMENTS(rooms); r++) {
                g_auto(Picture) picture = { 0 };
                draw(&picture, strings[i].kind, strings[i].spec, sizes[k], rooms[r]);
                if (count_cells(picture.scene, ML_ROLE_OBJECT_HEADER) == 0)
                    fail_msg("%s, n = %u, room %u: nothing of what it holds",
                        strings[i].spec,
                        (guint)sizes[k],
                        r);
            }
}

/* Eight nodes and more to a bucket: the first ones, and how many are left out. */
static void
a_long_chain_is_cut(void **state)
{
    g_auto(Picture) picture = { 0 };
    draw(&picture, "hash-chained", "chained-table:fill=8", 1000, (MlDiagramSettings){ 0 });
    guint n_nodes = count_cells(picture.scene, ML_ROLE_INDEX);
    assert_true(n_nodes >= 3 && n_nodes < 8);
    assert_true(has_text(picture.scene, "6\u202fmore") || has_text(picture.scene, "6 more"));
}

static void
a_slot_of_an_index_has_its_own_number(void **state)
{
    g_auto(Picture) picture = { 0 };
    MlSize narrow;
    assert_true(ml_size_parse("4:3", &narrow, NULL));
    MlDiagramSettings settings = { .size = &narrow, .logical = TRUE };
    draw(&picture, "dict-compact", "compact-dict", 200000, settings);
    assert_false(has_text(picture.scene, "[n − 1]"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_shows_strings_that_can_be_read),
        cmocka_unit_test(something_that_is_in_use_is_shown),
        cmocka_unit_test(a_long_chain_is_cut),
        cmocka_unit_test(a_slot_of_an_index_has_its_own_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
