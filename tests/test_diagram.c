/* The parts that pictures are made of. */
#include "ml_test.h"

#include <math.h>

#include "diagram/block.h"
#include "diagram/label.h"
#include "diagram/pattern.h"
#include "diagram/sum.h"
#include "diagram/wording.h"
#include "diagram_facts.h"

static void
assert_printed(const double bytes[ML_N_ROLES], double total, const double printed[ML_N_ROLES])
{
    MlSum sum;
    ml_sum_round(bytes, &sum);
    assert_near(sum.printed_total, total, 1e-9);
    assert_near(ml_sum_total(sum.printed), total, 1e-9);
    for (int role = 0; role < ML_N_ROLES; role++)
        assert_near(sum.printed[role], printed[role], 1e-9);
}

static void
printed_terms_add_up_to_the_printed_total(void **state)
{
    assert_printed(
        (double[ML_N_ROLES]){ 8, 8, 16, 0, 8.01 }, 40, (double[ML_N_ROLES]){ 8, 8, 16, 0, 8 });
    assert_printed((double[ML_N_ROLES]){ 18.89, 16, 40, 12.39, 20.12, 1, 4.39 },
        112.8,
        (double[ML_N_ROLES]){ 18.9, 16, 40, 12.4, 20.1, 1, 4.4 });
    assert_printed(
        (double[ML_N_ROLES]){ 3.33, 3.33, 3.34 }, 10, (double[ML_N_ROLES]){ 3.3, 3.3, 3.4 });
    assert_printed((double[ML_N_ROLES]){ 0 }, 0, (double[ML_N_ROLES]){ 0 });
}

static void
a_negative_term_adds_up_as_well(void **state)
{
    assert_printed((double[ML_N_ROLES]){ 8, [ML_ROLE_UNEXPLAINED] = -3.14 },
        4.9,
        (double[ML_N_ROLES]){ 8, [ML_ROLE_UNEXPLAINED] = -3.1 });
}

static void
random_terms_add_up_and_are_off_by_less_than_a_unit(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20240501);
    for (int round_number = 0; round_number < 1000; round_number++) {
        double bytes[ML_N_ROLES];
        MlSum sum;
        for (int role = 0; role < ML_N_ROLES; role++)
            bytes[role] = g_rand_double_range(random, 0, 50);
        ml_sum_round(bytes, &sum);
        assert_near(ml_sum_total(sum.printed), sum.printed_total, 1e-6);
        assert_near(sum.printed_total, ml_sum_total(bytes), 0.05 + 1e-6);
        for (int role = 0; role < ML_N_ROLES; role++)
            assert_true(fabs(sum.printed[role] - bytes[role]) < 0.1);
    }
}

static void
the_unexplained_is_set_apart_and_stock_is_in_no_block(void **state)
{
    FakeBoxed boxed = { .n = 1000, .unexplained = 4096 };
    g_autoptr(MlLedger) ledger = fake_boxed_ledger(&boxed);
    double resident[ML_N_ROLES];
    double blocks[ML_N_ROLES];
    ml_sum_resident(ledger, resident);
    ml_sum_blocks(ledger, blocks);
    assert_near(ml_sum_total(resident), (double)ml_ledger_bytes(ledger), 0.001);
    assert_near(resident[ML_ROLE_UNEXPLAINED], 4096, 0.001);
    assert_near(ml_sum_total(blocks), 8016 + 32000, 0.001);
    assert_int_equal(ml_sum_stock(ledger), 40960 - 8016 - 32000);
}

