#include "each_structure.h"

#include <string.h>

#include "base/error.h"
#include "made_facts.h"

static void
check_views(const MlLedger *ledger)
{
    MlPair by_role = { 0 }, by_part = { 0 };

    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        MlPair sum = ml_ledger_role(ledger, role);
        by_role.model += sum.model;
        by_role.measured += sum.measured;
    }
    for (guint p = 0; p < ledger->n_parts; p++) {
        const MlLedgerPart *part = &ledger->parts[p];
        MlPair sum = ml_ledger_part_total(part);
        by_part.model += sum.model;
        by_part.measured += sum.measured;
        assert_int_equal(part->field.model + part->rounding.model + part->stock.model,
            part->role[ML_ROLE_ALLOCATOR].model);
    }
    ml_assert_same(ledger->n, "sum by role", by_role.model, ledger->model_bytes);
    ml_assert_same(ledger->n, "sum by part", by_part.model, ledger->model_bytes);
    ml_assert_same(ledger->n, "measured", by_role.measured, by_part.measured);
}

static void
roles_and_parts_are_views_of_one_total(void **state)
{
    const MlCase *it = *state;
    static const guint64 counts[] = { 0, 1, 1000, 1000000 };

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autoptr(MlLedger) ledger = ml_ledger_compute(
            it->structure, &it->options, counts[i], ml_allocator_find("glibc"), NULL);
        assert_non_null(ledger);
        check_views(ledger);
        const MlRulers *rulers = &ledger->model_rulers;
        assert_true(rulers->requested <= rulers->usable);
        assert_true(rulers->resident <= rulers->reserved);
        assert_int_equal(rulers->resident, ledger->model_bytes);
    }
}

static void
a_ledger_survives_json(void **state)
{
    const MlCase *it = *state;
    g_autoptr(MlLedger) model = ml_test_model(it->name, 1000);
    g_autoptr(MlLedger) measured = ml_test_measured(it->name, 1000, -4096);
    MlLedger *ledgers[] = { model, measured };

    for (size_t i = 0; i < G_N_ELEMENTS(ledgers); i++) {
        json_t *written = ml_ledger_to_json(ledgers[i]);
        g_autoptr(GError) error = NULL;
        g_autoptr(MlLedger) read = ml_ledger_from_json(written, &error);
        if (read == NULL)
            fail_msg("%s", error->message);
        json_t *again = ml_ledger_to_json(read);
        if (i == 1) {
            assert_string_equal(json_string_value(json_object_get(again, "origin")), "recorded");
            json_object_set_new(again, "origin", json_string("measured"));
        }
        assert_true(json_equal(written, again));
        json_decref(written);
        json_decref(again);
    }
}

static void
what_no_address_space_holds_is_refused(void **state)
{
    const MlCase *it = *state;
    static const guint64 counts[] = { UINT64_C(1000000000000000000), G_MAXUINT64 };

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(ml_ledger_compute(
            it->structure, &it->options, counts[i], ml_allocator_find("glibc"), &error));
        assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
        assert_non_null(strstr(error->message, " B"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_and_parts_are_views_of_one_total),
        cmocka_unit_test(a_ledger_survives_json),
        cmocka_unit_test(what_no_address_space_holds_is_refused),
    };
    return ml_run_each("facts", tests, G_N_ELEMENTS(tests));
}
