/* The picture of pages in words. */
#include "base/language.h"
#include "diagram/kinds/page_map.h"

#include <inttypes.h>
#include <math.h>

#include "base/number.h"
#include "diagram/finding.h"
#include "diagram/wording.h"
#include "measure/page_map_runs.h"

#define PERCENT 100.0
#define WHOLE_FROM 10    /* percent: a tenth says nothing */
#define ALMOST_ALL 99    /* percent: a tenth says much */
#define MOST_OF_ALL 99.9 /* percent, where it is not all */
#define FEW_PLACES 4
#define FEW_SPANS 8

void
ml_page_view_init(MlPageView *view, const MlDiagramFacts *facts)
{
    *view = (MlPageView){ .facts = facts, .map = facts->walk->pages };
    ml_page_tally(view->map, &view->tally);
    view->is_whole = view->map->n_shown > 0 && view->tally.n_with_blocks == view->map->n_shown;
    for (guint i = 0; i < view->map->n_shown; i++) {
        double bytes[ML_N_ROLES];
        ml_page_bytes_count(view->map, &view->map->shown[i], bytes);
        for (guint role = 0; role < ML_N_ROLES; role++)
            view->bytes[role] += bytes[role];
    }
}

static char *
share_words(double bytes, double total)
{
    double percent = total > 0 ? bytes / total * PERCENT : 0;
    gboolean is_whole = percent >= WHOLE_FROM && (percent < ALMOST_ALL || percent >= PERCENT);
    g_autofree char *figure =
        ml_wording_amount(is_whole ? percent : fmin(percent, MOST_OF_ALL), is_whole ? 0 : 1);
    return g_strconcat(figure, ML_THIN_SPACE "%", NULL);
}

char *
ml_page_view_data(const double bytes[ML_N_ROLES])
{
    return share_words(bytes[ML_ROLE_DATA], ml_sum_total(bytes));
}

char *
ml_page_view_title(const MlPageView *view)
{
    const MlWalk *walk = view->facts->walk;
    g_autofree char *pages = ml_page_count(view->tally.n_resident);
    if (view->tally.n_resident == 0)
        return ml_finding_title(view->facts);
    g_autofree char *a = ml_wording_a(walk->title);
    g_autofree char *elements = ml_finding_elements(walk);
    g_autofree char *few = ml_page_count(view->tally.n_with_blocks);
    if (walk->n < ML_FINDING_FEW)
        return g_strdup_printf(_("%s of %s lies on %s"), a, elements, few);
    /* Of whole pages: what others have on those that were there before counts, too. */
    double whole = (double)(view->tally.n_resident * view->map->page_bytes);
    g_autofree char *share = share_words(view->tally.bytes[ML_ROLE_DATA], whole);
    return g_strdup_printf(_("%s of these %s is data"), share, pages);
}

/* --- in words --------------------------------------------------------------------------------- */

/* "3 pages from 0x555555576000 on", and what they hold. */
static void
describe_place(const MlPageView *view, const MlPageRun *run, GString *words)
{
    double bytes[ML_N_ROLES];
    guint64 n = run->n_pages[ML_PAGE_OLD] + run->n_pages[ML_PAGE_NEW];
    if (n == 0)
        return;
    ml_page_run_resident(view->map, run, bytes);
    MlClaim claim = ml_page_claim(bytes, n, n > 1);
    g_autofree char *count = ml_page_count(n);
    g_autofree char *sum = ml_page_sum_words(view->facts, &claim, n);
    g_string_append_printf(words, _(" %s from 0x%" PRIx64 " on: %s"), count, run->from, sum);
}

static void
describe_places(const MlPageView *view, GString *words)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(MlPageRun));
    for (guint i = 0; i < view->map->runs->len; i++)
        if (ml_page_run_pages(ml_page_map_run(view->map, i)) >
            ml_page_map_run(view->map, i)->n_pages[ML_PAGE_ABSENT])
            g_array_append_val(places, g_array_index(view->map->runs, MlPageRun, i));
    ml_page_runs_shorten(places, FEW_PLACES, view->map->page_bytes);
    for (guint i = 0; i < places->len; i++)
        describe_place(view, &g_array_index(places, MlPageRun, i), words);
}

/* "The page at 0x555555576000 begins with 8 malloc's own, 24 data, …". */
void
ml_page_map_describe_bytes(const MlPageMap *map, const MlPageBytes *page, GString *words)
{
    guint n_spans = 0;
    MlRole role;
    g_string_append_printf(words,
        _(" The page at 0x%" PRIx64 "%s, byte by byte:"),
        page->address,
        page->state == ML_PAGE_OLD ? _(", which was in RAM before") : "");
    for (guint64 at = 0; at < map->page_bytes && n_spans < FEW_SPANS; n_spans++) {
        guint64 end = at;
        while (end < map->page_bytes && page->bytes[end] == 0)
            end++;
        gboolean is_nobodys = end > at;
        guint8 code = page->bytes[at] & (guint8)~ML_BYTE_BEGINS;
        if (!is_nobodys)
            for (end = at + 1; end < map->page_bytes && page->bytes[end] == code;)
                end++;
        g_autofree char *count = ml_wording_count(end - at);
        gboolean is_free = is_nobodys && ml_page_byte_role(page, at, &role);
        const char *what = is_free      ? _("free")
                           : is_nobodys ? _("of others")
                                        : ml_role_label((MlRole)(code - 1));
        g_string_append_printf(words, "%s %s %s", n_spans > 0 ? "," : "", count, what);
        at = end;
    }
    g_string_append(words, n_spans == FEW_SPANS ? _(", and so on.") : ".");
}

char *
ml_page_map_describe(const MlDiagramFacts *facts)
{
    MlPageView view;
    ml_page_view_init(&view, facts);
    const MlPageTally *tally = &view.tally;
    g_autofree char *title = ml_page_view_title(&view);
    g_autofree char *name = ml_wording_a(facts->walk->title);
    g_autofree char *elements = ml_finding_elements(facts->walk);
    g_autofree char *size = ml_bytes_iec(view.map->page_bytes, 0);
    GString *words = g_string_new(title);
    g_string_append_c(words, '.');
    if (tally->n_resident == 0)
        return g_string_free(words, FALSE);
    g_autofree char *pages = ml_page_count(tally->n_resident);
    g_autofree char *old = ml_wording_count(tally->n_pages[ML_PAGE_OLD]);
    g_string_append_printf(words,
        _(" %s of %s, %s: %s of %s in RAM, %s of them there before."),
        name,
        elements,
        facts->walk->allocator,
        pages,
        size,
        old);
    describe_places(&view, words);
    for (guint i = 0; i < view.map->n_shown; i++)
        ml_page_map_describe_bytes(view.map, &view.map->shown[i], words);
    MlClaim claim = ml_page_claim(tally->bytes, tally->n_resident, tally->n_resident > 1);
    g_autofree char *sum = ml_page_sum_words(facts, &claim, tally->n_resident);
    g_string_append_printf(words, _(" In all: %s"), sum);
    return g_string_free(words, FALSE);
}
