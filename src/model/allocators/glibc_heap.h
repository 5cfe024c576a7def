/* A coarse replay of one glibc heap: where chunks lie, and which pages have been touched.
 *
 * Offsets count from the first user byte of a fresh heap, which lies on a page boundary (the probe
 * sees to that).  A chunk at offset x has its size field at x - 8 and ends at x + bytes - 8.
 * Source: glibc 2.36, malloc/malloc.c: "Chunk representation", _int_malloc, sysmalloc, _int_free,
 * systrim, mtrim; the defaults M_TOP_PAD 128 KiB and M_TRIM_THRESHOLD 128 KiB. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ML_HEAP_MAX_FREE 512
#define ML_HEAP_MAX_RUNS 256
#define ML_HEAP_CACHE_BINS 66

typedef struct {
    uint64_t start; /* offset of its first user byte */
    uint64_t bytes; /* of the whole chunk, size field included */
} MlHeapChunk;

/* Rounds of small chunks, side by side. */
typedef struct {
    uint64_t start;
    uint64_t round_bytes;
    uint64_t first_round; /* among all rounds */
    uint64_t count;
} MlHeapRun;

typedef struct {
    uint64_t page_bytes;
    uint64_t top;     /* where the next fresh chunk starts */
    uint64_t end;     /* of the reserved heap */
    uint64_t touched; /* everything below has been written, but for blocks never filled */
    uint32_t n_free;
    MlHeapChunk free[ML_HEAP_MAX_FREE];  /* by rising offset; no two touch */
    bool is_uncached;                    /* the thread's cache is switched off */
    uint32_t cached[ML_HEAP_CACHE_BINS]; /* the thread's cache: chunks by size / 16 */
    uint64_t n_rounds;
    uint32_t n_runs;
    MlHeapRun runs[ML_HEAP_MAX_RUNS];
    uint64_t hole_bytes; /* whole pages in holes that are not listed in `free` */
} MlHeap;

void ml_heap_init(MlHeap *heap, uint64_t page_bytes);

/**
 * ml_heap_chunk_bytes: the chunk that one request gets: 8 B size field, steps of 16, at least 32.
 */
uint64_t ml_heap_chunk_bytes(uint64_t request_bytes);

/**
 * ml_heap_alloc: place one chunk: in the cache, in the best-fitting free chunk, or at the top.
 * @ret_chunk: (out): where it lies; may be a little larger than asked for
 *
 * Returns: false where glibc would map it instead: it is large and nothing free fits.
 */
bool ml_heap_alloc(MlHeap *heap, uint64_t chunk_bytes, MlHeapChunk *ret_chunk);

/**
 * ml_heap_alloc_uncached: the same for calloc, and for realloc that moves: they never look into the
 * cache.  Source: glibc 2.36, malloc.c, __libc_calloc, _int_realloc.
 */
bool ml_heap_alloc_uncached(MlHeap *heap, uint64_t chunk_bytes, MlHeapChunk *ret_chunk);

/**
 * ml_heap_resize: let a chunk grow in place, into the top or the free chunk behind it, or shrink.
 *
 * Returns: false where it has to move.
 */
bool ml_heap_resize(MlHeap *heap, MlHeapChunk *chunk, uint64_t chunk_bytes);

void ml_heap_free(MlHeap *heap, MlHeapChunk chunk);

/**
 * ml_heap_repeat: place @count rounds of the small chunks @chunk_bytes[0 … n_chunks - 1].
 * @lasts: ml_heap_thin() neither numbers nor frees them
 */
void ml_heap_repeat(
    MlHeap *heap, uint64_t count, const uint64_t *chunk_bytes, uint32_t n_chunks, bool lasts);

/**
 * ml_heap_repeat_aligned: place @count chunks whose user bytes begin at a multiple of @alignment,
 * as chunks of that length do side by side.  They last.
 *
 * For each a longer one is taken; what lies before and behind goes back.
 * Source: glibc 2.36, malloc.c, _int_memalign.
 */
void ml_heap_repeat_aligned(MlHeap *heap, uint64_t count, uint64_t chunk_bytes, uint64_t alignment);

/**
 * ml_heap_give_back: as ml_heap_free(), past the thread's cache.
 */
void ml_heap_give_back(MlHeap *heap, MlHeapChunk chunk);

/**
 * ml_heap_thin: of all rounds placed so far, free those that @every does not divide.
 * @cached: how many of these the thread's cache keeps: the first ones
 */
void ml_heap_thin(MlHeap *heap, uint64_t every, uint64_t cached);

/**
 * ml_heap_hole_bytes: whole pages of a free chunk that can be given back, in bytes.
 */
uint64_t ml_heap_hole_bytes(MlHeapChunk chunk, uint64_t page_bytes);

/**
 * ml_heap_cache_room: how many more chunks of that size the thread's cache takes.
 */
uint32_t ml_heap_cache_room(const MlHeap *heap, uint64_t chunk_bytes);

/**
 * ml_heap_trim: give whole free pages back, as malloc_trim(0) does.
 *
 * Returns: bytes on pages that stay resident; blocks never filled are counted as touched.
 */
uint64_t ml_heap_trim(MlHeap *heap);

/**
 * ml_pages: @bytes rounded up to whole pages, in bytes.
 */
uint64_t ml_pages(uint64_t bytes, uint64_t page_bytes);
