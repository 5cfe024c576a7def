#include "model/allocators/thread_cache.h"

#include <assert.h>
#include <stddef.h>

#include "core/arithmetic.h"

enum {
    LONGEST = 8192,              /* kMaxDynamicFreeListLength */
    SETTLED = 8 * LONGEST,       /* blocks in a row, after which a list goes on as it is */
    MAX_OVERAGES = 3,            /* kMaxOverages */
    CENTRAL_BATCHES = 16,        /* kMaxNumTransferEntries, at first */
    CENTRAL_BYTES = 1024 * 1024, /* of a class, at the most; but one batch */
};

void
ml_thread_cache_init(
    MlThreadCache *cache, uint64_t (*batch)(uint64_t usable_bytes), uint64_t step_bytes)
{
    *cache = (MlThreadCache){
        .batch = batch,
        .step_bytes = step_bytes,
        .limit_bytes = step_bytes,
    };
}

static MlCachedList *
find_list(MlThreadCache *cache, const MlSlabClass *class)
{
    uint32_t i = 0;
    while (i < cache->n_lists && cache->lists[i].class != class)
        i++;
    if (i == cache->n_lists) {
        assert(i < ML_MAX_SLAB_CLASSES);
        cache->lists[cache->n_lists++] = (MlCachedList){ .class = class, .max_length = 1 };
    }
    return &cache->lists[i];
}

static uint32_t
batch_of(const MlThreadCache *cache, const MlSlabClass *class)
{
    return (uint32_t)cache->batch(class->usable_bytes);
}

/* The last place of a class that lies in the thread's list, or in the central one. */
static MlCachedPlace *
last_place(MlThreadCache *cache, const MlSlabClass *class, bool central)
{
    uint32_t i = cache->n_places;
    while (i-- > 0)
        if (cache->places[i].class == class && cache->places[i].central == central)
            return &cache->places[i];
    return NULL;
}

static MlCachedPlace
remove_place(MlThreadCache *cache, MlCachedPlace *place)
{
    MlCachedPlace removed = *place;
    cache->n_places--;
    for (; place < &cache->places[cache->n_places]; place++)
        place[0] = place[1];
    return removed;
}

/* How many batches of a class the central list keeps. */
static uint32_t
central_batches(uint64_t usable_bytes, uint32_t batch)
{
    uint64_t fit = CENTRAL_BYTES / (usable_bytes * batch);
    return (uint32_t)ml_least(ml_most(fit, 1), CENTRAL_BATCHES);
}

/* The thread's list gives @count blocks away: a whole batch may stay in the central list. */
static void
give_back(MlThreadCache *cache, MlCachedList *list, uint32_t count)
{
    count = count < list->length ? count : list->length;
    uint32_t batch = batch_of(cache, list->class);
    bool stays =
        count == batch && list->batches < central_batches(list->class->usable_bytes, batch);
    list->batches += stays;
    for (uint32_t i = 0; i < count; i++) {
        MlCachedPlace *place = last_place(cache, list->class, false);
        list->length--;
        cache->bytes -= list->class->usable_bytes;
        if (place == NULL) {
            list->fresh--;
            list->span_left += !stays;
            continue;
        }
        place->central = stays;
        if (!stays) {
            MlCachedPlace gone = remove_place(cache, place);
            uint64_t begun = gone.class->begun;
            ml_slabs_free(gone.class, gone.slab);
            list->span_left = gone.class->begun == begun ? list->span_left + 1 : 0;
        }
    }
    list->low = list->low < list->length ? list->low : list->length;
}

/* Half of what a list did not need goes back.  Source: ThreadCache::Scavenge. */
static void
cut_lists(MlThreadCache *cache)
{
    for (uint32_t i = 0; i < cache->n_lists; i++) {
        MlCachedList *list = &cache->lists[i];
        if (list->low > 0) {
            uint32_t batch = batch_of(cache, list->class);
            give_back(cache, list, list->low > 1 ? list->low / 2 : 1);
            if (list->max_length > batch)
                list->max_length =
                    list->max_length - batch > batch ? list->max_length - batch : batch;
        }
        list->low = list->length;
    }
    cache->limit_bytes += cache->step_bytes;
}

