#include "each_structure.h"

#include "base/spec.h"

enum { PAGE = 4096 };

/* Source: jemalloc 5.3.0, jemalloc(3), "Size classes on this page", 4 KiB pages, 16 B quantum. */
/* clang-format off */
static const guint64 classes[] = {
    8,
    16, 32, 48, 64, 80, 96, 112, 128,
    160, 192, 224, 256,
    320, 384, 448, 512,
    640, 768, 896, 1024,
    1280, 1536, 1792, 2048,
    2560, 3072, 3584, 4096,
    5120, 6144, 7168, 8192,
    10240, 12288, 14336, 16384,
    20480, 24576, 28672, 32768,
    40960, 49152, 57344, 65536,
    81920, 98304, 114688, 131072,
};
/* clang-format on */

static void
a_request_takes_the_next_size_class(void **state)
{
    const MlAllocator *jemalloc = ml_allocator_find("jemalloc");

    for (guint64 bytes = 0, i = 0; bytes <= classes[G_N_ELEMENTS(classes) - 1]; bytes++) {
        if (bytes > classes[i])
            i++;
        ml_assert_same(bytes, "taken", jemalloc->taken(bytes), classes[i]);
    }
    ml_assert_same(0, "4 MiB + 1", jemalloc->taken((4 << 20) + 1), 5 << 20);
}

static MlModel *
model_of(const char *text, guint64 n)
{
    MlCase it = { 0 };
    assert_true(ml_spec_parse(text, &it.structure, &it.options, NULL));
    MlModel *model = g_new0(MlModel, 1);
    ml_compute(it.structure, &it.options, n, ml_allocator_find("jemalloc"), PAGE, model);
    return model;
}

static void
the_worked_example_holds(void **state)
{
    g_autofree MlModel *list = model_of("linked-list", 1000000);

    ml_assert_same(1000000, "usable", list->part[0].cost.usable, 16000000);
    ml_assert_same(1000000, "pages", list->cost.resident / PAGE, 3907 + 130);
}

static guint64
pages_of_blocks(guint64 count, guint64 request_bytes)
{
    g_autofree MlPlan *plan = g_new0(MlPlan, 1);
    ml_plan_init(plan);
    plan->n_parts = 1;
    ml_part_init(&plan->parts[0], "node", (uint32_t)request_bytes);
    ml_plan_repeat(plan, count, 1, &(MlRequest){ 0, request_bytes });
    MlCost cost = { 0 };
    ml_allocator_find("jemalloc")->replay(plan, PAGE, &cost);
    ml_assert_same(count, "stock", cost.stock, cost.resident - cost.part[0].usable);
    return cost.resident / PAGE;
}

/* Source: jemalloc 5.3.0, stats of a run ("regs" and "pgs" of each bin); the last page holds the
 * records. */
static void
a_slab_is_filled_without_a_rest(void **state)
{
    ml_assert_same(48, "one slab", pages_of_blocks(256, 48), 3);
    ml_assert_same(48, "one slab and one", pages_of_blocks(257, 48), 3 + 1);
    ml_assert_same(80, "one slab", pages_of_blocks(256, 80), 5);
    ml_assert_same(4096, "one slab each", pages_of_blocks(5, 4096), 5);
    ml_assert_same(14336, "two to a slab", pages_of_blocks(2, 14336), 7);
    ml_assert_same(14336, "two to a slab, and one", pages_of_blocks(3, 14336), 7 + 4);
}

static void
the_first_block_of_eight_mebibytes_brings_an_arena(void **state)
{
    g_autofree MlModel *below = model_of("packed-array:width=1", (8 << 20) - 1);
    g_autofree MlModel *above = model_of("packed-array:width=1", 8 << 20);

    ml_assert_same(8 << 20, "pages", (above->cost.resident - below->cost.resident) / PAGE, 21);
}

static void
what_was_reserved_and_never_written_is_not_held(void **state)
{
    g_autofree MlModel *model = model_of("growing-array", 600000);

    assert_true(model->cost.resident < 600000 * 8 + 48 * PAGE);
    assert_true(model->cost.reserved >= (1 << 20) * 8);
}

static void
a_run_grows_where_it_is_while_there_is_room(void **state)
{
    /* 1 MiB: below the 2 MiB that the first piece has. */
    g_autofree MlModel *stays = model_of("growing-array", 131072);
    /* 4 MiB: the first half was written elsewhere, and both are there while it is copied. */
    g_autofree MlModel *moves = model_of("growing-array", (1 << 18) + 1);

    assert_in_range(stays->cost.peak, stays->cost.resident, stays->cost.resident + PAGE);
    assert_true(moves->cost.peak >= (4 << 20));
    assert_true(moves->cost.resident < (2 << 20) + 32 * PAGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_takes_the_next_size_class),
        cmocka_unit_test(the_worked_example_holds),
        cmocka_unit_test(a_slab_is_filled_without_a_rest),
        cmocka_unit_test(the_first_block_of_eight_mebibytes_brings_an_arena),
        cmocka_unit_test(a_run_grows_where_it_is_while_there_is_room),
        cmocka_unit_test(what_was_reserved_and_never_written_is_not_held),
    };
    return cmocka_run_group_tests_name("model/jemalloc", tests, NULL, NULL);
}
