/* Boxes and pointers in characters, as the terminal shows them. */
#include "ml_test.h"

#include <string.h>

#include "base/text.h"
#include "diagram/diagram.h"
#include "diagram/logical_sketch.h"
#include "each_structure.h"
#include "made_facts.h"

static MlLogical *
logical_of(const char *kind, const MlWalk *walk)
{
    MlDiagramFacts facts = { .walk = walk };
    return ml_diagram_find(kind, NULL)->logical(&facts);
}

static gboolean
fits(const MlDiagramKind *kind, const MlCase *it)
{
    return kind->logical != NULL && (kind->shapes >> it->structure->shape & 1) != 0 &&
           !ml_case_is_elsewhere(it);
}

static void
a_list_is_drawn_in_characters(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("linked-list", 3);
    g_autoptr(MlLogical) logical = logical_of("linked-list", walk);
    g_autofree char *styled = ml_logical_sketch(logical, TRUE, 60);
    g_autofree char *sketch = ml_text_plain(styled);
    assert_string_equal(sketch,
        "   +---+---+   +---+---+   +---+---+\n"
        "   | 0 | *-+-->| 1 | *-+-->| 2 | / |\n"
        "   +---+---+   +---+---+   +---+---+\n"
        "\n");
}

/* One lane a box; what joins a lane looks other than what crosses it. */
static void
many_pointers_to_one_box_join_in_characters(void **state)
{
    static const char *const expected[] = {
        "    [0] [1] [2] [3] [4] [5]\n"
        "   ┌───┬───┬───┬───┬───┬───┐\n"
        "   │ • │ • │ • │ • │ • │ • │\n"
        "   └─┬─┴─┬─┴─┬─┴─┬─┴─┬─┴─┬─┘\n"
        "     └───┼──┬┴───┼───┘   │\n"
        "         └──┼────┴─┬─────┘\n"
        "            v      v\n"
        "           ┌───┐ ┌───┐\n"
        "           │ 0 │ │ 1 │\n"
        "           └───┘ └───┘\n"
        "\n",
        "    [0] [1] [2] [3] [4] [5]\n"
        "   +---+---+---+---+---+---+\n"
        "   | * | * | * | * | * | * |\n"
        "   +-+-+-+-+-+-+-+-+-+-+-+-+\n"
        "     +---|--++---|---+   |\n"
        "         +--|----+-+-----+\n"
        "            v      v\n"
        "           +---+ +---+\n"
        "           | 0 | | 1 |\n"
        "           +---+ +---+\n"
        "\n",
    };
    g_autoptr(MlWalk) walk = ml_test_walk("boxed-array:distinct=2", 6);
    g_autoptr(MlLogical) logical = logical_of("boxed-array", walk);
    for (int ascii = 0; ascii < 2; ascii++) {
        g_autofree char *styled = ml_logical_sketch(logical, ascii, 60);
        g_autofree char *sketch = ml_text_plain(styled);
        assert_string_equal(sketch, expected[ascii]);
    }
}

static void
characters_keep_to_their_columns(void **state)
{
    static const int widths[] = { 20, 40, 60, 80, 120 };
    g_autoptr(GPtrArray) cases = ml_cases();
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < cases->len; i++)
            for (guint w = 0; w < G_N_ELEMENTS(widths) && fits(*kind, cases->pdata[i]); w++) {
                g_autoptr(MlWalk) walk = ml_test_walk(((MlCase *)cases->pdata[i])->name, 20);
                g_autoptr(MlLogical) logical = logical_of((*kind)->name, walk);
                g_autofree char *styled = ml_logical_sketch(logical, TRUE, widths[w]);
                g_autofree char *sketch = ml_text_plain(styled);
                g_auto(GStrv) lines = g_strsplit(sketch, "\n", -1);
                for (guint k = 0; lines[k] != NULL; k++)
                    if (ml_text_width(lines[k]) > widths[w])
                        fail_msg("%s: %s", (*kind)->name, lines[k]);
                assert_true(g_str_is_ascii(sketch));
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_drawn_in_characters),
        cmocka_unit_test(many_pointers_to_one_box_join_in_characters),
        cmocka_unit_test(characters_keep_to_their_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
