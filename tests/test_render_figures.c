#include "ml_test.h"

#include <string.h>

#include "base/text.h"
#include "made_facts.h"
#include "render/attribution_text.h"
#include "render/figures.h"
#include "render/ledger_text.h"
#include "render/times_text.h"

/* --- figures ---------------------------------------------------------------------------------- */

static void
what_is_held_is_written_in_three_units(void **state)
{
    static const struct {
        guint64 bytes;
        const char *text;
    } rows[] = {
        { 0, "0 B = 0.0 KiB = 0.0 kB" },
        { 49152, "49 152 B = 48.0 KiB = 49.2 kB" },
        { 40009728, "40 009 728 B = 38.2 MiB = 40.0 MB" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_figure_held(rows[i].bytes);
        assert_string_equal(text, rows[i].text);
    }
}

static void
differences_have_their_sign(void **state)
{
    static const struct {
        gint64 bytes;
        const char *text;
    } rows[] = {
        { 0, "0" },
        { 4096, "+4 096" },
        { -512, "-512" },
        { G_MAXINT64, "+9 223 372 036 854 775 807" },
        { G_MININT64, "-9 223 372 036 854 775 808" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_figure_signed(rows[i].bytes);
        assert_string_equal(text, rows[i].text);
    }
}

static void
a_ledger_is_called_as_it_is_typed(void **state)
{
    static const char *const specs[] = { "boxed-array",
        "packed-array:width=2",
        "compact-dict:keys=string,values=boxed",
        "compact-dict:keys=string,key_format=%06i,value=2*i + 1" };

    for (size_t i = 0; i < G_N_ELEMENTS(specs); i++) {
        g_autoptr(MlLedger) ledger = ml_test_model(specs[i], 10);
        g_autofree char *name = ml_figure_name(ledger);
        assert_string_equal(name, specs[i]);
    }
}

static void
a_structure_of_another_memlab_keeps_its_name(void **state)
{
    g_autoptr(MlLedger) ledger = ml_test_model("boxed-array", 10);
    g_free(ledger->structure);
    ledger->structure = g_strdup("skip-list");
    g_autofree char *name = ml_figure_name(ledger);
    assert_string_equal(name, "skip-list");
}

static void
a_stack_is_as_long_as_its_sum(void **state)
{
    const double thirds[ML_N_ROLES] = { [ML_ROLE_DATA] = 1,
        [ML_ROLE_POINTER] = 1,
        [ML_ROLE_ALLOCATOR] = 1,
        [ML_ROLE_UNEXPLAINED] = -5 };

    for (int room = 3; room <= 60; room++) {
        g_autoptr(GString) whole = g_string_new(NULL), half = g_string_new(NULL);
        int used = ml_figure_stack(whole, thirds, 3, room, TRUE);
        assert_int_equal(used, room);
        assert_int_equal(ml_text_width(whole->str), used);
        assert_true(strchr(whole->str, '#') != NULL && strchr(whole->str, ':') != NULL);
        assert_null(strchr(whole->str, '?'));
        used = ml_figure_stack(half, thirds, 6, room, TRUE);
        assert_int_equal(ml_text_width(half->str), used);
        assert_in_range(used, MAX(room / 2, 1), MAX((room + 1) / 2, 3));
    }
    const double nothing[ML_N_ROLES] = { 0 };
    g_autoptr(GString) empty = g_string_new(NULL);
    assert_int_equal(ml_figure_stack(empty, nothing, 0, 20, TRUE), 0);
    assert_string_equal(empty->str, "");
}

static void
pieces_flow_and_are_never_broken(void **state)
{
    static const char *const pieces[] = { "one two", "three", "four", NULL };
    static const struct {
        int columns, indent;
        const char *text;
    } rows[] = {
        { 80, 0, "one two  three  four\n" },
        { 20, 0, "one two  three  four\n" },
        { 19, 0, "one two  three\nfour\n" },
        { 22, 2, "  one two  three  four\n" },
        { 21, 2, "  one two  three\n  four\n" },
        { 10, 0, "one two\nthree\nfour\n" },
        { 1, 1, " one two\n three\n four\n" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_figure_flow(pieces, "  ", rows[i].columns, rows[i].indent);
        assert_string_equal(text, rows[i].text);
    }
}

/* --- lines about a ledger --------------------------------------------------------------------- */

static void
a_measurement_has_its_line(void **state)
{
    g_autoptr(MlLedger) ledger = ml_test_measured("boxed-array", 1000000, 0);
    g_autoptr(MlLedger) model = ml_test_model("boxed-array", 1000000);
    g_autofree char *whole = ml_ledger_line(ledger, 100);
    g_autofree char *broken = ml_ledger_line(ledger, 40);
    g_autofree char *none = ml_ledger_line(model, 100);

    assert_string_equal(whole,
        "used 38.15 MiB RAM in 0.125 s, peaked 0.01 MiB above current, total RAM usage 40.15 "
        "MiB\n");
    assert_string_equal(broken,
        "used 38.15 MiB RAM in 0.125 s,\npeaked 0.01 MiB above current,\n"
        "total RAM usage 40.15 MiB\n");
    assert_string_equal(none, "");
    ledger->peak_bytes = 0; /* never below what is held at the end */
    g_autofree char *no_peak = ml_ledger_line(ledger, 100);
    assert_non_null(strstr(no_peak, "peaked 0.00 MiB above current"));
}

static void
mallocs_own_is_opened(void **state)
{
    g_autoptr(MlLedger) list = ml_test_model("linked-list", 1000);
    g_autoptr(MlLedger) nothing = ml_test_model("linked-list", 0);
    g_autofree char *opened = ml_ledger_opened(list, 80);
    g_autofree char *none = ml_ledger_opened(nothing, 80);

    assert_string_equal(
        opened, "  malloc's own 16 768 = size fields 8 000 + rounding 8 000 + stock 768\n");
    assert_string_equal(none, "");
}

static void
page_faults_are_never_more_than_all_of_a_build(void **state)
{
    g_autoptr(MlLedger) list = ml_test_model("linked-list", 1000);
    list->times = (MlTimes){ .repeats = 5, .fault_seconds = 2e-6 };
    list->times.time[ML_TIME_BUILD] = (MlTime){ .seconds = 40e-6, .page_faults = 10 };
    g_autofree char *half = ml_times_table(list, 80);
    list->times.time[ML_TIME_BUILD].seconds = 10e-6;
    g_autofree char *more = ml_times_table(list, 80);

    assert_non_null(strstr(half, "those of the first build are 20.0 µs, 50 % of it"));
    assert_null(strstr(more, "% of it"));
    assert_non_null(strstr(more, "that many would outlast the first build: its own were cheaper"));
}

/* As in the terminal of a telephone: names stand above their figures. */
static void
tables_keep_to_few_columns(void **state)
{
    g_autoptr(MlLedger) list = ml_test_model("linked-list", 1000);
    list->origin = ML_ORIGIN_MEASURED;
    list->attribution = (MlAttribution){ .is_known = TRUE, .n_new = 123456, .n_vanished = 7 };
    list->attribution.unattributed = G_MAXUINT32;
    list->times = (MlTimes){ .repeats = 5, .fault_seconds = 123e-6 };
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++)
        list->times.time[kind] = (MlTime){ .seconds = 0.123, .page_faults = 123456, .count = 1 };
    g_autofree char *owners = ml_attribution_table(list, 40);
    g_autofree char *times = ml_times_table(list, 40);
    g_autofree char *both = g_strconcat(owners, times, NULL);
    g_auto(GStrv) lines = g_strsplit(both, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        if (ml_text_width(lines[i]) > 40)
            fail_msg("longer than 40 columns: '%s'", lines[i]);
    assert_non_null(strstr(both, "\n  build, fresh memory\n"));
    assert_non_null(strstr(both, "  live blocks: size fields and rounding\n"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_held_is_written_in_three_units),
        cmocka_unit_test(differences_have_their_sign),
        cmocka_unit_test(a_ledger_is_called_as_it_is_typed),
        cmocka_unit_test(a_structure_of_another_memlab_keeps_its_name),
        cmocka_unit_test(a_stack_is_as_long_as_its_sum),
        cmocka_unit_test(pieces_flow_and_are_never_broken),
        cmocka_unit_test(a_measurement_has_its_line),
        cmocka_unit_test(mallocs_own_is_opened),
        cmocka_unit_test(page_faults_are_never_more_than_all_of_a_build),
        cmocka_unit_test(tables_keep_to_few_columns),
    };
    return cmocka_run_group_tests_name("render/figures", tests, NULL, NULL);
}
