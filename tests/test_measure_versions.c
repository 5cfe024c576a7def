#include "each_structure.h"

#include <string.h>

#include "base/spec.h"
#include "measure/allocator_library.h"
#include "measure/measure.h"

/* A model is of one version of its allocator; another one is measured too. */

static char *
notes_of(const char *model_version)
{
    MlCase it = { 0 };
    assert_true(ml_spec_parse("linked-list", &it.structure, &it.options, NULL));
    MlAllocator jemalloc = *ml_allocator_find("jemalloc");
    jemalloc.run.version = model_version;
    MlMeasureRequest request = {
        .structure = it.structure,
        .options = it.options,
        .n = 10,
        .allocator = &jemalloc,
        .repeats = 1,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(MlMeasurement) measured = ml_measure(&request, &error);
    if (measured == NULL)
        fail_msg("%s", error->message);
    return g_strdup(measured->notes != NULL ? measured->notes : "");
}

static void
another_version_is_measured_with_a_note(void **state)
{
    if (!ml_allocator_installed(ml_allocator_find("jemalloc")))
        return;
    g_autofree char *other = notes_of("4.5");
    g_autofree char *prefix = notes_of("5.3.00");
    g_autofree char *digits = notes_of("5.3.0");

    assert_non_null(strstr(other, "the model is of jemalloc 4.5, and this is jemalloc 5."));
    assert_non_null(strstr(prefix, "the model is of jemalloc 5.3.00"));
    if (strstr(other, "5.3.0") != NULL)
        assert_null(strstr(digits, "the model is of"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_version_is_measured_with_a_note),
    };
    return cmocka_run_group_tests_name("measure/versions", tests, NULL, NULL);
}
