#include "ml_test.h"

#include <glib.h>

#include "model/allocators/glibc_heap.h"
#include "model/allocators/thinning.h"

enum { PAGE = 4096 };

/* --- slabs, against a slab by slab count ------------------------------------------------------ */

static MlThinned
count_emptied(const MlThinRun *run, uint64_t every, uint64_t places)
{
    uint64_t end = run->start + run->count * run->width;
    uint64_t n_slabs = (end + places - 1) / places;
    g_autofree bool *stays = g_new0(bool, n_slabs + 1);
    for (uint64_t i = 0; i < run->count * run->width; i++)
        if ((run->first_round + i / run->width) % every == 0)
            stays[(run->start + i) / places] = true;
    MlThinned thinned = { 0 };
    for (uint64_t slab = (run->start + places - 1) / places; slab < n_slabs; slab++) {
        thinned.slabs += !stays[slab];
        thinned.last = !stays[slab];
    }
    return thinned;
}

static void
slabs_are_emptied_as_if_counted_one_by_one(void **state)
{
    static const uint64_t evers[] = { 2, 3, 7, 64, 100, 128, 129, 1000 };
    static const uint64_t places[] = { 1, 2, 31, 64, 128, 254 };

    for (size_t e = 0; e < G_N_ELEMENTS(evers); e++)
        for (size_t p = 0; p < G_N_ELEMENTS(places); p++)
            for (uint64_t count = 1; count < 60000; count = count * 3 + 1)
                for (uint32_t width = 1; width <= 2; width++)
                    for (uint64_t start = 0; start < 300; start += 97) {
                        MlThinRun run = { NULL, start, start / 2, count, width };
                        MlThinned got = ml_thin_emptied(&run, evers[e], places[p]);
                        MlThinned expected = count_emptied(&run, evers[e], places[p]);
                        assert_int_equal(got.slabs, expected.slabs);
                        assert_int_equal(got.last, expected.last);
                    }
}

static void
runs_side_by_side_are_one(void **state)
{
    MlThinRuns runs = { 0 };
    int one, other;

    ml_thin_note(&runs, (MlThinRun){ &one, 10, 0, 5, 2 });
    ml_thin_note(&runs, (MlThinRun){ &other, 0, 5, 3, 1 });
    ml_thin_note(&runs, (MlThinRun){ &one, 20, 5, 7, 2 });
    assert_int_equal(runs.n_runs, 2);
    assert_int_equal(runs.runs[0].count, 12);
    ml_thin_note(&runs, (MlThinRun){ &one, 40, 12, 7, 2 }); /* not where the last one ended */
    assert_int_equal(runs.n_runs, 3);
}

/* --- glibc's heap, against a hole by hole count ------------------------------------------------
 */

static void
holes_give_back_the_pages_that_lie_in_them(void **state)
{
    static const uint64_t evers[] = { 2, 100, 130, 150, 257, 1000 };
    static const uint64_t chunks[] = { 32, 48, 1056 };

    for (size_t e = 0; e < G_N_ELEMENTS(evers); e++)
        for (size_t c = 0; c < G_N_ELEMENTS(chunks); c++) {
            uint64_t every = evers[e], chunk = chunks[c], rounds = 50 * every;
            g_autofree MlHeap *heap = g_new0(MlHeap, 1);
            ml_heap_init(heap, PAGE);
            ml_heap_repeat(heap, rounds, &chunk, 1, false);
            ml_heap_thin(heap, every, 0);
            uint64_t resident = ml_heap_trim(heap);

            /* The last hole joins the top, of which a page stays in part. */
            uint64_t last = (rounds - every + 1) * chunk;
            uint64_t expected = (last + PAGE - 1) / PAGE * PAGE;
            expected += (last + PAGE - 1) / PAGE * PAGE - last < 32 ? PAGE : 0;
            for (uint64_t i = 0; i + every < rounds; i += every)
                expected -=
                    ml_heap_hole_bytes((MlHeapChunk){ (i + 1) * chunk, (every - 1) * chunk }, PAGE);
            assert_in_range(resident, expected, expected + PAGE);
        }
}

static void
what_the_cache_keeps_holds_its_pages(void **state)
{
    enum { EVERY = 1000, CHUNK = 1024, CACHED = 7 };
    uint64_t chunk = CHUNK;
    uint64_t resident[2];

    for (size_t k = 0; k < 2; k++) {
        g_autofree MlHeap *heap = g_new0(MlHeap, 1);
        ml_heap_init(heap, PAGE);
        ml_heap_repeat(heap, 10 * EVERY, &chunk, 1, false);
        ml_heap_thin(heap, EVERY, k * CACHED);
        resident[k] = ml_heap_trim(heap);
    }
    assert_int_equal(resident[1] - resident[0], CACHED * CHUNK / PAGE * PAGE + PAGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slabs_are_emptied_as_if_counted_one_by_one),
        cmocka_unit_test(runs_side_by_side_are_one),
        cmocka_unit_test(holes_give_back_the_pages_that_lie_in_them),
        cmocka_unit_test(what_the_cache_keeps_holds_its_pages),
    };
    return cmocka_run_group_tests_name("model/thinning", tests, NULL, NULL);
}
