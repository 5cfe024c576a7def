#include "ml_test.h"

#include <glib.h>

#include "base/spec.h"
#include "model/allocators/musl_heap.h"
#include "model/compute.h"

enum { PAGE = 4096 };

static void
assert_pages(const MlMuslHeap *heap, guint64 pages)
{
    assert_int_equal(ml_musl_resident(heap) / PAGE, pages);
}

static MlMuslHeap *
new_heap(void)
{
    MlMuslHeap *heap = g_new(MlMuslHeap, 1);
    ml_musl_init(heap, PAGE);
    return heap;
}

/* Source: musl 1.2.3, size_classes and MMAP_THRESHOLD: a slot holds 4 B less than its length. */
static void
a_request_takes_a_slot_and_its_field(void **state)
{
    static const guint64 rows[][2] = {
        { 0, 16 },
        { 12, 16 },
        { 13, 32 },
        { 28, 32 },
        { 29, 48 },
        { 156, 160 },
        { 157, 192 },
        { 188, 192 },
        { 189, 240 },
        { 1004, 1008 },
        { 1005, 1152 },
        { 131051, 131056 },
        { 131052, 131072 },
        { 131053, 135168 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(ml_allocator_find("musl")->taken(rows[i][0]), rows[i][1]);
}

static void
the_worked_example_holds(void **state)
{
    MlOptions options;
    const MlStructure *structure;
    assert_true(ml_spec_parse("linked-list", &structure, &options, NULL));
    g_autofree MlModel *model = g_new0(MlModel, 1);
    ml_compute(structure, &options, 1000000, ml_allocator_find("musl"), PAGE, model);

    guint64 groups = 1000000 / 31 + 1;  /* of 31 slots of 32 B */
    guint64 mappings = groups / 32 + 1; /* of 8 pages */
    guint64 records = (groups + mappings) / 101;
    assert_in_range(
        model->cost.resident / PAGE, mappings * 8 + records - 8, mappings * 8 + records);
    assert_int_equal(model->cost.part[0].field, 4000000);
    assert_int_equal(model->cost.part[0].usable, 28000000);
}

static void
a_small_group_lies_in_a_slot_of_a_larger_class(void **state)
{
    g_autofree MlMuslHeap *heap = new_heap();
    MlMuslPlace place = ml_musl_alloc(heap, 16);
    const MlMuslGroup *group = &heap->groups[place.group];

    assert_int_equal(group->slots, 15); /* the fewest of that class */
    assert_int_equal(group->mapped_bytes, 0);
    assert_int_not_equal(group->parent, ML_MUSL_NO_GROUP);
    assert_int_equal(heap->n_groups, 4); /* 32 B in 496 in 1 008 in 2 032 */
    assert_pages(heap, 1);
}

static void
what_was_freed_last_takes_its_groups_along(void **state)
{
    g_autofree MlMuslHeap *heap = new_heap();
    MlMuslPlace first = ml_musl_alloc(heap, 16);
    MlMuslPlace second = ml_musl_alloc(heap, 16);
    ml_musl_free(heap, first);
    assert_pages(heap, 1);
    ml_musl_free(heap, second);
    assert_pages(heap, 0);
    assert_int_equal(heap->n_groups, 0);
}

static void
a_group_that_holds_lasting_blocks_stays(void **state)
{
    g_autofree MlMuslHeap *heap = new_heap();
    MlMuslPlace place = ml_musl_alloc(heap, 16);
    ml_musl_repeat(heap, 16, 1);
    ml_musl_free(heap, place);
    assert_pages(heap, 1);
}

static void
a_mapped_block_keeps_its_first_page_and_its_last(void **state)
{
    g_autofree MlMuslHeap *heap = new_heap();
    MlMuslPlace place = ml_musl_alloc(heap, 1 << 20);
    assert_pages(heap, 2);
    ml_musl_remap(heap, place, 2 << 20);
    assert_int_equal(heap->groups[place.group].mapped_bytes, (2 << 20) + PAGE);
    ml_musl_free(heap, place);
    assert_pages(heap, 0);
}

/* One at a time, or in one stride. */
static void
many_blocks_may_be_counted_in_one_stride(void **state)
{
    static const guint64 sizes[] = { 8, 16, 24, 33, 40, 100, 700, 5000 };
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree MlMuslHeap *stride = new_heap();
        g_autofree MlMuslHeap *single = new_heap();
        ml_musl_repeat(stride, sizes[i], 100000);
        for (int k = 0; k < 100000; k++)
            ml_musl_repeat(single, sizes[i], 1);
        assert_int_equal(ml_musl_resident(stride), ml_musl_resident(single));
        assert_int_equal(stride->n_groups, single->n_groups);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_takes_a_slot_and_its_field),
        cmocka_unit_test(the_worked_example_holds),
        cmocka_unit_test(a_small_group_lies_in_a_slot_of_a_larger_class),
        cmocka_unit_test(what_was_freed_last_takes_its_groups_along),
        cmocka_unit_test(a_group_that_holds_lasting_blocks_stays),
        cmocka_unit_test(a_mapped_block_keeps_its_first_page_and_its_last),
        cmocka_unit_test(many_blocks_may_be_counted_in_one_stride),
    };
    return cmocka_run_group_tests_name("model/musl", tests, NULL, NULL);
}
