#include "attributed.h"

#include "ml_test.h"

static guint64
given_bytes(const MlAttribution *it)
{
    return it->owned + it->allocator + it->free + it->allocator_only + it->unattributed;
}

static gint64
changed_bytes(const MlLedger *ledger)
{
    const MlAttribution *it = &ledger->attribution;
    return ((gint64)it->n_new - (gint64)it->n_vanished) * (gint64)ledger->environment.page_bytes;
}

gboolean
ml_attribution_is_whole(const MlLedger *ledger)
{
    const MlAttribution *it = &ledger->attribution;
    return given_bytes(it) == it->n_new * ledger->environment.page_bytes &&
           changed_bytes(ledger) == ledger->measured_bytes;
}

void
ml_assert_attributed(const MlLedger *ledger)
{
    const MlAttribution *it = &ledger->attribution;
    guint64 given = given_bytes(it);
    gint64 change = changed_bytes(ledger);
    if (given != it->n_new * ledger->environment.page_bytes)
        fail_msg("%s on %s, n = %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT
                 " B have an owner, of %" G_GUINT64_FORMAT " new pages",
            ledger->structure,
            ledger->allocator,
            ledger->n,
            given,
            it->n_new);
    if (change != ledger->measured_bytes)
        fail_msg("%s on %s, n = %" G_GUINT64_FORMAT ": pages changed by %" G_GINT64_FORMAT
                 " B, measured %" G_GINT64_FORMAT " B",
            ledger->structure,
            ledger->allocator,
            ledger->n,
            change,
            ledger->measured_bytes);
    if (it->unattributed != 0)
        fail_msg("%s on %s, n = %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " B unattributed",
            ledger->structure,
            ledger->allocator,
            ledger->n,
            it->unattributed);
}
