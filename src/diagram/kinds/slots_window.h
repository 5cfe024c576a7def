/* Which slots of an open hash table are drawn: those there is room for, some of them in use. */
#pragma once

#include "diagram/kinds/slots_view.h"
#include "diagram/kinds/table.h"

#define ML_SLOTS_WINDOWS 2

/* Slots one after the other. */
typedef struct {
    guint64 first, n;
    guint n_used;
} MlSlotsWindow;

/**
 * ml_slots_windows_choose: from the first slot on; where that shows none in use, from one on that
 * does.
 * @table: it is made to have two columns, where one does not show all slots and there is room
 * @room: px for slots, and for malloc's rounding below them
 * @end_height: px of that rounding; it is left out rather than the slots in use
 *
 * Returns: how many windows there are, one to a column.
 */
guint ml_slots_windows_choose(MlTable *table,
    const MlSlotsView *view,
    double room,
    double end_height,
    MlSlotsWindow ret_windows[ML_SLOTS_WINDOWS]);
