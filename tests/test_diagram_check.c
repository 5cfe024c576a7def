/* The checks of a scene bite: each seeded fault is found, and called by its name. */
#include "ml_test.h"

#include <string.h>

#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"

static MlScene *
sound_scene(const FakeFacts *fake)
{
    MlScene *scene =
        ml_diagram_scene(ml_diagram_find("boxed-array", NULL), &fake->facts, NULL, NULL);
    assert_non_null(scene);
    return scene;
}

static MlItem *
find(MlScene *scene, gboolean (*is_wanted)(const MlItem *item))
{
    for (guint i = 0; i < scene->items->len; i++) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (is_wanted(item))
            return item;
    }
    g_error("there is nothing to break");
}

static MlItem *
find_text(MlScene *scene, const char *string)
{
    for (guint i = 0; i < scene->items->len; i++) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (item->kind == ML_ITEM_TEXT && strcmp(item->text.string, string) == 0)
            return item;
    }
    g_error("there is no text \"%s\"", string);
}

static gboolean
is_arrow(const MlItem *item)
{
    return item->kind == ML_ITEM_PATH && item->path.is_arrow;
}

static gboolean
is_header_cell(const MlItem *item)
{
    return item->kind == ML_ITEM_CELL && item->cell.role == ML_ROLE_OBJECT_HEADER;
}

static gboolean
is_title(const MlItem *item)
{
    return item->kind == ML_ITEM_TEXT && item->text.type.size == ML_TYPE_TITLE.size;
}

static void
set_string(MlItem *text, const char *string)
{
    g_free(text->text.string);
    text->text.string = g_strdup(string);
}

/* --- faults ----------------------------------------------------------------------------------- */

static void
letters_below_the_floor(MlScene *scene)
{
    find_text(scene, "type")->text.type.size = 24;
}

static void
text_over_the_margin(MlScene *scene)
{
    find_text(scene, "8 bytes")->box.x += 200;
}

static void
text_over_text(MlScene *scene)
{
    find_text(scene, "type")->box.x -= 60;
}

static void
text_over_an_edge(MlScene *scene)
{
    find_text(scene, "int")->box.x += 40;
}

static void
no_title(MlScene *scene)
{
    find(scene, is_title)->text.type.size = 34;
}

static void
a_wide_cell(MlScene *scene)
{
    find(scene, is_header_cell)->box.w += 4;
}

static void
a_smear(MlScene *scene)
{
    MlCell cell = { .role = ML_ROLE_PADDING, .element = -1 };
    ml_scene_cell(scene, (MlBox){ 900, 700, 1, 20 }, &cell);
}

static void
a_cell_over_another(MlScene *scene)
{
    find(scene, is_header_cell)->box.x += 20;
}

static void
a_moved_tip(MlScene *scene)
{
    MlOutline *outline = find(scene, is_arrow)->path.outline;
    g_array_index(outline, MlSeg, outline->len - 1).to.x += 10;
}

static void
a_wrong_target(MlScene *scene)
{
    find(scene, is_arrow)->path.target += 8;
}

static void
a_target_that_is_not_drawn(MlScene *scene)
{
    find(scene, is_arrow)->path.target = 0x1000;
}

static void
a_lost_arrow(MlScene *scene)
{
    find(scene, is_arrow)->path.is_arrow = FALSE;
}

static void
a_second_arrow(MlScene *scene)
{
    const MlItem *arrow = find(scene, is_arrow);
    MlItem *twin =
        ml_scene_path(scene, g_array_copy(arrow->path.outline), arrow->path.pen, ML_INK_NONE);
    twin->path.is_arrow = TRUE;
    twin->path.target = arrow->path.target;
}

static void
an_arrow_through_text(MlScene *scene)
{
    const MlSeg *edge = ml_outline_seg(find(scene, is_arrow)->path.outline, 1);
    MlPoint at = { edge->to.x - 20, edge->to.y + 30 };
    ml_scene_text(scene, at, ML_ANCHOR_START, ML_TYPE_SMALL, ML_INK_TEXT, "in its way");
}

