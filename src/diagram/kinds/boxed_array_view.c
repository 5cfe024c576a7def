#include "diagram/kinds/boxed_array_view.h"

#include <inttypes.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/block.h"
#include "diagram/finding.h"
#include "diagram/wording.h"

#define FIRST_FEW 3 /* elements that the words go by */

static gboolean
belongs(const MlBoxedView *view, const MlRunBlock *box)
{
    gint64 pointer = 0;
    return ml_walk_field(view->boxes.walk, view->array, box->index, 0, &pointer) &&
           (guint64)pointer == box->block->address;
}

gboolean
ml_boxed_view_init(MlBoxedView *view, const MlDiagramFacts *facts, GError **error)
{
    const MlWalk *walk = facts->walk;
    view->array = NULL;
    if (!ml_run_init(&view->boxes, facts, ML_BOXED_BOX, error))
        return FALSE;
    if (walk->n == 0)
        return TRUE;
    view->array = ml_walk_sample(walk, ML_BOXED_ARRAY, 0);
    MlRun *boxes = &view->boxes;
    guint n = 0;
    while (view->array != NULL && n < boxes->n_head && belongs(view, &boxes->head[n]))
        n++;
    boxes->n_head = n;
    if (n > 0 && belongs(view, &boxes->last))
        return TRUE;
    return ml_fail(error,
        ML_ERROR_INPUT,
        "%s: the walk lacks the array, or the slots of its first or last box: record it anew",
        walk->structure);
}

char *
ml_boxed_array_describe(const MlDiagramFacts *facts)
{
    MlBoxedView view;
    MlClaim claim;
    g_autoptr(GError) error = NULL;
    if (!ml_boxed_view_init(&view, facts, &error))
        return g_strdup(error->message);
    const MlWalk *walk = facts->walk;
    g_autofree char *title = ml_finding_title(facts);
    if (walk->n == 0)
        return g_strdup_printf(_("%s: nothing is asked of malloc."), title);
    MlRunBlock blocks[ML_RUN_MAX];
    guint n = ml_run_pick(&view.boxes, FIRST_FEW, blocks);
    ml_run_claim(&view.boxes, walk->n < ML_FINDING_FEW ? (guint)walk->n : 0, &claim);
    const MlWalkSample *box = view.boxes.head[0].block;
    g_autofree char *count = ml_wording_count(walk->n);
    g_autofree char *array_bytes = ml_wording_count(view.array->request_bytes);
    g_autofree char *fields = ml_finding_fields(walk, box);
    g_autofree char *sum = ml_finding_sum(facts, &claim);
    return g_strdup_printf(
        _("%s. One block of %s B holds %s pointers of 8 B (%s). Each leads to a "
          "block of its own (%s): %" PRIu64 " B asked for, %" PRIu64 " B taken, in bytes %s.%s %s"),
        title,
        array_bytes,
        count,
        walk->parts[ML_BOXED_ARRAY].name,
        walk->parts[ML_BOXED_BOX].name,
        box->request_bytes,
        ml_block_bytes(walk, box),
        fields,
        ml_run_touch(&view.boxes, blocks, n) ? _(" The first blocks touch.") : "",
        sum);
}