static void
figures_are_written_alike_everywhere(void **state)
{
    static const struct {
        double amount;
        int decimals;
        const char *plain;
        const char *with_sign;
    } rows[] = {
        { 40, 0, "40", "+40" },
        { 40.04, 1, "40", "+40" },
        { 56.39, 1, "56.4", "+56.4" },
        { 4096, 0, "4\u202f096", "+4\u202f096" },
        { -7.14, 1, "\u22127.1", "\u22127.1" },
        { 0.01, 1, "0", "±0" },
        { -0.01, 1, "0", "±0" },
        { (double)NAN, 1, "–", "–" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *plain = ml_wording_amount(rows[i].amount, rows[i].decimals);
        g_autofree char *with_sign = ml_wording_signed(rows[i].amount, rows[i].decimals);
        assert_string_equal(plain, rows[i].plain);
        assert_string_equal(with_sign, rows[i].with_sign);
    }
}

static void
only_factors_near_a_whole_number_are_words(void **state)
{
    static const struct {
        double factor;
        const char *words;
    } rows[] = {
        { 2, "twice" },
        { 5.0012, "five times" },
        { 5.2, "5.2 times" },
        { 2.04, "twice" },
        { 10, "ten times" },
        { 14.05, "14.1 times" },
        { 1.5, "1.5 times" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *words = ml_wording_times(rows[i].factor);
        assert_string_equal(words, rows[i].words);
    }
}

static void
addresses_get_digits_until_they_differ(void **state)
{
    const guint64 near[] = { 0x55550810, 0x55550830, 0x55550ff0 };
    const guint64 a_page_apart[] = { 0x55550810, 0x55551810 };
    const guint64 same[] = { 0x55550810, 0x55550810 };
    assert_int_equal(ml_block_address_digits(near, 3), 3);
    assert_int_equal(ml_block_address_digits(a_page_apart, 2), 4);
    assert_int_equal(ml_block_address_digits(same, 2), 3);
    g_autofree char *label = ml_block_address_label(0x5555555700a0, 3);
    assert_string_equal(label, "…0a0");
}

static void
a_block_is_covered_by_its_cells(void **state)
{
    for (int bare = 0; bare <= 1; bare++)
        for (int classes = 0; classes <= 1; classes++) {
            FakeBoxed boxed = { .n = 3, .bare = bare, .classes = classes };
            g_autoptr(MlWalk) walk = fake_boxed_walk(&boxed);
            const MlWalkSample *box = ml_walk_sample(walk, 1, 0);
            g_autoptr(GArray) cells = ml_block_cells(walk, box, 3);
            gint64 end = -(gint64)walk->field_bytes;
            for (guint i = 0; i < cells->len; i++) {
                const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
                assert_int_equal(cell->offset, end);
                end += (gint64)cell->bytes;
            }
            assert_int_equal(end, box->usable_bytes);
        }
}

static void
rounding_is_a_cell_of_its_own(void **state)
{
    FakeBoxed boxed = { .n = 3, .bare = TRUE };
    g_autoptr(MlWalk) walk = fake_boxed_walk(&boxed);
    g_autoptr(GArray) cells = ml_block_cells(walk, ml_walk_sample(walk, 1, 2), 3);
    assert_int_equal(cells->len, 3);
    const MlBlockCell *value = &g_array_index(cells, MlBlockCell, 1);
    const MlBlockCell *rounding = &g_array_index(cells, MlBlockCell, 2);
    assert_string_equal(value->label, "2");
    assert_string_equal(rounding->name, "rounding");
    assert_int_equal(rounding->role, ML_ROLE_ALLOCATOR);
    assert_int_equal(rounding->bytes, 16);
}

static MlScene *
empty_scene(void)
{
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    assert_non_null(metrics);
    return ml_scene_new("test", metrics, NULL, 1);
}

static void
the_longest_wording_that_fits_is_set_and_none_is_cut(void **state)
{
    g_autoptr(MlScene) scene = empty_scene();
    const char *const *ladder = ML_LADDER("object header", "header", "hdr");
    static const struct {
        double room;
        const char *expected;
    } rows[] = { { 400, "object header" }, { 120, "header" }, { 60, "hdr" }, { 20, NULL } };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const MlItem *text = ml_label(scene,
            (MlPoint){ 100, 100 },
            ML_ANCHOR_START,
            ML_TYPE_SMALL,
            ML_INK_TEXT,
            rows[i].room,
            ladder);
        if (rows[i].expected == NULL) {
            assert_null(text);
            continue;
        }
        assert_string_equal(text->text.string, rows[i].expected);
        assert_true(text->box.w <= rows[i].room);
        assert_true(text->text.type.size >= ML_TYPE_FLOOR);
    }
}

static void
an_address_is_found_in_the_smallest_place(void **state)
{
    g_autoptr(MlScene) scene = empty_scene();
    ml_scene_add_place(scene, 0x1000, 64, (MlBox){ 0, 0, 640, 10 });
    ml_scene_add_place(scene, 0x1010, 8, (MlBox){ 160, 0, 80, 10 });
    assert_near(ml_scene_find_place(scene, ML_VIEW_BYTES, 0x1014)->box.x, 160, 0);
    assert_near(ml_scene_find_place(scene, ML_VIEW_BYTES, 0x1018)->box.x, 0, 0);
    assert_null(ml_scene_find_place(scene, ML_VIEW_BYTES, 0x1040));
    assert_null(ml_scene_find_place(scene, ML_VIEW_BYTES, 0xfff));
}

static void
all_roles_but_data_have_a_pattern(void **state)
{
    for (int role = 0; role < ML_N_ROLES; role++) {
        g_auto(MlPattern) pattern = { 0 };
        assert_int_equal(ml_pattern_init(&pattern, (MlRole)role, 1), role != ML_ROLE_DATA);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_terms_add_up_to_the_printed_total),
        cmocka_unit_test(a_negative_term_adds_up_as_well),
        cmocka_unit_test(random_terms_add_up_and_are_off_by_less_than_a_unit),
        cmocka_unit_test(the_unexplained_is_set_apart_and_stock_is_in_no_block),
        cmocka_unit_test(figures_are_written_alike_everywhere),
        cmocka_unit_test(only_factors_near_a_whole_number_are_words),
        cmocka_unit_test(addresses_get_digits_until_they_differ),
        cmocka_unit_test(a_block_is_covered_by_its_cells),
        cmocka_unit_test(rounding_is_a_cell_of_its_own),
        cmocka_unit_test(the_longest_wording_that_fits_is_set_and_none_is_cut),
        cmocka_unit_test(an_address_is_found_in_the_smallest_place),
        cmocka_unit_test(all_roles_but_data_have_a_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
