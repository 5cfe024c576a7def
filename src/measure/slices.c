#include "measure/slices.h"

#include "base/error.h"
#include "model/allocators/slices.h"

/* Source: GLib 2.76, NEWS: g_slice_alloc() is g_malloc() from there on. */
enum { LAST_MINOR_WITH_SLICES = 75 };

const char *
ml_slices_default(void)
{
    return glib_minor_version <= LAST_MINOR_WITH_SLICES ? "on" : "off";
}

const char *
ml_slices_of(const MlStructure *structure, const MlOptions *options)
{
    return ml_options_find(structure->options, structure->n_options, options, "slices");
}

gboolean
ml_slices_fill_slabs(const MlStructure *structure, const MlOptions *options, guint64 n)
{
    g_autofree MlPlan *plan = g_new(MlPlan, 1);
    ml_structure_plan(structure, n, options, plan);
    return ml_slices_by_element(plan);
}

gboolean
ml_slices_check(
    const MlStructure *structure, const MlOptions *options, const char *on_or_off, GError **error)
{
    const char *wanted = ml_slices_of(structure, options);
    return wanted == NULL || g_str_equal(wanted, on_or_off) ||
           ml_fail(error,
               ML_ERROR_USAGE,
               "slices=%s cannot be had here: in this process GLib's slices are %s from its start; "
               "'memlab measure' takes a process of its own for each structure",
               wanted,
               on_or_off);
}
