/* Boxed array: an exact array of n pointers, each to a small object of its own.
 *
 * Worked example (glibc, n = 1 000 000, box=object): per element an 8 B pointer, a 24 B object (16
 * B object header, 8 B value) and malloc's 8 B size field before it = 40 B.  With box=bare the
 * object is 8 B, but malloc's smallest block is 32 B: the price stays 40 B. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/arithmetic.h"
#include "core/walk_heap.h"
#include "structure/object.h"
#include "structure/order.h"
#include "structure/scratch.h"

enum { OPTION_BOX, OPTION_ORDER, OPTION_DISTINCT };
enum { ORDER_BUILT, ORDER_SHUFFLED };
enum { BOX_OBJECT, BOX_BARE };
enum { PART_POINTER_ARRAY, PART_INT_OBJECT };

struct bare_box {
    int64_t value;
};

/* A box, and how many pointers lead to it. */
typedef struct {
    void *box;
    uint64_t pointers;
} Use;

typedef struct {
    uint64_t n;     /* pointers that lead to a box */
    uint64_t boxes; /* the first pointers lead to one each, and the others to the same again */
    bool bare;
    void *pointers; /* struct box **, or struct bare_box ** */
    uint64_t capacity;
    MlWalkHeap heap; /* of the boxes */
    Use *uses; /* (nullable): of every box, in scratch, once a pointer has left a shared one */
    uint64_t n_uses;
} BoxedArray;

static int64_t *
value_slot(const BoxedArray *self, uint64_t i)
{
    if (self->bare)
        return &((struct bare_box **)self->pointers)[i]->value;
    return &((struct box **)self->pointers)[i]->value;
}

static size_t
box_bytes(bool bare)
{
    return bare ? sizeof(struct bare_box) : sizeof(struct box);
}

/* [excerpt] */
static bool
build_objects(BoxedArray *self, uint64_t n)
{
    struct box **a = malloc(n * sizeof *a);
    if (a == NULL)
        return false;
    self->pointers = a;
    for (uint64_t i = 0; i < n; i++) {
        a[i] = malloc(sizeof **a);
        if (a[i] == NULL) {
            self->n = i;
            return false;
        }
        *a[i] = (struct box){ 1, ml_int_type, (int64_t)i };
    }
    self->n = n;
    return true;
}
/* [end] */

/* The array for @n pointers, and the boxes. */
static bool
build_some(BoxedArray *self, uint64_t n)
{
    void **pointers = malloc(n * sizeof *pointers);
    if (pointers == NULL)
        return false;
    self->pointers = pointers;
    for (uint64_t i = 0; i < self->boxes; i++) {
        pointers[i] = malloc(box_bytes(self->bare));
        if (pointers[i] == NULL)
            return false;
        if (!self->bare)
            *(struct box *)pointers[i] = (struct box){ 1, ml_int_type, 0 };
        *value_slot(self, i) = (int64_t)i;
        self->n = i + 1;
    }
    return true;
}

/* The pointers beyond lead to the same boxes again, in turn. */
static void
share(BoxedArray *self, uint64_t n)
{
    void **pointers = self->pointers;
    for (uint64_t i = self->boxes; i < n; i++) {
        pointers[i] = pointers[i - self->boxes];
        if (!self->bare)
            ((struct box *)pointers[i])->refs++;
    }
    self->n = n;
}

/* Lets the pointers lead to the boxes in another order; the i-th of them still holds the value i.
 */
static bool
shuffle(BoxedArray *self)
{
    size_t bytes = self->boxes * sizeof(void *);
    void **pointers = self->pointers;
    void **made = ml_scratch_take(bytes);
    if (made == NULL)
        return false;
    memcpy(made, pointers, bytes);
    MlOrder order;
    ml_order_init(&order, self->boxes);
    for (uint64_t i = 0; i < self->boxes; i++) {
        pointers[i] = made[ml_order_at(&order, i)];
        ml_walk_heap_note(&self->heap, i, self->boxes, pointers[i]);
        *value_slot(self, i) = (int64_t)i;
    }
    ml_scratch_give_back(made, bytes);
    return true;
}

/* How many boxes there are for @n pointers. */
static uint64_t
count_boxes(const MlOptions *options, uint64_t n)
{
    uint64_t distinct = strtoull(options->text[OPTION_DISTINCT], NULL, 10);
    return distinct == 0 ? n : ml_least(distinct, n);
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    BoxedArray *self = instance;
    self->boxes = count_boxes(options, n);
    self->bare = options->choice[OPTION_BOX] == BOX_BARE;
    self->capacity = n;
    if (n == 0)
        return true;
    bool is_plain = !self->bare && self->boxes == n;
    if (!(is_plain ? build_objects(self, n) : build_some(self, n)))
        return false;
    void **pointers = self->pointers;
    self->heap.lowest = pointers[0];
    self->heap.highest = pointers[self->boxes - 1];
    if (options->choice[OPTION_ORDER] == ORDER_SHUFFLED && !shuffle(self))
        return false;
    share(self, n);
    return true;
}

/* Boxes that exist, and number @k of them. */
static uint64_t
boxes_made(const BoxedArray *self)
{
    return self->uses != NULL ? self->n_uses : ml_least(self->n, self->boxes);
}

static void *
box_at(const BoxedArray *self, uint64_t k)
{
    return self->uses != NULL ? self->uses[k].box : ((void **)self->pointers)[k];
}

