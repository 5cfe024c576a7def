/* B-tree: nodes with room for 31 entries; an inner node leads to one child more than it has
 * entries.
 *
 * Keys come in order here, and each leaf is left behind half full: 15 entries of 31.  Worked
 * example (glibc, n = 1 000 000): a leaf asks for 504 B and takes 512; one leaf in 16 entries and
 * one inner node of 768 B in 256 are 35.2 B per element, of which 16 are data. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { PART_LEAF, PART_INNER };
enum { ROOM = 31, HALF = ROOM / 2, MAX_LEVELS = 16 };

/* [excerpt] */
struct leaf {
    uint64_t used;
    int64_t keys[ROOM];
    int64_t values[ROOM];
};

struct inner {
    struct leaf entries; /* used, keys, values */
    void *first_child;
    void *children[ROOM]; /* the one right of each entry */
};
/* [end] */

typedef struct {
    uint64_t n;
    uint32_t n_levels; /* 1: the root is a leaf */
    void *root;
    void *orphan; /* the right half of a split for which there was no memory further up */
    uint32_t orphan_levels;
} BTree;

/* --- inserting -------------------------------------------------------------------------------- */

/* What goes up when a node is split. */
typedef struct {
    int64_t key;
    int64_t value;
    void *right;
} Split;

