#include "ml_test.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "made_facts.h"

static void
a_part_is_found_by_either_spelling(void **state)
{
    g_autoptr(MlLedger) ledger = ml_test_model("boxed-array", 1000);

    assert_ptr_equal(ml_ledger_find_part(ledger, "int object"), &ledger->parts[1]);
    assert_ptr_equal(ml_ledger_find_part(ledger, "int_object"), &ledger->parts[1]);
    assert_null(ml_ledger_find_part(ledger, "int-object"));
    assert_null(ml_ledger_find_part(ledger, ""));
}

static void
the_figure_shown_is_the_measured_one_where_there_is_one(void **state)
{
    g_autoptr(MlLedger) model = ml_test_model("boxed-array", 1000);
    g_autoptr(MlLedger) measured = ml_test_measured("boxed-array", 1000, -4096);

    assert_false(ml_ledger_is_measured(model));
    assert_int_equal(ml_ledger_bytes(model), model->model_bytes);
    assert_int_equal(ml_ledger_unexplained(model), 0);
    assert_true(ml_ledger_is_measured(measured));
    assert_int_equal(ml_ledger_bytes(measured), measured->model_bytes - 4096);
    assert_int_equal(ml_ledger_unexplained(measured), -4096);
    measured->origin = ML_ORIGIN_RECORDED;
    assert_int_equal(ml_ledger_unexplained(measured), -4096);
    measured->measured_bytes = -4096; /* a page less than before: nothing is held */
    assert_int_equal(ml_ledger_bytes(measured), 0);
}

static void
nothing_has_no_bytes_per_element(void **state)
{
    g_autoptr(MlLedger) nothing = ml_test_model("boxed-array", 0);
    g_autoptr(MlLedger) some = ml_test_model("boxed-array", 1000);

    assert_true(isnan(ml_ledger_per_element(nothing, 0)));
    assert_true(ml_ledger_per_element(some, 40000) == 40.0);
}

/* --- what is no ledger ------------------------------------------------------------------------ */

/* Reads @json, which is no ledger.  The message must name @expected. */
static void
assert_refused(json_t *json, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MlLedger) ledger = ml_ledger_from_json(json, &error);

    if (ledger != NULL)
        fail_msg("taken, though %s is wrong", expected);
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    if (strstr(error->message, expected) == NULL)
        fail_msg("'%s' does not name %s", error->message, expected);
    json_decref(json);
}

static json_t *
recorded(void)
{
    g_autoptr(MlLedger) ledger = ml_test_measured("boxed-array", 1000, 0);
    return ml_ledger_to_json(ledger);
}

static void
a_missing_key_is_named(void **state)
{
    static const char *const keys[] = { "structure",
        "title",
        "element",
        "options",
        "n",
        "allocator",
        "origin",
        "model_bytes",
        "model_peak_bytes",
        "measured_bytes",
        "raw_bytes",
        "peak_bytes",
        "kernel_peak_bytes",
        "total_rss_bytes",
        "base_rss_bytes",
        "seconds",
        "repeats",
        "spread_bytes",
        "slots",
        "capacity",
        "max_load",
        "rulers",
        "model_rulers",
        "parts",
        "environment" };

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *quoted = g_strdup_printf("'%s' is missing", keys[i]);
        json_t *json = recorded();
        assert_int_equal(json_object_del(json, keys[i]), 0);
        assert_refused(json, quoted);

        g_autofree char *wrong = g_strdup_printf("'%s' is not", keys[i]);
        json = recorded();
        json_object_set_new(json, keys[i], json_true());
        assert_refused(json, wrong);
    }
}

static void
a_missing_key_inside_is_named(void **state)
{
    static const char *const keys[] = { "part",
        "blocks",
        "requested_bytes",
        "usable_bytes",
        "allocated_bytes",
        "reserved_bytes",
        "roles",
        "allocator" };

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_t *json = recorded();
        json_object_del(json_array_get(json_object_get(json, "parts"), 1), keys[i]);
        assert_refused(json, keys[i]);
    }
    json_t *json = recorded();
    json_object_del(json_object_get(json, "rulers"), "usable_bytes");
    assert_refused(json, "usable_bytes");
    json = recorded();
    json_object_del(json_object_get(json, "environment"), "kernel");
    assert_refused(json, "kernel");
}

static void
another_schema_is_named(void **state)
{
    json_t *json = recorded();
    json_object_set_new(json, "schema", json_string("memlab.ledger.2"));
    assert_refused(json, "'memlab.ledger.2', not memlab.ledger.1");
    json = recorded();
    json_object_del(json, "schema");
    assert_refused(json, "no memlab record");
    assert_refused(json_array(), "no memlab record");
    assert_refused(json_string("memlab.ledger.1"), "no memlab record");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_found_by_either_spelling),
        cmocka_unit_test(the_figure_shown_is_the_measured_one_where_there_is_one),
        cmocka_unit_test(nothing_has_no_bytes_per_element),
        cmocka_unit_test(a_missing_key_is_named),
        cmocka_unit_test(a_missing_key_inside_is_named),
        cmocka_unit_test(another_schema_is_named),
    };
    return cmocka_run_group_tests_name("facts/ledger", tests, NULL, NULL);
}
