/* The page map of real processes: it agrees with the ledger and with who owns which page, to the
 * byte. */
#include "ml_test.h"

#include <string.h>

#include "base/spec.h"
#include "facts/make.h"
#include "facts/walk.h"
#include "measure/page_map.h"

typedef struct {
    const char *spec;
    guint64 n;
    const char *allocator;
} Case;

static const Case cases[] = {
    { "packed-array", 0, "glibc" },
    { "packed-array", 3, "glibc" },
    { "packed-array", 1000000, "glibc" },
    { "growing-array", 600000, "glibc" },
    { "boxed-array", 1, "glibc" },
    { "boxed-array", 100000, "glibc" },
    { "linked-list", 12345, "glibc" },
    { "chained-table:keys=string", 20000, "glibc" },
    { "open-table", 30000, "glibc" },
    { "swiss-table:values=boxed", 30000, "glibc" },
    { "compact-dict:keys=string,values=boxed", 50000, "glibc" },
    { "b-tree", 20000, "glibc" },
    { "skip-list", 20000, "glibc" },
    { "garray", 60000, "glibc" },
    { "ghashtable:keys=string", 20000, "glibc" },
    { "gslist", 20000, "glibc" },
    { "boxed-array", 20000, "pool" },
    { "linked-list", 20000, "arena" },
    { "boxed-array", 20000, "jemalloc" },
    { "growing-array", 60000, "jemalloc" },
    { "open-table", 30000, "mimalloc" },
    { "linked-list", 20000, "tcmalloc" },
    { "compact-dict", 20000, "musl" },
};

static MlLedger *
measure(const Case *it, MlWalk **ret_walk)
{
    g_autoptr(GError) error = NULL;
    MlMeasureRequest request = {
        .n = it->n, .allocator = ml_allocator_find(it->allocator), .repeats = 1, .page_map = TRUE
    };
    assert_true(ml_spec_parse(it->spec, &request.structure, &request.options, &error));
    MlLedger *ledger = ml_ledger_measure(&request, ret_walk, &error);
    if (ledger == NULL && strstr(error->message, "not installed") == NULL)
        fail_msg("%s: %s", it->spec, error->message);
    return ledger;
}

static void
assert_bytes(const Case *it, const char *what, guint64 got, guint64 expected)
{
    if (got != expected)
        fail_msg("%s of %s, n = %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT
                 " B of %s, not %" G_GUINT64_FORMAT,
            it->spec,
            it->allocator,
            it->n,
            got,
            what,
            expected);
}

/* Of all pages that are resident. */
static void
sum_runs(const MlPageMap *map, guint64 ret_bytes[ML_N_ROLES], guint64 ret_pages[ML_N_PAGE_STATES])
{
    for (guint i = 0; i < map->runs->len; i++) {
        const MlPageRun *run = ml_page_map_run(map, i);
        for (guint state = 0; state < ML_N_PAGE_STATES; state++)
            ret_pages[state] += run->n_pages[state];
        for (guint role = 0; role < ML_N_ROLES; role++)
            ret_bytes[role] += run->bytes[ML_PAGE_OLD][role] + run->bytes[ML_PAGE_NEW][role];
    }
}

static guint64
stock(const MlLedger *ledger)
{
    guint64 bytes = 0;
    for (guint i = 0; i < ledger->n_parts; i++)
        bytes += ledger->parts[i].stock.measured;
    return bytes;
}

