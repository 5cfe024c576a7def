#include "ml_test.h"

#include "base/spec.h"
#include "facts/times_json.h"
#include "measure/timing.h"

enum { N = 100000 };

static MlTimes
time_spec(const char *spec, guint64 n)
{
    MlMeasureRequest request = { .n = n, .repeats = 3 };
    MlTimes times;
    g_autoptr(GError) error = NULL;
    assert_true(ml_spec_parse(spec, &request.structure, &request.options, &error));
    if (!ml_time_measure(&request, &times, &error))
        fail_msg("%s", error->message);
    assert_int_equal(times.repeats, 3);
    return times;
}

/* 100 000 nodes of 32 B are 782 pages; the second time they are at hand. */
static void
a_first_build_faults_every_page_and_a_second_none(void **state)
{
    MlTimes times = time_spec("linked-list", N);
    assert_true(times.time[ML_TIME_BUILD].page_faults >= 782);
    assert_true(times.time[ML_TIME_BUILD].page_faults < 800);
    assert_true(times.time[ML_TIME_BUILD_AGAIN].page_faults < 20);
    assert_true(times.time[ML_TIME_TRAVERSE].page_faults < 5);
    assert_true(times.fault_seconds > 0);
}

static void
every_time_is_of_as_many_elements_as_it_says(void **state)
{
    MlTimes times = time_spec("packed-array", N);
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++) {
        assert_int_equal(times.time[kind].count, N);
        assert_true(times.time[kind].seconds > 0);
        assert_true(times.time[kind].spread_seconds >= 0);
    }
}

/* A look-up in a list of a million walks half of it: not a million of them can be done. */
static void
look_ups_that_take_long_are_cut_short(void **state)
{
    MlTimes times = time_spec("linked-list", 1000000);
    assert_true(times.time[ML_TIME_LOOK_UP_RANDOM].count > 0);
    assert_true(times.time[ML_TIME_LOOK_UP_RANDOM].count < 1000000);
}

static void
nothing_can_be_timed_as_well(void **state)
{
    MlTimes times = time_spec("compact-dict", 0);
    assert_int_equal(times.time[ML_TIME_LOOK_UP].count, 0);
    assert_int_equal(times.time[ML_TIME_BUILD].page_faults, 0);
}

static void
times_survive_json(void **state)
{
    MlTimes times = time_spec("boxed-array", 1000);
    MlTimes read;
    g_autoptr(GError) error = NULL;
    json_t *json = ml_times_to_json(&times);
    ml_times_from_json(json, &read, &error);
    json_decref(json);
    assert_null(error);
    assert_int_equal(read.repeats, times.repeats);
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++) {
        assert_int_equal(read.time[kind].count, times.time[kind].count);
        assert_int_equal(read.time[kind].page_faults, times.time[kind].page_faults);
        assert_true(read.time[kind].seconds == times.time[kind].seconds);
    }
    assert_null(ml_times_to_json(&(MlTimes){ .repeats = 0 }));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_build_faults_every_page_and_a_second_none),
        cmocka_unit_test(every_time_is_of_as_many_elements_as_it_says),
        cmocka_unit_test(look_ups_that_take_long_are_cut_short),
        cmocka_unit_test(nothing_can_be_timed_as_well),
        cmocka_unit_test(times_survive_json),
    };
    return cmocka_run_group_tests_name("measure/timing", tests, NULL, NULL);
}
