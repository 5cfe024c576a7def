/* GPtrArray: pointers in one block, doubled by realloc; here each holds an integer instead.
 *
 * Worked example (glibc, n = 1 000 000): 8.00 B per element are held, as with a GArray of int64;
 * what the pointers would point to costs extra. */
#include "structure/glib/common.h"

#include <stddef.h>

enum { PART_HEADER, PART_ARRAY };
enum { FIRST_BYTES = 16 }; /* Source: GLib 2.74, garray.c, MIN_ARRAY_SIZE */

/* Source: GLib 2.74, garray.c, struct _GRealPtrArray: the public struct is its beginning. */
struct real_ptr_array {
    gpointer *pdata;
    guint len;
    guint capacity;
    gint references;
    guint8 null_terminated;
    GDestroyNotify element_free;
};

typedef struct {
    GPtrArray *array;
} Instance;

/* [excerpt] */
static GPtrArray *
append_all(uint64_t n)
{
    GPtrArray *array = g_ptr_array_new();
    for (uint64_t i = 0; i < n; i++)
        g_ptr_array_add(array, GSIZE_TO_POINTER(i));
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
    g_ptr_array_free(((Instance *)instance)->array, TRUE);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *header = &ret_parts[PART_HEADER];
    ml_sliced_part(header, "GPtrArray", sizeof(struct real_ptr_array), options);
    ML_PART_FIELD(header, struct real_ptr_array, pdata, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, struct real_ptr_array, len, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_ptr_array, capacity, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_ptr_array, references, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(
        header, struct real_ptr_array, null_terminated, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, struct real_ptr_array, element_free, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ml_part_init(&ret_parts[PART_ARRAY], "pointer array", sizeof(gpointer));
    ml_part_add(&ret_parts[PART_ARRAY], "value", 0, sizeof(gpointer), ML_ROLE_DATA, ML_FIELD_INT);
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_plan_one(plan, PART_HEADER, sizeof(struct real_ptr_array));
    if (n > 0)
        plan->capacity = ml_grown_plan(plan, PART_ARRAY, FIRST_BYTES, n * sizeof(gpointer), n) /
                         sizeof(gpointer);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const struct real_ptr_array *array = (gconstpointer)((const Instance *)instance)->array;
    ml_walk_block(sink, PART_HEADER, array, sizeof *array, 1);
    if (array->pdata != NULL)
        ml_walk_block(sink,
            PART_ARRAY,
            array->pdata,
            (uint64_t)array->capacity * sizeof *array->pdata,
            array->len);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->array->len;
}

static int64_t
sum(const void *instance)
{
    const GPtrArray *array = ((const Instance *)instance)->array;
    int64_t total = 0;
    for (guint i = 0; i < array->len; i++)
        total += ml_from_pointer(array->pdata[i]);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const gpointer *at = &((const Instance *)instance)->array->pdata[i];
    *ret_element =
        (MlElement){ .value = ml_from_pointer(*at), .address = (uintptr_t)at, .bytes = sizeof *at };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    ((Instance *)instance)->array->pdata[i] = ml_to_pointer(value);
}

const MlStructure ml_structure_gptrarray = {
    ML_GLIB_STRUCTURE,
    .name = "gptrarray",
    .title = "GPtrArray",
    .element = "gpointer",
    .summary = "GLib: pointers, here holding integers, doubled by realloc when full",
    .shape = ML_SHAPE_ARRAY,
    .n_options = 1,
    .options = { ML_SLICES_OPTION },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
