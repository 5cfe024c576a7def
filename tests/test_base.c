#include "ml_test.h"

#include "base/error.h"
#include "base/paths.h"

static void
from_the_build_tree_the_source_tree_is_used(void **state)
{
    g_autofree char *lessons = ml_path_data("lessons");
    g_autofree char *expected = g_build_filename(g_getenv("MEMLAB_TEST_SOURCE"), "lessons", NULL);
    g_autofree char *probe = ml_path_probe("memlab-probe");

    assert_string_equal(lessons, expected);
    assert_true(g_str_has_suffix(probe, "/src/probe/memlab-probe"));
}

static void
the_environment_may_say_where_data_is(void **state)
{
    g_setenv("MEMLAB_DATA_DIR", "/elsewhere", TRUE);
    g_autofree char *lessons = ml_path_data("lessons");
    g_unsetenv("MEMLAB_DATA_DIR");
    assert_string_equal(lessons, "/elsewhere/lessons");
}

static void
a_missing_folder_is_named_with_its_remedy(void **state)
{
    g_autoptr(GError) installed = NULL, overridden = NULL, cause = NULL;

    assert_null(g_dir_open("/nowhere/lessons", 0, &cause));
    assert_false(ml_path_data_missing("/nowhere/lessons", "lessons", cause, &installed));
    assert_int_equal(ml_error_status(installed), ML_ERROR_SURROUNDINGS);
    assert_string_equal(installed->message,
        "no lessons: the folder '/nowhere/lessons' is not there; 'meson install -C build' puts it "
        "there, or set MEMLAB_DATA_DIR to the folder that holds it");
    g_setenv("MEMLAB_DATA_DIR", "/nowhere", TRUE);
    assert_false(ml_path_data_missing("/nowhere/lessons", "lessons", cause, &overridden));
    g_unsetenv("MEMLAB_DATA_DIR");
    assert_string_equal(overridden->message,
        "no lessons: the folder '/nowhere/lessons' is not there; set MEMLAB_DATA_DIR to the folder "
        "that holds it, or unset it");
}

static void
progress_is_kept_in_the_state_folder(void **state)
{
    g_autofree char *path = ml_path_state("progress.json");
    g_autofree char *expected =
        g_build_filename(g_get_user_state_dir(), "memlab", "progress.json", NULL);
    assert_string_equal(path, expected);
}

static void
an_error_becomes_an_exit_status(void **state)
{
    g_autoptr(GError) own = NULL;
    g_autoptr(GError) foreign = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_IO, "foreign");

    assert_int_equal(ml_error_status(NULL), 0);
    assert_false(ml_refuse(&own, "x\n", "is odd"));
    assert_int_equal(ml_error_status(own), ML_ERROR_USAGE);
    assert_string_equal(own->message, "'x?' is odd");
    assert_int_equal(ml_error_status(foreign), ML_ERROR_INTERNAL);
    assert_false(ml_fail(NULL, ML_ERROR_INPUT, "nobody asks"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_the_build_tree_the_source_tree_is_used),
        cmocka_unit_test(the_environment_may_say_where_data_is),
        cmocka_unit_test(a_missing_folder_is_named_with_its_remedy),
        cmocka_unit_test(progress_is_kept_in_the_state_folder),
        cmocka_unit_test(an_error_becomes_an_exit_status),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
