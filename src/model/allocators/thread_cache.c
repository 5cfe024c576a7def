#include "model/allocators/thread_cache.h"

void
ml_thread_cache_init(MlThreadCache *cache, uint64_t step_bytes, uint64_t warm_bytes)
{
    *cache = (MlThreadCache){
        .step_bytes = step_bytes,
        .limit_bytes = step_bytes,
        .bytes = warm_bytes,
    };
}

static void
drop_seen(MlThreadCache *cache)
{
    uint32_t n_kept = 0;
    for (uint32_t i = 0; i < cache->n_places; i++) {
        MlCachedPlace *place = &cache->places[i];
        if (place->seen) {
            cache->bytes -= place->class->usable_bytes;
            ml_slabs_free(place->class, place->slab);
            continue;
        }
        place->seen = true;
        cache->places[n_kept++] = *place;
    }
    cache->n_places = n_kept;
    cache->limit_bytes += cache->step_bytes;
}

void
ml_thread_cache_give(MlThreadCache *cache, MlSlabClass *class, uint64_t slab, uint64_t start)
{
    if (cache->step_bytes == 0 || cache->n_places == ML_THREAD_CACHE_MAX) {
        ml_slabs_free(class, slab);
        return;
    }
    cache->places[cache->n_places++] = (MlCachedPlace){ class, slab, start, false };
    cache->bytes += class->usable_bytes;
    if (cache->bytes > cache->limit_bytes)
        drop_seen(cache);
}

bool
ml_thread_cache_take(
    MlThreadCache *cache, MlSlabClass *class, uint64_t *ret_slab, uint64_t *ret_start)
{
    for (uint32_t i = cache->n_places; i-- > 0;) {
        MlCachedPlace place = cache->places[i];
        if (place.class != class)
            continue;
        cache->places[i] = cache->places[--cache->n_places];
        cache->bytes -= class->usable_bytes;
        *ret_slab = place.slab;
        *ret_start = place.start;
        return true;
    }
    return false;
}

void
ml_thread_cache_drain(MlThreadCache *cache)
{
    for (uint32_t i = 0; i < cache->n_places; i++)
        ml_slabs_free(cache->places[i].class, cache->places[i].slab);
    cache->n_places = 0;
}
