/* GArray: elements of a fixed size in one block, doubled by realloc.
 *
 * Worked example (glibc, n = 1 000 000 int64): capacity 16 B, 32, … 8 388 608 B; only the
 * 8 000 000 B that were written are held: 8.00 B per element, and 40 B for the GArray itself. */
#include "structure/glib/common.h"

#include <stddef.h>

enum { PART_HEADER, PART_ARRAY };
enum { FIRST_BYTES = 16 }; /* Source: GLib 2.74, garray.c, MIN_ARRAY_SIZE */

/* Source: GLib 2.74, garray.c, struct _GRealArray: the public struct is its beginning. */
struct real_array {
    char *data;
    guint len;
    guint capacity;
    guint element_size;
    guint flags;
    gint references;
    GDestroyNotify clear;
};

typedef struct {
    GArray *array;
} Instance;

/* [excerpt] */
static GArray *
append_all(uint64_t n)
{
    GArray *array = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (uint64_t i = 0; i < n; i++) {
        gint64 value = (gint64)i;
        g_array_append_val(array, value);
    }
    return array;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ((Instance *)instance)->array = append_all(n);
    return true;
}

static void
destroy(void *instance)
{
    g_array_free(((Instance *)instance)->array, TRUE);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *header = &ret_parts[PART_HEADER];
    ml_sliced_part(header, "GArray", sizeof(struct real_array), options);
    ML_PART_FIELD(header, struct real_array, data, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct real_array, len, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_array, capacity, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_array, element_size, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_array, flags, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_array, references, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_array, clear, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ml_part_init(&ret_parts[PART_ARRAY], "array", sizeof(gint64));
    ml_part_add(&ret_parts[PART_ARRAY], "value", 0, sizeof(gint64), ML_ROLE_DATA, ML_FIELD_INT);
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_plan_one(plan, PART_HEADER, sizeof(struct real_array));
    if (n > 0)
        plan->capacity =
            ml_grown_plan(plan, PART_ARRAY, FIRST_BYTES, n * sizeof(gint64), n) / sizeof(gint64);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const struct real_array *array = (gconstpointer)((const Instance *)instance)->array;
    ml_walk_block(sink, PART_HEADER, array, sizeof *array, 1);
    if (array->data != NULL)
        ml_walk_block(sink,
            PART_ARRAY,
            array->data,
            (uint64_t)array->capacity * array->element_size,
            array->len);
}

static gint64 *
slot(const void *instance, uint64_t i)
{
    return &g_array_index(((const Instance *)instance)->array, gint64, i);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->array->len;
}

static int64_t
sum(const void *instance)
{
    uint64_t n = count(instance);
    int64_t total = 0;
    for (uint64_t i = 0; i < n; i++)
        total += *slot(instance, i);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const gint64 *at = slot(instance, i);
    *ret_element = (MlElement){ .value = *at, .address = (uintptr_t)at, .bytes = sizeof *at };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    *slot(instance, i) = value;
}

const MlStructure ml_structure_garray = {
    ML_GLIB_STRUCTURE,
    .name = "garray",
    .title = "GArray",
    .element = "gint64",
    .summary = "GLib: values of a fixed size, doubled by realloc when full",
    .shape = ML_SHAPE_ARRAY,
    .n_options = 1,
    .options = { ML_SLICES_OPTION },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
