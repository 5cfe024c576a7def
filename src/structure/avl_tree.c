/* AVL tree: a binary search tree that keeps the heights of two siblings within one of each other;
 * each node stores its height for that.
 *
 * Worked example (glibc): a node asks for 40 B (16 pointers, 16 data, 4 height, 4 padding) and
 * takes 48 with malloc's 8: the balance is free, as the plain tree's 32 B take 48, too. */
#include <stddef.h>
#include <stdlib.h>

#include "structure/tree.h"

enum { MAX_HEIGHT = 96 }; /* of more nodes than an address space has room for */

/* [excerpt] */
struct avl_node {
    struct tree_node node; /* left, right, key, value */
    int32_t height;
};

static int32_t
height(const struct tree_node *node)
{
    return node == NULL ? 0 : ((const struct avl_node *)node)->height;
}

static void
update(struct tree_node *node)
{
    int32_t left = height(node->left);
    int32_t right = height(node->right);
    ((struct avl_node *)node)->height = 1 + (left > right ? left : right);
}

static struct tree_node *
rotate_right(struct tree_node *node)
{
    struct tree_node *top = node->left;
    if (top == NULL)
        return node;
    node->left = top->right;
    top->right = node;
    update(node);
    update(top);
    return top;
}

static struct tree_node *
rotate_left(struct tree_node *node)
{
    struct tree_node *top = node->right;
    if (top == NULL)
        return node;
    node->right = top->left;
    top->left = node;
    update(node);
    update(top);
    return top;
}

static struct tree_node *
balance(struct tree_node *node)
{
    struct tree_node *left = node->left;
    struct tree_node *right = node->right;
    update(node);
    if (left != NULL && height(left) > height(right) + 1) {
        if (height(left->left) < height(left->right))
            node->left = rotate_left(left);
        return rotate_right(node);
    }
    if (right != NULL && height(right) > height(left) + 1) {
        if (height(right->right) < height(right->left))
            node->right = rotate_right(right);
        return rotate_left(node);
    }
    return node;
}

static bool
insert(MlTree *self, int64_t key)
{
    struct tree_node **path[MAX_HEIGHT];
    int depth = 0;
    struct tree_node **link = &self->root;
    while (*link != NULL) {
        path[depth++] = link;
        link = key < (*link)->key ? &(*link)->left : &(*link)->right;
    }
    struct avl_node *node = malloc(sizeof *node);
    if (node == NULL)
        return false;
    *node = (struct avl_node){ .node = { .key = key, .value = key }, .height = 1 };
    *link = &node->node;
    while (depth-- > 0)
        *path[depth] = balance(*path[depth]);
    self->n++;
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    return ml_tree_build(instance, n, sizeof(struct avl_node), insert);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_tree_part(&ret_parts[0], sizeof(struct avl_node));
    ml_part_add(&ret_parts[0],
        "height",
        offsetof(struct avl_node, height),
        sizeof(int32_t),
        ML_ROLE_INDEX,
        ML_FIELD_INT);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_plan_repeat(plan, n, 1, &(MlRequest){ .request_bytes = sizeof(struct avl_node) });
}

const MlStructure ml_structure_avl_tree = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "avl-tree",
    .title = "AVL tree",
    .element = "{ left, right, key, value, height }",
    .summary = "a balanced search tree; each node keeps its height; keys come shuffled",
    .shape = ML_SHAPE_TREE,
    .instance_size = sizeof(MlTree),
    .parts = parts,
    .plan = plan,
    .build = build,
    ML_TREE_CALLS,
};
