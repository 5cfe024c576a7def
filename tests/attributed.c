#include "attributed.h"

#include "ml_test.h"

void
ml_assert_attributed(const MlLedger *ledger)
{
    const MlAttribution *it = &ledger->attribution;
    guint64 page_bytes = ledger->environment.page_bytes;
    guint64 given = it->owned + it->allocator + it->free + it->allocator_only + it->unattributed;
    gint64 change = (gint64)(it->n_new * page_bytes) - (gint64)(it->n_vanished * page_bytes);
    if (given != it->n_new * page_bytes)
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
