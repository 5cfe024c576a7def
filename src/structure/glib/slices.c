#include "structure/glib/slices.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "core/slices.h"
#include "core/wire.h"
#include "structure/registry.h"

enum {
    N_CLASSES = ML_SLICE_MOST / ML_SLICE_STEP + 1,
    OWN_TABLE = 96, /* GLib makes two GHashTables for itself when it is loaded */
    N_OWN_TABLES = 2,
};

static bool
are_on(void)
{
    const char *wanted = getenv("G_SLICE");
    bool is_old = glib_check_version(2, 76, 0) != NULL;
    return is_old && (wanted == NULL || strcmp(wanted, "always-malloc") != 0);
}

static void
count(const MlPlan *plan, uint32_t part, uint64_t request_bytes, uint64_t n, uint64_t *taken)
{
    if (ml_part_is_sliced(&plan->parts[part], request_bytes))
        taken[ml_slice_block(request_bytes) / ML_SLICE_STEP] += n;
}

/* What the warm-up took for one structure. */
static void
count_warm_up(const MlStructure *structure, uint64_t taken[N_CLASSES])
{
    static MlPlan plan;
    MlOptions options;
    ml_options_defaults(structure->options, structure->n_options, &options);
    ml_structure_plan(structure, ML_WIRE_WARM_UP, &options, &plan);
    for (uint32_t i = 0; i < plan.n_steps; i++) {
        const MlStep *step = &plan.steps[i];
        if (step->kind == ML_STEP_ALLOC)
            count(&plan, plan.blocks[step->block].part, step->bytes, 1, taken);
        for (uint32_t k = 0; step->kind == ML_STEP_REPEAT && k < step->n_requests; k++)
            count(&plan, step->round[k].part, step->round[k].request_bytes, step->count, taken);
    }
}

/* Full magazines that are cut from whole slabs leave nothing behind. */
static void
use_up(uint64_t block, uint64_t taken)
{
    uint64_t magazine = ml_magazine_blocks(block);
    uint64_t nothing_left = magazine;
    while (nothing_left % ml_slab_blocks(block) != 0)
        nothing_left += magazine;
    for (uint64_t i = taken; i % nothing_left != 0; i++)
        g_slice_alloc(block);
}

void
ml_slices_use_up(void)
{
    uint64_t taken[N_CLASSES] = { [OWN_TABLE / ML_SLICE_STEP] = N_OWN_TABLES };
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    if (!are_on())
        return;
    for (size_t i = 0; i < n_structures; i++)
        if (structures[i]->library != NULL)
            count_warm_up(structures[i], taken);
    for (uint64_t i = 1; i < N_CLASSES; i++)
        use_up(i * ML_SLICE_STEP, taken[i]);
}
