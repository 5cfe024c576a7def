#include "made_pages.h"

#include <string.h>

#include "made_facts.h"
#include "measure/page_map_runs.h"

#define PAGE 4096u
#define HEAP G_GUINT64_CONSTANT(0x555555576000)
#define MAPPING G_GUINT64_CONSTANT(0x7ffff6e2e000)
#define NODE 32u
#define TAKEN 24u /* of a node; the rest is malloc's */

static void
add(MlPageMap *map, guint64 *at, guint64 n_pages, MlPageState state, const guint64 role[ML_N_ROLES])
{
    for (guint64 i = 0; i < n_pages; i++, *at += PAGE) {
        MlPageRun run = { .from = *at };
        run.n_pages[state] = 1;
        memcpy(run.bytes[state], role, sizeof run.bytes[state]);
        ml_page_runs_add(map->runs, &run, PAGE);
    }
}

static void
add_nodes(MlPageMap *map, guint64 *at, guint64 n_pages, gboolean varied)
{
    for (guint64 i = 0; i < n_pages; i++) {
        guint64 some = varied ? i * 7 % 64 * 8 : 0; /* data in place of pointers */
        guint64 role[ML_N_ROLES] = {
            [ML_ROLE_DATA] = PAGE / 4 + some,
            [ML_ROLE_POINTER] = PAGE / 2 - some,
            [ML_ROLE_ALLOCATOR] = PAGE / 4,
        };
        add(map, at, 1, ML_PAGE_NEW, role);
    }
}

/* Nodes of 8 B size field, 8 B data and 16 B pointers; on an old page only one. */
static void
spell(MlPageMap *map, guint64 address, MlPageState state)
{
    MlPageBytes *page = &map->shown[map->n_shown++];
    *page =
        (MlPageBytes){ .address = address, .state = state, .bytes = g_malloc0(map->page_bytes) };
    for (guint at = 0; at < (state == ML_PAGE_OLD ? NODE : PAGE); at++) {
        MlRole role = at % NODE < 8    ? ML_ROLE_ALLOCATOR
                      : at % NODE < 16 ? ML_ROLE_DATA
                                       : ML_ROLE_POINTER;
        page->bytes[at] = (guint8)(role + 1);
        if (at % NODE == 0)
            page->bytes[at] |= ML_BYTE_BEGINS;
    }
}

MlPageMap *
ml_test_pages(const MadePages *made)
{
    MlPageMap *map = ml_page_map_new(PAGE);
    guint64 heap = HEAP;
    guint64 mapping = MAPPING;
    const guint64 one_node[ML_N_ROLES] = {
        [ML_ROLE_DATA] = 8, [ML_ROLE_POINTER] = NODE - TAKEN + 8, [ML_ROLE_ALLOCATOR] = 8
    };
    const guint64 nothing[ML_N_ROLES] = { 0 };
    const guint64 data[ML_N_ROLES] = { [ML_ROLE_DATA] = PAGE };
    const guint64 unused[ML_N_ROLES] = { [ML_ROLE_UNUSED] = PAGE };
    add(map, &heap, made->n_old, ML_PAGE_OLD, one_node);
    add_nodes(map, &heap, made->n_new, made->varied);
    add(map, &heap, made->n_alone, ML_PAGE_NEW, nothing);
    add(map, &mapping, made->n_mapped, ML_PAGE_NEW, data);
    add(map, &mapping, made->n_absent, ML_PAGE_ABSENT, unused);
    ml_page_runs_shorten(map->runs, ML_PAGE_MAP_RUNS, PAGE);
    for (guint64 i = 0; i < made->n_old + made->n_new && i < ML_CENSUS_SHOWN; i++)
        spell(map, HEAP + i * PAGE, i < made->n_old ? ML_PAGE_OLD : ML_PAGE_NEW);
    return map;
}

MlWalk *
ml_test_paged_walk(const char *spec, guint64 n, const MadePages *made)
{
    MlWalk *walk = ml_test_walk(spec, n);
    walk->pages = ml_test_pages(made);
    return walk;
}

void
made_walk_init(MadeWalk *made, const MadePages *pages, guint64 n)
{
    made->walk = ml_test_paged_walk("linked-list", MIN(n, 100), pages);
    made->ledger = ml_test_walk_ledger("linked-list", made->walk);
    made->walk->n = n;
    made->ledgers[0] = made->ledger;
    made->facts = (MlDiagramFacts){ .walk = made->walk, .n_ledgers = 1, .ledgers = made->ledgers };
}

void
made_walk_clear(MadeWalk *made)
{
    g_clear_pointer(&made->walk, ml_walk_free);
    g_clear_pointer(&made->ledger, ml_ledger_free);
}
