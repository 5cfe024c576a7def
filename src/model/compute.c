#include "model/compute.h"

#include <string.h>

#include "model/allocators/slices.h"

static void
fill_part(const MlPart *part, const MlPartCost *cost, MlModelPart *ret_part)
{
    ret_part->cost = *cost;
    ml_part_roles(part, cost->requested, cost->used, ret_part->role);
    /* What nobody has touched lies beyond the used elements: spare room that costs nothing. */
    ret_part->role[ML_ROLE_UNUSED] -= cost->absent;
    ret_part->field = cost->field;
    ret_part->rounding = cost->usable - cost->requested - cost->absent_rounding;
    ret_part->role[ML_ROLE_ALLOCATOR] = ret_part->field + ret_part->rounding;
}

static void
replay(const MlAllocator *allocator, uint64_t page_bytes, MlModel *model)
{
    memset(&model->cost, 0, sizeof model->cost);
    if (ml_slices_wanted(&model->plan))
        ml_slices_replay(&model->plan, allocator, page_bytes, &model->cost);
    else
        allocator->replay(&model->plan, page_bytes, &model->cost);
    model->n_parts = model->plan.n_parts;
    for (uint32_t i = 0; i < model->n_parts; i++)
        model->cost.part[i].used = ml_plan_used(&model->plan, i);
    for (uint32_t i = 0; i < model->n_parts; i++)
        fill_part(&model->plan.parts[i], &model->cost.part[i], &model->part[i]);
}

void
ml_compute(const MlStructure *structure,
    const MlOptions *options,
    uint64_t n,
    const MlAllocator *allocator,
    uint64_t page_bytes,
    MlModel *ret_model)
{
    ml_structure_plan(structure, n, options, &ret_model->plan);
    replay(allocator, page_bytes, ret_model);
}

void
ml_compute_counting(const MlStructure *structure,
    const MlOptions *options,
    uint64_t n,
    const MlAllocator *allocator,
    uint64_t page_bytes,
    MlModel *ret_model)
{
    ml_structure_plan(structure, n, options, &ret_model->plan);
    if (structure->reach != NULL && n > 0)
        structure->reach(n, options, &ret_model->plan);
    replay(allocator, page_bytes, ret_model);
}

uint64_t
ml_element_bytes(const MlStructure *structure, const MlOptions *options)
{
    MlPart parts[ML_MAX_PARTS];
    uint32_t n_parts = structure->parts(1, options, parts);
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < n_parts; i++)
        bytes += parts[i].room > 0 ? parts[i].stride / parts[i].room : parts[i].stride;
    return bytes;
}
