/* What the two binary search trees share: finding a key, and the calls of the contract that only
 * follow links. */
#pragma once

#include "core/structure.h"

/* The head of every node: a tree adds its own after it. */
struct tree_node {
    struct tree_node *left;
    struct tree_node *right;
    int64_t key;
    int64_t value;
};

typedef struct {
    uint64_t n;
    uint64_t node_bytes;
    struct tree_node *root;
} MlTree;

/**
 * ml_tree_build: insert the keys below @n, in a shuffled order.
 * @insert: puts a node with that key and value into its place; false where malloc returned NULL
 */
bool ml_tree_build(
    MlTree *self, uint64_t n, size_t node_bytes, bool (*insert)(MlTree *self, int64_t key));

/**
 * ml_tree_find: the node with a key that is there.
 */
struct tree_node *ml_tree_find(const MlTree *tree, int64_t key);

/* The calls of the contract; a node is part 0. */
void ml_tree_destroy(void *instance);
void ml_tree_walk(const void *instance, MlWalkSink *sink);
uint64_t ml_tree_count(const void *instance);
int64_t ml_tree_sum(const void *instance);
void ml_tree_get(const void *instance, uint64_t i, MlElement *ret_element);
void ml_tree_put(void *instance, uint64_t i, int64_t value);

#define ML_TREE_CALLS                                                                              \
    .destroy = ml_tree_destroy, .walk = ml_tree_walk, .count = ml_tree_count, .sum = ml_tree_sum,  \
    .get = ml_tree_get, .put = ml_tree_put

/**
 * ml_tree_part: describe a node of @node_bytes, as far as the head goes.
 */
void ml_tree_part(MlPart *part, size_t node_bytes);
