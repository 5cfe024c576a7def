#include "ml_test.h"

#include <signal.h>
#include <string.h>

#include "base/error.h"
#include "base/spec.h"
#include "measure/probe.h"
#include "measure/reading.h"
#include "structure/registry.h"

static MlProbe *
start(void)
{
    g_autoptr(GError) error = NULL;
    MlProbe *probe = ml_probe_start(NULL, &error);
    if (probe == NULL)
        fail_msg("%s", error->message);
    return probe;
}

/* Builds @spec in the probe.  Returns: its handle. */
static guint32
build(MlProbe *probe, const char *spec, guint64 n)
{
    const MlStructure *structure;
    MlOptions options;
    guint32 handle = G_MAXUINT32;
    g_autoptr(GError) error = NULL;

    assert_true(ml_spec_parse(spec, &structure, &options, NULL));
    if (!ml_probe_build(probe, structure, &options, n, &handle, NULL, &error))
        fail_msg("%s: %s", spec, error->message);
    return handle;
}

static void
assert_error(const GError *error, MlErrorCode code, const char *expected)
{
    assert_non_null(error);
    assert_int_equal(ml_error_status(error), code);
    if (strstr(error->message, expected) == NULL)
        fail_msg("'%s' does not say '%s'", error->message, expected);
}

/* --- what it does ----------------------------------------------------------------------------- */

static void
a_structure_lives_in_the_probe_until_it_is_destroyed(void **state)
{
    g_autoptr(MlProbe) probe = start();
    guint32 handle = build(probe, "compact-dict:keys=string,values=boxed,value=i*2", 1000);
    MlElement element;
    gint64 sum;
    double seconds = -1;

    assert_true(ml_probe_sum(probe, handle, &sum, &seconds, NULL));
    assert_int_equal(sum, 999 * 1000);
    assert_true(seconds >= 0);
    assert_true(ml_probe_get(probe, handle, 999, &element, NULL));
    assert_string_equal(element.key, "key: 999");
    assert_int_equal(element.value, 2 * 999);
    assert_true(ml_probe_put(probe, handle, 999, -1, NULL));
    assert_true(ml_probe_get(probe, handle, 999, &element, NULL));
    assert_true(element.value == -1);
    assert_true(ml_probe_destroy(probe, handle, NULL, NULL));
    g_autoptr(GError) error = NULL;
    assert_false(ml_probe_sum(probe, handle, &sum, NULL, &error));
    assert_error(error, ML_ERROR_INTERNAL, "refused");
}

static void
its_walk_is_of_the_structure_asked_for(void **state)
{
    g_autoptr(MlProbe) probe = start();
    guint32 list = build(probe, "linked-list", 10);
    guint32 boxes = build(probe, "boxed-array", 20);

    assert_int_not_equal(list, boxes);
    const MlWalkSink *walk = ml_probe_walk(probe, boxes, NULL);
    assert_non_null(walk);
    assert_int_equal(walk->n_parts, 2);
    assert_int_equal(walk->totals[1].blocks, 20);
    walk = ml_probe_walk(probe, list, NULL);
    assert_int_equal(walk->n_parts, 1);
    assert_int_equal(walk->totals[0].blocks, 10);
    assert_int_equal(walk->samples[0].request_bytes, 16);
}

static void
it_says_which_malloc_it_has(void **state)
{
    g_autoptr(MlProbe) probe = start();

    assert_true(g_str_has_prefix(ml_probe_libc(probe), "glibc 2."));
    assert_true(ml_probe_pid(probe) > 0);
}

static void
its_environment_is_clean(void **state)
{
    g_setenv("MEMLAB_TEST_SECRET", "1", TRUE);
    g_autoptr(MlProbe) probe = start();
    g_autofree char *path = g_strdup_printf("/proc/%d/environ", (int)ml_probe_pid(probe));
    g_autofree char *environment = NULL;
    gsize length = 0;

    g_unsetenv("MEMLAB_TEST_SECRET");
    assert_true(g_file_get_contents(path, &environment, &length, NULL));
    assert_int_equal(length, sizeof "LC_ALL=C");
    assert_string_equal(environment, "LC_ALL=C");
}

/* --- misuse ----------------------------------------------------------------------------------- */

static void
a_handle_that_names_nothing_is_refused(void **state)
{
    static const guint32 handles[] = {
        0, 1, ML_WIRE_MAX_HANDLES - 1, ML_WIRE_MAX_HANDLES, G_MAXUINT32
    };
    g_autoptr(MlProbe) probe = start();

    for (size_t i = 0; i < G_N_ELEMENTS(handles); i++) {
        MlElement element;
        gint64 sum;
        assert_false(ml_probe_sum(probe, handles[i], &sum, NULL, NULL));
        assert_false(ml_probe_get(probe, handles[i], 0, &element, NULL));
        assert_false(ml_probe_put(probe, handles[i], 0, 1, NULL));
        assert_null(ml_probe_walk(probe, handles[i], NULL));
        g_autoptr(GError) error = NULL;
        assert_false(ml_probe_destroy(probe, handles[i], NULL, &error));
        assert_error(error, ML_ERROR_INTERNAL, "the probe refused request");
    }
    build(probe, "linked-list", 3); /* it goes on working */
}

