#include "diagram/block.h"
#include "diagram/kinds/boxed_array_view.h"
#include "diagram/wording.h"

#define FEW_ELEMENTS 100 /* below, the array's own overhead shows: no general finding */
#define FIRST_FEW 3      /* elements that the words go by */

char *
ml_boxed_view_title(const MlBoxedView *view)
{
    double bytes[ML_N_ROLES];
    ml_sum_blocks(view->ledger, bytes);
    double total = ml_sum_total(bytes);
    g_autofree char *name = ml_wording_a(view->walk->title);
    if (view->walk->n == 0)
        return g_strdup_printf("An empty %s takes nothing", view->walk->title);
    if (view->walk->n >= FEW_ELEMENTS && bytes[ML_ROLE_DATA] > 0) {
        g_autofree char *times = ml_wording_times(total / bytes[ML_ROLE_DATA]);
        return g_strdup_printf("%s takes %s its data", name, times);
    }
    g_autofree char *count = ml_wording_count(view->walk->n);
    g_autofree char *amount = ml_wording_amount(total, 0);
    return g_strdup_printf(
        "%s of %s %s takes %s B", name, count, view->walk->n == 1 ? "integer" : "integers", amount);
}

char *
ml_boxed_view_of_what(const MlBoxedView *view, const MlClaim *claim)
{
    if (claim->divisor > 1)
        return g_strdup("per element");
    g_autofree char *count = ml_wording_count(view->walk->n);
    return g_strdup_printf("%s %s", count, view->walk->n == 1 ? "element" : "elements");
}

/* "8 size, 8 refs, 8 type, 8 value". */
static char *
fields_in_words(const MlBoxedView *view)
{
    g_autoptr(GArray) cells = ml_block_cells(view->walk, view->head[0].box, 0);
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        g_string_append_printf(
            words, "%s%" G_GUINT64_FORMAT " %s", i > 0 ? ", " : "", cell->bytes, cell->name);
    }
    return g_string_free(words, FALSE);
}

/* "40 B (per element, measured) = 8 data + 8 pointers + 16 object header + 8 malloc's own." */
static char *
sum_in_words(const MlBoxedView *view)
{
    MlClaim claim;
    ml_boxed_view_claim(view, view->walk->n < FEW_ELEMENTS ? (guint)view->walk->n : 0, &claim);
    g_autofree char *of_what = ml_boxed_view_of_what(view, &claim);
    g_autofree char *total = ml_wording_amount(claim.sum.printed_total, claim.sum.decimals);
    GString *words = g_string_new(NULL);
    g_string_printf(words, "%s B (%s, %s)", total, of_what, ml_origin_id(view->ledger->origin));
    const char *before = " = ";
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(&claim.sum, (MlRole)role))
            continue;
        g_autofree char *term = ml_wording_amount(claim.sum.printed[role], claim.sum.decimals);
        g_string_append_printf(words, "%s%s %s", before, term, ml_role_label((MlRole)role));
        before = " + ";
    }
    g_string_append_c(words, '.');
    return g_string_free(words, FALSE);
}

char *
ml_boxed_array_describe(const MlDiagramFacts *facts)
{
    MlBoxedView view;
    g_autoptr(GError) error = NULL;
    if (!ml_boxed_view_init(&view, facts, &error))
        return g_strdup(error->message);
    g_autofree char *title = ml_boxed_view_title(&view);
    if (view.walk->n == 0)
        return g_strdup_printf("%s: nothing is asked of malloc.", title);
    MlBoxedElement elements[ML_BOXED_MAX];
    guint n = ml_boxed_view_pick(&view, FIRST_FEW, elements);
    const MlWalkSample *box = view.head[0].box;
    g_autofree char *count = ml_wording_count(view.walk->n);
    g_autofree char *array_bytes = ml_wording_count(view.array->request_bytes);
    g_autofree char *fields = fields_in_words(&view);
    g_autofree char *sum = sum_in_words(&view);
    return g_strdup_printf("%s. One block of %s B holds %s pointers of 8 B (%s). Each leads to a "
                           "block of its own (%s): %" G_GUINT64_FORMAT
                           " B asked for, %" G_GUINT64_FORMAT " B taken, in bytes %s.%s %s",
        title,
        array_bytes,
        count,
        view.walk->parts[ML_BOXED_ARRAY].name,
        view.walk->parts[ML_BOXED_BOX].name,
        box->request_bytes,
        ml_block_bytes(view.walk, box),
        fields,
        ml_boxed_view_touch(&view, elements, n) ? " The first blocks touch." : "",
        sum);
}
