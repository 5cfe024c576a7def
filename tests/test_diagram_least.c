/* Tables in the least room that a picture may have. */
#include "ml_test.h"

#include <string.h>

#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "made_facts.h"

static const Room least = { "1200x720", FALSE };

static MlScene *
lay_out(const char *kind, const char *spec, guint64 n, MlMetrics *metrics)
{
    g_autoptr(MlWalk) walk = ml_test_walk(spec, n);
    g_autoptr(MlLedger) ledger = ml_test_walk_ledger(spec, walk);
    const MlLedger *ledgers[] = { ledger };
    MlDiagramFacts facts = { .walk = walk, .n_ledgers = 1, .ledgers = ledgers };
    MlScene *scene = room_scene(&least, kind, metrics);
    assert_true(ml_diagram_find(kind, NULL)->layout(&facts, scene, NULL));
    return scene;
}

static void
a_dict_of_few_entries_shows_one(void **state)
{
    for (guint64 n = 1; n <= 6; n++) {
        g_autoptr(MlScene) scene =
            lay_out("dict-compact", "compact-dict:keys=string,values=boxed", n, *state);
        assert_int_equal(scene_texts(scene, "\"key: 0\""), 1);
    }
}

/* How much room a line's end keeps from words, up and down. */
#define AIR 3

/* Whether a line of a frame ends in a text, or so close above or below that it seems to. */
static gboolean
ends_in(const MlItem *frame, const MlItem *text)
{
    const MlBox *box = &text->box;
    for (guint i = 0; i < frame->path.outline->len; i++) {
        MlPoint at = g_array_index(frame->path.outline, MlSeg, i).to;
        if (at.x > box->x && at.x < box->x + box->w && at.y > box->y - AIR &&
            at.y < box->y + box->h + AIR)
            return TRUE;
    }
    return FALSE;
}

static void
assert_more_is_clear(const MlScene *scene, const char *spec)
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *text = ml_scene_item(scene, i);
        if (text->kind != ML_ITEM_TEXT || !g_str_has_suffix(text->text.string, " more"))
            continue;
        n++;
        for (guint k = 0; k < scene->items->len; k++) {
            const MlItem *path = ml_scene_item(scene, k);
            if (path->kind == ML_ITEM_PATH && !path->path.is_arrow && ends_in(path, text))
                fail_msg("%s: a frame ends in '%s'", spec, text->text.string);
        }
    }
    assert_in_range(n, 1, 3);
}

static void
no_frame_ends_in_the_words_below_it(void **state)
{
    static const struct {
        const char *kind;
        const char *spec;
    } tables[] = {
        { "hash-chained", "chained-table" },
        { "hash-open", "open-table" },
        { "hash-open", "open-table:keys=string" },
        { "dict-compact", "compact-dict:keys=string" },
        { "dict-compact", "compact-dict:keys=string,values=boxed" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autoptr(MlScene) scene = lay_out(tables[i].kind, tables[i].spec, 1000, *state);
        assert_more_is_clear(scene, tables[i].spec);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dict_of_few_entries_shows_one),
        cmocka_unit_test(no_frame_ends_in_the_words_below_it),
    };
    return cmocka_run_group_tests_name("diagram/least", tests, read_fonts, drop_fonts);
}
