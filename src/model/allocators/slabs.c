#include "model/allocators/slabs.h"

#include "core/arithmetic.h"

void
ml_slabs_init(MlSlabClass *class, uint64_t usable_bytes, MlSlab slab)
{
    *class = (MlSlabClass){ .usable_bytes = usable_bytes, .slab = slab, .reached = slab.places };
}

/* Places of the current slab that are free and tell of each other, but were never handed out. */
static uint64_t
ready(const MlSlabClass *class)
{
    if (class->slab.batch == 0)
        return 0;
    uint64_t up_to = ml_round_up(class->reached, class->slab.batch);
    return ml_least(up_to, class->slab.places) - class->reached;
}

/* So many of the current slab's places that were never handed out.  Returns: how many of them. */
static uint64_t
hand_out(MlSlabClass *class, uint64_t count)
{
    class->reached += count;
    class->live += count;
    return count;
}

uint64_t
ml_slabs_alloc(MlSlabClass *class, uint64_t count)
{
    class->kept = 0;
    if (class->slab.takes_ready)
        count -= hand_out(class, ml_least(ready(class), count));
    uint64_t again = ml_least(class->freed, count);
    class->freed -= again;
    class->live += again;
    count -= again;
    count -= hand_out(class, ml_least(class->slab.places - class->reached, count));
    if (count == 0)
        return class->begun;
    uint64_t slabs = (count + class->slab.places - 1) / class->slab.places;
    class->begun += slabs;
    class->reached = class->live = count - (slabs - 1) * class->slab.places;
    return class->begun;
}

/* The current slab goes, and its free places with it. */
static void
let_go(MlSlabClass *class)
{
    class->freed -= ml_least(class->freed, class->reached);
    class->begun--;
    class->reached = class->live = class->slab.places;
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
        class->freed++;
        class->kept = class->begun - class->empty == 1 ? class->slab.outlives : 0;
        if (class->kept == 0)
            let_go(class);
    }
}

void
ml_slabs_others_begun(MlSlabClass *class, uint64_t slabs)
{
    if (class->kept == 0)
        return;
    class->kept -= ml_least(class->kept, slabs);
    if (class->kept == 0)
        let_go(class);
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
    return class->begun - class->empty - (class->kept > 0);
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
    reached += ready(class) * ml_least(class->usable_bytes, page_bytes);
    return (slabs - 1) * class->slab.bytes +
           ml_least(ml_round_up(reached, page_bytes), class->slab.bytes);
}
