/* Allocators that may be preloaded in glibc's place, told apart by the symbols they bring. */
#pragma once

#include <stddef.h>

typedef struct {
    const char *symbol; /* that no other allocator has */
    void (*describe)(char *ret_name, size_t size);
    void (*settle)(void); /* as ml_heap_settle() */
    void (*align)(void);  /* (nullable): leave no free block behind that a structure could take */
} MlPreloaded;

/**
 * ml_preloaded_find: the one that answers malloc in this process.
 *
 * Returns: (transfer none) (nullable): NULL for glibc's own.
 */
const MlPreloaded *ml_preloaded_find(void);
