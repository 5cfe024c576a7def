#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "measure/probe.h"
#include "structure/registry.h"

static void
an_allocator_that_is_linked_in_is_refused(void **state)
{
    g_autoptr(MlRecorder) recorder = ml_recorder_new(0, NULL);
    MlProbeSettings settings = { .allocator = ml_allocator_find("arena"), .recorder = recorder };
    g_autoptr(GError) error = NULL;

    assert_null(ml_probe_start(&settings, &error));
    assert_int_equal(error->code, ML_ERROR_SURROUNDINGS);
    assert_non_null(strstr(error->message, "arena cannot be recorded"));
}

static void
a_full_table_says_what_it_lost(void **state)
{
    g_autoptr(MlRecorder) recorder = ml_recorder_new(1, NULL);
    MlProbeSettings settings = { .recorder = recorder };
    g_autoptr(MlProbe) probe = ml_probe_start(&settings, NULL);
    const MlRecord *record = ml_recorder_record(recorder);
    const MlStructure *list = ml_structure_find("linked-list");
    MlOptions none = { .choice = { 0 } };
    guint32 handle;

    assert_non_null(probe);
    ml_recorder_restart(recorder);
    assert_true(ml_probe_build(probe, list, &none, 2 * record->n_slots, &handle, NULL, NULL));
    assert_int_equal(record->n_live + record->lost, 2 * record->n_slots);
    assert_true(record->n_live < record->n_slots);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_allocator_that_is_linked_in_is_refused),
        cmocka_unit_test(a_full_table_says_what_it_lost),
    };
    return cmocka_run_group_tests_name("recorder/limits", tests, NULL, NULL);
}
