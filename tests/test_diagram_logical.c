/* Boxes and pointers above the bytes: from the same walk, in the same scene. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "diagram/arrow.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram/logical_draw.h"
#include "diagram/logical_sketch.h"
#include "diagram_facts.h"
#include "each_structure.h"
#include "made_facts.h"

typedef struct {
    MlWalk *walk;
    MlLedger *ledger;
    const MlLedger *ledgers[1];
    MlDiagramFacts facts;
} Walked;

static void
walked_init(Walked *walked, const char *spec, guint64 n)
{
    walked->walk = ml_test_walk(spec, n);
    walked->ledger = ml_test_walk_ledger(spec, walked->walk);
    walked->ledgers[0] = walked->ledger;
    walked->facts =
        (MlDiagramFacts){ .walk = walked->walk, .n_ledgers = 1, .ledgers = walked->ledgers };
}

static void
walked_clear(Walked *walked)
{
    g_clear_pointer(&walked->walk, ml_walk_free);
    g_clear_pointer(&walked->ledger, ml_ledger_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walked, walked_clear)

static MlLogical *
logical_of(const char *kind, const Walked *walked)
{
    return ml_diagram_find(kind, NULL)->logical(&walked->facts);
}

/* --- in a scene ------------------------------------------------------------------------------- */

static void
assert_sound(const MlScene *scene, const MlLedger *ledger, const char *name, const Room *room)
{
    g_autoptr(GPtrArray) complaints = ml_scene_check(scene, ledger);
    if (complaints->len > 0)
        fail_msg("%s of %s, %s%s: %s",
            scene->id,
            name,
            room->size,
            room->large ? " large" : "",
            (const char *)g_ptr_array_index(complaints, 0));
}

static guint
count_items(const MlScene *scene, MlItemKind kind)
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++)
        n += ml_scene_item(scene, i)->view == ML_VIEW_LOGICAL &&
             ml_scene_item(scene, i)->kind == kind;
    return n;
}

/* Room enough, or an answer that says what helps; the usual sizes have room enough. */
static void
assert_shown(
    MlMetrics *metrics, const MlDiagramKind *kind, const char *spec, guint64 n, const Room *room)
{
    g_auto(Walked) walked = { 0 };
    g_autoptr(GError) error = NULL;
    walked_init(&walked, spec, n);
    g_autoptr(MlLogical) logical = kind->logical(&walked.facts);
    g_autoptr(MlScene) scene = room_scene(room, kind->name, metrics);
    gboolean is_usual = !room->large && strchr(room->size, 'x') == NULL;
    if (!ml_diagram_lay_out(kind, &walked.facts, logical, scene, &error)) {
        if (is_usual || error->code != ML_ERROR_USAGE || strstr(error->message, "--size") == NULL)
            fail_msg("%s, %s: %s", spec, room->size, error->message);
        return;
    }
    assert_sound(scene, walked.ledger, spec, room);
    assert_true(n == 0 || count_items(scene, ML_ITEM_CELL) > 0);
    assert_true(strstr(scene->description, "Boxes and pointers") != NULL || n == 0);
}

static gboolean
fits(const MlDiagramKind *kind, const MlCase *it)
{
    return kind->logical != NULL && (kind->shapes >> it->structure->shape & 1) != 0 &&
           !ml_case_is_elsewhere(it);
}

static void
every_structure_has_boxes_and_pointers(void **state)
{
    static const guint64 sizes[] = { 0, 1, 2, 5, 17, 1000 };
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    g_autoptr(GPtrArray) cases = ml_cases();
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < cases->len; i++)
            for (guint s = 0; s < G_N_ELEMENTS(sizes) && fits(*kind, cases->pdata[i]); s++)
                for (guint r = 0; r < N_ROOMS; r++)
                    assert_shown(
                        metrics, *kind, ((MlCase *)cases->pdata[i])->name, sizes[s], &rooms[r]);
}

static void
both_views_show_the_same_list(void **state)
{
    g_auto(Walked) walked = { 0 };
    walked_init(&walked, "linked-list", 3);
    MlDiagramSettings settings = { .logical = TRUE };
    g_autoptr(MlScene) scene =
        ml_diagram_scene(ml_diagram_find("linked-list", NULL), &walked.facts, &settings, NULL);
    assert_non_null(scene);
    guint n_arrows[2] = { 0 };
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_PATH && item->path.is_arrow)
            n_arrows[item->view]++;
    }
    assert_int_equal(n_arrows[ML_VIEW_BYTES], 2);
    assert_int_equal(n_arrows[ML_VIEW_LOGICAL], 2);
    assert_true(scene->above > 0);
}

