#include "attributed.h"
#include "each_structure.h"

#include "facts/make.h"
#include "measure/allocator_library.h"

/* Every structure on every allocator that is installed: model and measurement, side by side. */

/* Pages by which a model may be off, and parts in a thousand: the larger of the two. */
typedef struct {
    const char *allocator;
    guint pages;
    guint per_mille;
} Tolerance;

/* Our own two are known to the byte.  The one page: whether the last slot of an open table is taken
 * depends on the hashes, and with it whether the table's last page is touched. */
static const Tolerance tolerances[] = {
    { "arena", 1, 0 },
    { "pool", 1, 0 },
};

static void
check(const MlCase *it, const MlAllocator *allocator, const Tolerance *tolerance, guint64 n)
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
    guint64 allowed = MAX(tolerance->pages * ledger->environment.page_bytes,
        ledger->model_bytes * tolerance->per_mille / 1000);
    gint64 unexplained = ml_ledger_unexplained(ledger);
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
    static const guint64 counts[] = { 1000, 12345, 100000, 1000000 };
    for (gsize a = 0; a < G_N_ELEMENTS(tolerances); a++) {
        const MlAllocator *allocator = ml_allocator_find(tolerances[a].allocator);
        assert_non_null(allocator);
        for (gsize i = 0; ml_allocator_installed(allocator) && i < G_N_ELEMENTS(counts); i++)
            check(*state, allocator, &tolerances[a], counts[i]);
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
