#include "diagram/kinds/boxed_array_view.h"

#include "base/error.h"
#include "diagram/block.h"

/* FALSE where the slot or its box was not sampled, or they do not belong together. */
static gboolean
find_element(const MlBoxedView *view, guint64 index, MlBoxedElement *ret_element)
{
    gint64 pointer = 0;
    const MlWalkSample *box = ml_walk_sample(view->walk, ML_BOXED_BOX, index);
    if (box == NULL || !ml_walk_field(view->walk, view->array, index, 0, &pointer) ||
        (guint64)pointer != box->address)
        return FALSE;
    *ret_element = (MlBoxedElement){ .index = index, .box = box };
    return TRUE;
}

gboolean
ml_boxed_view_init(MlBoxedView *view, const MlDiagramFacts *facts, GError **error)
{
    const MlWalk *walk = facts->walk;
    *view = (MlBoxedView){ .walk = walk, .ledger = facts->ledgers[0] };
    if (walk->n == 0)
        return TRUE;
    view->array = ml_walk_sample(walk, ML_BOXED_ARRAY, 0);
    while (view->array != NULL && view->n_head < MIN(walk->n, ML_WALK_HEAD) &&
           find_element(view, view->n_head, &view->head[view->n_head]))
        view->n_head++;
    if (view->n_head > 0 && find_element(view, walk->n - 1, &view->last))
        return TRUE;
    g_set_error(error,
        ML_ERROR,
        ML_ERROR_INPUT,
        "%s: the walk lacks the array, or its first or last box: record it anew",
        walk->structure);
    return FALSE;
}

guint
ml_boxed_view_pick(const MlBoxedView *view, guint max, MlBoxedElement *ret_elements)
{
    guint n = MIN(view->n_head, max);
    for (guint i = 0; i < n; i++)
        ret_elements[i] = view->head[i];
    if (n == view->walk->n || max == 1)
        return n;
    guint last = n < max ? n : n - 1;
    ret_elements[last] = view->last;
    return last + 1;
}

gboolean
ml_boxed_view_touch(const MlBoxedView *view, const MlBoxedElement *elements, guint n)
{
    guint in_a_row = n < view->walk->n ? n - 1 : n;
    for (guint i = 1; i < in_a_row; i++)
        if (!ml_block_is_followed_by(view->walk, elements[i - 1].box, elements[i].box))
            return FALSE;
    return in_a_row > 1;
}

void
ml_boxed_view_claim(const MlBoxedView *view, guint n_shown, MlClaim *ret_claim)
{
    double bytes[ML_N_ROLES];
    ml_sum_blocks(view->ledger, bytes);
    gboolean is_whole = n_shown == view->walk->n;
    *ret_claim = (MlClaim){
        .divisor = is_whole ? 1 : (double)view->walk->n,
        .n_undrawn = view->walk->n - n_shown,
    };
    for (int role = 0; role < ML_N_ROLES; role++)
        bytes[role] /= ret_claim->divisor;
    ml_sum_round(bytes, &ret_claim->sum);
}

guint
ml_boxed_view_digits(const MlBoxedView *view)
{
    guint64 addresses[ML_BOXED_MAX];
    guint n = 0;
    for (; n < view->n_head; n++)
        addresses[n] = view->head[n].box->address;
    addresses[n++] = view->last.box->address;
    return ml_block_address_digits(addresses, n);
}
