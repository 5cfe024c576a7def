#include "attributed.h"
#include "each_structure.h"
#include "tolerance.h"

#include <string.h>

#include "facts/make.h"
#include "measure/allocator_library.h"

/* Every structure on every allocator that is installed: model and measurement, side by side; and
 * every byte of every new page with one owner.  (glibc has a suite of its own, with repeats and
 * larger n; the whole matrix is measure_full.c.) */

static void
check(const MlCase *it, const MlAllocator *allocator, guint64 n)
{
    MlMeasureRequest request = {
        .structure = it->structure,
        .options = it->options,
        .n = n,
        .allocator = allocator,
        .repeats = 1,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(MlLedger) ledger = ml_ledger_measure(&request, NULL, &error);
    if (ledger == NULL)
        fail_msg("%s", error->message);
    ml_assert_attributed(ledger);
    gint64 unexplained = ml_ledger_unexplained(ledger);
    guint64 allowed = ml_tolerance(allocator, it->structure, ledger);
    if (!ledger->valid || (guint64)ABS(unexplained) > allowed)
        fail_msg("%s on %s, n = %" G_GUINT64_FORMAT ": measured %" G_GINT64_FORMAT
                 " B, model %" G_GUINT64_FORMAT " B %s",
            it->name,
            allocator->name,
            n,
            ledger->measured_bytes,
            ledger->model_bytes,
            ledger->valid ? "" : ledger->invalid_reason);
}

static void
models_of_allocators_agree_with_measurement(void **state)
{
    const MlCase *it = *state;
    static const guint64 counts[] = { 1000, 12345, 1000000 };
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    for (size_t a = 0; a < n_allocators; a++) {
        if (allocators[a] == ml_allocator_default() || !ml_allocator_installed(allocators[a]) ||
            !ml_allocator_runs(allocators[a], it->structure))
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
            if (!ml_case_is_too_large(it, counts[i]))
                check(it, allocators[a], counts[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_of_allocators_agree_with_measurement),
    };
    return ml_run_each("measure/allocators", tests, G_N_ELEMENTS(tests));
}
