/* GQueue: a GList that knows its two ends and its length, so that both ends are reached at once.
 *
 * Worked example (glibc): what a GList costs.  The GQueue itself, 24 B, is a variable here
 * (G_QUEUE_INIT); it asks for nothing. */
#include "structure/glib/list_node.h"

enum { PART_NODE };

typedef struct {
    GQueue queue;
} Instance;

/* [excerpt] */
static void
push_all(GQueue *queue, uint64_t n)
{
    g_queue_init(queue);
    for (uint64_t i = 0; i < n; i++)
        g_queue_push_tail(queue, GSIZE_TO_POINTER(i));
}

/* Of each `every` nodes the first stays. */
static void
delete_others(GQueue *queue, uint64_t every)
{
    for (GList *stays = queue->head; stays != NULL; stays = stays->next)
        for (uint64_t i = 1; i < every; i++)
            g_queue_delete_link(queue, stays->next);
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    Instance *self = instance;
    uint64_t every = ml_list_every(options);
    push_all(&self->queue, n * every);
    delete_others(&self->queue, every);
    return true;
}

static void
destroy(void *instance)
{
    g_queue_clear(&((Instance *)instance)->queue);
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
    ml_list_walk(((const Instance *)instance)->queue.head, PART_NODE, sink);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->queue.length;
}

static int64_t
sum(const void *instance)
{
    return ml_list_sum(((const Instance *)instance)->queue.head);
}

static GList *
node_at(const void *instance, uint64_t i)
{
    return g_list_nth(((const Instance *)instance)->queue.head, (guint)i);
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    ml_list_element(node_at(instance, i), ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    node_at(instance, i)->data = ml_to_pointer(value);
}

const MlStructure ml_structure_gqueue = {
    ML_GLIB_STRUCTURE,
    .name = "gqueue",
    .title = "GQueue",
    .element = "{ data, next, prev }",
    .summary = "GLib: a doubly linked list that knows both its ends",
    .shape = ML_SHAPE_CHAIN,
    .n_options = 2,
    .options = ML_LIST_OPTIONS,
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
