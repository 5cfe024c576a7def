#include "each_structure.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "measure/pages.h"

static const guint64 counts[] = {
    0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 100, 1000, 4097, 12345, 20000
};

/* How far the number of buckets in use may be from its expected value: five standard deviations. */
static double
used_tolerance(const MlCase *it, const MlPart *part, double n, double slots)
{
    if (it->structure->shape != ML_SHAPE_BUCKETS || strcmp(part->name, "bucket array") != 0)
        return 0;
    double empty = pow(1 - 1 / slots, n);
    double variance =
        slots * (slots - 1) * pow(1 - 2 / slots, n) + slots * empty - slots * slots * empty * empty;
    return 5 * sqrt(fmax(variance, 0)) + 1;
}

static void
check_walk(const MlCase *it, guint64 n, const MlModel *model, const MlWalkSink *sink)
{
    assert_int_equal(sink->n_parts, model->n_parts);
    for (uint32_t p = 0; p < model->n_parts; p++) {
        const MlPart *part = &model->plan.parts[p];
        const MlPartCost *planned = &model->part[p].cost;
        const MlWalkTotals *found = &sink->totals[p];
        ml_assert_same(n, part->name, found->blocks, planned->blocks);
        ml_assert_same(n, part->name, found->request_bytes, planned->requested);
        double off = fabs((double)found->used - (double)planned->used);
        if (off > used_tolerance(it, part, (double)n, (double)model->plan.slots))
            fail_msg("n = %" G_GUINT64_FORMAT ": %s: %" G_GUINT64_FORMAT " used, %" G_GUINT64_FORMAT
                     " planned",
                n,
                part->name,
                found->used,
                planned->used);
    }
}

