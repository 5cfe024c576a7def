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
    view->is_shared = FALSE;
    if (!ml_run_init(&view->boxes, facts, ML_BOXED_BOX, error))
        return FALSE;
    if (walk->n == 0)
        return TRUE;
    view->array = ml_walk_sample(walk, ML_BOXED_ARRAY, 0);
    MlRun *boxes = &view->boxes;
    view->is_shared = boxes->n < walk->n;
    guint n = 0;
    while (view->array != NULL && n < boxes->n_head && belongs(view, &boxes->head[n]))
        n++;
    boxes->n_head = n;
    if (n > 0 && (view->is_shared || belongs(view, &boxes->last)))
        return TRUE;
    return ml_fail(error,
        ML_ERROR_INPUT,
        "%s: the walk lacks the array, or the slots of its first or last box: record it anew",
        walk->structure);
}

static MlBoxedSlot
read_slot(const MlBoxedView *view, guint64 index, const MlRunBlock *boxes, guint n_boxes)
{
    gint64 target = 0;
    ml_walk_field(view->boxes.walk, view->array, index, 0, &target);
    MlBoxedSlot slot = { .index = index, .target = (guint64)target, .box = -1 };
    for (guint i = 0; i < n_boxes; i++)
        if (boxes[i].block->address == slot.target)
            slot.box = (int)i;
    return slot;
}

guint
ml_boxed_view_slots(const MlBoxedView *view,
    const MlRunBlock *boxes,
    guint n_boxes,
    guint most,
    MlBoxedSlot *ret_slots)
{
    guint64 n = view->boxes.walk->n;
    guint n_slots = 0;
    for (; n_slots < MIN(n, most); n_slots++) {
        ret_slots[n_slots] = read_slot(view, n_slots, boxes, n_boxes);
        if (ret_slots[n_slots].box < 0)
            break;
    }
    if (n_slots == n)
        return n_slots;
    guint last = MIN(n_slots, most - 1);
    ret_slots[last] = read_slot(view, n - 1, boxes, n_boxes);
    return last + 1;
}

char *
ml_boxed_array_title(const MlBoxedView *view, const MlDiagramFacts *facts)
{
    if (!view->is_shared)
        return ml_finding_title(facts);
    g_autofree char *slots = ml_wording_count(facts->walk->n);
    g_autofree char *boxes = ml_wording_count(view->boxes.n);
    return g_strdup_printf(
        _("%s pointers share %s %s"), slots, boxes, P_("box", "boxes", view->boxes.n));
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
    g_autofree char *title = ml_boxed_array_title(&view, facts);
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
          "block %s (%s): %" PRIu64 " B asked for, %" PRIu64 " B taken, in bytes %s.%s %s"),
        title,
        array_bytes,
        count,
        walk->parts[ML_BOXED_ARRAY].name,
        view.is_shared ? _("that others lead to as well") : _("of its own"),
        walk->parts[ML_BOXED_BOX].name,
        box->request_bytes,
        ml_block_bytes(walk, box),
        fields,
        ml_run_touch(&view.boxes, blocks, n) ? _(" The first blocks touch.") : "",
        sum);
}
