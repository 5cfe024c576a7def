#include "ml_test.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "term/layout.h"
#include "term/term.h"

#define BOLD(text)                                                                                 \
    "\x0e"                                                                                         \
    "A" text "\x0f"

static const MlTerm plain_unicode = { .unicode = TRUE };
static const MlTerm plain_ascii = { .unicode = FALSE };
static const MlTerm colourful = { .unicode = TRUE, .colour = TRUE };

static void
styles_become_colours_or_vanish(void **state)
{
    g_autofree char *coloured = ml_term_encode(&colourful, "a " BOLD("b–") " c");
    g_autofree char *plain = ml_term_encode(&plain_unicode, "a " BOLD("b–") " c");

    assert_string_equal(coloured, "a \x1b[1mb–\x1b[0m c");
    assert_string_equal(plain, "a b– c");
}

static void
each_role_has_a_colour_of_its_own(void **state)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (int role = 0; role < ML_N_ROLES; role++) {
        g_autofree char *styled = ml_text_styled(ML_STYLE_ROLE + (unsigned)role, "x");
        char *encoded = ml_term_encode(&colourful, styled);
        assert_true(g_str_has_prefix(encoded, "\x1b[38;5;"));
        assert_true(g_hash_table_add(seen, encoded));
    }
}

static void
without_unicode_the_nearest_ascii_of_the_same_width_stands(void **state)
{
    static const struct {
        const char *text, *ascii;
    } rows[] = {
        { "40\u202f009\u202f728 B – 5×", "40 009 728 B - 5*" },
        { "┌──┐│└┘├┤┬┴┼╭╮", "+--+|+++++++++" },
        { "██▒▒ …810 •→", "##:: .810 *>" },
        { "“don’t”", "\"don't\"" },
        { "漢e\u0301", "??e" },
        { BOLD("é"), "?" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *encoded = ml_term_encode(&plain_ascii, rows[i].text);
        assert_string_equal(encoded, rows[i].ascii);
        if (strstr(rows[i].text, "e\u0301") == NULL)
            assert_int_equal(ml_text_width(encoded), ml_text_width(rows[i].text));
    }
}

static void
what_is_broken_off_at_a_mark_is_printed_not_read_beyond(void **state)
{
    g_autofree char *cut = ml_term_encode(&colourful, "a\x0e");
    g_autofree char *unknown = ml_term_encode(&colourful,
        "\x0e"
        "z");

    assert_string_equal(cut, "a\x0e");
    assert_string_equal(unknown,
        "\x0e"
        "z");
}

static const MlScreenKey three_keys[] = {
    { "Enter", "next" },
    { "l", "all lessons" },
    { "q", "quit" },
};

static MlScreenContent
content_with(const char *body, const char *prompt)
{
    return (MlScreenContent){
        .title = "memlab · 1  A million integers",
        .place = "1 of 9",
        .body = body,
        .prompt = prompt,
        .n_keys = G_N_ELEMENTS(three_keys),
        .keys = three_keys,
    };
}

static char *
layout_text(
    const MlScreenContent *content, int columns, int lines, int first, MlLayoutView *ret_view)
{
    g_autoptr(GPtrArray) rows = ml_layout_screen(content, columns, lines, first, ret_view);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(rows, i));
    return ml_text_plain(text->str);
}

static void
a_screen_has_header_body_and_keys(void **state)
{
    MlScreenContent content = content_with("How much RAM do they take?\n\n    you\n", NULL);
    MlLayoutView view;
    g_autofree char *text = layout_text(&content, 60, 9, 0, &view);

    assert_string_equal(text,
        " memlab · 1  A million integers                      1 of 9\n"
        " ──────────────────────────────────────────────────────────\n"
        " How much RAM do they take?\n"
        " \n"
        "     you\n"
        " \n"
        " \n"
        " ──────────────────────────────────────────────────────────\n"
        " Enter  next    l  all lessons    q  quit\n");
    assert_false(view.above || view.below);
}

