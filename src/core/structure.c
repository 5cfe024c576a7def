#include "core/structure.h"

void
ml_structure_plan(
    const MlStructure *structure, uint64_t n, const MlOptions *options, MlPlan *ret_plan)
{
    ml_plan_init(ret_plan);
    ret_plan->n_parts = structure->parts(n, options, ret_plan->parts);
    structure->plan(n, options, ret_plan);
}

const char *
ml_shape_id(MlShape shape)
{
    static const char *const ids[ML_N_SHAPES] = {
        [ML_SHAPE_ARRAY] = "array",
        [ML_SHAPE_POINTER_ARRAY] = "pointer-array",
        [ML_SHAPE_CHAIN] = "chain",
        [ML_SHAPE_BUCKETS] = "buckets",
        [ML_SHAPE_OPEN_TABLE] = "open-table",
        [ML_SHAPE_ENTRIES] = "entries",
        [ML_SHAPE_TREE] = "tree",
        [ML_SHAPE_STRINGS] = "strings",
        [ML_SHAPE_CONTROLLED_SLOTS] = "controlled-slots",
        [ML_SHAPE_SKIP_LIST] = "skip-list",
        [ML_SHAPE_SLABS] = "slabs",
    };
    return ids[shape];
}
