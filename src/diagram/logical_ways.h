/* The arrows of a logical view: where each begins and ends, and the lanes of those that cross. */
#pragma once

#include "diagram/logical_layout.h"

/**
 * ml_logical_ways_middle: x in the middle of the pointers that lead down to a place; its rows above
 * are placed already.  0 where there are none.
 */
double ml_logical_ways_middle(
    const MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint place);

/**
 * ml_logical_ways_count: pointers that lead down to a place.
 */
guint ml_logical_ways_count(const MlLogicalLayout *layout, guint place);

/**
 * ml_logical_ways_join: whether arrows down to one and the same box of a row join on their way, in
 * a lane of that box: where they run in right angles, and are many.
 */
gboolean ml_logical_ways_join(
    const MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint row);

/**
 * ml_logical_ways_find: the arrows between placed boxes.
 */
void ml_logical_ways_find(MlLogicalLayout *layout, const MlLogicalMeasure *measure);
