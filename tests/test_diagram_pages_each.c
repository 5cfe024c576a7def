/* A page each of several structures, byte by byte. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "made_pages.h"

static const MadePages shapes[] = {
    { .n_old = 0 },
    { .n_old = 1 },
    { .n_new = 1 },
    { .n_new = 4 },
    { .n_new = 7813, .n_mapped = 1954 },
    { .n_old = 1, .n_new = 27000, .n_alone = 3, .varied = TRUE },
};

#define MOST_WALKS 4

typedef struct {
    MadeWalk made[MOST_WALKS];
    const MlWalk *more[MOST_WALKS];
    const MlLedger *ledgers[MOST_WALKS];
    MlDiagramFacts facts;
} Several;

static void
several_init(Several *several, guint n, const MadePages *made, guint64 elements)
{
    for (guint i = 0; i < n; i++) {
        made_walk_init(&several->made[i], made, elements);
        several->ledgers[i] = several->made[i].ledger;
        if (i > 0)
            several->more[i - 1] = several->made[i].walk;
    }
    several->facts = (MlDiagramFacts){
        .walk = several->made[0].walk,
        .n_more_walks = n - 1,
        .more_walks = several->more,
        .n_ledgers = n,
        .ledgers = several->ledgers,
    };
}

static void
several_clear(Several *several)
{
    for (guint i = 0; i < MOST_WALKS; i++)
        made_walk_clear(&several->made[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Several, several_clear)

static void
one_page_each_is_laid_out_soundly(void **state)
{
    const MlDiagramKind *kind = ml_diagram_find("page-map", NULL);
    for (guint s = 0; s < G_N_ELEMENTS(shapes); s++)
        for (guint n = 2; n <= 3; n++)
            for (guint r = 0; r < N_ROOMS; r++) {
                g_auto(Several) several = { 0 };
                g_autoptr(GError) error = NULL;
                several_init(&several, n, &shapes[s], s == 0 ? 0 : 1000);
                g_autoptr(MlScene) scene = room_scene(&rooms[r], "page-map", *state);
                if (!kind->layout(&several.facts, scene, &error))
                    fail_msg("%u of shape %u, %s: %s", n, s, rooms[r].size, error->message);
                g_autofree char *complaint = first_complaint(scene, NULL);
                if (complaint != NULL)
                    fail_msg("%u of shape %u, %s: %s", n, s, rooms[r].size, complaint);
            }
}

static void
more_structures_than_are_drawn_are_refused(void **state)
{
    g_auto(Several) several = { 0 };
    g_autoptr(GError) too_many = NULL;
    g_autoptr(GError) one_only = NULL;
    several_init(&several, 3, &shapes[2], 1000);
    assert_true(ml_diagram_accepts(ml_diagram_find("page-map", NULL), &several.facts, NULL));
    assert_false(ml_diagram_accepts(ml_diagram_find("residency", NULL), &several.facts, &one_only));
    assert_non_null(strstr(one_only->message, "one structure at a time"));
    several.facts.n_more_walks = MOST_WALKS;
    assert_false(ml_diagram_accepts(ml_diagram_find("page-map", NULL), &several.facts, &too_many));
    assert_int_equal(too_many->code, ML_ERROR_USAGE);
    assert_non_null(strstr(too_many->message, "at most 4 at a time"));
}

static void
one_page_each_is_drawn_in_words_and_characters(void **state)
{
    g_auto(Several) several = { 0 };
    several_init(&several, 3, &shapes[4], 1000);
    const MlDiagramKind *kind = ml_diagram_find("page-map", NULL);
    g_autofree char *words = kind->describe(&several.facts);
    assert_non_null(strstr(words, "bytes, three ways"));
    assert_non_null(strstr(words, "B (3 pages, measured) = "));
    for (int columns = 20; columns <= 120; columns += 20) {
        g_autofree char *styled = kind->terminal(&several.facts, TRUE, columns);
        g_autofree char *picture = ml_text_plain(styled);
        g_auto(GStrv) lines = g_strsplit(picture, "\n", -1);
        for (guint k = 0; lines[k] != NULL; k++)
            assert_true(ml_text_width(lines[k]) <= columns);
        assert_true(g_str_is_ascii(picture));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_page_each_is_laid_out_soundly),
        cmocka_unit_test(more_structures_than_are_drawn_are_refused),
        cmocka_unit_test(one_page_each_is_drawn_in_words_and_characters),
    };
    return cmocka_run_group_tests(tests, read_fonts, drop_fonts);
}
