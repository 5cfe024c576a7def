/* The keys and values behind a table's entries: how they are arranged, and drawn. */
#pragma once

#include "diagram/kinds/table.h"

/**
 * ml_table_arrange: choose where keys and values stand, how high a row is, and the scale: the first
 * of the arrangements in which the names of fields have room, else the widest.
 * @table: its room, holder, fields, `before` and `gaps` are set
 */
void ml_table_arrange(MlTable *table);

/**
 * ml_table_draw_object_names: the names above the objects, those of the first one of each part.
 */
void ml_table_draw_object_names(MlTable *table);

#define ML_TABLE_BYTE_ALONE 24.0 /* px, the widest where there are no objects behind the table */
#define ML_TABLE_BYTE_STEP 0.5