static void
an_arrow_across_another(MlScene *scene)
{
    const MlItem *arrow = find(scene, is_arrow);
    MlOutline *outline = g_array_copy(arrow->path.outline);
    g_array_index(outline, MlSeg, 0).to.x += 8;
    g_array_index(outline, MlSeg, 1).to.x += 8;
    g_array_index(outline, MlSeg, outline->len - 1).to.x -= 8; /* or it would only join the other */
    MlItem *other = ml_scene_path(scene, outline, arrow->path.pen, ML_INK_NONE);
    other->path.is_arrow = TRUE;
    other->path.target = arrow->path.target;
}

static void
a_term_that_does_not_add_up(MlScene *scene)
{
    set_string(find_text(scene, "16"), "17");
}

static void
another_total(MlScene *scene)
{
    set_string(find_text(scene, "40 B"), "41 B");
}

static void
a_wrong_role(MlScene *scene)
{
    find(scene, is_header_cell)->cell.role = ML_ROLE_DATA;
}

static void
every_seeded_fault_is_found(void **state)
{
    static const struct {
        void (*seed)(MlScene *scene);
        const char *complaint;
    } faults[] = {
        { letters_below_the_floor, "text \"type\" is 24 px high" },
        { text_over_the_margin, "text \"8 bytes\" leaves the margins" },
        { text_over_text, "texts \"refs\" and \"type\" overlap" },
        { text_over_an_edge, "text \"int\" straddles the edge of a box" },
        { no_title, "there is no title" },
        { a_wide_cell, "cell of 8 B is 84.0 px wide, not 80.0" },
        { a_smear, "a cell of padding is 1.0 px wide" },
        { a_cell_over_another, "overlap" },
        { a_moved_tip, "an arrow ends at" },
        { a_wrong_target, "an arrow ends at" },
        { a_target_that_is_not_drawn, "an arrow points to 0x1000, which is not drawn" },
        { a_lost_arrow, "a pointer to a drawn block has 0 arrows to it" },
        { a_second_arrow, "a pointer to a drawn block has 2 arrows to it" },
        { an_arrow_through_text, "an arrow runs through \"in its way\"" },
        { an_arrow_across_another, "two arrows cross at 1 degrees" },
        { a_term_that_does_not_add_up, "the printed terms add up to 41, the printed total is 40" },
        { another_total, "41 is printed where 40 is meant" },
        { a_wrong_role, "the caption says 8 B of data, the cells add up to 16" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_auto(FakeFacts) fake = { 0 };
        fake_facts_init(&fake, &(FakeBoxed){ .n = 1000000 });
        g_autoptr(MlScene) scene = sound_scene(&fake);
        faults[i].seed(scene);
        g_autoptr(GPtrArray) complaints = ml_scene_check(scene, fake.ledger);
        g_ptr_array_add(complaints, NULL);
        g_autofree char *all = g_strjoinv("\n", (char **)complaints->pdata);
        if (strstr(all, faults[i].complaint) == NULL)
            fail_msg("expected \"%s\", got \"%s\"", faults[i].complaint, all);
    }
}

static void
a_caption_that_is_not_the_ledgers_is_found(void **state)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 1000000 });
    g_autoptr(MlScene) scene = sound_scene(&fake);
    g_autoptr(GPtrArray) before = ml_scene_check(scene, fake.ledger);
    assert_int_equal(before->len, 0);
    fake.ledger->parts[1].role[ML_ROLE_DATA].measured += 3 * fake.ledger->n;
    g_autoptr(GPtrArray) after = ml_scene_check(scene, fake.ledger);
    assert_int_equal(after->len, 2);
    assert_string_equal(g_ptr_array_index(after, 0),
        "the caption says 8 B of data, the ledger's blocks add up to 11");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_seeded_fault_is_found),
        cmocka_unit_test(a_caption_that_is_not_the_ledgers_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
