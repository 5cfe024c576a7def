#include "diagram/kinds/dict_view.h"

#include "diagram/kinds/table.h"

/* What stands in an empty slot: all bits set.  The mark of one that was emptied is beyond the
 * entries as well. */
static guint64
empty_slot(const MlDictView *view)
{
    return G_MAXUINT64 >> (64 - 8 * view->walk->parts[ML_DICT_INDEX].stride);
}

gboolean
ml_dict_view_slot(const MlDictView *view, guint64 slot, guint64 *ret_number, gboolean *ret_is_used)
{
    gint64 number = 0;
    if (!ml_walk_field(view->walk, view->index, slot, 0, &number))
        return FALSE;
    *ret_number = (guint64)number & empty_slot(view);
    *ret_is_used = *ret_number < view->capacity;
    return TRUE;
}

/* Of an entry; 0: it was deleted.  Returns: FALSE where it was not sampled. */
static gboolean
read_hash(const MlDictView *view, guint64 entry, guint64 *ret_hash)
{
    int field = ml_table_field(&view->walk->parts[ML_DICT_ENTRIES], "hash");
    gint64 hash = 0;
    if (field < 0 || !ml_walk_field(view->walk, view->entries, entry, (guint)field, &hash))
        return FALSE;
    *ret_hash = (guint64)hash;
    return TRUE;
}

/* As a look-up does: from the slot that the hash names, on to the next. */
static gboolean
find_slot(const MlDictView *view, guint64 entry, guint64 hash, guint64 *ret_slot)
{
    guint64 number = 0;
    gboolean is_used;
    guint64 slot = hash & (view->n_slots - 1);
    while (ml_dict_view_slot(view, slot, &number, &is_used) && number != empty_slot(view)) {
        if (number == entry) {
            *ret_slot = slot;
            return TRUE;
        }
        slot = (slot + 1) & (view->n_slots - 1);
    }
    return FALSE;
}

void
ml_dict_view_keep(MlDictView *view, guint n)
{
    view->n_ways = MIN(view->n_ways, n);
    for (guint i = 0; i < view->n_ways; i++) {
        guint at = i;
        for (; at > 0 && view->way[view->by_slot[at - 1]].slot > view->way[i].slot; at--)
            view->by_slot[at] = view->by_slot[at - 1];
        view->by_slot[at] = i;
    }
}

gboolean
ml_dict_view_init(MlDictView *view, const MlDiagramFacts *facts, GError **error)
{
    const MlWalk *walk = facts->walk;
    *view = (MlDictView){
        .walk = walk,
        .index = ml_walk_sample(walk, ML_DICT_INDEX, 0),
        .entries = ml_walk_sample(walk, ML_DICT_ENTRIES, 0),
    };
    if (walk->n == 0)
        return TRUE;
    if (view->index == NULL || view->entries == NULL)
        return ml_table_missing(facts, error);
    view->n_slots = view->index->request_bytes / walk->parts[ML_DICT_INDEX].stride;
    view->capacity = view->entries->request_bytes / walk->parts[ML_DICT_ENTRIES].stride;
    guint n = 0;
    guint64 hash;
    for (guint64 i = 0; n < MIN(walk->n, ML_DICT_WAYS) && read_hash(view, i, &hash); i++) {
        if (hash == 0)
            continue;
        if (!find_slot(view, i, hash, &view->way[n].slot))
            break;
        view->way[n++].entry = (guint)i;
    }
    view->n_ways = n;
    ml_dict_view_keep(view, n);
    return TRUE;
}

guint64
ml_dict_view_entry(const MlDictView *view, guint64 entry)
{
    return view->entries->address + entry * view->walk->parts[ML_DICT_ENTRIES].stride;
}
