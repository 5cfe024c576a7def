#include "diagram/kinds/slots_view.h"

#include "core/structure.h"
#include "diagram/kinds/table.h"

/* The part with a field of that name, and of the table's arrays no other. */
static const MlWalkSample *
find_array(const MlWalk *walk, const char *field, guint *ret_field)
{
    for (guint i = 0; i < walk->n_parts; i++) {
        int at = ml_table_field(&walk->parts[i], field);
        const MlWalkSample *block = at >= 0 ? ml_walk_sample(walk, i, 0) : NULL;
        if (block != NULL) {
            *ret_field = (guint)at;
            return block;
        }
    }
    return NULL;
}

gboolean
ml_slots_view_init(MlSlotsView *view, const MlDiagramFacts *facts, GError **error)
{
    guint unused;
    *view = (MlSlotsView){ .walk = facts->walk };
    view->hashes = find_array(facts->walk, "hash", &view->hash);
    view->keys = find_array(facts->walk, "key", &unused);
    view->values = find_array(facts->walk, "value", &unused);
    if (view->hashes == NULL || view->keys == NULL)
        return facts->walk->n == 0 || ml_table_missing(facts, error);
    view->n_slots = view->hashes->request_bytes / facts->walk->parts[view->hashes->part].stride;
    return TRUE;
}

gboolean
ml_slots_view_read(const MlSlotsView *view, guint64 slot, guint64 *ret_hash, gboolean *ret_is_used)
{
    gint64 hash = 0;
    if (!ml_walk_field(view->walk, view->hashes, slot, view->hash, &hash))
        return FALSE;
    *ret_is_used = (guint64)hash >= ML_FIRST_HASH;
    if (ret_hash != NULL)
        *ret_hash = (guint64)hash;
    return TRUE;
}
