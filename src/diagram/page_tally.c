#include "diagram/page_tally.h"

#include <string.h>

#include "base/language.h"
#include "diagram/finding.h"
#include "diagram/label.h"
#include "diagram/wording.h"

/* Where a page ends with a size field, its block is on the next one. */
static gboolean
has_blocks(const guint64 bytes[ML_N_ROLES])
{
    for (guint role = 0; role < ML_N_ROLES; role++)
        if (role != ML_ROLE_ALLOCATOR && bytes[role] > 0)
            return TRUE;
    return FALSE;
}

void
ml_page_run_resident(const MlPageMap *map, const MlPageRun *run, double ret_bytes[ML_N_ROLES])
{
    double free = (double)(run->n_pages[ML_PAGE_NEW] * map->page_bytes);
    for (guint role = 0; role < ML_N_ROLES; role++) {
        free -= (double)run->bytes[ML_PAGE_NEW][role];
        ret_bytes[role] = (double)(run->bytes[ML_PAGE_OLD][role] + run->bytes[ML_PAGE_NEW][role]);
    }
    ret_bytes[ML_ROLE_ALLOCATOR] += free;
}

void
ml_page_tally(const MlPageMap *map, MlPageTally *ret_tally)
{
    memset(ret_tally, 0, sizeof *ret_tally);
    for (guint i = 0; i < map->runs->len; i++) {
        const MlPageRun *run = ml_page_map_run(map, i);
        double bytes[ML_N_ROLES];
        ml_page_run_resident(map, run, bytes);
        for (guint role = 0; role < ML_N_ROLES; role++) {
            ret_tally->bytes[role] += bytes[role];
            ret_tally->reserved_by_blocks += run->bytes[ML_PAGE_ABSENT][role];
        }
        for (guint state = 0; state < ML_N_PAGE_STATES; state++) {
            ret_tally->n_pages[state] += run->n_pages[state];
            if (state != ML_PAGE_ABSENT && has_blocks(run->bytes[state]))
                ret_tally->n_with_blocks += run->n_pages[state];
        }
    }
    ret_tally->n_resident = ret_tally->n_pages[ML_PAGE_OLD] + ret_tally->n_pages[ML_PAGE_NEW];
}

gboolean
ml_page_byte_role(const MlPageBytes *page, guint64 offset, MlRole *ret_role)
{
    guint8 code = page->bytes[offset] & (guint8)~ML_BYTE_BEGINS;
    if (code == 0 && page->state == ML_PAGE_OLD)
        return FALSE;
    *ret_role = code == 0 ? ML_ROLE_ALLOCATOR : (MlRole)(code - 1);
    return TRUE;
}

void
ml_page_bytes_count(const MlPageMap *map, const MlPageBytes *page, double ret_bytes[ML_N_ROLES])
{
    MlRole role;
    memset(ret_bytes, 0, ML_N_ROLES * sizeof *ret_bytes);
    for (guint64 i = 0; i < map->page_bytes; i++)
        if (ml_page_byte_role(page, i, &role))
            ret_bytes[role]++;
}

MlClaim
ml_page_claim(const double bytes[ML_N_ROLES], guint64 n_pages, gboolean per_page)
{
    MlClaim claim = { .divisor = per_page ? (double)MAX(n_pages, 1) : 1 };
    double each[ML_N_ROLES];
    for (guint role = 0; role < ML_N_ROLES; role++)
        each[role] = bytes[role] / claim.divisor;
    ml_sum_round(each, &claim.sum);
    return claim;
}

char *
ml_page_count(guint64 n)
{
    g_autofree char *count = ml_wording_count(n);
    return g_strconcat(count, P_(" page", " pages", n), NULL);
}

/* What the total is of. */
static char *
of_what(const MlClaim *claim, guint64 n_pages)
{
    return claim->divisor > 1 ? g_strdup(_("a page, on average")) : ml_page_count(n_pages);
}

void
ml_page_set_caption(
    MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim, guint64 n, MlCaptionSet set)
{
    const char *origin = ml_origin_id(facts->walk->origin);
    g_autofree char *brief = of_what(claim, n);
    g_autofree char *whole = g_strdup_printf("%s, %s", brief, origin);
    set(scene, claim, ML_LADDER(whole, brief, claim->divisor > 1 ? _("a page") : _("in all")));
}

char *
ml_page_sum_words(const MlDiagramFacts *facts, const MlClaim *claim, guint64 n_pages)
{
    const MlSum *sum = &claim->sum;
    g_autofree char *what = of_what(claim, n_pages);
    g_autofree char *total = ml_wording_amount(sum->printed_total, sum->decimals);
    GString *words = g_string_new(NULL);
    g_string_printf(words, _("%s B (%s, %s)"), total, what, ml_origin_id(facts->walk->origin));
    ml_finding_add_terms(words, sum);
    return g_string_free(words, FALSE);
}
