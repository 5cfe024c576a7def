#include "ml_test.h"

#include <math.h>

#include "lesson/figures.h"
#include "lesson/page.h"
#include "lesson/progress.h"

static void
blocks_stand_apart_and_points_together(void **state)
{
    g_autoptr(MlPage) page = ml_page_new(0);
    ml_page_add_paragraph(page, "one two three", 0, NULL);
    ml_page_add_paragraph(page, "", 0, NULL); /* a formula that came to nothing */
    ml_page_add_paragraph(page, "a b", 2, "·");
    ml_page_add_paragraph(page, "c", 2, "·");
    ml_page_add_lines(page, "x\n\ny\n", 4, FALSE);
    ml_page_add_lines(page, "z", 0, TRUE);

    g_autofree char *text = ml_page_text(page, 0, 9);
    assert_string_equal(text, "one two\nthree\n\n  · a b\n  · c\n\n    x\n\n    y\nz\n");
}

static void
points_hang_below_their_own_words(void **state)
{
    g_autoptr(MlPage) page = ml_page_new(0);
    ml_page_add_paragraph(page, "one two three", 2, "10.");
    g_autofree char *text = ml_page_text(page, 0, 13);
    assert_string_equal(text, "  10. one two\n      three\n");
}

static void
a_hard_break_begins_a_new_line(void **state)
{
    g_autoptr(MlPage) page = ml_page_new(0);
    ml_page_add_paragraph(page, "a b\nc", 0, NULL);
    g_autofree char *text = ml_page_text(page, 0, 80);
    assert_string_equal(text, "a b\nc\n");
}

static void
wide_lines_give_up_their_indent_first(void **state)
{
    g_autoptr(MlPage) page = ml_page_new(0);
    ml_page_add_lines(page, "12345678\nx", 4, FALSE);
    g_autofree char *roomy = ml_page_text(page, 0, 12);
    g_autofree char *tight = ml_page_text(page, 0, 9);
    g_autofree char *full = ml_page_text(page, 0, 4);
    assert_string_equal(roomy, "    12345678\n    x\n");
    assert_string_equal(tight, " 12345678\n x\n");
    assert_string_equal(full, "12345678\nx\n");
}

static void
lines_wider_than_that_go_on_below(void **state)
{
    g_autoptr(MlPage) page = ml_page_new(0);
    ml_page_add_lines(page, "  one two three\nx", 4, FALSE);
    g_autofree char *text = ml_page_text(page, 0, 9);
    assert_string_equal(text, "  one\n    two\n    three\nx\n");
}

static void
a_page_can_be_read_on_from_where_one_was(void **state)
{
    g_autoptr(MlPage) page = ml_page_new(0);
    ml_page_add_paragraph(page, "a", 0, NULL);
    ml_page_add_paragraph(page, "b", 0, NULL);
    g_autofree char *text = ml_page_text(page, 1, 80);
    assert_string_equal(text, "\nb\n");
}

static void
bars_are_a_cell_a_byte_where_there_is_room(void **state)
{
    static const MlLessonBar bars[] = { { "you", 2 }, { "measured", 4 }, { "none", 0 } };
    g_autofree char *roomy = ml_lesson_bars(bars, 3, 60);
    g_autofree char *tight = ml_lesson_bars(bars, 3, 20);
    assert_string_equal(roomy,
        "you          2.0  ██\n"
        "measured     4.0  ████\n"
        "none         0.0\n");
    assert_string_equal(tight,
        "you          2.0  █\n"
        "measured     4.0  ██\n"
        "none         0.0\n");
}

static void
the_journal_gives_each_error_its_sign(void **state)
{
    g_autoptr(MlProgress) progress = ml_progress_new();
    static const struct {
        const char *question;
        double you, measured;
    } rows[] = { { "boxed-ints", 32, 40 }, { "dict", 120, 100 }, { "none", (double)NAN, 8 } };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        MlJournalEntry entry = {
            .question = (char *)(guintptr)rows[i].question,
            .answer = (char *)(guintptr) "",
            .you = rows[i].you,
            .measured = rows[i].measured,
        };
        ml_progress_add_entry(progress, "x", &entry);
    }
    g_autoptr(GPtrArray) journal = ml_progress_journal(progress, "x");
    g_autofree char *text = ml_lesson_journal(journal, 60);
    g_autofree char *narrow = ml_lesson_journal(journal, 38);
    assert_string_equal(text,
        "Your predictions          you     measured       off\n"
        "  boxed ints             32.0         40.0     -20 %\n"
        "  dict                  120.0        100.0     +20 %\n"
        "  none                      –          8.0         –\n");
    assert_string_equal(narrow,
        "Your predictions    you measured   off\n"
        "  boxed ints       32.0     40.0 -20 %\n"
        "  dict            120.0    100.0 +20 %\n"
        "  none                –      8.0     –\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_stand_apart_and_points_together),
        cmocka_unit_test(points_hang_below_their_own_words),
        cmocka_unit_test(a_hard_break_begins_a_new_line),
        cmocka_unit_test(wide_lines_give_up_their_indent_first),
        cmocka_unit_test(lines_wider_than_that_go_on_below),
        cmocka_unit_test(a_page_can_be_read_on_from_where_one_was),
        cmocka_unit_test(bars_are_a_cell_a_byte_where_there_is_room),
        cmocka_unit_test(the_journal_gives_each_error_its_sign),
    };
    return cmocka_run_group_tests_name("lesson/page", tests, NULL, NULL);
}
