#include "ml_test.h"

#include <string.h>

#include "base/suggest.h"
#include "base/text.h"

#define BOLD(text)                                                                                 \
    "\x0e"                                                                                         \
    "A" text "\x0f"
#define DIM(text)                                                                                  \
    "\x0e"                                                                                         \
    "B" text "\x0f"

static void
style_marks_stand_around_the_text_and_take_no_columns(void **state)
{
    g_autofree char *styled = ml_text_styled(ML_STYLE_DIM, "ab");
    g_autofree char *role = ml_text_styled(ML_STYLE_ROLE + ML_ROLE_UNEXPLAINED, "x");

    assert_string_equal(styled, DIM("ab"));
    assert_int_equal(role[1], ML_MARK_BASE + ML_N_STYLES - 1);
    assert_int_equal(ml_text_width(styled), 2);
}

static void
width_counts_columns_not_bytes(void **state)
{
    static const struct {
        const char *text;
        int columns;
    } rows[] = {
        { "", 0 },
        { "abc", 3 },
        { "██", 2 },
        { "…810 •", 6 },
        { "漢字", 4 },
        { "e\u0301", 1 },
        { "a" BOLD("bc") "d", 4 },
        { "\x0e", 1 }, /* a mark cut short is no mark */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(ml_text_width(rows[i].text), rows[i].columns);
}

static void
padding_fills_up_to_the_columns_and_never_cuts(void **state)
{
    g_autofree char *left = ml_text_pad("é" BOLD("x"), 4, FALSE);
    g_autofree char *right = ml_text_pad("40.0", 6, TRUE);
    g_autofree char *full = ml_text_pad("object header", 4, FALSE);

    assert_string_equal(left, "é" BOLD("x") "  ");
    assert_string_equal(right, "  40.0");
    assert_string_equal(full, "object header");
}

static void
paragraphs_are_broken_at_blanks(void **state)
{
    static const struct {
        const char *text;
        int columns, indent;
        const char *lines;
    } rows[] = {
        { "", 10, 2, "" },
        { " \n ", 10, 2, "" },
        { "one", 10, 0, "one\n" },
        { "one two three", 7, 0, "one two\nthree\n" },
        { "one two three", 8, 1, " one two\n three\n" },
        { "one\ntwo  \n three ", 80, 0, "one two three\n" },
        { "16  yours   +  8", 80, 0, "16  yours   +  8\n" },
        { "an overhanging word", 5, 0, "an\noverhanging\nword\n" },
        { "漢字 漢字", 5, 0, "漢字\n漢字\n" },
        { "40\u202f009\u202f728 B", 8, 0, "40\u202f009\u202f728 B\n" },
        { "all 8 000 000 B", 10, 0, "all\n8 000 000 B\n" },
        { "says +38.2 MiB. How", 12, 0, "says\n+38.2 MiB.\nHow\n" },
        { "in 5 µs or 2 Bars", 6, 0, "in\n5 µs\nor 2\nBars\n" },
        { "in 2 or 3 000s", 7, 0, "in 2 or\n3 000s\n" },
        { "1 2 3000", 3, 0, "1 2\n3000\n" },
        { "a " BOLD("bold word") " b", 7, 1, " a " BOLD("bold") "\n " BOLD("word") " b\n" },
        { BOLD("a b c"), 1, 0, BOLD("a") "\n" BOLD("b") "\n" BOLD("c") "\n" },
        { "a b", -3, 0, "a\nb\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *lines = ml_text_wrap(rows[i].text, rows[i].columns, rows[i].indent);
        assert_string_equal(lines, rows[i].lines);
    }
}

static void
lines_that_are_too_wide_are_folded(void **state)
{
    static const struct {
        const char *text;
        int columns;
        const char *lines;
    } rows[] = {
        { "", 5, "" },
        { "abc", 5, "abc\n" },
        { "abcdef\n\ngh\n", 5, "abcde\nf\n\ngh\n" },
        { "a  bc", 2, "a \n b\nc\n" },
        { "漢字", 3, "漢\n字\n" },
        { "x" BOLD("ab\ncde") "f",
            2,
            "x" BOLD("a") "\n" BOLD("b") "\n" BOLD("cd") "\n" BOLD("e") "f\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *lines = ml_text_fold(rows[i].text, rows[i].columns);
        assert_string_equal(lines, rows[i].lines);
    }
}

static void
plain_text_has_lost_its_marks_and_nothing_else(void **state)
{
    g_autofree char *plain = ml_text_plain("a" BOLD("é") "\n" DIM("c") "\x0e");
    assert_string_equal(plain, "aé\nc\x0e");
}

static void
foreign_text_cannot_move_the_cursor_or_the_reader(void **state)
{
    static const struct {
        const char *text, *clean;
    } rows[] = {
        { "plain é", "plain é" },
        { "\x1b[31mred\n\tx\x7f", "?[31mred??x?" },
        { BOLD("x"), "?Ax?" },
        { "a\xc2\x9b"
          "c",
            "a?c" },
        { "a\u202ec", "a?c" },
        { "a\xff", "a\ufffd" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *clean = ml_text_clean(rows[i].text);
        assert_string_equal(clean, rows[i].clean);
    }
}

static void
quotes_are_clean_and_short(void **state)
{
    g_autofree char *long_text = g_strnfill(1000, 'x');
    g_autofree char *beginning = g_strnfill(60, 'x');
    g_autofree char *expected = g_strdup_printf("'%s…'", beginning);
    g_autofree char *shortened = ml_text_quote(long_text);
    g_autofree char *clean = ml_text_quote("a\nb");

    assert_string_equal(shortened, expected);
    assert_string_equal(clean, "'a?b'");
}

static const char *const known[] = {
    "packed-array",
    "boxed-array",
    "linked-list",
    "compact-dict",
    "n",
    NULL,
};

static void
the_nearest_name_is_suggested(void **state)
{
    static const struct {
        const char *typed, *suggestion;
    } rows[] = {
        { "linked-list", "linked-list" },
        { "linkedlist", "linked-list" },
        { "linekd-list", "linked-list" },
        { "Boxed_Array", "boxed-array" },
        { "paked-aray", "packed-array" },
        { "dict", "compact-dict" },
        { "array", "packed-array" },
        { "ar", NULL },
        { "tree", NULL },
        { "", NULL },
        { "m", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *suggestion = ml_suggest(rows[i].typed, known);
        if (g_strcmp0(suggestion, rows[i].suggestion) != 0)
            fail_msg("%s: %s", rows[i].typed, suggestion);
    }
}

static void
a_suggestion_is_a_phrase_to_append(void **state)
{
    g_autofree char *endless = g_strnfill(100000, 'x');
    g_autofree char *near = ml_suggest_phrase("linkedlist", known);
    g_autofree char *none = ml_suggest_phrase(endless, known);

    assert_string_equal(near, " (did you mean 'linked-list'?)");
    assert_string_equal(none, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(style_marks_stand_around_the_text_and_take_no_columns),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(padding_fills_up_to_the_columns_and_never_cuts),
        cmocka_unit_test(paragraphs_are_broken_at_blanks),
        cmocka_unit_test(lines_that_are_too_wide_are_folded),
        cmocka_unit_test(plain_text_has_lost_its_marks_and_nothing_else),
        cmocka_unit_test(foreign_text_cannot_move_the_cursor_or_the_reader),
        cmocka_unit_test(quotes_are_clean_and_short),
        cmocka_unit_test(the_nearest_name_is_suggested),
        cmocka_unit_test(a_suggestion_is_a_phrase_to_append),
    };
    return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
