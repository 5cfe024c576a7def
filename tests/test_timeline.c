/* Timelines of real processes. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/spec.h"
#include "facts/make.h"
#include "measure/allocator_library.h"
#include "measure/capacity.h"
#include "model/compute.h"

#define PAGE 4096
#define MANY 200000

static GArray *
choose(const char *const *specs)
{
    GArray *choices = g_array_new(FALSE, TRUE, sizeof(MlChoice));
    for (; *specs != NULL; specs++) {
        MlChoice choice;
        assert_true(ml_spec_parse(*specs, &choice.structure, &choice.options, NULL));
        g_array_append_val(choices, choice);
    }
    return choices;
}

static MlTimeline *
measure(const char *const *specs, guint64 n, const MlAllocator *allocator)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) choices = choose(specs);
    const MlTimelineRequest request = { .choices = choices, .n = n, .allocator = allocator };
    MlTimeline *timeline = ml_timeline_measure(&request, &error);
    if (timeline == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(timeline->steps->len, 2 * choices->len + 2);
    if (timeline->invalid_reason != NULL)
        fail_msg("%s", timeline->invalid_reason);
    return timeline;
}

static void
assert_within(guint64 a, guint64 b, guint64 pages)
{
    if (MAX(a, b) - MIN(a, b) > pages * PAGE)
        fail_msg("%" G_GUINT64_FORMAT " B, not %" G_GUINT64_FORMAT " B", a, b);
}

/* Start, live and held are all there is; a block may begin on a page that was there before. */
static void
assert_explained(const MlTimeline *timeline)
{
    guint64 start = ml_timeline_step(timeline, 0)->rss_bytes;
    guint64 before = start;
    for (guint i = 0; i < timeline->steps->len; i++) {
        const MlTimelineStep *step = ml_timeline_step(timeline, i);
        guint64 explained = start + step->live_bytes + step->held_bytes;
        assert_true(explained >= step->rss_bytes);
        assert_within(explained, step->rss_bytes, 8);
        assert_true(step->peak_bytes >= MAX(before, step->rss_bytes));
        assert_true(step->total_rss_bytes >= step->rss_bytes);
        before = step->rss_bytes;
    }
    assert_int_equal(ml_timeline_step(timeline, timeline->steps->len - 1)->live_bytes, 0);
}

static const char *const mixed[] = { "boxed-array", "open-table", "linked-list", NULL };

/* Nodes are kept below the list that came later, or as small chunks; the table has a mapping of its
 * own, and goes at once.  Source: glibc malloc.c, "fastbins", M_MMAP_THRESHOLD. */
static void
small_blocks_stay_until_the_trim_and_a_large_one_goes_at_once(void **state)
{
    g_autoptr(MlTimeline) timeline = measure(mixed, MANY, ml_allocator_default());
    guint64 start = ml_timeline_step(timeline, 0)->rss_bytes;
    guint64 boxes = MANY * 32u;
    assert_explained(timeline);
    assert_within(ml_timeline_step(timeline, 4)->held_bytes, boxes, 16);
    guint64 before = ml_timeline_step(timeline, 4)->rss_bytes;
    guint64 after = ml_timeline_step(timeline, 5)->rss_bytes;
    assert_within(before - after, (1u << 19) * 24u, 16);
    assert_within(ml_timeline_step(timeline, 6)->held_bytes, 2 * boxes, 16);
    assert_within(ml_timeline_step(timeline, 7)->rss_bytes, start, 16);
}

static void
what_lives_is_what_the_model_says(void **state)
{
    g_autoptr(MlTimeline) timeline = measure(mixed, MANY, ml_allocator_default());
    g_autoptr(GArray) choices = choose(mixed);
    g_autofree MlModel *model = g_new(MlModel, 1);
    guint64 live = 0;
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        ml_compute(choice->structure, &choice->options, MANY, ml_allocator_default(), PAGE, model);
        live += model->cost.resident - model->cost.stock;
        assert_within(ml_timeline_step(timeline, i + 1)->live_bytes, live, 4);
    }
}

