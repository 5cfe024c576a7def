#include "ml_test.h"

#include <string.h>
#include <unistd.h>

#include "measure/measure.h"
#include "measure/pages.h"
#include "structure/registry.h"

/* The ruler against two others: a bare loop that reads its own counter, and the kernel's other
 * account of the probe's pages. */

enum {
    N = 1000000,
    PAGES_OFF = 8, /* the bare program's heap does not begin on a page, and its stack grows */
};

static gint64
page_bytes(void)
{
    return sysconf(_SC_PAGESIZE);
}

static MlMeasureRequest
boxes(void)
{
    MlMeasureRequest request = { .structure = ml_structure_find("boxed-array"), .n = N };
    ml_options_defaults(request.structure->options, request.structure->n_options, &request.options);
    return request;
}

static void
a_bare_loop_holds_what_was_measured(void **state)
{
    MlMeasureRequest request = boxes();
    char *arguments[] = {
        (char *)(guintptr)g_getenv("MEMLAB_TEST_BARE"), (char *)(guintptr)G_STRINGIFY(1000000), NULL
    };
    g_autofree char *printed = NULL;
    g_autoptr(GError) error = NULL;
    int status = -1;

    if (!g_spawn_sync(
            NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &printed, NULL, &status, &error))
        fail_msg("%s", error->message);
    assert_int_equal(status, 0);
    gint64 bare = g_ascii_strtoll(printed, NULL, 10);
    assert_true(bare >= 40 * N);

    g_autoptr(MlMeasurement) measured = ml_measure(&request, &error);
    if (measured == NULL)
        fail_msg("%s", error->message);
    if (ABS(measured->bytes - bare) > PAGES_OFF * page_bytes())
        fail_msg("measured %" G_GINT64_FORMAT " B; the bare loop holds %" G_GINT64_FORMAT " B",
            measured->bytes,
            bare);
}

/* The sum of all lines "Private_Dirty:  N kB", bytes. */
static guint64
private_dirty(GPid pid)
{
    static const char name[] = "\nPrivate_Dirty:";
    g_autofree char *path = g_strdup_printf("/proc/%d/smaps", (int)pid);
    g_autofree char *text = NULL;
    guint64 sum = 0;

    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (const char *line = text; (line = strstr(line, name)) != NULL; line++)
        sum += g_ascii_strtoull(line + strlen(name), NULL, 10) * 1024;
    return sum;
}

static void
the_kernels_other_account_agrees(void **state)
{
    MlMeasureRequest request = boxes();
    g_autoptr(MlProbe) probe = ml_probe_start(NULL, NULL);
    MlReading before, after;
    guint32 handle;

    assert_non_null(probe);
    GPid pid = ml_probe_pid(probe);
    assert_true(ml_reading_take(pid, &before, NULL));
    guint64 dirty_before = private_dirty(pid);
    assert_true(ml_probe_build(probe, request.structure, &request.options, N, &handle, NULL, NULL));
    assert_true(ml_reading_take(pid, &after, NULL));
    assert_int_equal(private_dirty(pid) - dirty_before, after.rss_anon - before.rss_anon);
    assert_true(after.rss_anon - before.rss_anon > 40 * N);
}

/* The growing array has room for more than it holds; those pages were never written. */
static void
what_is_absent_is_not_held(void **state)
{
    MlMeasureRequest request = {
        .structure = ml_structure_find("growing-array"), .n = N, .repeats = 1
    };
    g_autoptr(MlMeasurement) measured = ml_measure(&request, NULL);

    assert_non_null(measured);
    const MlMeasuredPart *array = &measured->part[0];
    guint64 used_bytes = N * sizeof(int64_t);
    assert_true(array->requested > used_bytes);
    assert_true(array->absent > 0 && array->absent <= array->requested - used_bytes);
    assert_true(array->requested - used_bytes - array->absent < (guint64)page_bytes());
}

static void
both_ways_to_find_resident_pages_agree(void **state)
{
    g_autoptr(MlProbe) probe = ml_probe_start(NULL, NULL);
    MlMeasureRequest request = boxes();
    guint32 handle;
    MlReading reading;

    assert_non_null(probe);
    GPid pid = ml_probe_pid(probe);
    assert_true(ml_probe_build(probe, request.structure, &request.options, N, &handle, NULL, NULL));
    g_autoptr(MlPages) fast = ml_pages_take(pid, NULL);
    g_autoptr(MlPages) slow = ml_pages_take_slowly(pid, NULL);
    assert_true(ml_reading_take(pid, &reading, NULL));
    assert_int_equal(ml_pages_bytes(fast), reading.rss_anon);
    assert_int_equal(ml_pages_bytes(slow), reading.rss_anon);

    guint64 n_new;
    guint64 n_vanished;
    g_autoptr(GArray) ranges = NULL;
    ml_pages_compare(fast, slow, &ranges, &n_new, &n_vanished);
    assert_int_equal(n_new, 0);
    assert_int_equal(n_vanished, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_loop_holds_what_was_measured),
        cmocka_unit_test(the_kernels_other_account_agrees),
        cmocka_unit_test(what_is_absent_is_not_held),
        cmocka_unit_test(both_ways_to_find_resident_pages_agree),
    };
    return cmocka_run_group_tests_name("measure/ruler", tests, NULL, NULL);
}
