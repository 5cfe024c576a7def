#include "ml_test.h"

#include <string.h>

#include "core/role.h"
#include "run_memlab.h"
#include "structure/registry.h"

static json_int_t
integer(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static const char *
text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* --- a ledger --------------------------------------------------------------------------------- */

static const char common[] =
    "schema:string structure:string options:object n:integer allocator:string origin:string "
    "model_bytes:integer model_peak_bytes:integer page_bytes:integer rulers:object "
    "model_rulers:object roles:array parts:array environment:object slots:integer "
    "capacity:integer max_load:real";
static const char measured[] =
    "measured_bytes:integer unexplained_bytes:integer raw_bytes:integer peak_bytes:integer "
    "peak_is_exact:boolean kernel_peak_bytes:integer "
    "total_rss_bytes:integer base_rss_bytes:integer seconds:real repeats:integer "
    "spread_bytes:integer valid:boolean invalid_reason:string? notes:string?";
static const char rulers[] = "requested_bytes:integer usable_bytes:integer allocated_bytes:integer "
                             "reserved_bytes:integer resident_bytes:integer";
static const char surroundings[] = "kernel:string libc:string glib:string rss_source:string "
                                   "thp:string page_bytes:integer";
static const char part_keys[] =
    "part:string blocks:integer requested_bytes:integer usable_bytes:integer "
    "allocated_bytes:integer reserved_bytes:integer roles:array allocator:array";

/* All eight, in their order; of `unexplained` nothing is measured. */
static void
check_roles(const json_t *ledger, const char *measured_type)
{
    const json_t *roles = json_object_get(ledger, "roles");

    assert_int_equal(json_array_size(roles), ML_N_ROLES);
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        const json_t *row = json_array_get(roles, role);
        const char *type = role == ML_ROLE_UNEXPLAINED ? "null" : measured_type;
        g_autofree char *keys =
            g_strdup_printf("role:string model_bytes:integer measured_bytes:%s", type);
        ml_assert_keys(row, keys);
        assert_string_equal(text(row, "role"), ml_role_id(role));
    }
}

static json_int_t
sum_of(const json_t *rows, const char *key)
{
    json_int_t sum = 0;
    for (size_t i = 0; i < json_array_size(rows); i++)
        sum += json_integer_value(json_object_get(json_array_get(rows, i), key));
    return sum;
}

static void
measuring_gives_the_documented_keys(void **state)
{
    json_t *json = ml_run_json("memlab measure boxed-array -n 1000 --json");

    ml_assert_keys(json, common);
    ml_assert_keys(json, measured);
    ml_assert_keys(json_object_get(json, "rulers"), rulers);
    ml_assert_keys(json_object_get(json, "model_rulers"), rulers);
    ml_assert_keys(json_object_get(json, "environment"), surroundings);
    check_roles(json, "integer");
    assert_string_equal(text(json, "schema"), "memlab.ledger.1");
    assert_string_equal(text(json, "structure"), "boxed-array");
    assert_string_equal(text(json_object_get(json, "options"), "box"), "object");
    assert_string_equal(text(json, "origin"), "measured");
    assert_string_equal(text(json, "allocator"), "glibc");
    assert_string_equal(text(json_object_get(json, "environment"), "rss_source"), "RssAnon");
    assert_int_equal(integer(json, "n"), 1000);
    assert_int_equal(integer(json, "repeats"), 5);
    json_decref(json);
}

static void
the_figures_of_a_measurement_add_up(void **state)
{
    json_t *json = ml_run_json("memlab measure compact-dict:keys=string -n 2000 --json");
    const json_t *roles = json_object_get(json, "roles"), *parts = json_object_get(json, "parts");
    json_int_t by_part = 0;

    assert_int_equal(integer(json, "unexplained_bytes"),
        integer(json, "measured_bytes") - integer(json, "model_bytes"));
    assert_int_equal(sum_of(roles, "model_bytes"), integer(json, "model_bytes"));
    assert_int_equal(sum_of(roles, "measured_bytes"), integer(json, "measured_bytes"));
    for (size_t i = 0; i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i);
        ml_assert_keys(part, part_keys);
        by_part += sum_of(json_object_get(part, "roles"), "measured_bytes");
    }
    assert_int_equal(by_part, integer(json, "measured_bytes"));
    assert_int_equal(integer(json_object_get(json, "rulers"), "resident_bytes"),
        integer(json, "measured_bytes"));
    assert_true(integer(json, "peak_bytes") >= integer(json, "measured_bytes"));
    json_decref(json);
}

