/* The nodes of a GList, which a GQueue has, too. */
#pragma once

#include "structure/deleted.h"
#include "structure/glib/common.h"

/* Their options; slices are the first. */
#define ML_LIST_OPTIONS                                                                            \
    {                                                                                              \
        ML_SLICES_OPTION, ML_DELETED_OPTION                                                        \
    }

/**
 * ml_list_part: begin the part "node" of a GList.
 */
void ml_list_part(MlPart *part, const MlOptions *options);

/**
 * ml_list_every: of how many nodes that are made the first stays; the others are deleted in order.
 */
uint64_t ml_list_every(const MlOptions *options);

/**
 * ml_list_plan: the requests for @n nodes that stay, and for those that do not.
 */
void ml_list_plan(MlPlan *plan, uint32_t part, uint64_t n, const MlOptions *options);

void ml_list_walk(const GList *first, uint32_t part, MlWalkSink *sink);
int64_t ml_list_sum(const GList *first);
void ml_list_element(const GList *node, MlElement *ret_element);
