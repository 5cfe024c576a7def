#include "measure/page_map_runs.h"

static gboolean
touch(const MlPageRun *run, const MlPageRun *next, guint64 page_bytes)
{
    return run->from + ml_page_run_pages(run) * page_bytes == next->from;
}

/* Whether a page of either has as much of everything: a / n = b / m. */
static gboolean
are_alike(const MlPageRun *a, const MlPageRun *b)
{
    guint64 n = ml_page_run_pages(a);
    guint64 m = ml_page_run_pages(b);
    for (guint state = 0; state < ML_N_PAGE_STATES; state++) {
        if (a->n_pages[state] * m != b->n_pages[state] * n)
            return FALSE;
        for (guint role = 0; role < ML_N_ROLES; role++)
            if (a->bytes[state][role] * m != b->bytes[state][role] * n)
                return FALSE;
    }
    return TRUE;
}

static void
merge(MlPageRun *run, const MlPageRun *next)
{
    for (guint state = 0; state < ML_N_PAGE_STATES; state++) {
        run->n_pages[state] += next->n_pages[state];
        for (guint role = 0; role < ML_N_ROLES; role++)
            run->bytes[state][role] += next->bytes[state][role];
    }
}

void
ml_page_runs_add(GArray *runs, const MlPageRun *run, guint64 page_bytes)
{
    MlPageRun *last = runs->len > 0 ? &g_array_index(runs, MlPageRun, runs->len - 1) : NULL;
    if (last != NULL && touch(last, run, page_bytes) && are_alike(last, run))
        merge(last, run);
    else
        g_array_append_val(runs, *run);
}

/* Tells neighbours together that have at most @most_pages; where they need not @touch, over gaps.
 */
static void
shorten_once(GArray *runs, guint64 most_pages, gboolean must_touch, guint64 page_bytes)
{
    guint n = 0;
    for (guint i = 0; i < runs->len; i++) {
        const MlPageRun *run = &g_array_index(runs, MlPageRun, i);
        MlPageRun *last = n > 0 ? &g_array_index(runs, MlPageRun, n - 1) : NULL;
        if (last != NULL && ml_page_run_pages(last) + ml_page_run_pages(run) <= most_pages &&
            (!must_touch || touch(last, run, page_bytes)))
            merge(last, run);
        else
            g_array_index(runs, MlPageRun, n++) = *run;
    }
    g_array_set_size(runs, n);
}

void
ml_page_runs_shorten(GArray *runs, guint most, guint64 page_bytes)
{
    guint64 n_pages = 0;
    for (guint i = 0; i < runs->len; i++)
        n_pages += ml_page_run_pages(&g_array_index(runs, MlPageRun, i));
    for (guint64 together = 2; runs->len > most && together / 2 < n_pages; together *= 2)
        shorten_once(runs, together, TRUE, page_bytes);
    for (guint64 together = 2; runs->len > most; together *= 2)
        shorten_once(runs, together, FALSE, page_bytes);
}
