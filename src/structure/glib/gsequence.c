/* GSequence: a list kept as a balanced tree (a treap), so that any place is reached in log n steps.
 *
 * Worked example (glibc): 8 data + 24 pointers + 8 count and priority = 40 B a node, and one node
 * more at the end.  A slice is rounded up to 48 B, and 9 of them share a slab of 512 B: 56.89 B
 * each; from malloc 48 B each. */
#include "structure/glib/common.h"

#include <stddef.h>

enum { PART_HEADER, PART_NODE };

/* Source: GLib 2.74, gsequence.c, struct _GSequence and struct _GSequenceNode. */
struct sequence {
    GSequenceIter *end_node;
    GDestroyNotify data_destroy;
    gboolean access_prohibited;
    GSequence *real_sequence;
};

struct sequence_node {
    gint n_nodes;
    guint32 priority;
    struct sequence_node *parent;
    struct sequence_node *left;
    struct sequence_node *right;
    gpointer data;
};

typedef struct {
    GSequence *sequence;
} Instance;

/* [excerpt] */
static GSequence *
append_all(uint64_t n)
{
    GSequence *sequence = g_sequence_new(NULL);
    for (uint64_t i = 0; i < n; i++)
        g_sequence_append(sequence, GSIZE_TO_POINTER(i));
    return sequence;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ((Instance *)instance)->sequence = append_all(n);
    return true;
}

static void
destroy(void *instance)
{
    g_sequence_free(((Instance *)instance)->sequence);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *header = &ret_parts[PART_HEADER];
    ml_part_init(header, "GSequence", sizeof(struct sequence)); /* by g_new(), not from a slice */
    ML_PART_FIELD(header, struct sequence, end_node, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct sequence, data_destroy, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct sequence, access_prohibited, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct sequence, real_sequence, ML_ROLE_POINTER, ML_FIELD_POINTER);
    MlPart *node = &ret_parts[PART_NODE];
    ml_sliced_part(node, "node", sizeof(struct sequence_node), options);
    ML_PART_FIELD(node, struct sequence_node, n_nodes, ML_ROLE_INDEX, ML_FIELD_INT);
    ML_PART_FIELD(node, struct sequence_node, priority, ML_ROLE_INDEX, ML_FIELD_INT);
    ML_PART_FIELD(node, struct sequence_node, parent, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(node, struct sequence_node, left, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(node, struct sequence_node, right, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(node, struct sequence_node, data, ML_ROLE_DATA, ML_FIELD_INT);
    return 2;
}

/* The end node holds no element: it is spare. */
static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    MlRequest node = { .part = PART_NODE, .request_bytes = sizeof(struct sequence_node) };
    ml_plan_one(plan, PART_HEADER, sizeof(struct sequence));
    ml_plan_alloc(plan, PART_NODE, node.request_bytes, node.request_bytes);
    ml_plan_repeat(plan, n, 1, &node);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    GSequence *sequence = ((const Instance *)instance)->sequence;
    GSequenceIter *node = g_sequence_get_begin_iter(sequence);
    ml_walk_block(sink, PART_HEADER, sequence, sizeof(struct sequence), 1);
    for (; !g_sequence_iter_is_end(node); node = g_sequence_iter_next(node))
        ml_walk_block(sink, PART_NODE, node, sizeof(struct sequence_node), 1);
    ml_walk_block(sink, PART_NODE, node, sizeof(struct sequence_node), 0);
}

static uint64_t
count(const void *instance)
{
    return (uint64_t)g_sequence_get_length(((const Instance *)instance)->sequence);
}

static int64_t
sum(const void *instance)
{
    GSequenceIter *node = g_sequence_get_begin_iter(((const Instance *)instance)->sequence);
    int64_t total = 0;
    for (; !g_sequence_iter_is_end(node); node = g_sequence_iter_next(node))
        total += ml_from_pointer(g_sequence_get(node));
    return total;
}

static GSequenceIter *
node_at(const void *instance, uint64_t i)
{
    return g_sequence_get_iter_at_pos(((const Instance *)instance)->sequence, (gint)i);
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    GSequenceIter *node = node_at(instance, i);
    *ret_element = (MlElement){
        .value = ml_from_pointer(g_sequence_get(node)),
        .address = (uintptr_t)node,
        .bytes = sizeof(struct sequence_node),
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    g_sequence_set(node_at(instance, i), ml_to_pointer(value));
}

const MlStructure ml_structure_gsequence = {
    ML_GLIB_STRUCTURE,
    .name = "gsequence",
    .title = "GSequence",
    .element = "{ n_nodes, priority, parent, left, right, data }",
    .summary = "GLib: a list kept as a balanced tree, so that any place is near",
    .shape = ML_SHAPE_TREE,
    .n_options = 1,
    .options = { ML_SLICES_OPTION },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
