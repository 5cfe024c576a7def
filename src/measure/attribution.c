#include "measure/attribution.h"

#include "measure/mappings.h"

/* --- page by page ----------------------------------------------------------------------------- */

static guint64
row_sum(const guint32 *row, guint n_columns)
{
    guint64 sum = 0;
    for (guint i = 0; i < n_columns; i++)
        sum += row[i];
    return sum;
}

static gboolean
is_foreign(const GArray *mappings, guint64 address)
{
    const MlMapping *mapping = ml_mappings_find(mappings, address);
    return mapping != NULL && mapping->is_foreign;
}

/* Returns: the address of a page that is claimed for more than it is; 0: none. */
static guint64
give_pages_away(MlCensus *census, const GArray *mappings, MlAttribution *attribution)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    const guint32 *claims = ml_census_claims(census);
    guint n_columns = ml_census_columns(census);
    guint64 page_bytes = G_GUINT64_CONSTANT(1) << census->page_shift;
    for (guint64 i = 0; i < census->n_ranges; i++) {
        const guint32 *row = claims + ranges[i].first_page * n_columns;
        for (guint64 at = ranges[i].from; at < ranges[i].to; at += page_bytes, row += n_columns) {
            guint64 claimed = row_sum(row, n_columns);
            if (claimed > page_bytes)
                return at;
            if (ranges[i].state != ML_PAGE_NEW)
                continue;
            if (claimed > 0)
                attribution->free += page_bytes - claimed;
            else if (is_foreign(mappings, at))
                attribution->unattributed += page_bytes;
            else
                attribution->allocator_only += page_bytes;
        }
    }
    return 0;
}

/* Blocks' bytes that are neither on pages resident before nor absent lie on new pages. */
static guint64
on_new_pages(guint64 bytes, const MlCensusSum *elsewhere)
{
    return bytes - elsewhere->old_bytes - elsewhere->absent_bytes;
}

static void
sum_claims(const MlCensus *census, const MlWalkSink *sink, MlAttribution *attribution)
{
    for (guint i = 0; i < census->n_parts; i++) {
        const MlWalkTotals *totals = &sink->totals[i];
        const MlCensusSum *requested = &census->requested[i];
        const MlCensusSum *rounding = &census->rounding[i];
        const MlCensusSum *field = &census->field[i];
        guint64 rounded = totals->usable_bytes - totals->request_bytes;
        attribution->owned += on_new_pages(totals->request_bytes, requested);
        attribution->allocator +=
            on_new_pages(rounded, rounding) + on_new_pages(totals->field_bytes, field);
        attribution->already_resident +=
            requested->old_bytes + rounding->old_bytes + field->old_bytes;
    }
}

/* The identity: what was given away is what there was to give. */
static char *
check_books(const MlAttribution *attribution, guint64 page_bytes, guint64 overfull)
{
    if (overfull != 0)
        return g_strdup_printf(
            "the page at 0x%" G_GINT64_MODIFIER "x is claimed for more than its size", overfull);
    guint64 given = attribution->owned + attribution->allocator + attribution->free +
                    attribution->allocator_only + attribution->unattributed;
    if (given == attribution->n_new * page_bytes)
        return NULL;
    return g_strdup_printf("%" G_GUINT64_FORMAT
                           " B were given to owners, and there are %" G_GUINT64_FORMAT
                           " new pages of %" G_GUINT64_FORMAT " B",
        given,
        attribution->n_new,
        page_bytes);
}

const MlWalkSink *
ml_attribution_make(MlProbe *probe,
    guint32 handle,
    guint32 n_parts,
    const MlPages *before,
    const MlPages *after,
    MlAttribution *ret_attribution,
    MlCensus **ret_census,
    char **ret_invalid,
    GError **error)
{
    MlAttribution attribution = { .is_known = TRUE };
    g_autoptr(GArray) ranges = NULL;
    ml_pages_compare(before, after, &ranges, &attribution.n_new, &attribution.n_vanished);
    MlCensus *census;
    const MlCensus wanted = { .n_parts = n_parts };
    const MlWalkSink *sink = ml_probe_census(probe, handle, ranges, &wanted, &census, error);
    if (sink == NULL)
        return NULL;
    g_autoptr(GArray) mappings = ml_mappings_take(ml_probe_pid(probe));
    guint64 overfull = give_pages_away(census, mappings, &attribution);
    sum_claims(census, sink, &attribution);
    if (*ret_invalid == NULL)
        *ret_invalid =
            check_books(&attribution, G_GUINT64_CONSTANT(1) << census->page_shift, overfull);
    *ret_attribution = attribution;
    *ret_census = census;
    return sink;
}
