#include "each_structure.h"

#include "measure/allocator_library.h"
#include "measure/probe.h"
#include "measure/reading.h"
#include "measure/slices.h"

/* The recorder sees what was asked of malloc, whoever asked; the walk says what the structure knows
 * it asked for.  Both must find the same blocks. */

enum { MAX_ELEMENTS = 20000, MAX_BLOCKS = 5 * MAX_ELEMENTS };

static MlProbe *
start(const MlCase *it, const MlAllocator *allocator, MlRecorder **ret_recorder)
{
    g_autoptr(GError) error = NULL;
    *ret_recorder = ml_recorder_new(MAX_BLOCKS, &error);
    MlProbeSettings settings = {
        .allocator = allocator,
        .slices = ml_slices_of(it->structure, &it->options),
        .recorder = *ret_recorder,
    };
    MlProbe *probe = *ret_recorder != NULL ? ml_probe_start(&settings, &error) : NULL;
    if (probe == NULL)
        fail_msg("%s", error->message);
    ml_recorder_restart(*ret_recorder);
    return probe;
}

/* What the table holds, beside what it says of itself. */
static void
check_table(guint64 n, const MlRecord *record, guint64 blocks, guint64 bytes)
{
    guint64 found = 0, found_bytes = 0;
    for (guint64 i = 0; i < record->n_slots; i++) {
        found += record->blocks[i].address != 0;
        found_bytes += record->blocks[i].bytes;
    }
    ml_assert_same(n, "lost blocks", record->lost, 0);
    ml_assert_same(n, "blocks", found, blocks);
    ml_assert_same(n, "blocks counted", record->n_live, blocks);
    ml_assert_same(n, "bytes", found_bytes, bytes);
}

static void
check_count(const MlCase *it, const MlAllocator *allocator, guint64 n)
{
    g_autoptr(MlRecorder) recorder = NULL;
    g_autoptr(MlProbe) probe = start(it, allocator, &recorder);
    const MlRecord *record = ml_recorder_record(recorder);
    guint32 handle;
    guint64 blocks = 0, bytes = 0;

    assert_true(ml_probe_build(probe, it->structure, &it->options, n, &handle, NULL, NULL));
    const MlWalkSink *walk = ml_probe_walk(probe, handle, NULL);
    assert_non_null(walk);
    for (guint32 i = 0; i < walk->n_parts; i++) {
        blocks += walk->totals[i].blocks;
        bytes += walk->totals[i].request_bytes;
    }
    check_table(n, record, blocks, bytes);
    assert_true(ml_probe_destroy(probe, handle, NULL, NULL));
    check_table(n, record, 0, 0);
}

/* Of GLib's slices the recorder sees the slabs, and the walk what lies in them. */
static bool
has_slabs(const MlCase *it)
{
    return g_strcmp0(ml_slices_of(it->structure, &it->options), "on") == 0;
}

static void
the_recorder_and_the_walk_find_the_same_blocks(void **state)
{
    static const guint64 counts[] = { 0, 1, 7, 100, 1000, 20000 };
    const MlCase *it = *state;
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);

    if (has_slabs(it))
        return;
    for (size_t a = 0; a < n_allocators; a++)
        for (size_t i = 0;
             ml_allocator_installed(allocators[a]) && counts[i] * it->every <= MAX_ELEMENTS &&
             ml_recorder_check(allocators[a], NULL) && i < G_N_ELEMENTS(counts);
             i++)
            check_count(it, allocators[a], counts[i]);
}

static void
the_recorder_is_not_in_the_figure(void **state)
{
    const MlCase *it = *state;
    enum { N = 20000 };
    gint64 held[2];

    for (int with = 0; with < 2; with++) {
        g_autoptr(MlRecorder) recorder = NULL;
        MlProbeSettings plain = { .slices = ml_slices_of(it->structure, &it->options) };
        g_autoptr(MlProbe) probe = with ? start(it, NULL, &recorder) : ml_probe_start(&plain, NULL);
        MlReading before, after;
        guint32 handle;
        assert_non_null(probe);
        assert_true(ml_reading_take(ml_probe_pid(probe), &before, NULL));
        assert_true(ml_probe_build(probe, it->structure, &it->options, N, &handle, NULL, NULL));
        assert_true(ml_probe_settle(probe, NULL));
        assert_true(ml_reading_take(ml_probe_pid(probe), &after, NULL));
        held[with] = (gint64)after.rss_anon - (gint64)before.rss_anon;
    }
    if (held[0] != held[1])
        fail_msg(
            "%" G_GINT64_FORMAT " B, with the recorder %" G_GINT64_FORMAT " B", held[0], held[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_recorder_and_the_walk_find_the_same_blocks),
        cmocka_unit_test(the_recorder_is_not_in_the_figure),
    };
    return ml_run_each("recorder", tests, G_N_ELEMENTS(tests));
}
