/* The nodes of a GList, which a GQueue has, too. */
#pragma once

#include "structure/glib/common.h"

/**
 * ml_list_part: begin the part "node" of a GList.
 */
void ml_list_part(MlPart *part, const MlOptions *options);

/**
 * ml_list_plan: the requests for @n nodes.
 */
void ml_list_plan(MlPlan *plan, uint32_t part, uint64_t n);

void ml_list_walk(const GList *first, uint32_t part, MlWalkSink *sink);
int64_t ml_list_sum(const GList *first);
void ml_list_element(const GList *node, MlElement *ret_element);
