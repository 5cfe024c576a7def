#include "each_structure.h"

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

static void
the_thread_keeps_what_it_freed_last(void **state)
{
    MlSlabClass small, large;
    ml_slabs_init(&small, 40 * KIB, (MlSlab){ .bytes = 40 * KIB, .places = 1 });
    ml_slabs_init(&large, 80 * KIB, (MlSlab){ .bytes = 80 * KIB, .places = 1 });
    MlThreadCache cache;
    ml_thread_cache_init(&cache, 64 * KIB, 0);
    guint64 slab = ml_slabs_alloc(&small, 1);
    ml_slabs_alloc(&large, 2);

    ml_thread_cache_give(&cache, &small, slab, 0);
    ml_assert_same(1, "kept", ml_slabs_live(&small), 1);
    ml_thread_cache_give(&cache, &large, 1, 0); /* above 64 KiB: both have been seen now */
    ml_assert_same(2, "kept", ml_slabs_live(&small), 1);
    ml_thread_cache_give(&cache, &large, 2, 0); /* above 128 KiB: those go back */
    ml_assert_same(3, "given back", ml_slabs_live(&small), 0);
    ml_assert_same(3, "kept", ml_slabs_live(&large), 1);

    guint64 start;
    assert_false(ml_thread_cache_take(&cache, &small, &slab, &start));
    assert_true(ml_thread_cache_take(&cache, &large, &slab, &start));
    assert_int_equal(slab, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_takes_the_next_size_class),
        cmocka_unit_test(a_class_fits_itself),
        cmocka_unit_test(the_worked_example_holds),
        cmocka_unit_test(the_thread_keeps_what_it_freed_last),
    };
    return cmocka_run_group_tests_name("model/tcmalloc", tests, NULL, NULL);
}
