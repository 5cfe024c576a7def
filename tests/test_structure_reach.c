#include "each_structure.h"

#include <string.h>

static const guint64 counts[] = {
    1, 2, 3, 12, 13, 100, 1000, 1500, 4321, 12345, 49152, 49153, 100000
};

/* Where a table says which of its slots are taken, and the array that is written as far. */
typedef struct {
    uint32_t part, bytes; /* of a mark: those at the start of each element */
    uint64_t least, most; /* a mark between them says taken */
    uint32_t written_part;
} Marks;

static Marks
marks_of(const MlStructure *structure)
{
    if (structure->library != NULL)
        return (Marks){ .part = 2, .bytes = 4, .least = 2, .most = UINT32_MAX, .written_part = 1 };
    if (structure->shape == ML_SHAPE_CONTROLLED_SLOTS)
        return (Marks){ .part = 0, .bytes = 1, .least = 0, .most = 0x7f, .written_part = 1 };
    return (Marks){ .part = 0, .bytes = 8, .least = 1, .most = UINT64_MAX, .written_part = 0 };
}

/* Slots up to the last one taken. */
static guint64
slots_taken(const MlCase *it, const MlModel *model, guint64 n)
{
    g_autofree MlWalkSink *sink = g_new0(MlWalkSink, 1);
    g_autofree void *instance = ml_case_build(it, n);
    ml_walk_begin(sink, model->plan.parts, model->n_parts, NULL);
    it->structure->walk(instance, sink);
    ml_walk_end(sink);
    Marks marks = marks_of(it->structure);
    assert_int_equal(sink->totals[marks.part].blocks, 1);
    const MlWalkRecent *block = &sink->recent[marks.part][0];
    uint32_t stride = model->plan.parts[marks.part].stride;
    guint64 taken = 0;
    for (guint64 i = 0; i < block->request_bytes / stride; i++) {
        uint64_t mark = 0;
        memcpy(&mark, (const char *)block->address + i * stride, marks.bytes);
        if (mark >= marks.least && mark <= marks.most)
            taken = i + 1;
    }
    it->structure->destroy(instance);
    return taken;
}

/* What the plan has of the array's last block. */
static guint64
slots_planned(const MlCase *it, const MlPlan *plan)
{
    uint32_t part = marks_of(it->structure).written_part;
    guint64 bytes = 0;
    for (uint32_t i = 0; i < plan->n_steps; i++)
        if (plan->steps[i].kind == ML_STEP_TOUCH && plan->blocks[plan->steps[i].block].part == part)
            bytes = plan->steps[i].bytes;
    assert_int_equal(bytes % plan->parts[part].stride, 0);
    return bytes / plan->parts[part].stride;
}

static MlModel *
counted(const MlCase *it, guint64 n)
{
    MlModel *model = g_new(MlModel, 1);
    ml_compute_counting(it->structure, &it->options, n, ml_allocator_default(), 4096, model);
    return model;
}

/* A GHashTable that grows moves its entries in another order than the plan puts them; then one may
 * find the place taken that it has in the plan. */
static guint64
most_off(const MlCase *it)
{
    return it->structure->library != NULL ? 4 : 0;
}

static void
a_table_is_written_as_far_as_the_keys_say(void **state)
{
    const MlCase *it = *state;

    if (it->structure->reach == NULL || it->every > 1 || ml_case_is_elsewhere(it))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree MlModel *model = counted(it, counts[i]);
        guint64 taken = slots_taken(it, model, counts[i]);
        guint64 planned = slots_planned(it, &model->plan);
        if (planned + most_off(it) < taken || planned > taken + most_off(it))
            ml_assert_same(counts[i], "slots written", planned, taken);
    }
}

/* More than that, they are not counted: all slots. */
static void
very_many_keys_are_taken_to_fill_a_table(void **state)
{
    const MlCase *it = *state;
    guint64 n = 1000000000;

    if (it->structure->reach == NULL || it->every > 1)
        return;
    g_autofree MlModel *model = counted(it, n);
    g_autofree MlModel *plain = ml_case_model(it, n, 4096);
    ml_assert_same(n, "bytes", model->cost.resident, plain->cost.resident);
    ml_assert_same(n, "slots", slots_planned(it, &model->plan), model->plan.slots);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_written_as_far_as_the_keys_say),
        cmocka_unit_test(very_many_keys_are_taken_to_fill_a_table),
    };
    return ml_run_each("structure/reach", tests, G_N_ELEMENTS(tests));
}
