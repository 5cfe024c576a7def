#include "structure/glib/list_node.h"

#include <stddef.h>

enum { OPTION_DELETED = ML_OPTION_SLICES + 1 };

void
ml_list_part(MlPart *part, const MlOptions *options)
{
    ml_sliced_part(part, "node", sizeof(GList), options);
    ML_PART_FIELD(part, GList, data, ML_ROLE_DATA, ML_FIELD_INT);
    ML_PART_FIELD(part, GList, next, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(part, GList, prev, ML_ROLE_POINTER, ML_FIELD_POINTER);
}

uint64_t
ml_list_every(const MlOptions *options)
{
    return ml_deleted_every(options->text[OPTION_DELETED]);
}

void
ml_list_plan(MlPlan *plan, uint32_t part, uint64_t n, const MlOptions *options)
{
    uint64_t every = ml_list_every(options);
    MlRequest node = { .part = part, .request_bytes = sizeof(GList) };
    ml_plan_repeat(plan, n * every, 1, &node);
    ml_plan_thin(plan, every);
}

void
ml_list_walk(const GList *first, uint32_t part, MlWalkSink *sink)
{
    for (const GList *node = first; node != NULL; node = node->next)
        ml_walk_block(sink, part, node, sizeof *node, 1);
}

int64_t
ml_list_sum(const GList *first)
{
    int64_t total = 0;
    for (const GList *node = first; node != NULL; node = node->next)
        total += ml_from_pointer(node->data);
    return total;
}

void
ml_list_element(const GList *node, MlElement *ret_element)
{
    *ret_element = (MlElement){
        .value = ml_from_pointer(node->data),
        .address = (uintptr_t)node,
        .bytes = sizeof *node,
    };
}