static void
the_walk_finds_what_the_plan_says(void **state)
{
    const MlCase *it = *state;

    if (ml_case_is_elsewhere(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree MlWalkSink *sink = g_new0(MlWalkSink, 1);
        g_autofree MlModel *model = ml_case_model(it, counts[i], 4096);
        g_autofree void *instance = ml_case_build(it, counts[i]);
        ml_walk_begin(sink, model->plan.parts, model->n_parts, NULL);
        it->structure->walk(instance, sink);
        ml_walk_end(sink);
        check_walk(it, counts[i], model, sink);
        it->structure->destroy(instance);
    }
}

/* A census by role of all pages that this process has. */
static MlCensus *
begin_census(void)
{
    guint64 n_new;
    guint64 n_vanished;
    g_autoptr(GArray) ranges = NULL;
    g_autoptr(MlPages) pages = ml_pages_take(getpid(), NULL);
    assert_non_null(pages);
    ml_pages_compare(pages, pages, &ranges, &n_new, &n_vanished);
    const MlCensusRange *last = &g_array_index(ranges, MlCensusRange, ranges->len - 1);
    MlCensus header = { .page_shift = 12, .by_role = 1, .n_ranges = ranges->len };
    header.n_pages = last->first_page + (last->to - last->from) / 4096;
    MlCensus *census = g_malloc0(ml_census_bytes(&header));
    *census = header;
    memcpy(ml_census_ranges(census), ranges->data, ranges->len * sizeof *last);
    return census;
}

static guint64
claimed(MlCensus *census, guint role)
{
    guint64 bytes = 0;
    for (guint64 page = 0; page < census->n_pages; page++)
        bytes += ml_census_claims(census)[page * ML_N_ROLES + role];
    return bytes;
}

/* Roles of all parts, and what malloc adds. */
static void
sum_roles(const MlModel *model, const MlWalkSink *sink, guint64 ret_bytes[ML_N_ROLES])
{
    memset(ret_bytes, 0, ML_N_ROLES * sizeof *ret_bytes);
    for (uint32_t i = 0; i < model->n_parts; i++) {
        const MlWalkTotals *found = &sink->totals[i];
        uint64_t role[ML_N_ROLES];
        ml_part_roles(&model->plan.parts[i], found->request_bytes, found->used, role);
        for (int r = 0; r < ML_N_ROLES; r++)
            ret_bytes[r] += role[r];
        ret_bytes[ML_ROLE_ALLOCATOR] +=
            found->usable_bytes - found->request_bytes + found->field_bytes;
    }
}

/* Byte by byte they come to what the parts' roles say; spare room may not be resident. */
static void
a_census_by_role_claims_what_the_roles_say(void **state)
{
    const MlCase *it = *state;

    if (ml_case_is_elsewhere(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        guint64 expected[ML_N_ROLES];
        g_autofree MlWalkSink *sink = g_new0(MlWalkSink, 1);
        g_autofree MlModel *model = ml_case_model(it, counts[i], 4096);
        g_autofree void *instance = ml_case_build(it, counts[i]);
        g_autofree MlCensus *census = begin_census();
        ml_walk_begin(sink, model->plan.parts, model->n_parts, census);
        it->structure->walk(instance, sink);
        ml_walk_end(sink);
        it->structure->destroy(instance);
        sum_roles(model, sink, expected);
        for (guint role = 0; role < ML_N_ROLES; role++) {
            const char *what = ml_role_id((MlRole)role);
            if (role == ML_ROLE_UNUSED)
                assert_true(claimed(census, role) <= expected[role]);
            else
                ml_assert_same(counts[i], what, claimed(census, role), expected[role]);
        }
    }
}

/* Bits of a value: an option "width" narrows the stored integer, whose high bits then go; a string
 * has room for a character. */
static unsigned
value_bits(const MlCase *it)
{
    if (it->structure->value_bits != 0)
        return it->structure->value_bits;
    for (size_t i = 0; i < it->structure->n_options; i++)
        if (g_str_equal(it->structure->options[i].name, "width"))
            return 8 * (unsigned)g_ascii_strtoull(
                           ml_options_value(it->structure->options, i, &it->options), NULL, 10);
    return 64;
}

/* 0 + 1 + … + (n - 1), times so many as one of which stays; as often as values come again; each as
 * a signed integer of so many bits: whole turns sum to -half each. */
static gint64
expected_sum(const MlCase *it, guint64 n)
{
    unsigned bits = value_bits(it);
    if (bits == 1) /* no sign: 0 1 0 1 … */
        return (gint64)(n / 2);
    if (bits == 64) {
        guint64 rounds = n / it->distinct, beyond = n % it->distinct;
        guint64 each_round = rounds > 0 ? it->distinct * (it->distinct - 1) / 2 : 0;
        return (gint64)(it->every * (rounds * each_round + beyond * (beyond - 1) / 2));
    }
    gint64 turn = INT64_C(1) << bits;
    gint64 half = turn / 2;
    gint64 turns = (gint64)n / turn;
    gint64 rest = (gint64)n % turn;
    return turns * -half + rest * (rest - 1) / 2 - turn * MAX(rest - half, 0);
}

static void
the_sum_is_the_closed_form(void **state)
{
    const MlCase *it = *state;

    if (ml_case_is_elsewhere(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree void *instance = ml_case_build(it, counts[i]);
        ml_assert_same(counts[i], "count", it->structure->count(instance), counts[i]);
        ml_assert_same(counts[i],
            "sum",
            (guint64)it->structure->sum(instance),
            (guint64)expected_sum(it, counts[i]));
        it->structure->destroy(instance);
    }
}

/* As it is kept: the low bits, with their sign. */
static gint64
kept(const MlCase *it, guint64 value)
{
    if (value_bits(it) == 1)
        return (gint64)(value & 1);
    unsigned unused_bits = 64 - value_bits(it);
    return (gint64)(value << unused_bits) >> unused_bits;
}

/* Reads element i, writes another value over it, reads that back, and restores it.  No
 * other element changes, whatever they share. */
static void
check_element(const MlCase *it, void *instance, guint64 n, guint64 i)
{
    MlElement element;
    gint64 before = kept(it, i % it->distinct * it->every),
           after = kept(it, UINT64_C(0x123456789abcdef1));
    gint64 sum = it->structure->sum(instance);

    it->structure->get(instance, i, &element);
    ml_assert_same(n, "value", (guint64)element.value, (guint64)before);
    assert_true(element.address != 0 && element.bytes > 0);
    it->structure->put(instance, i, after);
    it->structure->get(instance, i, &element);
    ml_assert_same(n, "value put", (guint64)element.value, (guint64)after);
    ml_assert_same(
        n, "sum", (guint64)it->structure->sum(instance), (guint64)(sum - before + after));
    it->structure->put(instance, i, before);
}

static void
an_element_is_read_and_written(void **state)
{
    const MlCase *it = *state;

    if (ml_case_is_elsewhere(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        guint64 n = counts[i];
        if (n == 0)
            continue;
        g_autofree void *instance = ml_case_build(it, n);
        check_element(it, instance, n, 0);
        check_element(it, instance, n, n / 2);
        check_element(it, instance, n, n - 1);
        it->structure->destroy(instance);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_walk_finds_what_the_plan_says),
        cmocka_unit_test(a_census_by_role_claims_what_the_roles_say),
        cmocka_unit_test(the_sum_is_the_closed_form),
        cmocka_unit_test(an_element_is_read_and_written),
    };
    return ml_run_each("structure/build", tests, G_N_ELEMENTS(tests));
}
