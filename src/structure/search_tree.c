/* Binary search tree: nodes with two links, not balanced; keys come in a shuffled order, so that it
 * does not become a list.
 *
 * Worked example (glibc): a node asks for 32 B (8 + 8 pointers, 8 key, 8 value) and takes 48: with
 * 8 field and 8 rounding 48 B per element. */
#include <stdlib.h>

#include "structure/tree.h"

/* [excerpt] */
static bool
insert(MlTree *self, int64_t key)
{
    struct tree_node **link = &self->root;
    while (*link != NULL)
        link = key < (*link)->key ? &(*link)->left : &(*link)->right;
    struct tree_node *node = malloc(sizeof *node);
    if (node == NULL)
        return false;
    *node = (struct tree_node){ .key = key, .value = key };
    *link = node;
    self->n++;
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    return ml_tree_build(instance, n, sizeof(struct tree_node), insert);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_tree_part(&ret_parts[0], sizeof(struct tree_node));
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_plan_repeat(plan, n, 1, &(MlRequest){ .request_bytes = sizeof(struct tree_node) });
}

const MlStructure ml_structure_search_tree = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "search-tree",
    .title = "binary search tree",
    .element = "{ left, right, key, value }",
    .summary = "nodes { left, right, key, value }, not balanced; keys come shuffled",
    .shape = ML_SHAPE_TREE,
    .instance_size = sizeof(MlTree),
    .parts = parts,
    .plan = plan,
    .build = build,
    ML_TREE_CALLS,
};
