/* Page maps: neighbours told together, and written and read as JSON. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "facts/page_map_json.h"
#include "made_pages.h"
#include "measure/page_map_runs.h"

static const MadePages some = {
    .n_old = 1, .n_new = 5, .n_alone = 2, .n_mapped = 300, .n_absent = 4
};
static const MadePages many = { .n_old = 3, .n_new = 27000, .n_mapped = 9, .varied = TRUE };

static MlPageRun
total(const MlPageMap *map)
{
    MlPageRun sum = { .from = 0 };
    for (guint i = 0; i < map->runs->len; i++)
        for (guint state = 0; state < ML_N_PAGE_STATES; state++) {
            const MlPageRun *run = ml_page_map_run(map, i);
            sum.n_pages[state] += run->n_pages[state];
            for (guint role = 0; role < ML_N_ROLES; role++)
                sum.bytes[state][role] += run->bytes[state][role];
        }
    return sum;
}

static void
pages_that_are_alike_are_told_together(void **state)
{
    g_autoptr(MlPageMap) map = ml_test_pages(&some);
    assert_int_equal(map->runs->len, 5);
    assert_int_equal(ml_page_map_run(map, 1)->n_pages[ML_PAGE_NEW], 5);
    assert_int_equal(ml_page_map_run(map, 1)->bytes[ML_PAGE_NEW][ML_ROLE_POINTER], 5 * 2048);
    assert_int_equal(ml_page_map_run(map, 4)->n_pages[ML_PAGE_ABSENT], 4);
}

static void
however_many_differ_the_sums_stay(void **state)
{
    g_autoptr(MlPageMap) map = ml_test_pages(&many);
    MlPageRun sum = total(map);
    guint64 data = 0;
    for (guint64 i = 0; i < many.n_new; i++)
        data += 1024 + i * 7 % 64 * 8;
    assert_true(map->runs->len <= ML_PAGE_MAP_RUNS);
    assert_true(map->runs->len > ML_PAGE_MAP_RUNS / 4);
    assert_int_equal(sum.n_pages[ML_PAGE_OLD], many.n_old);
    assert_int_equal(sum.n_pages[ML_PAGE_NEW], many.n_new + many.n_mapped);
    assert_int_equal(sum.bytes[ML_PAGE_NEW][ML_ROLE_DATA], data + many.n_mapped * 4096);
}

/* Every second page is another's: nothing touches. */
static void
over_gaps_they_are_told_together_last(void **state)
{
    g_autoptr(MlPageMap) map = ml_page_map_new(4096);
    for (guint64 i = 0; i < 10000; i++) {
        MlPageRun run = { .from = i * 8192, .n_pages = { [ML_PAGE_NEW] = 1 } };
        run.bytes[ML_PAGE_NEW][ML_ROLE_DATA] = 100;
        ml_page_runs_add(map->runs, &run, 4096);
    }
    assert_int_equal(map->runs->len, 10000);
    ml_page_runs_shorten(map->runs, 100, 4096);
    assert_in_range(map->runs->len, 50, 100);
    assert_int_equal(total(map).bytes[ML_PAGE_NEW][ML_ROLE_DATA], 1000000);
}

static void
a_map_is_read_as_it_was_written(void **state)
{
    const MadePages *const made[] = { &some, &many };
    for (guint m = 0; m < G_N_ELEMENTS(made); m++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(MlPageMap) map = ml_test_pages(made[m]);
        json_t *json = ml_page_map_to_json(map);
        g_autoptr(MlPageMap) again = ml_page_map_from_json(json, &error);
        json_decref(json);
        if (again == NULL)
            fail_msg("%s", error->message);
        assert_int_equal(again->page_bytes, map->page_bytes);
        assert_int_equal(again->runs->len, map->runs->len);
        assert_memory_equal(again->runs->data, map->runs->data, map->runs->len * sizeof(MlPageRun));
        assert_int_equal(again->n_shown, map->n_shown);
        for (guint i = 0; i < map->n_shown; i++) {
            assert_int_equal(again->shown[i].address, map->shown[i].address);
            assert_int_equal(again->shown[i].state, map->shown[i].state);
            assert_memory_equal(again->shown[i].bytes, map->shown[i].bytes, map->page_bytes);
        }
    }
}

/* Twenty-seven thousand pages, no two neighbours alike. */
static void
it_stays_small(void **state)
{
    g_autoptr(MlPageMap) map = ml_test_pages(&many);
    json_t *json = ml_page_map_to_json(map);
    g_autofree char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    assert_true(strlen(text) < 150000);
}

/* @key of @in: of the map, its first run or its first page that is spelled out. */
static void
assert_bad(const char *in, const char *key, const char *value, const char *complaint)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MlPageMap) map = ml_test_pages(&some);
    json_t *json = ml_page_map_to_json(map);
    json_t *owner = in != NULL ? json_array_get(json_object_get(json, in), 0) : json;
    json_t *bad = json_loads(value, JSON_DECODE_ANY, NULL);
    assert_non_null(bad);
    json_object_set_new(owner, key, bad);
    assert_null(ml_page_map_from_json(json, &error));
    json_decref(json);
    assert_int_equal(error->code, ML_ERROR_INPUT);
    if (strstr(error->message, complaint) == NULL)
        fail_msg("%s = %s: %s", key, value, error->message);
}

static void
what_cannot_be_is_a_bad_recording(void **state)
{
    assert_bad(NULL, "page_bytes", "0", "a size that no page has");
    assert_bad(NULL, "page_bytes", "5000", "a size that no page has");
    assert_bad(NULL, "roles", "[\"data\"]", "its roles are not those");
    assert_bad(NULL, "runs", "3", "runs");
    assert_bad("runs", "from", "\"here\"", "from");
    assert_bad("runs", "from", "99999999999999999", "not in the order");
    assert_bad("runs", "old", "[0]", "not what it can be");
    assert_bad("runs", "old", "[1, -1]", "not what it can be");
    assert_bad("runs", "old", "[1, 4096, 1]", "not what it can be");
    assert_bad("runs", "old", "[9999999999999999]", "not what it can be");
    assert_bad("runs", "old", "null", "not what it can be");
    assert_bad("shown", "state", "\"asleep\"", "a state that there is not");
    assert_bad("shown", "spans", "[[4096, 9, 0]]", "not what it can be");
    assert_bad("shown", "spans", "[[4097, 0, 0]]", "not what it can be");
    assert_bad("shown", "spans", "[[100, 0, 0]]", "not as long as it is");
}

/* Recordings of earlier days have none. */
static void
a_walk_may_come_without(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_paged_walk("linked-list", 100, &some);
    json_t *json = ml_walk_to_json(walk);
    g_autoptr(MlWalk) with = ml_walk_from_json(json, NULL);
    json_object_del(json, "pages");
    g_autoptr(MlWalk) without = ml_walk_from_json(json, NULL);
    json_decref(json);
    assert_non_null(with);
    assert_non_null(with->pages);
    assert_non_null(without);
    assert_null(without->pages);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_that_are_alike_are_told_together),
        cmocka_unit_test(however_many_differ_the_sums_stay),
        cmocka_unit_test(over_gaps_they_are_told_together_last),
        cmocka_unit_test(a_map_is_read_as_it_was_written),
        cmocka_unit_test(it_stays_small),
        cmocka_unit_test(what_cannot_be_is_a_bad_recording),
        cmocka_unit_test(a_walk_may_come_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
