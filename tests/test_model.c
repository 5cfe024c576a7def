#include "each_structure.h"

#include "base/spec.h"

/* The worked examples that stand at the head of each structure's file, and the lengths at which the
 * tables grow: a million elements, glibc, pages of 4 096 bytes. */

enum { MILLION = 1000000 };

static MlModel *
compute(const char *spec, guint64 n)
{
    MlCase it = { 0 };
    assert_true(ml_spec_parse(spec, &it.structure, &it.options, NULL));
    return ml_case_model(&it, n, 4096);
}

static const MlModelPart *
find_part(const MlModel *model, const char *name)
{
    uint32_t p = 0;
    while (p < model->n_parts && !g_str_equal(model->plan.parts[p].name, name))
        p++;
    if (p == model->n_parts)
        fail_msg("no part '%s'", name);
    return &model->part[p];
}

static guint64
held(const MlModelPart *part)
{
    guint64 sum = 0;
    for (int role = 0; role < ML_N_ROLES; role++)
        sum += part->role[role];
    return sum;
}

/* What the structure itself holds: all but malloc's stock, which is a page or two. */
static guint64
held_in_parts(const MlModel *model)
{
    assert_true(model->cost.stock <= 2 * 4096);
    return model->cost.resident - model->cost.stock;
}

static guint64
role_sum(const MlModel *model, MlRole role)
{
    guint64 sum = role == ML_ROLE_ALLOCATOR ? model->cost.stock : 0;
    for (uint32_t p = 0; p < model->n_parts; p++)
        sum += model->part[p].role[role];
    return sum;
}

/* To two decimals per element, as the examples are written: 8.39 is 839. */
static guint64
hundredths(guint64 bytes)
{
    return (bytes + MILLION / 200) / (MILLION / 100);
}

/* --- the worked examples ---------------------------------------------------------------------- */

static void
a_packed_array_is_its_data_and_the_rest_of_a_page(void **state)
{
    g_autofree MlModel *model = compute("packed-array", MILLION);
    const MlModelPart *array = find_part(model, "array");

    assert_int_equal(array->cost.requested, 8000000);
    assert_int_equal(model->cost.resident, 1954 * 4096);
    assert_int_equal(model->cost.resident, 8003584);
    assert_int_equal(array->role[ML_ROLE_DATA], 8000000);
    assert_int_equal(array->field, 16);
    assert_int_equal(hundredths(model->cost.resident), 800);
}

static void
a_boxed_array_is_five_times_its_data(void **state)
{
    g_autofree MlModel *model = compute("boxed-array", MILLION);
    const MlModelPart *box = find_part(model, "int object");

    assert_int_equal(find_part(model, "pointer array")->role[ML_ROLE_POINTER], 8 * MILLION);
    assert_int_equal(box->role[ML_ROLE_OBJECT_HEADER], 16 * MILLION);
    assert_int_equal(box->role[ML_ROLE_DATA], 8 * MILLION);
    assert_int_equal(box->field, 8 * MILLION);
    assert_int_equal(box->rounding, 0);
    assert_int_equal(hundredths(model->cost.resident), 4001);
}

static void
a_bare_box_saves_nothing(void **state)
{
    g_autofree MlModel *object = compute("boxed-array", MILLION);
    g_autofree MlModel *bare = compute("boxed-array:box=bare", MILLION);

    assert_int_equal(find_part(bare, "int object")->cost.requested, 8 * MILLION);
    assert_int_equal(find_part(bare, "int object")->rounding, 16 * MILLION);
    assert_int_equal(bare->cost.resident, object->cost.resident);
}

static void
shared_boxes_leave_little_but_the_pointers(void **state)
{
    g_autofree MlModel *one = compute("boxed-array:distinct=1", MILLION);
    g_autofree MlModel *many = compute("boxed-array:distinct=1000", MILLION);
    g_autofree MlModel *all = compute("boxed-array:distinct=2000000", MILLION);
    g_autofree MlModel *own = compute("boxed-array", MILLION);

    assert_int_equal(find_part(one, "int object")->cost.blocks, 1);
    assert_int_equal(find_part(many, "int object")->cost.blocks, 1000);
    assert_int_equal(find_part(many, "pointer array")->role[ML_ROLE_POINTER], 8 * MILLION);
    assert_int_equal(find_part(many, "int object")->role[ML_ROLE_DATA], 8 * 1000);
    assert_int_equal(hundredths(one->cost.resident), 801);
    assert_int_equal(hundredths(many->cost.resident), 804);
    assert_memory_equal(&all->cost, &own->cost, sizeof own->cost);
}

