/* GString: bytes in one block, doubled by realloc; a NUL always follows the last.
 *
 * Worked example (glibc, n = 1 000 000): 128 B, 256, … 1 048 576 B; the 1 000 001 B that were
 * written are held: 1.00 B per character, and 24 B for the GString itself. */
#include "structure/glib/common.h"

#include <stddef.h>

enum { PART_HEADER, PART_TEXT };

/* Source: GLib 2.74, gstring.c, g_string_sized_new(): room for 64 characters and the NUL, rounded
 * up to a power of two. */
enum { FIRST_BYTES = 128 };

typedef struct {
    GString *string;
} Instance;

/* [excerpt] */
static GString *
append_all(uint64_t n)
{
    GString *string = g_string_new(NULL);
    for (uint64_t i = 0; i < n; i++)
        g_string_append_c(string, (char)i);
    return string;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ((Instance *)instance)->string = append_all(n);
    return true;
}

static void
destroy(void *instance)
{
    g_string_free(((Instance *)instance)->string, TRUE);
}

/* The NUL is part of the room that is spare. */
static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *header = &ret_parts[PART_HEADER];
    ml_sliced_part(header, "GString", sizeof(GString), options);
    ML_PART_FIELD(header, GString, str, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(header, GString, len, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(header, GString, allocated_len, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ml_part_init(&ret_parts[PART_TEXT], "characters", 1);
    ml_part_add(&ret_parts[PART_TEXT], "char", 0, 1, ML_ROLE_DATA, ML_FIELD_INT);
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    ml_plan_one(plan, PART_HEADER, sizeof(GString));
    plan->capacity = ml_grown_plan(plan, PART_TEXT, FIRST_BYTES, n + 1, n) - 1;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const GString *string = ((const Instance *)instance)->string;
    ml_walk_block(sink, PART_HEADER, string, sizeof *string, 1);
    ml_walk_block(sink, PART_TEXT, string->str, string->allocated_len, string->len);
}

static uint64_t
count(const void *instance)
{
    return ((const Instance *)instance)->string->len;
}

static int64_t
sum(const void *instance)
{
    const GString *string = ((const Instance *)instance)->string;
    int64_t total = 0;
    for (gsize i = 0; i < string->len; i++)
        total += (int8_t)string->str[i];
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const char *at = &((const Instance *)instance)->string->str[i];
    *ret_element = (MlElement){ .value = (int8_t)*at, .address = (uintptr_t)at, .bytes = 1 };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    ((Instance *)instance)->string->str[i] = (char)value;
}

const MlStructure ml_structure_gstring = {
    ML_GLIB_STRUCTURE,
    .name = "gstring",
    .title = "GString",
    .element = "char",
    .summary = "GLib: characters appended one by one, doubled by realloc when full",
    .shape = ML_SHAPE_ARRAY,
    .n_options = 1,
    .options = { ML_SLICES_OPTION },
    .value_bits = 8,
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
};
