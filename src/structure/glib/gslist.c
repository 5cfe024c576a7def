/* GSList: a singly linked list, a node of two pointers an element; the data pointer holds an
 * integer.  As appending walks the whole list, one prepends and reverses in the end.
 *
 * Worked example (glibc): 8 data + 8 pointer = 16 B a node.  From slices: 13 nodes share a slab of
 * 256 B, 19.69 B each; from malloc: 8 field + 8 rounding more, 32 B each. */
#include "structure/glib/common.h"

#include <stddef.h>

#include "structure/deleted.h"

enum { OPTION_DELETED = ML_OPTION_SLICES + 1 };
enum { PART_NODE };

typedef struct {
    uint64_t n;
    GSList *first;
} Instance;

/* [excerpt] */
static GSList *
make_list(uint64_t n)
{
    GSList *list = NULL;
    for (uint64_t i = 0; i < n; i++)
        list = g_slist_prepend(list, GSIZE_TO_POINTER(i));
    return g_slist_reverse(list);
}

/* Of each `every` nodes the first stays.  Asked to delete a list's own first node, GLib need not
 * search the list for it. */
static void
delete_others(GSList *list, uint64_t every)
{
    for (GSList *stays = list; stays != NULL; stays = stays->next)
        for (uint64_t i = 1; i < every; i++)
            stays->next = g_slist_delete_link(stays->next, stays->next);
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    Instance *self = instance;
    uint64_t every = ml_deleted_every(options->text[OPTION_DELETED]);
    self->first = make_list(n * every);
    delete_others(self->first, every);
    self->n = n;
    return true;
}

static void
destroy(void *instance)
{
    g_slist_free(((Instance *)instance)->first);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *node = &ret_parts[PART_NODE];
    ml_sliced_part(node, "node", sizeof(GSList), options);
    ML_PART_FIELD(node, GSList, data, ML_ROLE_DATA, ML_FIELD_INT);
    ML_PART_FIELD(node, GSList, next, ML_ROLE_POINTER, ML_FIELD_POINTER);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    uint64_t every = ml_deleted_every(options->text[OPTION_DELETED]);
    MlRequest node = { .part = PART_NODE, .request_bytes = sizeof(GSList) };
    ml_plan_repeat(plan, n * every, 1, &node);
    ml_plan_thin(plan, every);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    for (const GSList *node = ((const Instance *)instance)->first; node != NULL; node = node->next)
        ml_walk_block(sink, PART_NODE, node, sizeof *node, 1);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    int64_t total = 0;
    for (const GSList *node = ((const Instance *)instance)->first; node != NULL; node = node->next)
        total += ml_from_pointer(node->data);
    return total;
}

static GSList *
node_at(const void *instance, uint64_t i)
{
    return g_slist_nth(((const Instance *)instance)->first, (guint)i);
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const GSList *node = node_at(instance, i);
    *ret_element = (MlElement){
        .value = ml_from_pointer(node->data),
        .address = (uintptr_t)node,
        .bytes = sizeof *node,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    node_at(instance, i)->data = ml_to_pointer(value);
}

const MlStructure ml_structure_gslist = {
    ML_GLIB_STRUCTURE,
    .name = "gslist",
    .title = "GSList",
    .element = "{ data, next }",
    .summary = "GLib: nodes { data, next }, each from a slice",
    .shape = ML_SHAPE_CHAIN,
    .n_options = 2,
    .options = { ML_SLICES_OPTION, ML_DELETED_OPTION },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
