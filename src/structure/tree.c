#include "structure/tree.h"

#include <stddef.h>
#include <stdlib.h>

#include "structure/order.h"

bool
ml_tree_build(
    MlTree *self, uint64_t n, size_t node_bytes, bool (*insert)(MlTree *self, int64_t key))
{
    MlOrder order;
    ml_order_init(&order, n);
    self->node_bytes = node_bytes;
    for (uint64_t i = 0; i < n; i++)
        if (!insert(self, (int64_t)ml_order_at(&order, i)))
            return false;
    return true;
}

struct tree_node *
ml_tree_find(const MlTree *tree, int64_t key)
{
    struct tree_node *node = tree->root;
    while (node->key != key)
        node = key < node->key ? node->left : node->right;
    return node;
}

/* A tree can be deep, so nothing here calls itself: a left child is turned up into its parent's
 * place until there is none, then the node is done with. */
void
ml_tree_destroy(void *instance)
{
    struct tree_node *node = ((MlTree *)instance)->root;
    while (node != NULL) {
        struct tree_node *next = node->left;
        if (next != NULL) {
            node->left = next->right;
            next->right = node;
        } else {
            next = node->right;
            free(node);
        }
        node = next;
    }
}

/* Visits the nodes in the order of their keys, and leaves the tree as it was: a thread from the
 * last node of a left subtree back to its root stands in for a stack.  Source: Morris, "Traversing
 * binary trees simply and cheaply" (1979). */
static void
visit(struct tree_node *node, void (*each)(const struct tree_node *node, void *data), void *data)
{
    while (node != NULL) {
        if (node->left == NULL) {
            each(node, data);
            node = node->right;
            continue;
        }
        struct tree_node *last = node->left;
        while (last->right != NULL && last->right != node)
            last = last->right;
        if (last->right == NULL) {
            last->right = node;
            node = node->left;
        } else {
            last->right = NULL;
            each(node, data);
            node = node->right;
        }
    }
}

typedef struct {
    MlWalkSink *sink;
    uint64_t node_bytes;
} Walk;

static void
report(const struct tree_node *node, void *data)
{
    const Walk *walk = data;
    ml_walk_block(walk->sink, 0, node, walk->node_bytes, 1);
}

void
ml_tree_walk(const void *instance, MlWalkSink *sink)
{
    const MlTree *tree = instance;
    Walk walk = { .sink = sink, .node_bytes = tree->node_bytes };
    visit(tree->root, report, &walk);
}

uint64_t
ml_tree_count(const void *instance)
{
    return ((const MlTree *)instance)->n;
}

static void
add(const struct tree_node *node, void *data)
{
    *(int64_t *)data += node->value;
}

int64_t
ml_tree_sum(const void *instance)
{
    int64_t total = 0;
    visit(((const MlTree *)instance)->root, add, &total);
    return total;
}

/* Element i has the key i, wherever it was inserted. */
void
ml_tree_get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const MlTree *tree = instance;
    const struct tree_node *node = ml_tree_find(tree, (int64_t)i);
    *ret_element = (MlElement){
        .value = node->value,
        .address = (uintptr_t)node,
        .bytes = tree->node_bytes,
    };
}

void
ml_tree_put(void *instance, uint64_t i, int64_t value)
{
    ml_tree_find(instance, (int64_t)i)->value = value;
}

void
ml_tree_part(MlPart *part, size_t node_bytes)
{
    ml_part_init(part, "node", node_bytes);
    ml_part_add(part,
        "left",
        offsetof(struct tree_node, left),
        sizeof(struct tree_node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_add(part,
        "right",
        offsetof(struct tree_node, right),
        sizeof(struct tree_node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_add(
        part, "key", offsetof(struct tree_node, key), sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
    ml_part_add(part,
        "value",
        offsetof(struct tree_node, value),
        sizeof(int64_t),
        ML_ROLE_DATA,
        ML_FIELD_INT);
}
