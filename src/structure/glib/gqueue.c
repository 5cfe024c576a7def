/* GQueue: a GList that knows its two ends and its length, so that both ends are reached at once.
 *
 * Worked example (glibc): what a GList costs, and 24 B for the GQueue itself. */
#include "structure/glib/list_node.h"

#include <stddef.h>

enum { PART_HEADER, PART_NODE };

typedef struct {
    GQueue *queue;
} Instance;

/* [excerpt] */
static GQueue *
push_all(uint64_t n)
{
    GQueue *queue = g_queue_new();
    for (uint64_t i = 0; i < n; i++)
        g_queue_push_tail(queue, GSIZE_TO_POINTER(i));
    return queue;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ((Instance *)instance)->queue = push_all(n);
    return true;
}

static void
destroy(void *instance)
{
    g_queue_free(((Instance *)instance)->queue);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *header = &ret_parts[PART_HEADER];
    ml_sliced_part(header, "GQueue", sizeof(GQueue), options);
    ML_PART_FIELD(header, GQueue, head, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, GQueue, tail, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, GQueue, length, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ml_list_part(&ret_parts[PART_NODE], options);
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_plan_one(plan, PART_HEADER, sizeof(GQueue));
    ml_list_plan(plan, PART_NODE, n);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const GQueue *queue = ((const Instance *)instance)->queue;
    ml_walk_block(sink, PART_HEADER, queue, sizeof *queue, 1);
    ml_list_walk(queue->head, PART_NODE, sink);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->queue->length;
}

static int64_t
sum(const void *instance)
{
    return ml_list_sum(((const Instance *)instance)->queue->head);
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    ml_list_element(
        g_queue_peek_nth_link(((const Instance *)instance)->queue, (guint)i), ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    g_queue_peek_nth_link(((Instance *)instance)->queue, (guint)i)->data = ml_to_pointer(value);
}

const MlStructure ml_structure_gqueue = {
    ML_GLIB_STRUCTURE,
    .name = "gqueue",
    .title = "GQueue",
    .element = "{ data, next, prev }",
    .summary = "GLib: a doubly linked list that knows both its ends; one slice a node",
    .shape = ML_SHAPE_CHAIN,
    .n_options = 1,
    .options = { ML_SLICES_OPTION },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