static void
check_case(const Case *it)
{
    g_autoptr(MlWalk) walk = NULL;
    g_autoptr(MlLedger) ledger = measure(it, &walk);
    if (ledger == NULL)
        return; /* that allocator is not installed */
    const MlAttribution *attribution = &ledger->attribution;
    guint64 bytes[ML_N_ROLES] = { 0 };
    guint64 pages[ML_N_PAGE_STATES] = { 0 };
    assert_non_null(walk->pages);
    sum_runs(walk->pages, bytes, pages);
    guint64 blocks = 0;
    for (guint role = 0; role < ML_N_ROLES; role++) {
        guint64 expected = ml_ledger_role(ledger, (MlRole)role).measured;
        if (role == ML_ROLE_ALLOCATOR)
            expected -= stock(ledger);
        assert_bytes(it, ml_role_id((MlRole)role), bytes[role], expected);
        blocks += bytes[role];
    }
    assert_bytes(it,
        "blocks",
        blocks,
        attribution->owned + attribution->allocator + attribution->already_resident);
    assert_bytes(it,
        "new pages",
        pages[ML_PAGE_NEW] * walk->pages->page_bytes + attribution->unattributed,
        attribution->n_new * walk->pages->page_bytes);
    assert_true(walk->pages->runs->len <= ML_PAGE_MAP_RUNS);
}

static void
every_page_agrees_with_the_ledger(void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check_case(&cases[i]);
}

static const MlPageRun *
find_run(const MlPageMap *map, guint64 address)
{
    for (guint i = 0; i < map->runs->len; i++)
        if (ml_page_map_run(map, i)->from == address)
            return ml_page_map_run(map, i);
    fail_msg("no run begins at 0x%" G_GINT64_MODIFIER "x", address);
    return NULL;
}

/* A page that is spelled out, and is told alone. */
static void
the_bytes_of_a_page_are_those_of_its_run(void **state)
{
    g_autoptr(MlWalk) walk = NULL;
    g_autoptr(MlLedger) ledger = measure(&(Case){ "linked-list", 100, "glibc" }, &walk);
    const MlPageMap *map = walk->pages;
    assert_in_range(map->n_shown, 1, 2);
    for (guint i = 0; i < map->n_shown; i++) {
        const MlPageBytes *page = &map->shown[i];
        const MlPageRun *run = find_run(map, page->address);
        guint64 bytes[ML_N_ROLES + 1] = { 0 };
        for (guint64 k = 0; k < map->page_bytes; k++)
            bytes[page->bytes[k] & (guint8)~ML_BYTE_BEGINS]++;
        for (guint role = 0; role < ML_N_ROLES; role++)
            assert_int_equal(bytes[role + 1], run->bytes[page->state][role]);
    }
}

/* A mapped block of which the second half was never written. */
static void
what_was_never_touched_is_absent(void **state)
{
    guint64 bytes[ML_N_ROLES] = { 0 };
    guint64 pages[ML_N_PAGE_STATES] = { 0 };
    g_autoptr(MlWalk) walk = NULL;
    g_autoptr(MlLedger) ledger = measure(&(Case){ "growing-array", 600000, "glibc" }, &walk);
    sum_runs(walk->pages, bytes, pages);
    guint64 room = walk->totals[0].request_bytes;
    guint64 unused = room - 8 * walk->n;
    enum { MALLOC_ROOM = 256 << 10 }; /* that malloc asks for ahead */
    assert_int_equal(room, 8 << 20);
    assert_in_range(
        pages[ML_PAGE_ABSENT] * walk->pages->page_bytes, unused - 8192, unused + MALLOC_ROOM);
    assert_true(bytes[ML_ROLE_UNUSED] < walk->pages->page_bytes);
}

static void
nobody_pays_for_a_map_that_was_not_asked_for(void **state)
{
    g_autoptr(MlWalk) walk = NULL;
    MlMeasureRequest request = { .n = 10, .repeats = 1 };
    assert_true(ml_spec_parse("linked-list", &request.structure, &request.options, NULL));
    g_autoptr(MlLedger) ledger = ml_ledger_measure(&request, &walk, NULL);
    assert_non_null(ledger);
    assert_null(walk->pages);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_agrees_with_the_ledger),
        cmocka_unit_test(the_bytes_of_a_page_are_those_of_its_run),
        cmocka_unit_test(what_was_never_touched_is_absent),
        cmocka_unit_test(nobody_pays_for_a_map_that_was_not_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
