#include "tolerance.h"

#include "ml_test.h"

typedef struct {
    guint pages;
    guint per_ten_thousand;
} Limit;

static const struct {
    const char *allocator;
    Limit nodes;
    Limit arrays;
} limits[] = {
    { "glibc", { 2, 0 }, { 2, 0 } },
    { "arena", { 0, 0 }, { 0, 0 } }, /* our own two are known to the byte */
    { "pool", { 0, 0 }, { 0, 0 } },
    /* Blocks of jemalloc begin at a random cache line of their first page, and a few pages of its
     * own tables are touched by the first use of each class. */
    { "jemalloc", { 8, 10 }, { 16, 10 } },
    /* Arrays that grow and shrink leave slices behind that are used again or not. */
    { "mimalloc", { 8, 10 }, { 24, 20 } },
    /* Whether one more freed array stays in the thread's cache hangs on some bytes. */
    { "tcmalloc", { 8, 10 }, { 24, 20 } },
    { "musl", { 4, 0 }, { 4, 0 } },
    /* Which of musl's groups are left without a block is computed as if all had the same size: the
     * first ones are smaller. */
    { "musl, with deletions", { 32, 10 }, { 32, 10 } },
};

static gboolean
is_of_nodes(const MlStructure *structure)
{
    return structure->shape == ML_SHAPE_CHAIN || structure->shape == ML_SHAPE_POINTER_ARRAY;
}

static const char *
row_of(const MlAllocator *allocator, const MlLedger *ledger)
{
    gboolean deletes = FALSE;
    for (guint i = 0; i < ledger->options.count; i++) {
        const MlFactOption *option = &ledger->options.option[i];
        deletes |= g_str_equal(option->name, "deleted") && !g_str_equal(option->value, "0");
    }
    return deletes && g_str_equal(allocator->name, "musl") ? "musl, with deletions"
                                                           : allocator->name;
}

guint64
ml_tolerance(const MlAllocator *allocator, const MlStructure *structure, const MlLedger *ledger)
{
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        if (!g_str_equal(limits[i].allocator, row_of(allocator, ledger)))
            continue;
        const Limit *limit = is_of_nodes(structure) ? &limits[i].nodes : &limits[i].arrays;
        return MAX(limit->pages * ledger->environment.page_bytes,
            ledger->model_bytes * limit->per_ten_thousand / 10000);
    }
    fail_msg("tests/tolerance.c has no limits for %s", allocator->name);
    return 0;
}
