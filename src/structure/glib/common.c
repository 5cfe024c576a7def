#include "structure/glib/common.h"

#include <string.h>

bool
ml_slices_on(const MlOptions *options)
{
    static const char *const choices[ML_MAX_CHOICES] = ML_SLICES_CHOICES;
    return strcmp(choices[options->choice[ML_OPTION_SLICES]], "on") == 0;
}

void
ml_sliced_part(MlPart *part, const char *name, size_t stride, const MlOptions *options)
{
    ml_part_init(part, name, stride);
    part->sliced = ml_slices_on(options);
}

uint64_t
ml_grown_plan(
    MlPlan *plan, uint32_t part, uint64_t first_bytes, uint64_t written_bytes, uint64_t used)
{
    uint64_t bytes = first_bytes;
    uint32_t block = ml_plan_alloc(plan, part, bytes, 0);
    while (bytes < written_bytes) {
        ml_plan_touch(plan, block, bytes);
        bytes *= 2;
        ml_plan_realloc(plan, block, bytes);
    }
    ml_plan_touch(plan, block, written_bytes);
    ml_plan_use(plan, block, used);
    return bytes;
}
