#include "attributed.h"
#include "each_structure.h"

#include <string.h>

#include "facts/make.h"

/* A measurement whose blocks are the recorder's, beside one whose blocks are the walk's. */

enum { N = 20000 };

static MlLedger *
measure(const MlCase *it, gboolean by_recorder)
{
    MlMeasureRequest request = {
        .structure = it->structure,
        .options = it->options,
        .n = N,
        .repeats = 1,
        .by_recorder = by_recorder,
    };
    g_autoptr(GError) error = NULL;
    MlLedger *ledger = ml_ledger_measure(&request, NULL, &error);
    if (ledger == NULL)
        fail_msg("%s", error->message);
    if (!ledger->valid)
        fail_msg("%s: %s", it->name, ledger->invalid_reason);
    ml_assert_attributed(ledger);
    return ledger;
}

static bool
has_slabs(const MlCase *it)
{
    const char *slices =
        ml_options_find(it->structure->options, it->structure->n_options, &it->options, "slices");
    return g_strcmp0(slices, "on") == 0;
}

static void
recorded_blocks_say_what_walked_blocks_say(void **state)
{
    const MlCase *it = *state;
    g_autoptr(MlLedger) walked = measure(it, FALSE);
    g_autoptr(MlLedger) recorded = measure(it, TRUE);

    assert_non_null(recorded->notes);
    assert_non_null(strstr(recorded->notes, "as recorded"));
    ml_assert_same(N, "bytes", (guint64)recorded->measured_bytes, (guint64)walked->measured_bytes);
    if (has_slabs(it)) /* of slices only the slabs are recorded */
        return;
    assert_null(strstr(recorded->notes, "does not ask for"));
    for (guint i = 0; i < walked->n_parts; i++)
        ml_assert_same(
            N, walked->parts[i].name, recorded->parts[i].blocks, walked->parts[i].blocks);
    ml_assert_same(N, "requested", recorded->rulers.requested, walked->rulers.requested);
    ml_assert_same(N, "usable", recorded->rulers.usable, walked->rulers.usable);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_blocks_say_what_walked_blocks_say),
    };
    return ml_run_each("measure/recorded", tests, G_N_ELEMENTS(tests));
}