static void
a_narrow_screen_breaks_keys_and_long_lines(void **state)
{
    MlScreenContent content = content_with("int64_t *a = malloc(n * sizeof *a);\n", NULL);
    MlLayoutView view;
    g_autofree char *text = layout_text(&content, 30, 9, 0, &view);

    assert_string_equal(text,
        " memlab · 1  A million 1 of 9\n"
        " ────────────────────────────\n"
        " int64_t *a = malloc(n * sizeo\n"
        " f *a);\n"
        " \n"
        " \n"
        " ────────────────────────────\n"
        " Enter  next\n"
        " l  all lessons    q  quit\n");
}

static void
a_prompt_follows_the_body(void **state)
{
    MlScreenContent content = content_with("question\n", "  bytes > ");
    MlLayoutView view;
    g_autofree char *text = layout_text(&content, 60, 8, 0, &view);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);

    assert_int_equal(view.prompt_row, 4);
    assert_string_equal(rows[2], " question");
    assert_string_equal(rows[3], " ");
    assert_string_equal(rows[4], "   bytes > ");
}

static void
a_long_body_is_paged_and_nothing_is_left_out(void **state)
{
    MlScreenContent content = content_with("1\n2\n3\n4\n5\n6\n7\n", NULL);
    MlLayoutView view;
    g_autofree char *start = layout_text(&content, 60, 7, 0, &view);
    assert_int_equal(view.page, 3);
    assert_true(view.below && !view.above);
    assert_non_null(strstr(start, " 1\n 2\n 3\n ─"));
    assert_non_null(strstr(start, "\n Space  more    Enter  next"));

    g_autofree char *middle = layout_text(&content, 60, 7, 3, &view);
    assert_true(view.below && view.above);
    assert_non_null(strstr(middle, " 4\n 5\n 6\n ─"));

    g_autofree char *end = layout_text(&content, 60, 7, G_MAXINT, &view);
    assert_true(!view.below && view.above);
    assert_int_equal(view.first, 4);
    assert_non_null(strstr(end, " 5\n 6\n 7\n ─"));
    assert_non_null(strstr(end, "\n ↑  up    Enter  next"));
}

static void
no_terminal_is_too_small_or_too_large(void **state)
{
    MlScreenContent content = content_with("one\ntwo\n漢字漢字漢字\n", "> ");
    const int sizes[] = { 1, 2, 3, 5, 10, 39, 80, 300 };

    for (gsize c = 0; c < G_N_ELEMENTS(sizes); c++) {
        for (gsize l = 0; l < G_N_ELEMENTS(sizes); l++) {
            MlLayoutView view;
            g_autoptr(GPtrArray) rows = ml_layout_screen(&content, sizes[c], sizes[l], 0, &view);
            assert_int_equal(rows->len, sizes[l]);
            for (guint i = 0; sizes[c] >= 39 && i < rows->len; i++)
                assert_true(ml_text_width(g_ptr_array_index(rows, i)) <= sizes[c]);
        }
    }
}

int
main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(styles_become_colours_or_vanish),
        cmocka_unit_test(each_role_has_a_colour_of_its_own),
        cmocka_unit_test(without_unicode_the_nearest_ascii_of_the_same_width_stands),
        cmocka_unit_test(what_is_broken_off_at_a_mark_is_printed_not_read_beyond),
        cmocka_unit_test(a_screen_has_header_body_and_keys),
        cmocka_unit_test(a_narrow_screen_breaks_keys_and_long_lines),
        cmocka_unit_test(a_prompt_follows_the_body),
        cmocka_unit_test(a_long_body_is_paged_and_nothing_is_left_out),
        cmocka_unit_test(no_terminal_is_too_small_or_too_large),
    };
    return cmocka_run_group_tests_name("term/text", tests, NULL, NULL);
}