static void
a_model_has_no_measured_keys(void **state)
{
    json_t *json = ml_run_json("memlab model boxed-array:box=bare -n 1e6 --json");

    ml_assert_keys(json, common);
    check_roles(json, "null");
    assert_string_equal(text(json, "origin"), "model");
    assert_string_equal(text(json_object_get(json, "options"), "box"), "bare");
    assert_null(json_object_get(json, "measured_bytes"));
    assert_null(json_object_get(json, "unexplained_bytes"));
    json_decref(json);
}

static void
several_structures_are_an_array(void **state)
{
    static const char *const lines[] = {
        "memlab measure linked-list double-list -n 1000 --repeat 1 --json",
        "memlab model linked-list double-list -n 1000 --json",
        "memlab compare linked-list double-list -n 1000 --repeat 1 --json",
        "memlab compare linked-list double-list -n 1000 --model --json",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        json_t *json = ml_run_json(lines[i]);
        assert_int_equal(json_array_size(json), 2);
        assert_string_equal(text(json_array_get(json, 1), "structure"), "double-list");
        ml_assert_keys(json_array_get(json, 1), common);
        json_decref(json);
    }
}

static void
nothing_is_valid_json_too(void **state)
{
    json_t *json = ml_run_json("memlab measure boxed-array -n 0 --json");
    assert_int_equal(integer(json, "measured_bytes"), 0);
    assert_int_equal(integer(json, "model_bytes"), 0);
    assert_true(json_is_true(json_object_get(json, "valid")));
    json_decref(json);
}

static void
numbers_are_written_in_the_c_locale(void **state)
{
    json_t *json = ml_run_json("LC_ALL=de_DE.UTF-8 memlab model open-table -n 1000 --json");
    assert_true(json_real_value(json_object_get(json, "max_load")) == 0.75);
    json_decref(json);
}

/* --- the others ------------------------------------------------------------------------------- */

static void
the_list_has_every_structure(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);
    json_t *json = ml_run_json("memlab list --json");

    assert_int_equal(json_array_size(json), n);
    for (size_t i = 0; i < n; i++) {
        const json_t *it = json_array_get(json, i), *options = json_object_get(it, "options");
        ml_assert_keys(
            it, "structure:string title:string summary:string shape:string options:array");
        assert_string_equal(text(it, "structure"), structures[i]->name);
        assert_int_equal(json_array_size(options), structures[i]->n_options);
        for (size_t k = 0; k < json_array_size(options); k++)
            ml_assert_keys(json_array_get(options, k),
                "name:string meaning:string choices:array default:string?");
    }
    json_decref(json);
}

static void
a_structure_and_an_allocator_are_listed_as_named(void **state)
{
    json_t *json = ml_run_json("memlab list mimalloc linked-list glibc --json");
    const json_t *first = json_array_get(json, 0);
    const json_t *requests = json_object_get(first, "requests");

    assert_int_equal(json_array_size(json), 3);
    ml_assert_keys(first,
        "allocator:string summary:string model_version:string? package:string? "
        "installed:boolean requests:array");
    assert_string_equal(text(first, "allocator"), "mimalloc");
    assert_string_equal(text(json_array_get(json, 1), "structure"), "linked-list");
    assert_string_equal(text(json_array_get(json, 2), "allocator"), "glibc");
    assert_true(json_array_size(requests) > 5);
    for (size_t i = 0; i < json_array_size(requests); i++)
        ml_assert_keys(json_array_get(requests, i), "request_bytes:integer taken_bytes:integer");
    json_decref(json);
}

static void
the_doctor_gives_its_findings(void **state)
{
    json_t *json = ml_run_json("memlab doctor --json");
    const json_t *findings = json_object_get(json, "findings");

    ml_assert_keys(json, "schema:string verdict:string findings:array largest_n:object");
    assert_string_equal(text(json, "schema"), "memlab.doctor.1");
    assert_true(json_integer_value(json_object_get(json_object_get(json, "largest_n"), "bitset")) >
                1000000);
    assert_true(json_array_size(findings) >= 5);
    for (size_t i = 0; i < json_array_size(findings); i++)
        ml_assert_keys(json_array_get(findings, i), "level:string subject:string text:string");
    json_decref(json);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measuring_gives_the_documented_keys),
        cmocka_unit_test(the_figures_of_a_measurement_add_up),
        cmocka_unit_test(a_model_has_no_measured_keys),
        cmocka_unit_test(several_structures_are_an_array),
        cmocka_unit_test(nothing_is_valid_json_too),
        cmocka_unit_test(numbers_are_written_in_the_c_locale),
        cmocka_unit_test(the_list_has_every_structure),
        cmocka_unit_test(a_structure_and_an_allocator_are_listed_as_named),
        cmocka_unit_test(the_doctor_gives_its_findings),
    };
    return cmocka_run_group_tests_name("cli/JSON", tests, NULL, NULL);
}