static void
destroy(void *instance)
{
    BoxedArray *self = instance;
    for (uint64_t k = 0; k < boxes_made(self); k++)
        free(box_at(self, k));
    free(self->pointers);
    if (self->uses != NULL)
        ml_scratch_give_back(self->uses, self->n * sizeof *self->uses);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *array = &ret_parts[PART_POINTER_ARRAY];
    ml_part_init(array, "pointer array", sizeof(void *));
    ml_part_add(array, "pointer", 0, sizeof(void *), ML_ROLE_POINTER, ML_FIELD_POINTER);

    MlPart *box = &ret_parts[PART_INT_OBJECT];
    if (options->choice[OPTION_BOX] == BOX_BARE) {
        ml_part_init(box, "int object", sizeof(struct bare_box));
        ml_part_add(box,
            "value",
            offsetof(struct bare_box, value),
            sizeof(int64_t),
            ML_ROLE_DATA,
            ML_FIELD_INT);
    } else {
        ml_part_init_box(box, "int object");
    }
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    uint64_t array_bytes = n * sizeof(void *);
    uint32_t array = ml_plan_alloc(plan, PART_POINTER_ARRAY, array_bytes, array_bytes);
    ml_plan_use(plan, array, n);
    bool bare = options->choice[OPTION_BOX] == BOX_BARE;
    ml_plan_repeat(
        plan, count_boxes(options, n), 1, &(MlRequest){ PART_INT_OBJECT, box_bytes(bare) });
    plan->capacity = n;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const BoxedArray *self = instance;
    if (self->pointers == NULL)
        return;
    void *const *pointers = self->pointers;
    ml_walk_block(sink, PART_POINTER_ARRAY, pointers, self->capacity * sizeof *pointers, self->n);
    size_t bytes = box_bytes(self->bare);
    if (self->uses == NULL && ml_walk_heap(sink, PART_INT_OBJECT, &self->heap, bytes, self->boxes))
        return;
    for (uint64_t k = 0; k < boxes_made(self); k++)
        ml_walk_block(sink, PART_INT_OBJECT, box_at(self, k), bytes, 1);
}

static uint64_t
count(const void *instance)
{
    return ((const BoxedArray *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const BoxedArray *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n; i++)
        total += *value_slot(self, i);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const BoxedArray *self = instance;
    *ret_element = (MlElement){
        .value = *value_slot(self, i),
        .address = (uintptr_t)((void **)self->pointers)[i],
        .bytes = box_bytes(self->bare),
    };
}

/* From here on it is counted how many pointers lead to each box.  Returns: false: no memory. */
static bool
begin_uses(BoxedArray *self)
{
    if (self->uses != NULL)
        return true;
    self->uses = ml_scratch_take(self->n * sizeof *self->uses);
    if (self->uses == NULL)
        return false;
    for (uint64_t k = 0; k < self->boxes; k++)
        self->uses[k] = (Use){ ((void **)self->pointers)[k], (self->n - 1 - k) / self->boxes + 1 };
    self->n_uses = self->boxes;
    return true;
}

/* A pointer to a shared box gets one of its own.  Returns: false: no memory. */
static bool
leave_shared(BoxedArray *self, uint64_t i)
{
    void **pointer = (void **)self->pointers + i;
    if (!begin_uses(self))
        return false;
    Use *use = &self->uses[i % self->boxes];
    if (*pointer != use->box || use->pointers == 1)
        return true;
    void *own = malloc(box_bytes(self->bare));
    if (own == NULL)
        return false;
    if (!self->bare) {
        ((struct box *)use->box)->refs--;
        *(struct box *)own = (struct box){ .refs = 1, .type = ml_int_type };
    }
    use->pointers--;
    self->uses[self->n_uses++] = (Use){ own, 1 };
    *pointer = own;
    return true;
}

/* The elements that share the box keep their value: Python lets the slot lead to another box, too.
 * A box that is not shared keeps its place.  Without memory for a new one the program ends, as
 * put() has no other way to say so. */
static void
put(void *instance, uint64_t i, int64_t value)
{
    const BoxedArray *self = instance;
    if (self->boxes < self->n && !leave_shared(instance, i))
        abort();
    *value_slot(instance, i) = value;
}

static bool
distinct_accepts(const char *text)
{
    return ml_option_is_count(text, UINT64_C(999999999999));
}

const MlStructure ml_structure_boxed_array = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "boxed-array",
    .title = "boxed array",
    .element = "pointer → box",
    .summary = "an exact array of n pointers, each to a box of its own (a Python-style list)",
    .shape = ML_SHAPE_POINTER_ARRAY,
    .n_options = 3,
    .options = {
        {
            .name = "box",
            .meaning = "object: reference count, type, value; bare: the value alone",
            .choices = { "object", "bare" },
        },
        {
            .name = "order",
            .meaning = "built: boxes lie as the pointers do; shuffled: in another order",
            .choices = { "built", "shuffled" },
        },
        {
            .name = "distinct",
            .meaning = "so many boxes, and pointers share them in turn; 0: each has its own",
            .text_default = "0",
            .text_expected = "a whole number, such as 256",
            .text_accepts = distinct_accepts,
        },
    },
    .instance_size = sizeof(BoxedArray),
    ML_STRUCTURE_CALLS,
};