/* Source: ThreadCache::ListTooLong. */
static void
shorten(MlThreadCache *cache, MlCachedList *list)
{
    uint32_t batch = batch_of(cache, list->class);
    give_back(cache, list, batch);
    if (list->max_length < batch) {
        list->max_length++;
    } else if (list->max_length > batch && ++list->overages > MAX_OVERAGES) {
        list->max_length -= batch;
        list->overages = 0;
    }
}

static void
add(MlThreadCache *cache, MlCachedList *list)
{
    cache->bytes += list->class->usable_bytes;
    list->length++;
    if (list->length > list->max_length)
        shorten(cache, list);
    if (cache->bytes > cache->limit_bytes)
        cut_lists(cache);
}

void
ml_thread_cache_give(MlThreadCache *cache, MlSlabClass *class, uint64_t slab, uint64_t start)
{
    if (cache->batch == NULL || cache->n_places == ML_THREAD_CACHE_MAX) {
        ml_slabs_free(class, slab);
        return;
    }
    cache->places[cache->n_places++] = (MlCachedPlace){ class, slab, start, false };
    add(cache, find_list(cache, class));
}

/* Several are fetched at once, and the list may be longer from now on.
 * Source: ThreadCache::FetchFromCentralCache, CentralFreeList::RemoveRange, FetchFromOneSpans. */
static void
fetch(MlThreadCache *cache, MlCachedList *list)
{
    uint32_t batch = batch_of(cache, list->class);
    uint32_t count = list->max_length < batch ? list->max_length : batch;
    bool is_there = count == batch && list->batches > 0;
    if (!is_there) { /* of one span: what is left of it, or of a fresh one */
        if (list->span_left == 0)
            list->span_left = list->class->slab.places;
        count = (uint32_t)ml_least(count, list->span_left);
        list->span_left -= count;
    }
    list->batches -= is_there;
    list->fresh += is_there ? 0 : count;
    list->length += count;
    cache->bytes += count * list->class->usable_bytes;
    for (uint32_t i = 0; is_there && i < count; i++) {
        MlCachedPlace *place = last_place(cache, list->class, true);
        if (place != NULL)
            place->central = false;
    }
    uint32_t longer = list->max_length + batch;
    if (list->max_length < batch)
        list->max_length++;
    else
        list->max_length = (longer < LONGEST ? longer : LONGEST) / batch * batch;
}

static void
shrink_list(MlThreadCache *cache, MlCachedList *list, uint32_t count)
{
    list->length -= count;
    list->low = list->low < list->length ? list->low : list->length;
    cache->bytes -= count * list->class->usable_bytes;
}

bool
ml_thread_cache_take(
    MlThreadCache *cache, MlSlabClass *class, uint64_t *ret_slab, uint64_t *ret_start)
{
    if (cache->batch == NULL)
        return false;
    MlCachedList *list = find_list(cache, class);
    if (list->length == 0)
        fetch(cache, list);
    shrink_list(cache, list, 1);
    MlCachedPlace *last = last_place(cache, class, false);
    if (last == NULL) {
        list->fresh--;
        return false;
    }
    MlCachedPlace place = remove_place(cache, last);
    *ret_slab = place.slab;
    *ret_start = place.start;
    return true;
}

/* As many as the list has at a time, as long as they are but counted. */
static void
take_many(MlThreadCache *cache, MlCachedList *list, uint64_t count)
{
    while (count > 0) {
        if (list->length == 0)
            fetch(cache, list);
        MlCachedPlace *place = last_place(cache, list->class, false);
        uint32_t taken = place != NULL ? 1 : (uint32_t)ml_least(count, list->length);
        if (place != NULL)
            remove_place(cache, place);
        else
            list->fresh -= taken;
        shrink_list(cache, list, taken);
        count -= taken;
    }
}

void
ml_thread_cache_pass(MlThreadCache *cache, MlSlabClass *class, uint64_t made, uint64_t freed)
{
    if (cache->batch == NULL)
        return;
    MlCachedList *list = find_list(cache, class);
    uint64_t places = class->slab.places;
    if (made > SETTLED) /* whole spans come */
        made -= (made - SETTLED) / places * places;
    uint64_t batch = batch_of(cache, class);
    if (freed > SETTLED) /* whole batches go */
        freed -= (freed - SETTLED) / batch * batch;
    take_many(cache, list, made);
    for (uint64_t i = 0; i < freed; i++) {
        list->fresh++;
        add(cache, list);
    }
}
