/* GList: a doubly linked list, a node of three pointers an element; the data pointer holds an
 * integer.
 *
 * Worked example (glibc): 8 data + 16 pointers = 24 B a node.  A slice is rounded up to 32 B, and
 * 14 of them share a slab of 512 B: 36.57 B each.  malloc's 8 B size field makes it 32 B each:
 * here the slices cost more than they save. */
#include "structure/glib/list_node.h"

enum { PART_NODE };

typedef struct {
    uint64_t n;
    GList *first;
} Instance;

/* [excerpt] */
static GList *
make_list(uint64_t n)
{
    GList *list = NULL;
    for (uint64_t i = 0; i < n; i++)
        list = g_list_prepend(list, GSIZE_TO_POINTER(i));
    return g_list_reverse(list);
}

/* Of each `every` nodes the first stays. */
static void
delete_others(GList *list, uint64_t every)
{
    for (GList *stays = list; stays != NULL; stays = stays->next)
        for (uint64_t i = 1; i < every; i++)
            list = g_list_delete_link(list, stays->next);
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    Instance *self = instance;
    uint64_t every = ml_list_every(options);
    self->first = make_list(n * every);
    delete_others(self->first, every);
    self->n = n;
    return true;
}

static void
destroy(void *instance)
{
    g_list_free(((Instance *)instance)->first);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_list_part(&ret_parts[PART_NODE], options);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_list_plan(plan, PART_NODE, n, options);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    ml_list_walk(((const Instance *)instance)->first, PART_NODE, sink);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    return ml_list_sum(((const Instance *)instance)->first);
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    ml_list_element(g_list_nth(((const Instance *)instance)->first, (guint)i), ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    g_list_nth(((Instance *)instance)->first, (guint)i)->data = ml_to_pointer(value);
}

const MlStructure ml_structure_glist = {
    ML_GLIB_STRUCTURE,
    .name = "glist",
    .title = "GList",
    .element = "{ data, next, prev }",
    .summary = "GLib: nodes { data, next, prev }, each from a slice",
    .shape = ML_SHAPE_CHAIN,
    .n_options = 2,
    .options = ML_LIST_OPTIONS,
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
