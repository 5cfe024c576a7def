/* The allocator that answers malloc in this probe: what it is, and how it settles.
 *
 * Each probe program links one implementation: heap_dynamic.c (glibc, or whatever was preloaded),
 * or one of its own. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * ml_heap_start: find out who answers malloc, and pin what can only be pinned from inside.
 */
void ml_heap_start(void);

/**
 * ml_heap_describe: write the names of the libc and of what answers malloc, with versions.
 */
void ml_heap_describe(char *ret_libc, char *ret_allocator, size_t size);

/**
 * ml_heap_settle: give free memory back to the kernel.
 */
void ml_heap_settle(void);

/**
 * ml_heap_align: make the next small block start a page, and leave nothing free behind that earlier
 * blocks had, as far as the allocator lets us: models begin with an empty heap.
 */
void ml_heap_align(void);
