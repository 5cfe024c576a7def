#include "each_structure.h"

#include <unistd.h>

#include "measure/measure.h"

/* The ruler itself: nothing built is nothing measured, every time. */

enum { TRIES = 20, CONTAINER_BYTES = 2 * 4096 };

static void
an_empty_build_costs_nothing(void **state)
{
    const MlCase *it = *state;
    MlMeasureRequest request = { .structure = it->structure, .options = it->options, .n = 0 };

    request.repeats = TRIES;
    g_autoptr(GError) error = NULL;
    g_autoptr(MlMeasurement) measured = ml_measure(&request, &error);
    if (measured == NULL)
        fail_msg("%s", error->message);
    /* An empty container of GLib's is there all the same, on a page or two of its own. */
    gint64 most = it->structure->library != NULL ? CONTAINER_BYTES : 0;
    if (measured->bytes < 0 || measured->bytes > most || measured->spread_bytes != 0 ||
        measured->raw_bytes != measured->bytes)
        fail_msg("%s of 0 elements: %" G_GINT64_FORMAT " B, spread %" G_GUINT64_FORMAT
                 " B in %d tries",
            it->name,
            measured->bytes,
            measured->spread_bytes,
            TRIES);
    g_autofree MlModel *model = ml_case_model(it, 0, (guint64)sysconf(_SC_PAGESIZE));
    assert_int_equal(measured->bytes, model->cost.resident);
    assert_int_equal(measured->repeats, TRIES);
    assert_null(measured->invalid_reason);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(an_empty_build_costs_nothing) };
    return ml_run_each("measure/empty", tests, G_N_ELEMENTS(tests));
}
