#include "ml_test.h"

#include <string.h>

#include "structure/registry.h"

static void
names_are_unique_and_found(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);

    assert_true(n >= 8);
    for (size_t i = 0; i < n; i++)
        assert_ptr_equal(ml_structure_find(structures[i]->name), structures[i]);
    assert_null(ml_structure_find("no-such-structure"));
}

static void
every_structure_keeps_the_contract(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);

    for (size_t i = 0; i < n; i++) {
        const MlStructure *it = structures[i];
        assert_int_equal(it->contract, ML_STRUCTURE_CONTRACT);
        assert_in_range(it->instance_size, 1, ML_INSTANCE_SIZE);
        assert_true(it->n_options <= ML_MAX_OPTIONS);
        assert_non_null(ml_shape_id(it->shape));
        assert_true(strlen(it->title) > 0 && strlen(it->summary) > 0 && strlen(it->element) > 0);
    }
}

static void
check_option(const MlStructure *structure, size_t i)
{
    const MlOptionSpec *option = &structure->options[i];
    MlOptions defaults;

    ml_options_defaults(structure->options, structure->n_options, &defaults);
    const char *value = ml_options_value(structure->options, i, &defaults);
    if (option->text_default != NULL) {
        assert_string_equal(value, option->text_default);
        assert_true(option->text_accepts(option->text_default));
    } else {
        assert_string_equal(value, option->choices[0]);
    }
    for (size_t k = 0; k < i; k++)
        assert_string_not_equal(structure->options[k].name, option->name);
    for (size_t c = 0; c + 1 < ML_MAX_CHOICES && option->choices[c + 1] != NULL; c++)
        assert_string_not_equal(option->choices[c], option->choices[c + 1]);
    if (option->implies_name != NULL)
        assert_int_equal(ml_options_set(structure->options,
                             structure->n_options,
                             option->implies_name,
                             option->implies_value,
                             &defaults),
            ML_OPTION_OK);
}

static void
options_are_unique_and_their_defaults_come_first(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < structures[i]->n_options; k++)
            check_option(structures[i], k);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique_and_found),
        cmocka_unit_test(every_structure_keeps_the_contract),
        cmocka_unit_test(options_are_unique_and_their_defaults_come_first),
    };
    return cmocka_run_group_tests_name("structure/registry", tests, NULL, NULL);
}