/* --- sharing ---------------------------------------------------------------------------------- */

/* Of three slots the last leads to the first one's box. */
static MlWalk *
shared_walk(void)
{
    MlWalk *walk = fake_boxed_walk(&(FakeBoxed){ .n = 3 });
    MlWalkSample *array = &walk->samples[0];
    memcpy(array->bytes + 16, array->bytes, 8);
    return walk;
}

static void
an_object_that_two_slots_lead_to_is_one_box(void **state)
{
    g_autoptr(MlWalk) walk = shared_walk();
    MlDiagramFacts facts = { .walk = walk };
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    for (guint r = 0; r < N_ROOMS; r++) {
        g_autoptr(MlLogical) logical = ml_diagram_find("boxed-array", NULL)->logical(&facts);
        g_autoptr(MlScene) scene = room_scene(&rooms[r], "shared", metrics);
        logical->has_last = FALSE; /* there is no byte map beside it */
        ml_logical_draw(scene, logical);
        guint n_arrows = 0;
        for (guint i = 0; i < scene->items->len; i++) {
            const MlItem *item = ml_scene_item(scene, i);
            n_arrows += item->kind == ML_ITEM_PATH && item->path.is_arrow;
        }
        assert_int_equal(n_arrows, 3);
        assert_int_equal(scene->places->len, 5); /* three slots, two boxes */
        g_autoptr(GPtrArray) complaints = ml_scene_check(scene, NULL);
        assert_int_equal(complaints->len, 1);
        assert_string_equal(g_ptr_array_index(complaints, 0), "there is no title");
    }
}

static void
sharing_shows_in_words_and_characters(void **state)
{
    g_autoptr(MlWalk) walk = shared_walk();
    MlDiagramFacts facts = { .walk = walk };
    g_autoptr(MlLogical) logical = ml_diagram_find("boxed-array", NULL)->logical(&facts);
    g_autofree char *words = ml_logical_words(logical);
    g_autofree char *styled = ml_logical_sketch(logical, FALSE, 60);
    g_autofree char *sketch = ml_text_plain(styled);
    assert_string_equal(words, "Boxes and pointers: [0] → 0; [1] → 1; [2] → the same 0.");
    assert_string_equal(sketch,
        "    [0] [1] [2]\n"
        "   ┌───┬───┬───┐\n"
        "   │ • │ • │ • │\n"
        "   └─┬─┴─┬─┴─┬─┘\n"
        "     └──┐└───┼──┐\n"
        "        │ ┌──┘  │\n"
        "        v v     v\n"
        "      ┌─────┐ ┌───┐\n"
        "      │  0  │ │ 1 │\n"
        "      └─────┘ └───┘\n"
        "\n");
}

static void
what_is_folded_is_shared_by_none(void **state)
{
    g_auto(Walked) walked = { 0 };
    walked_init(&walked, "chained-table:keys=string,values=boxed", 3);
    g_autoptr(MlLogical) logical = logical_of("hash-chained", &walked);
    guint64 shared = 0;
    for (guint i = 0; i < logical->boxes->len; i++) {
        MlLogicalBox *box = ml_logical_box(logical, i);
        for (guint k = 0; k < box->n_cells && box->row == 1; k++) {
            const MlLogicalBox *to = ml_logical_find(logical, box->cell[k].target);
            if (to == NULL || to->row != 2 || to->cell[0].text[0] == '"')
                continue;
            if (shared == 0)
                shared = box->cell[k].target;
            box->cell[k].target = shared; /* all values are one object */
        }
    }
    assert_int_equal(logical->n_rows, 3);
    ml_logical_fold(logical);
    assert_int_equal(logical->n_rows, 3);
    assert_non_null(ml_logical_find(logical, shared));
    guint n_objects = 0;
    for (guint i = 0; i < logical->boxes->len; i++)
        n_objects += ml_logical_box(logical, i)->row == 2;
    assert_int_equal(n_objects, 1 + 2); /* the shared one, and two that nothing leads to any more */
}

/* --- what can go wrong ------------------------------------------------------------------------ */

