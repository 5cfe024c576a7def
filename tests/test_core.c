#include "ml_test.h"

#include <string.h>

#include "core/options.h"
#include "core/plan.h"
#include "core/structure.h"

/* --- words ------------------------------------------------------------------------------------ */

static void
roles_have_distinct_words(void **state)
{
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        assert_true(strlen(ml_role_short(role)) <= strlen(ml_role_label(role)));
        assert_string_not_equal(ml_role_label(role), "header");
        assert_string_not_equal(ml_role_short(role), "header");
        for (MlRole other = 0; other < role; other++) {
            assert_string_not_equal(ml_role_id(role), ml_role_id(other));
            assert_string_not_equal(ml_role_label(role), ml_role_label(other));
            assert_string_not_equal(ml_role_short(role), ml_role_short(other));
        }
    }
}

static void
roles_are_called_as_everywhere(void **state)
{
    static const char *const ids[ML_N_ROLES] = {
        "data", "pointer", "object-header", "index", "allocator", "padding", "unused", "unexplained"
    };

    for (MlRole role = 0; role < ML_N_ROLES; role++)
        assert_string_equal(ml_role_id(role), ids[role]);
    assert_string_equal(ml_role_label(ML_ROLE_ALLOCATOR), "malloc's own");
    assert_string_equal(ml_role_label(ML_ROLE_UNUSED), "spare room");
}

static void
shapes_have_distinct_names(void **state)
{
    for (MlShape shape = 0; shape < ML_N_SHAPES; shape++)
        for (MlShape other = 0; other < shape; other++)
            assert_string_not_equal(ml_shape_id(shape), ml_shape_id(other));
}

/* --- parts ------------------------------------------------------------------------------------ */

static void
assert_roles(const uint64_t bytes[ML_N_ROLES], const uint64_t expected[ML_N_ROLES])
{
    for (int role = 0; role < ML_N_ROLES; role++)
        assert_int_equal(bytes[role], expected[role]);
}

static void
elements_beyond_those_in_use_are_spare_room(void **state)
{
    const uint64_t expected[ML_N_ROLES] = { [ML_ROLE_DATA] = 24, [ML_ROLE_UNUSED] = 40 };
    uint64_t bytes[ML_N_ROLES];
    MlPart array;

    ml_part_init(&array, "array", 8);
    ml_part_add(&array, "value", 0, 8, ML_ROLE_DATA, ML_FIELD_INT);
    ml_part_roles(&array, 64, 3, bytes);
    assert_roles(bytes, expected);
}