static void
what_a_growing_array_reserves_is_not_held(void **state)
{
    g_autofree MlModel *model = compute("growing-array", MILLION);
    const MlModelPart *array = find_part(model, "array");

    assert_int_equal(array->cost.requested, 8388608);
    assert_int_equal(model->plan.capacity, 1048576);
    assert_int_equal(held_in_parts(model), 1954 * 4096);
    assert_int_equal(array->role[ML_ROLE_DATA], 8000000);
    assert_true(model->cost.reserved >= 8388608);
}

static void
the_second_link_costs_nothing(void **state)
{
    g_autofree MlModel *one = compute("linked-list", MILLION);
    g_autofree MlModel *two = compute("double-list", MILLION);
    const MlModelPart *node = find_part(one, "node");

    assert_int_equal(node->role[ML_ROLE_DATA], 8 * MILLION);
    assert_int_equal(node->role[ML_ROLE_POINTER], 8 * MILLION);
    assert_int_equal(node->field, 8 * MILLION);
    assert_int_equal(node->rounding, 8 * MILLION);
    assert_int_equal(held(node), 32 * MILLION);
    assert_int_equal(hundredths(one->cost.resident), 3200);

    node = find_part(two, "node");
    assert_int_equal(node->role[ML_ROLE_POINTER], 16 * MILLION);
    assert_int_equal(node->rounding, 0);
    assert_int_equal(two->cost.resident, one->cost.resident);
}

static void
a_chained_table_is_its_nodes_and_its_buckets(void **state)
{
    g_autofree MlModel *model = compute("chained-table", MILLION);
    const MlModelPart *node = find_part(model, "node");
    const MlModelPart *buckets = find_part(model, "bucket array");

    assert_int_equal(node->cost.requested, 32 * MILLION);
    assert_int_equal(node->field, 8 * MILLION);
    assert_int_equal(node->rounding, 8 * MILLION);
    assert_int_equal(held(node), 48 * MILLION);
    assert_int_equal(buckets->cost.requested, 8 << 20);
    assert_int_equal(hundredths(held(buckets)), 839);
    assert_int_equal(hundredths(held_in_parts(model)), 5639);
}

static void
an_open_table_is_all_slots(void **state)
{
    g_autofree MlModel *model = compute("open-table", MILLION);
    const MlModelPart *slots = find_part(model, "slot array");

    assert_int_equal(slots->cost.requested, 24 << 21);
    assert_int_equal(slots->cost.absent, 0);
    assert_int_equal(hundredths(slots->cost.requested), 5033);
    assert_true(held_in_parts(model) - slots->cost.requested <= 4096);
}

static void
a_compact_dict_is_mostly_its_contents(void **state)
{
    g_autofree MlModel *model = compute("compact-dict:keys=string,values=boxed", MILLION);
    static const struct {
        MlRole role;
        guint64 hundredths;
    } roles[] = {
        { ML_ROLE_DATA, 1889 },
        { ML_ROLE_POINTER, 1600 },
        { ML_ROLE_OBJECT_HEADER, 4000 },
        { ML_ROLE_INDEX, 1200 },
        { ML_ROLE_PADDING, 100 },
        { ML_ROLE_UNUSED, 439 },
    };
    const MlModelPart *entries = find_part(model, "entry array");

    assert_int_equal(hundredths(held(find_part(model, "index table"))), 839);
    assert_int_equal(find_part(model, "index table")->cost.requested, 4 << 21);
    assert_int_equal(hundredths(held(entries)), 2400);
    assert_int_equal(model->plan.capacity, MILLION + 398101);
    assert_true(entries->cost.absent > (398101 - 200) * 24);
    assert_int_equal(hundredths(held(find_part(model, "key object"))), 4800);
    assert_int_equal(hundredths(held(find_part(model, "value object"))), 3200);
    assert_int_equal(hundredths(model->cost.resident), 11240);
    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
        assert_int_equal(hundredths(role_sum(model, roles[i].role)), roles[i].hundredths);
}

