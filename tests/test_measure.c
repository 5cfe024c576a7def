#include "attributed.h"
#include "each_structure.h"

#include <string.h>

#include "facts/make.h"

/* Model and measurement, side by side, of everything there is, in several fresh probes each. */

enum {
    PAGES_OFF = 4,       /* the model may be off by so many pages, */
    SHARE_OFF = 1000,    /* or by one part in so many: the larger of the two */
    PAGES_OFF_PEAK = 32, /* while realloc() copies a block below 128 KiB, nobody can read */
    REPEATS = 5,
    /* Of ten million, as a structure comes; with other options once, and without the peak, which
     * takes a run more: else that were most of the suite's time. */
    REPEATS_OF_MANY = 2,
};

static guint64
allowed(const MlLedger *ledger)
{
    return MAX(PAGES_OFF * ledger->environment.page_bytes, ledger->model_bytes / SHARE_OFF);
}

static void
check_ledger(const MlCase *it, const MlLedger *ledger)
{
    gint64 unexplained = ml_ledger_unexplained(ledger);

    if ((guint64)ABS(unexplained) > allowed(ledger))
        fail_msg("%s, n = %" G_GUINT64_FORMAT ": measured %" G_GINT64_FORMAT
                 " B, model %" G_GUINT64_FORMAT " B",
            it->name,
            ledger->n,
            ledger->measured_bytes,
            ledger->model_bytes);
    if (!ledger->valid)
        fail_msg("%s, n = %" G_GUINT64_FORMAT ": %s", it->name, ledger->n, ledger->invalid_reason);
    if (ledger->notes == NULL) /* where the surroundings refuse something, two pages of spread */
        ml_assert_same(ledger->n, "spread", ledger->spread_bytes, 0);
    else
        assert_true(ledger->spread_bytes <= 2 * ledger->environment.page_bytes);
}

/* The measured roles are counted from live blocks and their pages, not from the model. */
static void
check_roles(const MlCase *it, const MlLedger *ledger)
{
    guint64 sum = 0;
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        MlPair pair = ml_ledger_role(ledger, role);
        guint64 off =
            pair.measured > pair.model ? pair.measured - pair.model : pair.model - pair.measured;
        if (off > allowed(ledger))
            fail_msg("%s, n = %" G_GUINT64_FORMAT ": %s: measured %" G_GUINT64_FORMAT
                     " B, model %" G_GUINT64_FORMAT " B",
                it->name,
                ledger->n,
                ml_role_label(role),
                pair.measured,
                pair.model);
        sum += pair.measured;
    }
    ml_assert_same(ledger->n, "roles", sum, (guint64)ledger->measured_bytes);
}

/* Exact where a large block goes while others are built, as a rehash lets its old table go. */
static void
check_peak(const MlCase *it, const MlLedger *ledger)
{
    gint64 off = (gint64)ledger->peak_bytes - (gint64)ledger->model_peak_bytes;

    assert_true(ledger->peak_is_exact);
    if ((guint64)ABS(off) > PAGES_OFF_PEAK * ledger->environment.page_bytes)
        fail_msg("%s, n = %" G_GUINT64_FORMAT ": peak %" G_GUINT64_FORMAT
                 " B, model %" G_GUINT64_FORMAT " B",
            it->name,
            ledger->n,
            ledger->peak_bytes,
            ledger->model_peak_bytes);
}

static void
check_count(const MlCase *it, guint64 n, guint repeats)
{
    MlMeasureRequest request = {
        .structure = it->structure, .options = it->options, .n = n, .repeats = repeats
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(MlLedger) ledger = ml_ledger_measure(&request, NULL, &error);

    if (ledger == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(ledger->repeats, repeats);
    check_ledger(it, ledger);
    ml_assert_attributed(ledger);
    check_roles(it, ledger);
    if (repeats > 1)
        check_peak(it, ledger);
}

static void
model_and_measurement_agree(void **state)
{
    static const guint64 counts[] = { 1000, 2000, 10000, 50000, 100000, 1000000 };

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        if (!ml_case_is_too_large(*state, counts[i]))
            check_count(*state, counts[i], REPEATS);
}

static void
model_and_measurement_agree_on_ten_million(void **state)
{
    const MlCase *it = *state;
    if (it->structure->shape == ML_SHAPE_TREE || ml_case_is_too_large(it, 10000000))
        return; /* ten million keys sought one after the other all over a tree take minutes */
    check_count(it, 10000000, strchr(it->name, ':') == NULL ? REPEATS_OF_MANY : 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_and_measurement_agree),
        cmocka_unit_test(model_and_measurement_agree_on_ten_million),
    };
    return ml_run_each("measure", tests, G_N_ELEMENTS(tests));
}
