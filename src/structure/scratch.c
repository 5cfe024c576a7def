#include "structure/scratch.h"

#include <sys/mman.h>

void *
ml_scratch_take(size_t bytes)
{
    void *scratch = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return scratch == MAP_FAILED ? NULL : scratch;
}

void
ml_scratch_give_back(void *scratch, size_t bytes)
{
    munmap(scratch, bytes);
}
