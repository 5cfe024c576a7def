#include "each_structure.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "made_facts.h"
#include "render/ledger_text.h"

enum { BYTES_COLUMNS = 16 }; /* of a column of totals, where there is room */

static const MlTableSettings wide = { .columns = 80 };
static const MlTableSettings wide_by_part = { .columns = 80, .by_part = TRUE };

/* The table without its styles, line by line. */
static char **
render(const MlLedger *ledger, const MlTableSettings *settings)
{
    g_autofree char *styled = ml_ledger_table(ledger, settings);
    g_autofree char *plain = ml_text_plain(styled);
    return g_strsplit(plain, "\n", -1);
}

/* Returns: (nullable): the row that begins with @label. */
static const char *
find_row(char *const *lines, const char *label)
{
    for (; *lines != NULL; lines++)
        if (g_str_has_prefix(*lines + strspn(*lines, " "), label))
            return *lines;
    return NULL;
}

/* The figure in a column of totals, counted from the right. */
static guint64
figure(const char *row, guint column)
{
    glong end = g_utf8_strlen(row, -1) - (glong)column * BYTES_COLUMNS;
    g_autofree char *cell = g_utf8_substring(row, end - BYTES_COLUMNS, end);
    g_auto(GStrv) groups = g_strsplit(cell, " ", -1);
    g_autofree char *digits = g_strjoinv("", groups);
    guint64 value = 0;

    if (!g_ascii_string_to_unsigned(digits, 10, 0, G_MAXUINT64, &value, NULL))
        fail_msg("'%s' is no figure, in '%s'", cell, row);
    return value;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* The rows of the body add up to the row below the rule, in both columns. */
static void
check_sums(const MlLedger *ledger, const MlTableSettings *settings)
{
    g_auto(GStrv) lines = render(ledger, settings);
    guint64 measured = 0, model = 0;
    guint i = 1; /* after the heading */

    for (; strstr(lines[i], "─") == NULL; i++) {
        measured += figure(lines[i], 0);
        model += figure(lines[i], 1);
    }
    const char *sum = find_row(lines + i, "held in RAM");
    assert_non_null(sum);
    ml_assert_same(ledger->n, "model", model, ledger->model_bytes);
    ml_assert_same(ledger->n, "measured", measured, (guint64)ledger->measured_bytes);
    ml_assert_same(ledger->n, "sum", figure(sum, 0), measured);
    ml_assert_same(ledger->n, "sum", figure(sum, 1), model);
}

static void
printed_rows_add_up_to_the_printed_sum(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();

    for (guint i = 0; i < cases->len; i++) {
        const MlCase *it = cases->pdata[i];
        g_autoptr(MlLedger) ledger = ml_test_measured(it->name, 12345, 0);
        check_sums(ledger, &wide);
        check_sums(ledger, &wide_by_part);
    }
}

static void
rows_that_are_zero_are_left_out(void **state)
{
    g_autoptr(MlLedger) packed = ml_test_measured("packed-array", 1000, 0);
    g_autoptr(MlLedger) list = ml_test_measured("linked-list", 1000, 0);
    g_auto(GStrv) of_packed = render(packed, &wide), of_list = render(list, &wide);

    assert_non_null(find_row(of_packed, "data"));
    assert_null(find_row(of_packed, "pointers"));
    assert_null(find_row(of_packed, "object header"));
    assert_null(find_row(of_packed, "spare room"));
    assert_non_null(find_row(of_list, "pointers"));
    assert_null(find_row(of_list, "padding"));
}

static void
parts_are_rows_of_their_own(void **state)
{
    g_autoptr(MlLedger) boxes = ml_test_model("boxed-array", 1000);
    g_auto(GStrv) lines = render(boxes, &wide_by_part);

    assert_int_equal(figure(find_row(lines, "int object"), 0), 32000);
    assert_non_null(find_row(lines, "pointer array"));
    assert_null(find_row(lines, "data"));
}

static void
unexplained_always_stands_with_sign_and_percentage(void **state)
{
    static const struct {
        gint64 bytes;
        const char *cell, *percent;
    } rows[] = {
        { 0, " 0", " +0.00 %" },
        { 4096, " +4 096", " +0.01 %" },
        { -4096, " -4 096", " -0.01 %" },
        { 8007680, " +8 007 680", " +20.02 %" },
        { -40005632, " -40 005 632", " -100.00 %" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        for (int columns = 40; columns <= 120; columns += 20) {
            MlTableSettings settings = { .columns = columns };
            g_autoptr(MlLedger) ledger = ml_test_measured("boxed-array", 1000000, rows[i].bytes);
            g_auto(GStrv) lines = render(ledger, &settings);
            const char *row = find_row(lines, "unexplained");
            assert_non_null(row);
            assert_true(g_str_has_suffix(row, rows[i].cell));
            assert_non_null(strstr(row, rows[i].percent));
        }
}

static void
a_model_has_one_column_and_nothing_unexplained(void **state)
{
    g_autoptr(MlLedger) model = ml_test_model("boxed-array", 1000);
    g_auto(GStrv) lines = render(model, &wide);

    assert_true(g_str_has_suffix(lines[0], "model"));
    assert_null(find_row(lines, "unexplained"));
}

static void
the_last_column_says_whether_it_was_measured_now(void **state)
{
    g_autoptr(MlLedger) ledger = ml_test_measured("boxed-array", 1000, 0);
    g_auto(GStrv) measured = render(ledger, &wide);
    ledger->origin = ML_ORIGIN_RECORDED;
    g_auto(GStrv) recorded = render(ledger, &wide);

    assert_true(g_str_has_suffix(measured[0], "measured"));
    assert_true(g_str_has_suffix(recorded[0], "recorded"));
}

/* --- width ------------------------------------------------------------------------------------ */

/* No line too wide; and the sum, the most important figure, stands there whole. */
static void
check_width(const MlLedger *ledger, const MlTableSettings *settings)
{
    g_auto(GStrv) lines = render(ledger, settings);
    g_autofree char *digits = ml_group_digits(ml_ledger_bytes(ledger), " ");
    g_autofree char *cell = g_strconcat(" ", digits, NULL);
    const char *sum = find_row(lines, "held in RAM");

    for (guint i = 0; lines[i] != NULL; i++)
        if (ml_text_width(lines[i]) > settings->columns)
            fail_msg("wider than %d columns: '%s'", settings->columns, lines[i]);
    assert_non_null(sum);
    assert_true(g_str_has_suffix(sum, cell));
}

static void
no_line_is_wider_than_the_terminal(void **state)
{
    static const guint64 counts[] = { 0, 1, 1000, 1000000, 1000000000, 1000000000000 };
    g_autoptr(GPtrArray) cases = ml_cases();

    for (guint i = 0; i < cases->len * G_N_ELEMENTS(counts); i++) {
        const MlCase *it = cases->pdata[i / G_N_ELEMENTS(counts)];
        guint64 n = counts[i % G_N_ELEMENTS(counts)];
        g_autoptr(MlLedger) model = ml_test_model(it->name, n);
        g_autoptr(MlLedger) measured = ml_test_measured(it->name, n, 4096);
        for (int columns = 40; columns <= 120; columns += 4)
            for (int by_part = 0; by_part <= 1; by_part++) {
                MlTableSettings settings = { .columns = columns, .by_part = by_part };
                check_width(model, &settings);
                check_width(measured, &settings);
            }
    }
}

static void
what_is_least_needed_goes_first(void **state)
{
    g_autoptr(MlLedger) ledger = ml_test_measured("boxed-array", 1000000, 0);
    g_autoptr(MlLedger) larger = ml_test_measured("boxed-array", 1000000000, 0);
    g_auto(GStrv) at_80 = render(ledger, &wide);
    g_auto(GStrv) at_60 = render(ledger, &(MlTableSettings){ .columns = 60 });
    g_auto(GStrv) at_40 = render(ledger, &(MlTableSettings){ .columns = 40 });
    g_auto(GStrv) large_at_40 = render(larger, &(MlTableSettings){ .columns = 40 });

    assert_non_null(strstr(find_row(at_80, "data"), "█"));
    assert_null(strstr(find_row(at_60, "data"), "█"));
    assert_non_null(strstr(at_60[0], "per elem."));
    assert_null(strstr(at_40[0], "per elem."));
    assert_non_null(strstr(at_40[0], "model"));
    assert_null(strstr(large_at_40[0], "model"));
    assert_non_null(strstr(large_at_40[0], "measured"));
}

/* --- characters ------------------------------------------------------------------------------- */

static void
in_ascii_there_is_only_ascii(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();

    for (guint i = 0; i < cases->len; i++) {
        const MlCase *it = cases->pdata[i];
        g_autoptr(MlLedger) ledger = ml_test_measured(it->name, 1000, -4096);
        for (int by_part = 0; by_part <= 1; by_part++) {
            MlTableSettings settings = { .columns = 100, .by_part = by_part, .ascii = TRUE };
            g_autofree char *text = ml_ledger_table(ledger, &settings);
            assert_true(g_str_is_ascii(text));
            assert_non_null(strchr(text, '#'));
        }
    }
}

static void
nothing_per_element_is_a_dash(void **state)
{
    g_autoptr(MlLedger) nothing = ml_test_measured("boxed-array", 0, 0);
    g_auto(GStrv) lines = render(nothing, &wide);

    assert_non_null(strstr(find_row(lines, "held in RAM"), "–"));
    assert_int_equal(figure(find_row(lines, "held in RAM"), 0), 0);
    assert_null(find_row(lines, "data"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_rows_add_up_to_the_printed_sum),
        cmocka_unit_test(rows_that_are_zero_are_left_out),
        cmocka_unit_test(parts_are_rows_of_their_own),
        cmocka_unit_test(unexplained_always_stands_with_sign_and_percentage),
        cmocka_unit_test(a_model_has_one_column_and_nothing_unexplained),
        cmocka_unit_test(the_last_column_says_whether_it_was_measured_now),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(what_is_least_needed_goes_first),
        cmocka_unit_test(in_ascii_there_is_only_ascii),
        cmocka_unit_test(nothing_per_element_is_a_dash),
    };
    return cmocka_run_group_tests_name("render/ledger table", tests, NULL, NULL);
}
