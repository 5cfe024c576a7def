#include "each_structure.h"

#include "base/spec.h"
#include "model/allocators/thread_cache.h"

enum { PAGE = 4096, KIB = 1024 };

/* Source: gperftools 2.10, src/common.cc, SizeMap::Init. */
static void
a_request_takes_the_next_size_class(void **state)
{
    static const struct {
        guint64 request;
        guint64 taken;
    } cases[] = {
        { 0, 8 },
        { 8, 8 },
        { 9, 16 },
        { 17, 32 },
        { 33, 48 },
        { 128, 128 },
        { 129, 144 },
        { 256, 256 },
        { 257, 288 },
        { 8 * KIB, 8 * KIB },
        { 256 * KIB, 256 * KIB },
        { 256 * KIB + 1, 264 * KIB },
    };
    const MlAllocator *tcmalloc = ml_allocator_find("tcmalloc");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        ml_assert_same(
            cases[i].request, "taken", tcmalloc->taken(cases[i].request), cases[i].taken);
}

/* No class wastes more than an eighth of a block, and each is its own class. */
static void
a_class_fits_itself(void **state)
{
    const MlAllocator *tcmalloc = ml_allocator_find("tcmalloc");

    for (guint64 bytes = 129; bytes <= 256 * KIB; bytes++) {
        guint64 taken = tcmalloc->taken(bytes);
        assert_true(taken >= bytes);
        ml_assert_same(bytes, "its own class", tcmalloc->taken(taken), taken);
        bytes = taken;
    }
}

/* 512 nodes of 16 B to a span of 8 KiB; 48 B tell about it, and 264 B each MiB the heap grew. */
static void
the_worked_example_holds(void **state)
{
    g_autofree MlPlan *plan = g_new0(MlPlan, 1);
    ml_plan_init(plan);
    plan->n_parts = 1;
    ml_part_init(&plan->parts[0], "node", 16);
    ml_plan_repeat(plan, 1000000, 1, &(MlRequest){ .request_bytes = 16 });
    MlCost cost = { 0 };
    ml_allocator_find("tcmalloc")->replay(plan, PAGE, &cost);

    ml_assert_same(1000000,
        "pages",
        cost.resident / PAGE,
        1954 * 2 + (1954 * 48 + 15 * 264 + PAGE - 1) / PAGE);
    ml_assert_same(1000000, "stock", cost.stock, cost.resident - 16000000);
}

/* --- the thread's cache ------------------------------------------------------------------------
 */

static uint64_t
two_at_once(uint64_t usable_bytes)
{
    return 2;
}

static void
cache_begin(MlThreadCache *cache, MlSlabClass *class, guint64 bytes, guint64 blocks)
{
    ml_slabs_init(class, bytes, (MlSlab){ .bytes = bytes, .places = 1 });
    ml_slabs_alloc(class, blocks);
    ml_thread_cache_init(cache, two_at_once, 64 * KIB);
}

static void
what_is_freed_is_taken_again_the_last_first(void **state)
{
    MlSlabClass class;
    MlThreadCache cache;
    guint64 slab, start;
    cache_begin(&cache, &class, 8 * KIB, 4);

    ml_thread_cache_take(&cache, &class, &slab, &start); /* fetched: now two may be kept */
    ml_thread_cache_give(&cache, &class, 1, 0);
    ml_thread_cache_give(&cache, &class, 3, 16);
    ml_assert_same(2, "kept", ml_slabs_live(&class), 4);
    assert_true(ml_thread_cache_take(&cache, &class, &slab, &start));
    assert_int_equal(slab, 3);
    assert_int_equal(start, 16);
    assert_true(ml_thread_cache_take(&cache, &class, &slab, &start));
    assert_int_equal(slab, 1);
    assert_false(ml_thread_cache_take(&cache, &class, &slab, &start));
}

static void
a_list_that_is_too_long_gives_a_batch_to_the_central_one(void **state)
{
    MlSlabClass class;
    MlThreadCache cache;
    guint64 slab, start;
    cache_begin(&cache, &class, 8 * KIB, 4);

    ml_thread_cache_give(&cache, &class, 1, 0);
    ml_thread_cache_give(&cache, &class, 2, 0); /* one more than it may be long */
    assert_int_equal(cache.bytes, 0);
    ml_assert_same(2, "kept in the central list", ml_slabs_live(&class), 4);
    assert_true(ml_thread_cache_take(&cache, &class, &slab, &start)); /* both come back */
    assert_int_equal(cache.bytes, 8 * KIB);
}

/* Of a class of 1 MiB the central list keeps one batch, of two. */
static void
what_was_not_needed_goes_back(void **state)
{
    MlSlabClass class;
    MlThreadCache cache;
    cache_begin(&cache, &class, 1024 * KIB, 4);

    ml_thread_cache_give(&cache, &class, 1, 0); /* too much at once, but it was not there before */
    ml_assert_same(1, "kept", ml_slabs_live(&class), 4);
    ml_thread_cache_give(&cache, &class, 2, 0);
    ml_assert_same(2, "kept, as a batch", ml_slabs_live(&class), 4);
    ml_thread_cache_give(&cache, &class, 3, 0);
    ml_thread_cache_give(&cache, &class, 4, 0); /* number 3 was there before */
    ml_assert_same(4, "one given back", ml_slabs_live(&class), 3);
}