static void
an_element_beyond_the_last_is_refused(void **state)
{
    static const guint64 beyond[] = { 3, 4, G_MAXUINT32, G_MAXUINT64 };
    g_autoptr(MlProbe) probe = start();
    guint32 handle = build(probe, "linked-list", 3);
    MlElement element;

    assert_true(ml_probe_get(probe, handle, 2, &element, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(beyond); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(ml_probe_get(probe, handle, beyond[i], &element, &error));
        assert_error(error, ML_ERROR_USAGE, "is beyond the last element");
        g_clear_error(&error);
        assert_false(ml_probe_put(probe, handle, beyond[i], 1, &error));
        assert_error(error, ML_ERROR_USAGE, "is beyond the last element");
    }
    handle = build(probe, "boxed-array", 0);
    assert_false(ml_probe_get(probe, handle, 0, &element, NULL));
}

static void
a_structure_that_it_does_not_know_is_refused(void **state)
{
    g_autoptr(MlProbe) probe = start();
    MlStructure unknown = *ml_structure_find("linked-list");
    MlOptions options = { .choice = { 0 } };
    g_autoptr(GError) error = NULL;
    guint32 handle;

    unknown.name = "no-such-structure";
    assert_false(ml_probe_build(probe, &unknown, &options, 1, &handle, NULL, &error));
    assert_error(error, ML_ERROR_INTERNAL, "the probe refused request");
}

static void
there_are_only_so_many_handles(void **state)
{
    g_autoptr(MlProbe) probe = start();
    const MlStructure *structure = ml_structure_find("linked-list");
    MlOptions options = { .choice = { 0 } };
    g_autoptr(GError) error = NULL;
    guint32 handle;

    for (int i = 0; i < ML_WIRE_MAX_HANDLES; i++)
        assert_true(ml_probe_build(probe, structure, &options, 1, &handle, NULL, NULL));
    assert_false(ml_probe_build(probe, structure, &options, 1, &handle, NULL, &error));
    assert_error(error, ML_ERROR_USAGE, "256 structures are alive");
    assert_true(ml_probe_destroy(probe, 17, NULL, NULL));
    assert_int_equal(build(probe, "linked-list", 1), 17);
}

/* --- its end ---------------------------------------------------------------------------------- */

/* As the kernel does it when memory has run out. */
static gpointer
kill_when_building(gpointer data)
{
    GPid pid = GPOINTER_TO_INT(data);
    MlReading reading;

    while (ml_reading_take(pid, &reading, NULL) && reading.rss_anon < 16 << 20)
        g_usleep(1000);
    kill(pid, SIGKILL);
    return NULL;
}

static void
being_killed_by_the_kernel_is_reported_as_such(void **state)
{
    g_autoptr(MlProbe) probe = start();
    const MlStructure *structure = ml_structure_find("linked-list");
    MlOptions options = { .choice = { 0 } };
    g_autoptr(GError) error = NULL, again = NULL;
    guint32 handle;

    GThread *killer =
        g_thread_new("killer", kill_when_building, GINT_TO_POINTER(ml_probe_pid(probe)));
    gboolean built =
        ml_probe_build(probe, structure, &options, 30 * 1000 * 1000, &handle, NULL, &error);
    g_thread_join(killer);
    assert_false(built);
    assert_error(error, ML_ERROR_SURROUNDINGS, "the kernel ended the probe");
    assert_error(error, ML_ERROR_SURROUNDINGS, "try a smaller n");
    assert_false(ml_probe_settle(probe, &again));
    assert_string_equal(again->message, error->message);
}

static void
any_other_signal_is_our_own_fault(void **state)
{
    g_autoptr(MlProbe) probe = start();
    g_autoptr(GError) error = NULL;

    kill(ml_probe_pid(probe), SIGSEGV);
    assert_false(ml_probe_settle(probe, &error));
    assert_error(error, ML_ERROR_INTERNAL, "signal 11");
}

static void
a_freed_probe_is_gone(void **state)
{
    MlProbe *probe = start();
    GPid pid = ml_probe_pid(probe);

    assert_int_equal(kill(pid, 0), 0);
    ml_probe_free(probe);
    assert_int_not_equal(kill(pid, 0), 0);
    ml_probe_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_structure_lives_in_the_probe_until_it_is_destroyed),
        cmocka_unit_test(its_walk_is_of_the_structure_asked_for),
        cmocka_unit_test(it_says_which_malloc_it_has),
        cmocka_unit_test(its_environment_is_clean),
        cmocka_unit_test(a_handle_that_names_nothing_is_refused),
        cmocka_unit_test(an_element_beyond_the_last_is_refused),
        cmocka_unit_test(a_structure_that_it_does_not_know_is_refused),
        cmocka_unit_test(there_are_only_so_many_handles),
        cmocka_unit_test(being_killed_by_the_kernel_is_reported_as_such),
        cmocka_unit_test(any_other_signal_is_our_own_fault),
        cmocka_unit_test(a_freed_probe_is_gone),
    };
    return cmocka_run_group_tests_name("measure/probe", tests, NULL, NULL);
}
