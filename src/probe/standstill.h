/* Bringing the probe to a standstill, so that only the structure can move the figure. */
#pragma once

/**
 * ml_standstill_prepare: touch all that a later request touches: stack, data, malloc's own state.
 */
void ml_standstill_prepare(void);
