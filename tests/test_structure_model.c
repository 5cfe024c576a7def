#include "each_structure.h"

static const guint64 counts[] = {
    0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 100, 1000, 4097, 12345, 1000000, 1000000000
};
static const guint64 page_sizes[] = { 4096, 16384, 65536 };

static void
fields_rise_and_stay_inside_their_element(void **state)
{
    const MlCase *it = *state;

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        MlPart parts[ML_MAX_PARTS];
        uint32_t n_parts = it->structure->parts(counts[i], &it->options, parts);
        assert_in_range(n_parts, 1, ML_MAX_PARTS);
        for (uint32_t p = 0; p < n_parts; p++) {
            uint32_t end = 0;
            assert_true(parts[p].n_fields > 0);
            for (uint32_t f = 0; f < parts[p].n_fields; f++) {
                const MlField *field = &parts[p].fields[f];
                assert_true(field->offset >= end);
                assert_int_not_equal(field->role, ML_ROLE_UNEXPLAINED);
                end = field->offset + field->size * (field->each ? parts[p].room : 1);
            }
            assert_true(end <= parts[p].stride);
            for (uint32_t q = 0; q < p; q++)
                assert_string_not_equal(parts[q].name, parts[p].name);
        }
    }
}

static void
check_model(guint64 n, const MlModel *model)
{
    guint64 sum = model->cost.stock;

    for (uint32_t p = 0; p < model->n_parts; p++) {
        const MlModelPart *part = &model->part[p];
        for (int role = 0; role < ML_N_ROLES; role++) {
            assert_true(part->role[role] <= model->cost.resident);
            sum += part->role[role];
        }
        ml_assert_same(
            n, "field + rounding", part->field + part->rounding, part->role[ML_ROLE_ALLOCATOR]);
        ml_assert_same(n, "unexplained", part->role[ML_ROLE_UNEXPLAINED], 0);
        assert_true(part->cost.usable >= part->cost.requested);
    }
    ml_assert_same(n, "roles and stock", sum, model->cost.resident);
    assert_true(model->cost.stock <= model->cost.resident);
    assert_true(model->cost.resident <= model->cost.peak);
    assert_true(model->cost.resident <= model->cost.reserved);
}

static void
roles_and_stock_sum_to_what_is_held(void **state)
{
    const MlCase *it = *state;

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        for (size_t p = 0; p < G_N_ELEMENTS(page_sizes); p++) {
            g_autofree MlModel *model = ml_case_model(it, counts[i], page_sizes[p]);
            check_model(counts[i], model);
            ml_assert_same(counts[i], "rest of a page", model->cost.resident % page_sizes[p], 0);
        }
}

/* The other models are of pages of 4 KiB. */
static MlModel *
model_on(const MlAllocator *allocator, const MlCase *it, guint64 n)
{
    MlModel *model = g_new0(MlModel, 1);
    ml_compute(it->structure, &it->options, n, allocator, 4096, model);
    return model;
}

static void
no_elements_cost_nothing(void **state)
{
    const MlCase *it = *state;
    const MlCost nothing = { .stock = 0 };
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);

    for (size_t a = 0; a < n_allocators; a++) {
        g_autofree MlModel *model = model_on(allocators[a], it, 0);
        if (it->structure->library != NULL) { /* an empty container of GLib's is there, too */
            assert_true(model->cost.resident <= 16 * 4096);
            continue;
        }
        assert_int_equal(model->plan.n_steps, 0);
        assert_memory_equal(&model->cost, &nothing, sizeof nothing);
    }
}

/* Not so with size classes: where two kinds of blocks come to share a class, a slab less is begun.
 * And not so for an empty container of GLib's, which leaves what its slab was cut from in glibc's
 * thread cache; that is switched off where each element takes a slice. */
static void
more_elements_cost_more(void **state)
{
    const MlCase *it = *state;
    guint64 before = 0;

    for (size_t i = it->structure->library != NULL ? 1 : 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree MlModel *model = ml_case_model(it, counts[i], 4096);
        assert_true(model->cost.resident >= before);
        before = model->cost.resident;
    }
}

static void
every_allocator_explains_what_is_held(void **state)
{
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);

    for (size_t a = 0; a < n_allocators; a++)
        for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
            g_autofree MlModel *model = model_on(allocators[a], *state, counts[i]);
            check_model(counts[i], model);
            ml_assert_same(counts[i], "rest of a page", model->cost.resident % 4096, 0);
            assert_true(model->cost.resident >= counts[i] / 8);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_rise_and_stay_inside_their_element),
        cmocka_unit_test(roles_and_stock_sum_to_what_is_held),
        cmocka_unit_test(no_elements_cost_nothing),
        cmocka_unit_test(more_elements_cost_more),
        cmocka_unit_test(every_allocator_explains_what_is_held),
    };
    return ml_run_each("structure/model", tests, G_N_ELEMENTS(tests));
}