/* Small blocks, freed one by one, fill the cache until a large one that nobody needed goes back. */
static void
many_freed_blocks_push_out_what_was_not_needed(void **state)
{
    MlSlabClass large, small;
    MlThreadCache cache;
    cache_begin(&cache, &large, 16 * KIB, 4);
    ml_slabs_init(&small, 16, (MlSlab){ .bytes = 8 * KIB, .places = 512 });

    ml_thread_cache_give(&cache, &large, 1, 0);
    ml_thread_cache_pass(&cache, &small, 1000, 500);
    ml_assert_same(500, "kept", ml_slabs_live(&large), 4);
    ml_thread_cache_pass(&cache, &small, 100000, 50000);
    ml_assert_same(50000, "given back", ml_slabs_live(&large), 3);
}

static uint64_t
thirty_two_at_once(uint64_t usable_bytes)
{
    return 32;
}

/* Blocks are fetched 1, 2, 3 … and at last 32 at once, but no more than a span has left: so a list
 * is empty at the end of each span, and after the first fetch from the next has the other 31. */
static void
no_more_is_fetched_than_a_span_has_left(void **state)
{
    enum { PLACES = 256, BLOCK = 32 };
    MlSlabClass class;
    ml_slabs_init(&class, BLOCK, (MlSlab){ .bytes = PLACES * BLOCK, .places = PLACES });
    static const guint64 spans[] = { 1, 2, 32, 1000000 };
    for (gsize i = 0; i < G_N_ELEMENTS(spans); i++) {
        MlThreadCache cache;
        ml_thread_cache_init(&cache, thirty_two_at_once, 64 * KIB);
        ml_thread_cache_pass(&cache, &class, spans[i] * PLACES, 0);
        ml_assert_same(spans[i], "cached at the end", cache.bytes, 0);
        ml_thread_cache_pass(&cache, &class, 1, 0);
        if (spans[i] > 2)
            ml_assert_same(spans[i], "cached behind it", cache.bytes, 31 * BLOCK);
    }
}

/* Deletions that come between the shrinkings of a table push out the arrays it has left; without
 * them some of these would stay. */
static void
deletions_go_on_while_a_table_shrinks(void **state)
{
    const MlStructure *structure;
    MlOptions options;
    g_autofree MlPlan *plan = g_new0(MlPlan, 1);
    assert_true(ml_spec_parse("ghashtable:keys=string,deleted=20", &structure, &options, NULL));
    ml_plan_init(plan);
    plan->n_parts = structure->parts(7000, &options, plan->parts);
    structure->plan(7000, &options, plan);

    guint64 told = 0;
    guint n_later = 0;
    MlCost cost = { 0 };
    MlCost at_once = { 0 };
    for (guint i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        told += step->kind == ML_STEP_THIN || step->kind == ML_STEP_THIN_ON ? step->count : 0;
        n_later += step->kind == ML_STEP_THIN_ON;
    }
    assert_int_equal(told, 20 * 7000);
    assert_int_equal(n_later, 4); /* 262 144 slots become 16 384 */
    ml_allocator_find("tcmalloc")->replay(plan, PAGE, &cost);
    for (guint i = 0; i < plan->n_steps; i++)
        if (plan->steps[i].kind == ML_STEP_THIN_ON)
            plan->steps[i].count = 0;
    ml_allocator_find("tcmalloc")->replay(plan, PAGE, &at_once);
    assert_true(cost.resident + 64 * KIB < at_once.resident);
}

/* Measured with GLib 2.74.6 and gperftools 2.10: what is fetched along with the slabs of a header
 * lets the cache give an array of 128 KiB away. */
static void
slabs_of_slices_are_fetched_by_the_cache(void **state)
{
    static const struct {
        const char *spec;
        guint64 n;
        guint64 pages;
    } seen[] = { { "garray", 10000, 38 }, { "gstring", 100000, 43 } };

    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        const MlStructure *structure;
        MlOptions options;
        g_autofree MlModel *model = g_new(MlModel, 1);
        assert_true(ml_spec_parse(seen[i].spec, &structure, &options, NULL));
        ml_compute(structure, &options, seen[i].n, ml_allocator_find("tcmalloc"), PAGE, model);
        ml_assert_same(seen[i].n, seen[i].spec, model->cost.resident / PAGE, seen[i].pages);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_takes_the_next_size_class),
        cmocka_unit_test(a_class_fits_itself),
        cmocka_unit_test(the_worked_example_holds),
        cmocka_unit_test(what_is_freed_is_taken_again_the_last_first),
        cmocka_unit_test(a_list_that_is_too_long_gives_a_batch_to_the_central_one),
        cmocka_unit_test(what_was_not_needed_goes_back),
        cmocka_unit_test(many_freed_blocks_push_out_what_was_not_needed),
        cmocka_unit_test(no_more_is_fetched_than_a_span_has_left),
        cmocka_unit_test(deletions_go_on_while_a_table_shrinks),
        cmocka_unit_test(slabs_of_slices_are_fetched_by_the_cache),
    };
    return cmocka_run_group_tests_name("model/tcmalloc", tests, NULL, NULL);
}