static void
other_kinds_say_which_have_it(void **state)
{
    g_auto(FakeLedgers) ledgers = { 0 };
    g_autoptr(GError) error = NULL;
    fake_ledgers_init(&ledgers, 1000, TRUE, 0);
    MlDiagramSettings settings = { .logical = TRUE };
    assert_null(
        ml_diagram_scene(ml_diagram_find("ledger", NULL), &ledgers.facts, &settings, &error));
    assert_int_equal(error->code, ML_ERROR_USAGE);
    assert_string_equal(error->message,
        "'ledger' has no logical view; boxed-array, linked-list, list-scattered, hash-chained, "
        "hash-open, dict-compact have one");
}

static MlItem *
find_logical(MlScene *scene, gboolean (*is_wanted)(const MlItem *item))
{
    for (guint i = 0; i < scene->items->len; i++) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (item->view == ML_VIEW_LOGICAL && is_wanted(item))
            return item;
    }
    g_error("there is nothing to break");
}

static gboolean
is_arrow(const MlItem *item)
{
    return item->kind == ML_ITEM_PATH && item->path.is_arrow;
}

static gboolean
is_pointer(const MlItem *item)
{
    return item->kind == ML_ITEM_CELL && item->cell.target != 0;
}

static MlPlace *
find_box(MlScene *scene)
{
    for (guint i = 0; i < scene->places->len; i++)
        if (g_array_index(scene->places, MlPlace, i).view == ML_VIEW_LOGICAL)
            return &g_array_index(scene->places, MlPlace, i);
    g_error("there is no box");
}

static void
a_lost_arrow(MlScene *scene)
{
    find_logical(scene, is_arrow)->path.is_arrow = FALSE;
}

static void
a_moved_tip(MlScene *scene)
{
    MlOutline *outline = find_logical(scene, is_arrow)->path.outline;
    g_array_index(outline, MlSeg, outline->len - 1).to.x -= 12;
}

static void
another_target(MlScene *scene)
{
    find_logical(scene, is_pointer)->cell.target += 32;
}

static void
the_same_object_twice(MlScene *scene)
{
    MlPlace place = *find_box(scene);
    place.box.y += 500;
    g_array_append_val(scene->places, place);
}

static void
a_box_over_another(MlScene *scene)
{
    MlPlace place = *find_box(scene);
    place.address = 1;
    place.box.x += 20;
    g_array_append_val(scene->places, place);
}

static void
text_in_the_way(MlScene *scene)
{
    const MlSeg *edge = ml_outline_seg(find_logical(scene, is_arrow)->path.outline, 1);
    MlPoint at = { edge->to.x, edge->to.y + 10 };
    ml_scene_text(scene, at, ML_ANCHOR_START, ML_TYPE_SMALL, ML_INK_TEXT, "in its way");
}

static void
every_seeded_fault_is_found(void **state)
{
    static const struct {
        void (*seed)(MlScene *scene);
        const char *complaint;
    } faults[] = {
        { a_lost_arrow, "a pointer to a drawn block has 0 arrows to it" },
        { a_moved_tip, "not on the edge of its box" },
        { another_target, "in one view and to" },
        { the_same_object_twice, "two boxes stand for" },
        { a_box_over_another, "two boxes overlap" },
        { text_in_the_way, "an arrow runs through \"in its way\"" },
    };
    MlDiagramSettings settings = { .logical = TRUE };
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_auto(Walked) walked = { 0 };
        walked_init(&walked, "linked-list", 4);
        g_autoptr(MlScene) scene =
            ml_diagram_scene(ml_diagram_find("linked-list", NULL), &walked.facts, &settings, NULL);
        g_autoptr(GPtrArray) before = ml_scene_check(scene, walked.ledger);
        assert_int_equal(before->len, 0);
        faults[i].seed(scene);
        g_autoptr(GPtrArray) complaints = ml_scene_check(scene, walked.ledger);
        g_ptr_array_add(complaints, NULL);
        g_autofree char *all = g_strjoinv("\n", (char **)complaints->pdata);
        if (strstr(all, faults[i].complaint) == NULL)
            fail_msg("expected \"%s\", got \"%s\"", faults[i].complaint, all);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_structure_has_boxes_and_pointers),
        cmocka_unit_test(both_views_show_the_same_list),
        cmocka_unit_test(an_object_that_two_slots_lead_to_is_one_box),
        cmocka_unit_test(sharing_shows_in_words_and_characters),
        cmocka_unit_test(what_is_folded_is_shared_by_none),
        cmocka_unit_test(other_kinds_say_which_have_it),
        cmocka_unit_test(every_seeded_fault_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
