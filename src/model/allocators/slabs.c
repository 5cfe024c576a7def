#include "model/allocators/slabs.h"

#include "core/arithmetic.h"

void
ml_slabs_init(MlSlabClass *class, uint64_t usable_bytes, MlSlab slab)
{
    *class = (MlSlabClass){ .usable_bytes = usable_bytes, .slab = slab, .reached = slab.places };
}

uint64_t
ml_slabs_alloc(MlSlabClass *class, uint64_t count)
{
    uint64_t again = ml_least(class->freed, count);
    class->freed -= again;
    count -= again;
    uint64_t here = ml_least(class->slab.places - class->reached, count);
    class->reached += here;
    class->live += here;
    count -= here;
    if (count == 0)
        return class->begun;
    uint64_t slabs = (count + class->slab.places - 1) / class->slab.places;
    class->begun += slabs;
    class->reached = class->live = count - (slabs - 1) * class->slab.places;
    return class->begun;
}

void
ml_slabs_free(MlSlabClass *class, uint64_t slab)
{
    if (slab != class->begun) {
        if (class->slab.places == 1)
            class->empty++;
        else
            class->freed++;
    } else if (--class->live > 0) {
        class->freed++;
    } else {
        class->freed -= ml_least(class->freed, class->reached - 1); /* they go with it */
        class->begun--;
        class->reached = class->live = class->slab.places;
    }
}

uint64_t
ml_slabs_reached(const MlSlabClass *class)
{
    return class->slab.header_bytes + class->reached * class->usable_bytes;
}

uint64_t
ml_slabs_handed_out(const MlSlabClass *class)
{
    return class->begun > 0 ? (class->begun - 1) * class->slab.places + class->reached : 0;
}

void
ml_slabs_empty(MlSlabClass *class, uint64_t slabs, bool current)
{
    class->empty += slabs;
    if (!current)
        return;
    class->empty--;
    class->begun--;
    class->reached = class->slab.places;
}

uint64_t
ml_slabs_live(const MlSlabClass *class)
{
    return class->begun - class->empty;
}

uint64_t
ml_slabs_resident(const MlSlabClass *class, uint64_t page_bytes)
{
    uint64_t slabs = ml_slabs_live(class);
    if (slabs == 0)
        return 0;
    if (class->reached == class->slab.places)
        return slabs * class->slab.bytes;
    uint64_t reached = ml_round_up(ml_slabs_reached(class), page_bytes);
    if (class->slab.linked)
        reached +=
            (class->slab.places - class->reached) * ml_least(class->usable_bytes, page_bytes);
    return (slabs - 1) * class->slab.bytes +
           ml_least(ml_round_up(reached, page_bytes), class->slab.bytes);
}
