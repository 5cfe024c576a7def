/* The whole matrix: every structure with every combination of its options, on every allocator that
 * is installed, for n from a thousand to ten million.  Prints the worst case of each allocator.
 *
 * Takes a quarter of an hour and more, so it is no part of a plain run:
 *   script/test --suite measure-full
 * Other sizes, and one allocator:
 *   build/tests/measure_full mimalloc 777 12345 */
#include "attributed.h"
#include "each_structure.h"
#include "tolerance.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/number.h"
#include "facts/make.h"
#include "measure/allocator_library.h"

static const guint64 usual_counts[] = { 1000, 4321, 10000, 100000, 1000000, 10000000 };

/* The case that is furthest off, as a share of what is allowed. */
typedef struct {
    guint cases;
    guint outside; /* the limit */
    guint broken;  /* attributions that are not whole, invalid measurements */
    double share;
    char *text;
} Worst;

static void
add_case(const MlCase *it, const MlAllocator *allocator, guint64 n, Worst *worst)
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
    worst->cases++;
    if (ledger == NULL || !ledger->valid || !ml_attribution_is_whole(ledger)) {
        worst->broken++;
        printf("# %s on %s, n = %" G_GUINT64_FORMAT ": %s\n",
            it->name,
            allocator->name,
            n,
            ledger == NULL ? error->message : "pages and owners do not agree");
        return;
    }
    gint64 unexplained = ml_ledger_unexplained(ledger);
    guint64 allowed = ml_tolerance(allocator, it->structure, ledger);
    double off = (double)ABS(unexplained);
    double share = off / (double)MAX(allowed, ledger->environment.page_bytes);
    g_autofree char *text =
        g_strdup_printf("%s, n = %" G_GUINT64_FORMAT ": %+" G_GINT64_FORMAT
                        " pages, %+.3f %%, of %" G_GUINT64_FORMAT " pages allowed",
            it->name,
            n,
            unexplained / (gint64)ledger->environment.page_bytes,
            100 * (double)unexplained / (double)ledger->model_bytes,
            allowed / ledger->environment.page_bytes);
    if ((guint64)ABS(unexplained) > allowed) {
        worst->outside++;
        printf("# outside the limit on %s: %s\n", allocator->name, text);
    }
    if (worst->text != NULL && share <= worst->share)
        return;
    worst->share = share;
    g_free(worst->text);
    worst->text = g_steal_pointer(&text);
}

/* A TAP line an allocator.
 *
 * Shape: counts: of guint64. */
static void
run_allocator(
    const MlAllocator *allocator, const GPtrArray *cases, const GArray *counts, gsize number)
{
    Worst worst = { .text = NULL };
    for (guint i = 0; i < cases->len; i++)
        for (guint k = 0; k < counts->len; k++) {
            guint64 n = g_array_index(counts, guint64, k);
            if (ml_allocator_runs(allocator, ((const MlCase *)cases->pdata[i])->structure) &&
                !ml_case_is_too_large(cases->pdata[i], n))
                add_case(cases->pdata[i], allocator, n, &worst);
        }
    gboolean ok = worst.outside == 0 && worst.broken == 0;
    printf("%s %zu - %s: %u cases, %u outside the limit, %u not whole; worst: %s\n",
        ok ? "ok" : "not ok",
        number,
        allocator->name,
        worst.cases,
        worst.outside,
        worst.broken,
        worst.text != NULL ? worst.text : "none");
    fflush(stdout);
    g_free(worst.text);
}

/* An allocator's name, or a number of elements. */
static gboolean
add_argument(const char *argument, GPtrArray *allocators, GArray *counts)
{
    guint64 n;
    const MlAllocator *allocator = ml_allocator_find(argument);
    if (allocator != NULL)
        g_ptr_array_add(allocators, (gpointer)(guintptr)allocator);
    else if (ml_count_parse(argument, &n, NULL))
        g_array_append_val(counts, n);
    else
        return FALSE;
    return TRUE;
}

/* measure_full [ALLOCATOR…] [N…]: those named, or all that are installed and the usual sizes. */
int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (int i = 1; i < argc; i++)
        if (!add_argument(argv[i], wanted, counts)) {
            fprintf(stderr, "measure_full: neither an allocator nor a number: '%s'\n", argv[i]);
            return 2;
        }
    if (counts->len == 0)
        g_array_append_vals(counts, usual_counts, G_N_ELEMENTS(usual_counts));
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    gboolean is_named = wanted->len > 0;
    for (size_t i = 0; !is_named && i < n_allocators; i++)
        if (ml_allocator_installed(allocators[i]))
            g_ptr_array_add(wanted, (gpointer)(guintptr)allocators[i]);

    g_autoptr(GPtrArray) cases = ml_cases();
    printf("1..%u\n", wanted->len);
    for (guint i = 0; i < wanted->len; i++)
        run_allocator(wanted->pdata[i], cases, counts, i + 1);
    return 0;
}
