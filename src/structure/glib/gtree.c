/* GTree: a balanced binary search tree (AVL), a node an entry.
 *
 * Worked example (glibc): 16 data + 16 pointers + 3 balance and threads + 5 padding = 40 B a node.
 * A slice is rounded up to 48 B, and 9 of them share a slab of 512 B: 56.89 B each; from malloc 8 B
 * size field and no rounding: 48 B each. */
#include "structure/glib/common.h"

#include <stddef.h>

enum { PART_HEADER, PART_NODE };

/* Source: GLib 2.74, gtree.c, struct _GTree and struct _GTreeNode. */
struct tree {
    GTreeNode *root;
    GCompareDataFunc compare;
    GDestroyNotify key_destroy;
    GDestroyNotify value_destroy;
    gpointer compare_data;
    guint length;
    gint references;
};

struct tree_node {
    gpointer key;
    gpointer value;
    struct tree_node *left;
    struct tree_node *right;
    gint8 balance;
    guint8 left_child; /* else `left` leads to the node before */
    guint8 right_child;
};

typedef struct {
    GTree *tree;
} Instance;

static int
compare(gconstpointer a, gconstpointer b)
{
    int64_t x = ml_from_pointer(a);
    int64_t y = ml_from_pointer(b);
    return (x > y) - (x < y);
}

/* [excerpt] */
static GTree *
insert_all(uint64_t n)
{
    GTree *tree = g_tree_new(compare);
    for (uint64_t i = 0; i < n; i++)
        g_tree_insert(tree, GSIZE_TO_POINTER(i), GSIZE_TO_POINTER(i));
    return tree;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ((Instance *)instance)->tree = insert_all(n);
    return true;
}

static void
destroy(void *instance)
{
    g_tree_destroy(((Instance *)instance)->tree);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *header = &ret_parts[PART_HEADER];
    ml_sliced_part(header, "GTree", sizeof(struct tree), options);
    ML_PART_FIELD(header, struct tree, root, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct tree, compare, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct tree, key_destroy, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct tree, value_destroy, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct tree, compare_data, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct tree, length, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct tree, references, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    MlPart *node = &ret_parts[PART_NODE];
    ml_sliced_part(node, "node", sizeof(struct tree_node), options);
    ML_PART_FIELD(node, struct tree_node, key, ML_ROLE_DATA, ML_FIELD_INT);
    ML_PART_FIELD(node, struct tree_node, value, ML_ROLE_DATA, ML_FIELD_INT);
    ML_PART_FIELD(node, struct tree_node, left, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(node, struct tree_node, right, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(node, struct tree_node, balance, ML_ROLE_INDEX, ML_FIELD_INT);
    ML_PART_FIELD(node, struct tree_node, left_child, ML_ROLE_INDEX, ML_FIELD_INT);
    ML_PART_FIELD(node, struct tree_node, right_child, ML_ROLE_INDEX, ML_FIELD_INT);
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    MlRequest node = { .part = PART_NODE, .request_bytes = sizeof(struct tree_node) };
    ml_plan_one(plan, PART_HEADER, sizeof(struct tree));
    ml_plan_repeat(plan, n, 1, &node);
}

/* In the order of the keys, by the threads: no stack is needed. */
static void
walk(const void *instance, MlWalkSink *sink)
{
    GTree *tree = ((const Instance *)instance)->tree;
    ml_walk_block(sink, PART_HEADER, tree, sizeof(struct tree), 1);
    for (GTreeNode *node = g_tree_node_first(tree); node != NULL; node = g_tree_node_next(node))
        ml_walk_block(sink, PART_NODE, node, sizeof(struct tree_node), 1);
}

static uint64_t
count(const void *instance)
{
    return (uint64_t)g_tree_nnodes(((const Instance *)instance)->tree);
}

static int64_t
sum(const void *instance)
{
    int64_t total = 0;
    for (GTreeNode *node = g_tree_node_first(((const Instance *)instance)->tree); node != NULL;
         node = g_tree_node_next(node))
        total += ml_from_pointer(g_tree_node_value(node));
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    GTreeNode *node = g_tree_lookup_node(((const Instance *)instance)->tree, GSIZE_TO_POINTER(i));
    *ret_element = (MlElement){
        .value = ml_from_pointer(g_tree_node_value(node)),
        .address = (uintptr_t)node,
        .bytes = sizeof(struct tree_node),
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    g_tree_insert(((Instance *)instance)->tree, GSIZE_TO_POINTER(i), ml_to_pointer(value));
}

const MlStructure ml_structure_gtree = {
    ML_GLIB_STRUCTURE,
    .name = "gtree",
    .title = "GTree",
    .element = "{ key, value, left, right, balance }",
    .summary = "GLib: a balanced search tree of keys and values, a node an entry",
    .shape = ML_SHAPE_TREE,
    .n_options = 1,
    .options = { ML_SLICES_OPTION },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
