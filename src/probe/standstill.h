/* Bringing the probe to a standstill, so that only the structure can move the figure. */
#pragma once

/**
 * ml_standstill_prepare: touch all that a later request touches: stack, data, malloc's own state.
 *
 * Pins glibc's thresholds, which it would otherwise move after each freed large block.
 */
void ml_standstill_prepare(void);

/**
 * ml_standstill_align_heap: make the next small block start a page, so that the first page a
 * structure touches is new and the model's page count is exact.  A few kilobytes are left behind.
 */
void ml_standstill_align_heap(void);

/**
 * ml_standstill_trim: give free memory back to the kernel.
 */
void ml_standstill_trim(void);