/* While it grows, the old table and the new one are both there. */
static void
the_peak_of_a_growing_table_is_seen(void **state)
{
    static const char *const table[] = { "open-table", NULL };
    g_autoptr(MlTimeline) timeline = measure(table, MANY, ml_allocator_default());
    g_autoptr(GArray) choices = choose(table);
    g_autofree MlModel *model = g_new(MlModel, 1);
    const MlChoice *choice = &g_array_index(choices, MlChoice, 0);
    ml_compute(choice->structure, &choice->options, MANY, ml_allocator_default(), PAGE, model);
    const MlTimelineStep *built = ml_timeline_step(timeline, 1);
    guint64 start = ml_timeline_step(timeline, 0)->rss_bytes;
    assert_true(timeline->peak_is_exact);
    assert_true(model->cost.peak > model->cost.resident + (1u << 20));
    assert_within(built->peak_bytes - start, model->cost.peak, 32);
}

/* What a measurement of its own finds; so neither recorder nor walk is in it. */
static void
the_first_structure_takes_what_it_takes_alone(void **state)
{
    for (guint i = 0; mixed[i] != NULL; i++) {
        const char *const alone[] = { mixed[i], NULL };
        g_autoptr(MlTimeline) timeline = measure(alone, MANY, ml_allocator_default());
        g_autoptr(GArray) choices = choose(alone);
        const MlChoice *choice = &g_array_index(choices, MlChoice, 0);
        const MlMeasureRequest request = {
            .structure = choice->structure,
            .options = choice->options,
            .n = MANY,
            .repeats = 1,
        };
        g_autoptr(MlMeasurement) measurement = ml_measure(&request, NULL);
        assert_non_null(measurement);
        guint64 taken =
            ml_timeline_step(timeline, 1)->rss_bytes - ml_timeline_step(timeline, 0)->rss_bytes;
        assert_within(taken, (guint64)measurement->raw_bytes, 2);
    }
}

static void
nothing_is_built_of_no_elements(void **state)
{
    g_autoptr(MlTimeline) timeline = measure(mixed, 0, ml_allocator_default());
    for (guint i = 0; i < timeline->steps->len; i++)
        assert_within(
            ml_timeline_step(timeline, i)->rss_bytes, ml_timeline_step(timeline, 0)->rss_bytes, 0);
    assert_explained(timeline);
    g_autoptr(MlTimeline) one = measure(mixed, 1, ml_allocator_default());
    assert_explained(one);
}

static void
every_allocator_has_its_timeline(void **state)
{
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    for (size_t i = 0; i < n_allocators; i++) {
        if (!ml_allocator_installed(allocators[i]))
            continue;
        g_autoptr(MlTimeline) timeline = measure(mixed, 20000, allocators[i]);
        assert_explained(timeline);
        assert_string_equal(timeline->allocator, allocators[i]->name);
    }
}

static void
assert_refused(const char *const *specs, guint64 n, int status, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) choices = choose(specs);
    const MlTimelineRequest request = {
        .choices = choices,
        .n = n,
        .allocator = ml_allocator_default(),
    };
    assert_null(ml_timeline_measure(&request, &error));
    assert_int_equal(ml_error_status(error), status);
    if (strstr(error->message, expected) == NULL)
        fail_msg("%s", error->message);
}

static void
what_one_process_cannot_hold_is_refused(void **state)
{
    static const char *const slices[] = { "gslist:slices=on", "glist:slices=off", NULL };
    static const char *const one[] = { "packed-array", NULL };
    static const char *const many[] = {
        "packed-array", "packed-array", "packed-array", "packed-array", NULL
    };
    guint64 available = 0;
    assert_true(ml_capacity_available(&available, NULL));
    guint64 largest = available / 8 / 2; /* two fit, four do not */
    assert_refused(slices, 10, ML_ERROR_USAGE, "slices=off cannot be had here");
    assert_refused(one, 10000000000000, ML_ERROR_SURROUNDINGS, "are available here");
    assert_refused(many, largest, ML_ERROR_SURROUNDINGS, "these 4 structures with n = ");
    assert_refused(one, G_MAXUINT64, ML_ERROR_USAGE, "more than an address space");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_blocks_stay_until_the_trim_and_a_large_one_goes_at_once),
        cmocka_unit_test(what_lives_is_what_the_model_says),
        cmocka_unit_test(the_peak_of_a_growing_table_is_seen),
        cmocka_unit_test(the_first_structure_takes_what_it_takes_alone),
        cmocka_unit_test(nothing_is_built_of_no_elements),
        cmocka_unit_test(every_allocator_has_its_timeline),
        cmocka_unit_test(what_one_process_cannot_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
