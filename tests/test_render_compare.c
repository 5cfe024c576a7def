#include "ml_test.h"

#include <string.h>

#include "base/text.h"
#include "made_facts.h"
#include "render/compare_text.h"

enum { N = 1000000 };

static const char *const specs[] = {
    "packed-array", "boxed-array", "compact-dict:keys=string,values=boxed"
};

/* The three of them in one table. */
static char *
compare(gboolean measured, guint64 n, int columns, gboolean ascii)
{
    MlLedger *ledgers[G_N_ELEMENTS(specs)];
    MlTableSettings settings = { .columns = columns, .ascii = ascii };

    for (size_t i = 0; i < G_N_ELEMENTS(specs); i++)
        ledgers[i] = measured ? ml_test_measured(specs[i], n, -4096) : ml_test_model(specs[i], n);
    double base = ml_ledger_per_element(ledgers[0], (double)ml_ledger_bytes(ledgers[0]));
    g_autofree char *styled =
        ml_compare_table((const MlLedger *const *)ledgers, G_N_ELEMENTS(specs), base, &settings);
    for (size_t i = 0; i < G_N_ELEMENTS(specs); i++)
        ml_ledger_free(ledgers[i]);
    return ml_text_plain(styled);
}

static void
each_structure_has_its_factor_and_its_total(void **state)
{
    g_autofree char *model = compare(FALSE, N, 120, FALSE);
    g_autofree char *measured = compare(TRUE, N, 120, FALSE);
    g_auto(GStrv) lines = g_strsplit(model, "\n", -1);
    g_auto(GStrv) measured_lines = g_strsplit(measured, "\n", -1);

    assert_non_null(strstr(lines[0], "model"));
    assert_non_null(strstr(lines[1], " 8.00   1.00×       8 003 584  "));
    assert_non_null(strstr(lines[2], "40.01   5.00×      40 005 632  "));
    assert_true(g_str_has_prefix(lines[3], "  compact-dict:keys=string,values=boxed "));
    assert_non_null(strstr(measured_lines[0], "measured unexplained"));
    assert_non_null(strstr(measured_lines[2], "40 001 536      -4 096"));
}

static void
the_legend_has_the_roles_that_occur(void **state)
{
    g_autofree char *all = compare(FALSE, N, 120, FALSE);
    g_autoptr(MlLedger) packed = ml_test_model("packed-array", 512);
    const MlLedger *one[] = { packed };
    g_autofree char *few = ml_compare_table(one, 1, 8.0, &(MlTableSettings){ .columns = 80 });

    assert_non_null(strstr(all, "table index"));
    assert_non_null(strstr(all, "spare room"));
    assert_non_null(strstr(few, "data"));
    assert_null(strstr(few, "table index"));
    assert_null(strstr(few, "pointers"));
}

static void
no_line_is_wider_than_the_terminal(void **state)
{
    static const guint64 counts[] = { 0, 1, 1000, 1000000, 1000000000 };

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        for (int columns = 40; columns <= 120; columns += 4)
            for (int measured = 0; measured <= 1; measured++) {
                g_autofree char *text = compare(measured, counts[i], columns, FALSE);
                g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
                for (guint k = 0; lines[k] != NULL; k++)
                    if (ml_text_width(lines[k]) > columns)
                        fail_msg("wider than %d columns: '%s'", columns, lines[k]);
            }
}

/* Where there is little room, things move; no figure goes. */
static void
every_figure_stands_at_every_width(void **state)
{
    static const char *const figures[] = { " 40.00 ", "40 001 536", "112 398 336", "-4 096" };

    for (int columns = 40; columns <= 120; columns += 4) {
        g_autofree char *text = compare(TRUE, N, columns, FALSE);
        for (size_t i = 0; i < G_N_ELEMENTS(figures); i++)
            if (strstr(text, figures[i]) == NULL)
                fail_msg("no '%s' at %d columns:\n%s", figures[i], columns, text);
    }
}

static void
in_ascii_there_is_only_ascii(void **state)
{
    g_autofree char *text = compare(TRUE, N, 120, TRUE);

    assert_true(g_str_is_ascii(text));
    assert_non_null(strstr(text, "5.00x"));
}

static void
of_nothing_there_is_no_factor(void **state)
{
    g_autofree char *text = compare(TRUE, 0, 80, FALSE);

    assert_null(strstr(text, "nan"));
    assert_null(strstr(text, "×"));
    assert_non_null(strstr(text, "–"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_structure_has_its_factor_and_its_total),
        cmocka_unit_test(the_legend_has_the_roles_that_occur),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(every_figure_stands_at_every_width),
        cmocka_unit_test(in_ascii_there_is_only_ascii),
        cmocka_unit_test(of_nothing_there_is_no_factor),
    };
    return cmocka_run_group_tests_name("render/comparison", tests, NULL, NULL);
}
