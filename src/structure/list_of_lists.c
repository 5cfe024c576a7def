/* List of lists: an array of pointers to rows, each a small array with a header of its own, as a
 * matrix is often kept.
 *
 * Worked example (glibc, rows of 10, n = 1 000 000 elements): a row is { length, capacity, items }
 * of 24 B in a block of 32 B, its items 80 B in a block of 96, and its pointer 8 B: 136 B for ten
 * elements, 13.6 B per element, where the packed array takes 8. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>

enum { OPTION_ROW };
enum { PART_POINTERS, PART_ROW, PART_ITEMS };

/* [excerpt] */
struct row {
    uint64_t length;
    uint64_t capacity;
    int64_t *items;
};
/* [end] */

static const uint32_t row_lengths[] = { 10, 3, 100, 1000 };

typedef struct {
    uint64_t n;
    uint64_t n_rows; /* that exist */
    uint32_t row_length;
    struct row **rows;
} ListOfLists;

static uint64_t
rows_of(uint64_t n, uint32_t row_length)
{
    return n / row_length + (n % row_length != 0);
}

/* [excerpt] */
static struct row *
make_row(uint64_t first, uint64_t length)
{
    struct row *row = malloc(sizeof *row);
    int64_t *items = malloc(length * sizeof *items);
    if (row == NULL || items == NULL) {
        free(items);
        free(row);
        return NULL;
    }
    for (uint64_t i = 0; i < length; i++)
        items[i] = (int64_t)(first + i);
    *row = (struct row){ .length = length, .capacity = length, .items = items };
    return row;
}

static bool
append_rows(ListOfLists *self, uint64_t n)
{
    uint64_t n_rows = rows_of(n, self->row_length);
    self->rows = malloc(n_rows * sizeof *self->rows);
    if (self->rows == NULL)
        return false;
    for (uint64_t r = 0; r < n_rows; r++) {
        uint64_t left = n - self->n;
        uint64_t length = left < self->row_length ? left : self->row_length;
        self->rows[r] = make_row(self->n, length);
        if (self->rows[r] == NULL)
            return false;
        self->n_rows = r + 1;
        self->n += length;
    }
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ListOfLists *self = instance;
    self->row_length = row_lengths[options->choice[OPTION_ROW]];
    return n == 0 || append_rows(self, n);
}

static void
destroy(void *instance)
{
    ListOfLists *self = instance;
    for (uint64_t r = 0; r < self->n_rows; r++) {
        free(self->rows[r]->items);
        free(self->rows[r]);
    }
    free(self->rows);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_POINTERS], "pointer array", sizeof(struct row *));
    ml_part_add(&ret_parts[PART_POINTERS],
        "row",
        0,
        sizeof(struct row *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    MlPart *row = &ret_parts[PART_ROW];
    ml_part_init(row, "row", sizeof(struct row));
    ml_part_add(row,
        "length",
        offsetof(struct row, length),
        sizeof(uint64_t),
        ML_ROLE_OBJECT_HEADER,
        ML_FIELD_INT);
    ml_part_add(row,
        "capacity",
        offsetof(struct row, capacity),
        sizeof(uint64_t),
        ML_ROLE_OBJECT_HEADER,
        ML_FIELD_INT);
    ml_part_add(row,
        "items",
        offsetof(struct row, items),
        sizeof(int64_t *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_init(&ret_parts[PART_ITEMS], "items", sizeof(int64_t));
    ml_part_add(&ret_parts[PART_ITEMS], "item", 0, sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
    return 3;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    uint32_t row_length = row_lengths[options->choice[OPTION_ROW]];
    uint64_t rest = n % row_length;
    uint64_t bytes = rows_of(n, row_length) * sizeof(struct row *);
    const MlRequest full[] = {
        { PART_ROW, sizeof(struct row), 1 },
        { PART_ITEMS, row_length * sizeof(int64_t), row_length },
    };
    const MlRequest last[] = {
        { PART_ROW, sizeof(struct row), 1 },
        { PART_ITEMS, rest * sizeof(int64_t), rest },
    };
    uint32_t pointers = ml_plan_alloc(plan, PART_POINTERS, bytes, bytes);
    ml_plan_use(plan, pointers, rows_of(n, row_length));
    ml_plan_repeat(plan, n / row_length, 2, full);
    ml_plan_repeat(plan, rest > 0, 2, last);
    plan->capacity = n;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const ListOfLists *self = instance;
    if (self->rows == NULL)
        return;
    uint64_t n_rows = rows_of(self->n, self->row_length);
    ml_walk_block(sink, PART_POINTERS, self->rows, n_rows * sizeof *self->rows, n_rows);
    for (uint64_t r = 0; r < n_rows; r++) {
        const struct row *row = self->rows[r];
        ml_walk_block(sink, PART_ROW, row, sizeof *row, 1);
        ml_walk_block(
            sink, PART_ITEMS, row->items, row->capacity * sizeof *row->items, row->length);
    }
}

static uint64_t
count(const void *instance)
{
    return ((const ListOfLists *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const ListOfLists *self = instance;
    int64_t total = 0;
    for (uint64_t r = 0; r < self->n_rows; r++)
        for (uint64_t i = 0; i < self->rows[r]->length; i++)
            total += self->rows[r]->items[i];
    return total;
}

static int64_t *
value_at(const ListOfLists *self, uint64_t i)
{
    return &self->rows[i / self->row_length]->items[i % self->row_length];
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const int64_t *value = value_at(instance, i);
    *ret_element = (MlElement){
        .value = *value,
        .address = (uintptr_t)value,
        .bytes = sizeof *value,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    *value_at(instance, i) = value;
}

const MlStructure ml_structure_list_of_lists = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "list-of-lists",
    .title = "list of lists",
    .element = "one item of a row",
    .summary = "pointers to rows { length, capacity, items }, each with an array of its own",
    .shape = ML_SHAPE_SLABS,
    .n_options = 1,
    .options = { {
        .name = "row",
        .meaning = "elements in a row",
        .choices = { "10", "3", "100", "1000" },
    } },
    .instance_size = sizeof(ListOfLists),
    ML_STRUCTURE_CALLS,
};