/* --- where tables grow ------------------------------------------------------------------------ */

static void
tables_grow_at_their_load(void **state)
{
    static const struct {
        const char *spec;
        guint64 n, slots;
    } rows[] = {
        { "open-table", 12, 16 },
        { "open-table", 13, 32 },
        { "open-table", 786432, 1 << 20 },
        { "open-table", 786433, 1 << 21 },
        { "chained-table", 16, 16 },
        { "chained-table", 17, 32 },
        { "chained-table", 1048576, 1 << 20 },
        { "chained-table", 1048577, 1 << 21 },
        { "compact-dict", 5, 8 },
        { "compact-dict", 6, 16 },
        { "compact-dict", 1398101, 1 << 21 },
        { "compact-dict", 1398102, 1 << 22 },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree MlModel *model = compute(rows[i].spec, rows[i].n);
        ml_assert_same(rows[i].n, rows[i].spec, model->plan.slots, rows[i].slots);
        double load = (double)rows[i].n / (double)rows[i].slots;
        assert_true(load <= model->plan.max_load && load > model->plan.max_load / 3);
        assert_true(model->plan.capacity >= rows[i].n);
    }
}

static void
index_slots_are_as_narrow_as_the_table_allows(void **state)
{
    static const struct {
        guint64 n;
        uint32_t bytes;
    } rows[] = { { 1, 1 }, { 170, 1 }, { 171, 2 }, { 43690, 2 }, { 43691, 4 }, { MILLION, 4 } };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree MlModel *model = compute("compact-dict", rows[i].n);
        ml_assert_same(rows[i].n, "slot", model->plan.parts[0].stride, rows[i].bytes);
    }
}

/* jemalloc cuts off what realloc need not keep; mimalloc and tcmalloc move a block when it fills
 * less than half of its place. */
static void
a_block_that_is_made_shorter_may_keep_its_place(void **state)
{
    enum { LONG = 4 << 20, HALF = LONG / 2, QUARTER = LONG / 4 };
    static const struct {
        const char *allocator;
        guint64 of_half;
    } rows[] = { { "jemalloc", HALF }, { "mimalloc", LONG }, { "tcmalloc", LONG } };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (guint64 bytes = HALF; bytes >= QUARTER; bytes /= 2) {
            g_autofree MlPlan *plan = g_new0(MlPlan, 1);
            MlCost cost = { 0 };
            ml_plan_init(plan);
            plan->n_parts = 1;
            ml_part_init(&plan->parts[0], "array", LONG);
            uint32_t block = ml_plan_alloc(plan, 0, LONG, LONG);
            ml_plan_realloc(plan, block, bytes);
            ml_allocator_find(rows[i].allocator)->replay(plan, 4096, &cost);
            ml_assert_same(bytes,
                rows[i].allocator,
                cost.part[0].usable,
                bytes == HALF ? rows[i].of_half : QUARTER);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_packed_array_is_its_data_and_the_rest_of_a_page),
        cmocka_unit_test(a_boxed_array_is_five_times_its_data),
        cmocka_unit_test(shared_boxes_leave_little_but_the_pointers),
        cmocka_unit_test(a_bare_box_saves_nothing),
        cmocka_unit_test(what_a_growing_array_reserves_is_not_held),
        cmocka_unit_test(the_second_link_costs_nothing),
        cmocka_unit_test(a_chained_table_is_its_nodes_and_its_buckets),
        cmocka_unit_test(an_open_table_is_all_slots),
        cmocka_unit_test(a_compact_dict_is_mostly_its_contents),
        cmocka_unit_test(a_block_that_is_made_shorter_may_keep_its_place),
        cmocka_unit_test(tables_grow_at_their_load),
        cmocka_unit_test(index_slots_are_as_narrow_as_the_table_allows),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