static void
bytes_that_no_field_covers_are_padding(void **state)
{
    /* { char kind; (7 B hole) void *next; int count; (4 B at the end) }, two of them */
    const uint64_t expected[ML_N_ROLES] = {
        [ML_ROLE_DATA] = 10, [ML_ROLE_POINTER] = 16, [ML_ROLE_PADDING] = 22
    };
    uint64_t bytes[ML_N_ROLES];
    MlPart part;

    ml_part_init(&part, "holey", 24);
    ml_part_add(&part, "kind", 0, 1, ML_ROLE_DATA, ML_FIELD_INT);
    ml_part_add(&part, "next", 8, 8, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ml_part_add(&part, "count", 16, 4, ML_ROLE_DATA, ML_FIELD_INT);
    ml_part_roles(&part, 48, 2, bytes);
    assert_roles(bytes, expected);
}

static void
characters_are_data_and_the_nul_is_padding(void **state)
{
    /* "abc" and "defgh", each behind an 8 B length */
    const uint64_t expected[ML_N_ROLES] = {
        [ML_ROLE_OBJECT_HEADER] = 16, [ML_ROLE_DATA] = 8, [ML_ROLE_PADDING] = 2
    };
    uint64_t bytes[ML_N_ROLES];
    MlPart text;

    ml_part_init(&text, "text", 8 + 1);
    ml_part_add(&text, "length", 0, 8, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ml_part_add(&text, "chars", 8, 0, ML_ROLE_DATA, ML_FIELD_TEXT);
    ml_part_roles(&text, 8 + 3 + 1 + 8 + 5 + 1, 2, bytes);
    assert_roles(bytes, expected);
}

/* --- options ---------------------------------------------------------------------------------- */

static bool
accepts_letters(const char *text)
{
    return text[0] != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz") == strlen(text);
}

static const MlOptionSpec specs[] = {
    { .name = "size", .choices = { "small", "large" } },
    {
        .name = "name",
        .text_default = "nobody",
        .text_accepts = accepts_letters,
        .implies_name = "size",
        .implies_value = "large",
    },
};

static MlOptionResult
set(MlOptions *options, const char *name, const char *value)
{
    return ml_options_set(specs, 2, name, value, options);
}

static void
options_begin_at_their_defaults(void **state)
{
    MlOptions options;

    memset(&options, 0xff, sizeof options);
    ml_options_defaults(specs, 2, &options);
    assert_string_equal(ml_options_value(specs, 0, &options), "small");
    assert_string_equal(ml_options_value(specs, 1, &options), "nobody");
}

static void
options_are_set_by_name(void **state)
{
    MlOptions options;

    ml_options_defaults(specs, 2, &options);
    assert_int_equal(set(&options, "size", "large"), ML_OPTION_OK);
    assert_string_equal(ml_options_value(specs, 0, &options), "large");
    assert_int_equal(set(&options, "size", "small"), ML_OPTION_OK);
    assert_int_equal(set(&options, "name", "somebody"), ML_OPTION_OK);
    assert_string_equal(ml_options_value(specs, 1, &options), "somebody");
    assert_string_equal(ml_options_value(specs, 0, &options), "large"); /* implied */
}

static void
a_wrong_option_changes_nothing(void **state)
{
    char too_long[ML_OPTION_TEXT_SIZE + 1] = { 0 };
    MlOptions options, before;

    memset(too_long, 'x', ML_OPTION_TEXT_SIZE);
    ml_options_defaults(specs, 2, &options);
    before = options;
    assert_int_equal(set(&options, "colour", "red"), ML_OPTION_UNKNOWN_NAME);
    assert_int_equal(set(&options, "size", "medium"), ML_OPTION_UNKNOWN_VALUE);
    assert_int_equal(set(&options, "size", ""), ML_OPTION_UNKNOWN_VALUE);
    assert_int_equal(set(&options, "name", "R2D2"), ML_OPTION_UNKNOWN_VALUE);
    assert_int_equal(set(&options, "name", too_long), ML_OPTION_UNKNOWN_VALUE);
    assert_memory_equal(&options, &before, sizeof options);
    too_long[ML_OPTION_TEXT_SIZE - 1] = '\0';
    assert_int_equal(set(&options, "name", too_long), ML_OPTION_OK);
    assert_string_equal(ml_options_value(specs, 1, &options), too_long);
}

/* --- plan ------------------------------------------------------------------------------------- */

static void
a_plan_keeps_what_was_asked_in_order(void **state)
{
    static MlPlan plan;
    const MlRequest round[] = { { 1, 24 }, { 2, 36 } };

    ml_plan_init(&plan);
    uint32_t first = ml_plan_alloc(&plan, 0, 64, 0);
    uint32_t second = ml_plan_alloc(&plan, 0, 128, 32);
    ml_plan_repeat(&plan, 7, 2, round);
    ml_plan_repeat(&plan, 0, 2, round); /* nothing */
    ml_plan_realloc(&plan, first, 256);
    ml_plan_free(&plan, second);
    ml_plan_use(&plan, first, 5);

    static const MlStepKind kinds[] = {
        ML_STEP_ALLOC, ML_STEP_ALLOC, ML_STEP_TOUCH, ML_STEP_REPEAT, ML_STEP_REALLOC, ML_STEP_FREE
    };
    assert_int_equal(plan.n_steps, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(plan.steps[i].kind, kinds[i]);
    assert_int_equal(plan.steps[2].block, second);
    assert_int_equal(plan.steps[2].bytes, 32);
    assert_int_equal(plan.steps[3].count, 7);
    assert_int_equal(plan.steps[3].round[1].request_bytes, 36);
    assert_int_equal(plan.steps[4].bytes, 256);
    assert_int_equal(plan.n_blocks, 2);
    assert_int_equal(plan.blocks[first].used, 5);
    assert_int_equal(plan.blocks[second].used, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_have_distinct_words),
        cmocka_unit_test(roles_are_called_as_everywhere),
        cmocka_unit_test(shapes_have_distinct_names),
        cmocka_unit_test(elements_beyond_those_in_use_are_spare_room),
        cmocka_unit_test(bytes_that_no_field_covers_are_padding),
        cmocka_unit_test(characters_are_data_and_the_nul_is_padding),
        cmocka_unit_test(options_begin_at_their_defaults),
        cmocka_unit_test(options_are_set_by_name),
        cmocka_unit_test(a_wrong_option_changes_nothing),
        cmocka_unit_test(a_plan_keeps_what_was_asked_in_order),
    };
    return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
