#include "each_structure.h"

#include "allocations.h"

/* Just below, at and above where each table grows, and some way beyond. */
static const guint64 counts[] = {
    0, 1, 2, 4, 5, 6, 8, 9, 12, 13, 16, 17, 24, 25, 32, 33, 100, 1000, 5000
};

enum {
    MOST_ELEMENTS = 5000, /* that are made, of which some may be deleted */
    MOST_ELEMENTS_WITH_FAULTS = 500,
    ELEMENTS_WITH_FAULTS = 50, /* every table has grown at least twice */
};

static const char *const kind_names[] = { "alloc", "realloc", "free" };

/* A library's own calls of malloc do not pass through here (the recorder sees them: test_recorder),
 * and GLib aborts where malloc returns NULL. */
static bool
is_of_library(const MlCase *it)
{
    return it->structure->library != NULL;
}

/* --- the plan, call by call ------------------------------------------------------------------- */

/* Compares the calls that were made with those that the plan has, one after the other. */
typedef struct {
    guint64 n;
    const MlCall *calls;
    size_t n_calls;
    size_t at;
    size_t n_blocks; /* ALLOCs so far */
} Expected;

static void
expect_call(Expected *expected, MlCallKind kind, size_t block, guint64 bytes)
{
    if (expected->at == expected->n_calls)
        fail_msg("n = %" G_GUINT64_FORMAT ": only %zu calls were made", expected->n, expected->at);
    const MlCall *call = &expected->calls[expected->at++];
    if (call->kind != kind || call->block != block || call->bytes != bytes)
        fail_msg("n = %" G_GUINT64_FORMAT ": call %zu: %s of block %zu, %" G_GUINT64_FORMAT
                 " B; planned: %s of block %zu, %" G_GUINT64_FORMAT " B",
            expected->n,
            expected->at - 1,
            kind_names[call->kind],
            call->block,
            call->bytes,
            kind_names[kind],
            block,
            bytes);
}

static void
expect_rounds(Expected *expected, const MlStep *step)
{
    for (guint64 k = 0; k < step->count; k++)
        for (uint32_t i = 0; i < step->n_requests; i++)
            expect_call(
                expected, ML_CALL_ALLOC, expected->n_blocks++, step->round[i].request_bytes);
}

static int
compare_bytes(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a;
    guint64 y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

static void
sort(GArray *bytes)
{
    qsort(bytes->data, bytes->len, sizeof(guint64), compare_bytes);
}

/* The same requests, in whatever order. */
static void
expect_grouped_plan(const Expected *expected, const MlPlan *plan)
{
    g_autoptr(GArray) made = g_array_new(FALSE, FALSE, sizeof(guint64));
    g_autoptr(GArray) planned = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (size_t i = 0; i < expected->n_calls; i++) {
        assert_int_equal(expected->calls[i].kind, ML_CALL_ALLOC);
        guint64 bytes = expected->calls[i].bytes;
        g_array_append_val(made, bytes);
    }
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        assert_int_equal(step->kind, ML_STEP_REPEAT);
        for (guint64 k = 0; k < step->count * step->n_requests; k++) {
            guint64 bytes = step->round[k % step->n_requests].request_bytes;
            g_array_append_val(planned, bytes);
        }
    }
    ml_assert_same(expected->n, "requests", made->len, planned->len);
    sort(made);
    sort(planned);
    for (guint i = 0; i < made->len; i++)
        ml_assert_same(expected->n,
            "bytes",
            g_array_index(made, guint64, i),
            g_array_index(planned, guint64, i));
}

/* What does not stay is freed: @first_block is the first one of the first round. */
static void
expect_thinned(Expected *expected, const MlPlan *plan, const size_t *first_blocks, guint64 every)
{
    guint64 round = 0;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        for (guint64 k = 0; step->kind == ML_STEP_REPEAT && k < step->count; k++, round++)
            for (uint32_t r = 0; round % every != 0 && r < step->n_requests; r++)
                expect_call(expected, ML_CALL_FREE, first_blocks[i] + k * step->n_requests + r, 0);
    }
}

static void
expect_plan(Expected *expected, const MlPlan *plan)
{
    size_t numbers[ML_PLAN_MAX_BLOCKS];     /* of the plan's blocks among all that are allocated */
    size_t first_blocks[ML_PLAN_MAX_STEPS]; /* of repeats, likewise */

    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        switch (step->kind) {
        case ML_STEP_ALLOC:
            numbers[step->block] = expected->n_blocks;
            expect_call(expected, ML_CALL_ALLOC, expected->n_blocks++, step->bytes);
            break;
        case ML_STEP_REALLOC:
            expect_call(expected, ML_CALL_REALLOC, numbers[step->block], step->bytes);
            break;
        case ML_STEP_FREE:
            expect_call(expected, ML_CALL_FREE, numbers[step->block], 0);
            break;
        case ML_STEP_REPEAT:
            first_blocks[i] = expected->n_blocks;
            expect_rounds(expected, step);
            break;
        case ML_STEP_THIN:
            expect_thinned(expected, plan, first_blocks, step->every);
            break;
        case ML_STEP_THIN_ON:
        case ML_STEP_TOUCH:
            break;
        }
    }
    ml_assert_same(expected->n, "calls", expected->n_calls, expected->at);
}

