#pragma once

#include <glib.h>

/**
 * ml_check_overlap: complains of cells that cover one another: a byte is drawn where no other is.
 * @items: (transfer none): of MlItem
 */
void ml_check_overlap(const GPtrArray *items, GPtrArray *complaints);
