#include "each_structure.h"

#include "base/spec.h"

enum { PAGE = 4096, KIB = 1024, MIB = 1024 * 1024 };

/* Source: mimalloc 2.0.9, src/page-queue.c (mi_bin, _mi_bin_size) for small and medium blocks;
 * src/os.c (_mi_os_good_alloc_size) and src/segment.c (slices of 64 KiB) for large ones. */
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
        { 24, 32 },
        { 65, 80 },
        { 129, 160 },
        { 1025, 1280 },
        { 16 * KIB, 16 * KIB },
        { 16 * KIB + 1, 20 * KIB },
        { 128 * KIB, 128 * KIB },
        { 128 * KIB + 1, 192 * KIB },
        { 512 * KIB, 512 * KIB },
        { 768 * KIB, MIB },
        { 8 * MIB, 8 * MIB },
        { 8 * MIB + 1, 9 * MIB },
        { 32 * MIB + 1, 36 * MIB },
    };
    const MlAllocator *mimalloc = ml_allocator_find("mimalloc");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        ml_assert_same(
            cases[i].request, "taken", mimalloc->taken(cases[i].request), cases[i].taken);
}

static guint64
pages_of_blocks(guint64 count, guint64 request_bytes, guint64 alignment)
{
    g_autofree MlPlan *plan = g_new0(MlPlan, 1);
    ml_plan_init(plan);
    plan->n_parts = 1;
    ml_part_init(&plan->parts[0], "node", (uint32_t)request_bytes);
    MlRequest request = { .request_bytes = request_bytes, .alignment = alignment };
    ml_plan_repeat(plan, count, 1, &request);
    MlCost cost = { 0 };
    ml_allocator_find("mimalloc")->replay(plan, PAGE, &cost);
    ml_assert_same(count, "stock", cost.stock, cost.resident - cost.part[0].usable);
    return cost.resident / PAGE;
}

/* (64 KiB - 384 B) / 16 B = 4 072; the page more tells about the slices.  256 blocks, which begin
 * 384 B into their slice, are made ready at a time. */
static void
small_blocks_begin_384_bytes_into_their_slice(void **state)
{
    ml_assert_same(16, "one slice", pages_of_blocks(4072, 16, 0), 16);
    ml_assert_same(16, "one slice and one block", pages_of_blocks(4073, 16, 0), 16 + 2);
    ml_assert_same(2048, "32 to a slice", pages_of_blocks(32, 2048, 0), 16);
}

static void
an_aligned_block_has_room_to_move(void **state)
{
    ml_assert_same(
        256, "pages", pages_of_blocks(100000, 240, 256), pages_of_blocks(100000, 495, 0));
}

static void
the_worked_example_holds(void **state)
{
    guint64 in_last = 1000000 - 245 * 4072;
    guint64 last_bytes = 384 + (in_last + 255) / 256 * 256 * 16;

    ml_assert_same(1000000,
        "pages",
        pages_of_blocks(1000000, 16, 0),
        245 * 16 + (last_bytes + PAGE - 1) / PAGE + (246 * 80 + PAGE / 2) / PAGE);
}

static guint64
resident_of(bool zeroed, guint64 bytes)
{
    g_autofree MlPlan *plan = g_new0(MlPlan, 1);
    ml_plan_init(plan);
    plan->n_parts = 1;
    ml_part_init(&plan->parts[0], "array", 1);
    if (zeroed)
        ml_plan_zeroed(plan, 0, bytes, bytes);
    else
        ml_plan_alloc(plan, 0, bytes, bytes);
    MlCost cost = { 0 };
    ml_allocator_find("mimalloc")->replay(plan, PAGE, &cost);
    return cost.resident;
}

static void
calloc_writes_all_that_a_block_can_hold(void **state)
{
    ml_assert_same(768,
        "more than malloc",
        resident_of(true, 768 * KIB) - resident_of(false, 768 * KIB),
        256 * KIB);
}

/* --- slabs that are emptied ------------------------------------------------------------------- */

/* Blocks of 128 KiB, four to a slab: two come and go, so many other slabs are begun, and one more
 * comes.  Returns: pages, beyond those of the others. */
static guint64
pages_after_two(guint64 others)
{
    g_autofree MlPlan *plan = g_new0(MlPlan, 1);
    ml_plan_init(plan);
    plan->n_parts = 1;
    ml_part_init(&plan->parts[0], "array", 1);
    guint32 first = ml_plan_alloc(plan, 0, 128 * KIB, 128 * KIB);
    guint32 second = ml_plan_alloc(plan, 0, 128 * KIB, 128 * KIB);
    ml_plan_free(plan, first);
    ml_plan_free(plan, second);
    for (guint64 i = 0; i < others; i++)
        ml_plan_alloc(plan, 0, (4 + i) * KIB, (4 + i) * KIB);
    ml_plan_alloc(plan, 0, 128 * KIB, 128 * KIB);
    MlCost cost = { 0 };
    ml_allocator_find("mimalloc")->replay(plan, PAGE, &cost);
    guint64 pages = cost.resident / PAGE;
    for (guint64 i = 0; i < others; i++)
        pages -= pages_of_blocks(1, (4 + i) * KIB, 0);
    return pages;
}

/* Seen with mimalloc 2.0.9 preloaded into a bare program: of a fresh slab the first page of each
 * place that is ready is resident. */
static void
places_are_made_ready_four_at_a_time(void **state)
{
    ml_assert_same(128 * KIB, "pages", pages_of_blocks(1, 128 * KIB, 0), 32 + 3);
    ml_assert_same(16 * KIB, "pages", pages_of_blocks(1, 16 * KIB, 0), 4 + 3);
    ml_assert_same(112, "pages", pages_of_blocks(1, 112, 0), 2);
}

/* Source: src/page.c, _mi_page_retire and _mi_heap_collect_retired. */
static void
an_emptied_slab_is_kept_until_three_others_are_begun(void **state)
{
    guint64 third_place = 3 * 32 + 1;
    guint64 first_place = 32 + 3;

    ml_assert_same(0, "pages", pages_after_two(0), third_place);
    ml_assert_same(2, "pages", pages_after_two(2), third_place);
    ml_assert_same(3, "pages", pages_after_two(3), first_place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_takes_the_next_size_class),
        cmocka_unit_test(small_blocks_begin_384_bytes_into_their_slice),
        cmocka_unit_test(an_aligned_block_has_room_to_move),
        cmocka_unit_test(the_worked_example_holds),
        cmocka_unit_test(calloc_writes_all_that_a_block_can_hold),
        cmocka_unit_test(places_are_made_ready_four_at_a_time),
        cmocka_unit_test(an_emptied_slab_is_kept_until_three_others_are_begun),
    };
    return cmocka_run_group_tests_name("model/mimalloc", tests, NULL, NULL);
}
