#include "ml_test.h"

#include <string.h>

#include "made_facts.h"

/* The field of a sampled block; fails the test where its bytes were not sampled. */
static gint64
field(const MlWalk *walk, const MlWalkSample *sample, guint64 element, guint number)
{
    gint64 value;
    assert_non_null(sample);
    assert_true(ml_walk_field(walk, sample, element, number, &value));
    return value;
}

static void
pointers_lead_to_the_blocks_that_were_sampled(void **state)
{
    enum { N = 1000 };
    g_autoptr(MlWalk) walk = ml_test_walk("boxed-array", N);
    guint array = (guint)ml_walk_part(walk, "pointer array");
    guint box = (guint)ml_walk_part(walk, "int object");
    const MlWalkSample *pointers = ml_walk_sample(walk, array, 0);

    assert_int_equal(walk->totals[box].blocks, N);
    for (guint64 i = 0; i < N; i += i == 3 ? N - 4 : 1) { /* 0 … 3 and the last */
        const MlWalkSample *object = ml_walk_sample(walk, box, i);
        assert_non_null(object);
        assert_int_equal(field(walk, pointers, i, 0), object->address);
        assert_int_equal(field(walk, object, 0, 0), 1);
        assert_int_equal(field(walk, object, 0, 2), i);
    }
}

static void
what_was_not_sampled_is_not_invented(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("boxed-array", 1000);
    const MlWalkSample *pointers = ml_walk_sample(walk, 0, 0);
    gint64 value = 42;

    assert_non_null(pointers);
    assert_false(ml_walk_field(walk, pointers, 500, 0, &value));
    assert_false(ml_walk_field(walk, pointers, 1000, 0, &value));
    assert_int_equal(value, 42);
    assert_null(ml_walk_sample(walk, 1, 500));
    assert_null(ml_walk_sample(walk, 0, 1));
    assert_int_equal(ml_walk_part(walk, "no such part"), -1);
}

/* The last element of the head, the first of the tail, and their neighbours in between. */
static void
samples_end_where_they_say(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("packed-array", 1000);
    const MlWalkSample *array = ml_walk_sample(walk, 0, 0);
    gint64 value;

    assert_non_null(array);
    guint64 head_end = array->head_bytes / 8, tail_start = array->tail_from / 8;
    assert_true(head_end > 0 && head_end < tail_start);
    assert_int_equal(field(walk, array, head_end - 1, 0), head_end - 1);
    assert_false(ml_walk_field(walk, array, head_end, 0, &value));
    assert_false(ml_walk_field(walk, array, tail_start - 1, 0, &value));
    assert_int_equal(field(walk, array, tail_start, 0), tail_start);
    assert_int_equal(field(walk, array, 999, 0), 999);
}

static void
narrow_integers_keep_their_sign(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("packed-array:width=1", 200);
    const MlWalkSample *array = ml_walk_sample(walk, 0, 0);

    assert_int_equal(field(walk, array, 127, 0), 127);
    assert_true(field(walk, array, 128, 0) == -128);
    assert_true(field(walk, array, 199, 0) == 199 - 256);
}

static void
text_is_read_whole_or_not_at_all(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("compact-dict:keys=string", 100);
    guint key = (guint)ml_walk_part(walk, "key object");
    g_autofree MlWalkSample *cut = g_memdup2(ml_walk_sample(walk, key, 11), sizeof *cut);
    g_autofree char *text = ml_walk_text(walk, cut);
    gint64 value;

    assert_string_equal(text, "key: 11");
    assert_false(ml_walk_field(walk, cut, 0, 3, &value));        /* characters are no integer */
    assert_null(ml_walk_text(walk, ml_walk_sample(walk, 1, 0))); /* entries are no text */
    cut->head_bytes = 24 + 6; /* one character less than there are */
    assert_null(ml_walk_text(walk, cut));
}

static void
foreign_characters_in_text_are_made_safe(void **state)
{
    g_autoptr(MlWalk) walk = ml_test_walk("compact-dict:key_format=\x1b[31m%i\xff", 1);
    const MlWalkSample *key = ml_walk_sample(walk, (guint)ml_walk_part(walk, "key object"), 0);
    assert_non_null(key);
    g_autofree char *text = ml_walk_text(walk, key);

    assert_true(g_utf8_validate(text, -1, NULL));
    assert_null(strchr(text, '\x1b'));
    assert_non_null(strstr(text, "[31m0"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointers_lead_to_the_blocks_that_were_sampled),
        cmocka_unit_test(what_was_not_sampled_is_not_invented),
        cmocka_unit_test(samples_end_where_they_say),
        cmocka_unit_test(narrow_integers_keep_their_sign),
        cmocka_unit_test(text_is_read_whole_or_not_at_all),
        cmocka_unit_test(foreign_characters_in_text_are_made_safe),
    };
    return cmocka_run_group_tests_name("facts/walk", tests, NULL, NULL);
}