static void
a_build_makes_the_requests_of_its_plan(void **state)
{
    const MlCase *it = *state;

    if (is_of_library(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts) && counts[i] * it->every <= MOST_ELEMENTS; i++) {
        g_autofree MlModel *model = ml_case_model(it, counts[i], 4096);
        ml_allocations_begin(SIZE_MAX);
        g_autofree void *instance = ml_case_build(it, counts[i]);
        ml_allocations_end();
        Expected expected = { .n = counts[i] };
        expected.calls = ml_allocations_calls(&expected.n_calls);
        if (it->structure->plan_is_grouped)
            expect_grouped_plan(&expected, &model->plan);
        else
            expect_plan(&expected, &model->plan);
        it->structure->destroy(instance);
    }
}

/* --- faults ----------------------------------------------------------------------------------- */

static void
destroying_frees_every_block_once(void **state)
{
    const MlCase *it = *state;

    if (is_of_library(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts) && counts[i] * it->every <= MOST_ELEMENTS; i++) {
        ml_allocations_begin(SIZE_MAX);
        g_autofree void *instance = ml_case_build(it, counts[i]);
        assert_true(counts[i] == 0 || ml_allocations_live() > 0);
        it->structure->destroy(instance);
        ml_allocations_end();
        ml_assert_same(counts[i], "blocks left", ml_allocations_live(), 0);
        ml_assert_same(counts[i], "frees of nothing", ml_allocations_foreign(), 0);
    }
}

/* Returns: how many blocks the walk reports. */
static guint64
walked(const MlCase *it, const void *instance, guint64 n)
{
    g_autofree MlWalkSink *sink = g_new0(MlWalkSink, 1);
    g_autofree MlModel *model = ml_case_model(it, n, 4096);
    guint64 blocks = 0;

    ml_walk_begin(sink, model->plan.parts, model->n_parts, NULL);
    it->structure->walk(instance, sink);
    ml_walk_end(sink);
    for (uint32_t i = 0; i < sink->n_parts; i++)
        blocks += sink->totals[i].blocks;
    return blocks;
}

/* Every other element is stored anew, then every one. */
static void
what_storing_makes_is_walked_and_freed_once(void **state)
{
    const MlCase *it = *state;
    enum { N = 100 };

    if (is_of_library(it) || N * it->every > MOST_ELEMENTS)
        return;
    ml_allocations_begin(SIZE_MAX);
    g_autofree void *instance = ml_case_build(it, N);
    for (guint64 step = 2; step > 0; step--) {
        for (guint64 i = 0; i < N; i += step)
            it->structure->put(instance, i, 1);
        ml_assert_same(N, "blocks", walked(it, instance, N), ml_allocations_live());
    }
    it->structure->destroy(instance);
    ml_allocations_end();
    ml_assert_same(N, "blocks left", ml_allocations_live(), 0);
    ml_assert_same(N, "frees of nothing", ml_allocations_foreign(), 0);
}

/* Builds with one request refused, and destroys.  Returns: whether the build said it worked. */
static bool
build_with_fault(const MlCase *it, size_t refuse)
{
    g_autofree void *instance = g_malloc0(ML_INSTANCE_SIZE);

    ml_allocations_begin(refuse);
    bool built = it->structure->build(instance, ELEMENTS_WITH_FAULTS, &it->options);
    assert_true(it->structure->count(instance) <= ELEMENTS_WITH_FAULTS * it->every);
    it->structure->destroy(instance);
    ml_allocations_end();
    ml_assert_same(refuse, "blocks left after a fault", ml_allocations_live(), 0);
    ml_assert_same(refuse, "frees of nothing after a fault", ml_allocations_foreign(), 0);
    return built;
}

static size_t
planned_requests(const MlCase *it)
{
    g_autofree MlModel *model = ml_case_model(it, ELEMENTS_WITH_FAULTS, 4096);
    size_t n_requests = 0;

    for (uint32_t i = 0; i < model->plan.n_steps; i++) {
        const MlStep *step = &model->plan.steps[i];
        if (step->kind == ML_STEP_ALLOC || step->kind == ML_STEP_REALLOC)
            n_requests++;
        else if (step->kind == ML_STEP_REPEAT)
            n_requests += step->count * step->n_requests;
    }
    return n_requests;
}

static void
any_request_may_be_refused(void **state)
{
    const MlCase *it = *state;
    size_t n_requests = planned_requests(it);

    /* With a great many deletions nothing else happens than with a few. */
    if (is_of_library(it) || it->every * ELEMENTS_WITH_FAULTS > MOST_ELEMENTS_WITH_FAULTS)
        return;
    assert_true(n_requests > 0);
    for (size_t k = 0; k < n_requests; k++)
        if (build_with_fault(it, k))
            fail_msg("request %zu of %zu was refused, and nobody noticed", k, n_requests);
    assert_true(build_with_fault(it, n_requests));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_build_makes_the_requests_of_its_plan),
        cmocka_unit_test(destroying_frees_every_block_once),
        cmocka_unit_test(what_storing_makes_is_walked_and_freed_once),
        cmocka_unit_test(any_request_may_be_refused),
    };
    return ml_run_each("structure/faults", tests, G_N_ELEMENTS(tests));
}