static uint64_t
place_of(const struct leaf *node, int64_t key)
{
    uint64_t low = 0;
    uint64_t high = node->used;
    while (low < high) {
        uint64_t middle = (low + high) / 2;
        if (node->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* @right: the child to the right of the entry; NULL in a leaf */
static void
insert_at(struct leaf *node, uint64_t place, Split entry)
{
    uint64_t behind = node->used - place;
    memmove(&node->keys[place + 1], &node->keys[place], behind * sizeof node->keys[0]);
    memmove(&node->values[place + 1], &node->values[place], behind * sizeof node->values[0]);
    node->keys[place] = entry.key;
    node->values[place] = entry.value;
    if (entry.right != NULL) {
        void **children = ((struct inner *)node)->children;
        memmove(&children[place + 1], &children[place], behind * sizeof *children);
        children[place] = entry.right;
    }
    node->used++;
}

/* [excerpt] */
/* A full node keeps its lower half; the middle entry goes up, the rest into a new node. */
static bool
split(struct leaf *node, bool is_leaf, Split *ret_up)
{
    struct leaf *right = malloc(is_leaf ? sizeof(struct leaf) : sizeof(struct inner));
    if (right == NULL)
        return false;
    uint64_t moved = ROOM - HALF - 1;
    memcpy(right->keys, &node->keys[HALF + 1], moved * sizeof node->keys[0]);
    memcpy(right->values, &node->values[HALF + 1], moved * sizeof node->values[0]);
    if (!is_leaf) {
        struct inner *from = (struct inner *)node;
        struct inner *to = (struct inner *)right;
        to->first_child = from->children[HALF];
        memcpy(to->children, &from->children[HALF + 1], moved * sizeof from->children[0]);
    }
    right->used = moved;
    node->used = HALF;
    *ret_up = (Split){ node->keys[HALF], node->values[HALF], right };
    return true;
}
/* [end] */

/* Puts an entry into a node, which is split first where it is full.
 * Returns: 1 where something goes up, 0 where not, -1 where malloc returned NULL. */
static int
add(struct leaf *node, bool is_leaf, Split entry, Split *ret_up)
{
    bool is_full = node->used == ROOM;
    if (is_full && !split(node, is_leaf, ret_up))
        return -1;
    struct leaf *half = is_full && entry.key > ret_up->key ? ret_up->right : node;
    insert_at(half, place_of(half, entry.key), entry);
    return is_full;
}

static void *
child_at(const struct inner *node, uint64_t place)
{
    return place == 0 ? node->first_child : node->children[place - 1];
}

static bool
grow(BTree *self, Split up)
{
    struct inner *root = malloc(sizeof *root);
    if (root == NULL)
        return false;
    root->entries.used = 0;
    root->first_child = self->root;
    insert_at(&root->entries, 0, up);
    self->root = root;
    self->n_levels++;
    return true;
}

static bool
insert(BTree *self, int64_t key)
{
    struct leaf *path[MAX_LEVELS];
    uint32_t depth = 0;
    path[0] = self->root;
    while (depth + 1 < self->n_levels) {
        uint64_t place = place_of(path[depth], key);
        path[depth + 1] = child_at((const struct inner *)path[depth], place);
        depth++;
    }
    Split entry = { .key = key, .value = key };
    Split up;
    bool is_leaf = true;
    for (;; depth--) {
        int goes_up = add(path[depth], is_leaf, entry, &up);
        if (goes_up > 0 && depth > 0) {
            entry = up;
            is_leaf = false;
            continue;
        }
        if (goes_up == 0 || (goes_up > 0 && grow(self, up)))
            return true;
        self->orphan = goes_up > 0 ? up.right : entry.right;
        self->orphan_levels = self->n_levels - depth - (goes_up > 0 ? 0 : 1);
        return false;
    }
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    BTree *self = instance;
    if (n == 0)
        return true;
    struct leaf *root = malloc(sizeof *root);
    if (root == NULL)
        return false;
    root->used = 0;
    self->root = root;
    self->n_levels = 1;
    for (uint64_t i = 0; i < n; i++) {
        if (!insert(self, (int64_t)i))
            return false;
        self->n = i + 1;
    }
    return true;
}

/* --- visiting --------------------------------------------------------------------------------- */

static void
visit(void *node,
    uint32_t levels,
    void (*each)(struct leaf *node, bool is_leaf, void *data),
    void *data)
{
    struct leaf *entries = node;
    for (uint64_t i = 0; levels > 1 && i <= entries->used; i++)
        visit(child_at(node, i), levels - 1, each, data);
    each(entries, levels == 1, data);
}

static void
free_node(struct leaf *node, bool is_leaf, void *data)
{
    free(node);
}

static void
destroy(void *instance)
{
    BTree *self = instance;
    if (self->root != NULL)
        visit(self->root, self->n_levels, free_node, NULL);
    if (self->orphan != NULL)
        visit(self->orphan, self->orphan_levels, free_node, NULL);
}

static void
report(struct leaf *node, bool is_leaf, void *data)
{
    size_t bytes = is_leaf ? sizeof(struct leaf) : sizeof(struct inner);
    ml_walk_block(data, is_leaf ? PART_LEAF : PART_INNER, node, bytes, node->used);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const BTree *self = instance;
    if (self->root != NULL)
        visit(self->root, self->n_levels, report, sink);
}

static void
add_values(struct leaf *node, bool is_leaf, void *data)
{
    for (uint64_t i = 0; i < node->used; i++)
        *(int64_t *)data += node->values[i];
}

static int64_t
sum(const void *instance)
{
    const BTree *self = instance;
    int64_t total = 0;
    if (self->root != NULL)
        visit(self->root, self->n_levels, add_values, &total);
    return total;
}

/* --- parts and plan --------------------------------------------------------------------------- */

static void
add_entries(MlPart *part)
{
    part->room = ROOM;
    ml_part_add(
        part, "used", offsetof(struct leaf, used), sizeof(uint64_t), ML_ROLE_INDEX, ML_FIELD_INT);
    ml_part_add_each(
        part, "keys", offsetof(struct leaf, keys), sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
    ml_part_add_each(
        part, "values", offsetof(struct leaf, values), sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_LEAF], "leaf", sizeof(struct leaf));
    add_entries(&ret_parts[PART_LEAF]);
    MlPart *inner = &ret_parts[PART_INNER];
    ml_part_init(inner, "inner node", sizeof(struct inner));
    add_entries(inner);
    ml_part_add(inner,
        "first_child",
        offsetof(struct inner, first_child),
        sizeof(void *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_add_each(inner,
        "children",
        offsetof(struct inner, children),
        sizeof(void *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    return 2;
}

/* Entries in rising order split only the last node of a level: the first time when it is full, and
 * then each time when what it was left with has grown from half to full again.
 * Returns: how often, when so many have come to the level. */
static uint64_t
splits(uint64_t entries)
{
    return entries <= ROOM ? 0 : 1 + (entries - ROOM - 1) / (ROOM - HALF);
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    MlRequest node = { .part = PART_LEAF, .request_bytes = sizeof(struct leaf) };
    for (uint64_t entries = n; entries > 0;) {
        uint64_t goes_up = splits(entries); /* one entry for each split */
        uint64_t left = entries - goes_up;
        node.used = HALF;
        ml_plan_repeat(plan, goes_up, 1, &node);
        node.used = left - goes_up * HALF;
        ml_plan_repeat(plan, 1, 1, &node);
        node = (MlRequest){ .part = PART_INNER, .request_bytes = sizeof(struct inner) };
        entries = goes_up;
    }
}

/* --- elements --------------------------------------------------------------------------------- */

static uint64_t
count(const void *instance)
{
    return ((const BTree *)instance)->n;
}

static int64_t *
find(const BTree *self, int64_t key)
{
    void *node = self->root;
    for (uint32_t levels = self->n_levels;; levels--) {
        struct leaf *entries = node;
        uint64_t place = place_of(entries, key);
        if (place < entries->used && entries->keys[place] == key)
            return &entries->values[place];
        node = child_at(node, place);
    }
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const int64_t *value = find(instance, (int64_t)i);
    *ret_element = (MlElement){
        .value = *value,
        .address = (uintptr_t)value,
        .bytes = sizeof *value,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    *find(instance, (int64_t)i) = value;
}

const MlStructure ml_structure_b_tree = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "b-tree",
    .title = "B-tree",
    .element = "one of up to 31 entries { key, value } of a node",
    .summary = "nodes of up to 31 entries; filled in rising order, so most are half full",
    .shape = ML_SHAPE_SLABS,
    .plan_is_grouped = true,
    .instance_size = sizeof(BTree),
    ML_STRUCTURE_CALLS,
};
