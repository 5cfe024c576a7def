/* What GLib's structures have in common: slices, growth by doubling, and the version whose private
 * structs are mirrored here.
 *
 * GLib aborts where malloc returns NULL, so build() never says so: the probe ends instead. */
#pragma once

#include <glib.h>

#include "core/structure.h"

/* Small blocks of a fixed size come from g_slice_alloc().  Up to GLib 2.74 that is an allocator of
 * its own, which G_SLICE=always-malloc switches off; from 2.76 on it is malloc.
 * Source: GLib 2.76, NEWS: "GSlice has been removed". */
#if GLIB_CHECK_VERSION(2, 76, 0)
#define ML_SLICES_CHOICES                                                                          \
    {                                                                                              \
        "off"                                                                                      \
    }
#else
#define ML_SLICES_CHOICES                                                                          \
    {                                                                                              \
        "on", "off"                                                                                \
    }
#endif

/* clang-format off */
#define ML_SLICES_OPTION                                                                           \
    { .name = "slices",                                                                            \
      .meaning = "on: small blocks come from GLib's slices; off: from malloc, as from 2.76 on",    \
      .choices = ML_SLICES_CHOICES }
/* clang-format on */

/* The option's place among those of a structure. */
enum { ML_OPTION_SLICES };

/* Fills in what all have in common. */
#define ML_GLIB_STRUCTURE .contract = ML_STRUCTURE_CONTRACT, .library = "GLib"

/**
 * ml_slices_on: whether small blocks come from slices under these options.
 */
bool ml_slices_on(const MlOptions *options);

/**
 * ml_sliced_part: begin a part whose blocks come from g_slice_alloc().
 */
void ml_sliced_part(MlPart *part, const char *name, size_t stride, const MlOptions *options);

/**
 * ml_grown_plan: one block that starts at @first_bytes and is doubled by realloc when it is full.
 * @written_bytes: in the end; at least 1
 *
 * Returns: what the block asks for in the end.
 */
uint64_t ml_grown_plan(
    MlPlan *plan, uint32_t part, uint64_t first_bytes, uint64_t written_bytes, uint64_t used);

/* An integer as GLib's containers keep it: in the pointer itself. */
static inline gpointer
ml_to_pointer(int64_t value)
{
    return (gpointer)(intptr_t)value;
}

static inline int64_t
ml_from_pointer(gconstpointer pointer)
{
    return (int64_t)(intptr_t)pointer;
}
