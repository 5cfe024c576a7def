/* GLib's slices in a probe that has them. */
#pragma once

/**
 * ml_slices_use_up: take and keep the blocks that the warm-up has left in magazines and slabs: the
 * model begins with none.
 */
void ml_slices_use_up(void);
