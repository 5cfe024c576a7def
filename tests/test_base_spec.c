#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/spec.h"
#include "structure/registry.h"

static void
specs_are_read_and_written_back_without_their_defaults(void **state)
{
    static const struct {
        const char *text, *back;
    } rows[] = {
        { "linked-list", "linked-list" },
        { "packed_array", "packed-array" },
        { "packed-array:width=4", "packed-array:width=4" },
        { "packed-array:width=8", "packed-array" },
        { "compact-dict:keys=string,values=boxed", "compact-dict:keys=string,values=boxed" },
        { "compact-dict:values=boxed,keys=string", "compact-dict:keys=string,values=boxed" },
        { "compact-dict:keys=string,key_format=it's %i",
            "compact-dict:keys=string,key_format=it's %i" },
        { "compact-dict:key_format='a, %i',keys=string",
            "compact-dict:keys=string,key_format=\"a, %i\"" },
        { "compact-dict:keys=string,key_format=\"\"\"%i, \"\"\"",
            "compact-dict:keys=string,key_format=\"\"\"%i, \"\"\"" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        const MlStructure *structure;
        MlOptions options;
        if (!ml_spec_parse(rows[i].text, &structure, &options, &error))
            fail_msg("%s: %s", rows[i].text, error->message);
        g_autofree char *back = ml_spec_to_string(structure, &options);
        assert_string_equal(back, rows[i].back);
    }
}

static const struct {
    const char *text;
    const char *message;
} bad[] = {
    { "linkedlist",
        "unknown structure 'linkedlist' (did you mean 'linked-list'?); see 'memlab list'" },
    { "xyzzy", "unknown structure 'xyzzy'; see 'memlab list'" },
    { "", "unknown structure ''; see 'memlab list'" },
    { "packed-array:widht=4",
        "structure 'packed-array' has no option 'widht' (did you mean 'width'?)" },
    { "packed-array:zzz=4", "structure 'packed-array' has no option 'zzz'; it has width" },
    { "packed-array:width=3",
        "option 'width' of 'packed-array' cannot be '3'; it takes 8, 4, 2 or 1" },
    { "packed-array:width=",
        "option 'width' of 'packed-array' cannot be ''; it takes 8, 4, 2 or 1" },
    { "growing-array:width=4", "structure 'growing-array' has no options" },
    { "packed-array:", "'' is not an option; write OPTION=VALUE" },
    { "packed-array:width", "option 'width' of 'packed-array' has no value; write width=VALUE" },
    { "packed-array:wide", "'wide' is not an option; write OPTION=VALUE" },
    { "compact-dict:key_length=9,keys=int",
        "option 'key_length' of 'compact-dict' needs keys=string, not int; leave one of the two "
        "out" },
    { "compact-dict:keys=int,key_format=%i",
        "option 'key_format' of 'compact-dict' needs keys=string, not int; leave one of the two "
        "out" },
    { "packed-array:width=4,", "'' is not an option; write OPTION=VALUE" },
    { "packed-array:width=4,width=2", "'width' is given twice" },
    { "packed-array:width='4", "'width' has a value whose quote is not closed at its end" },
    { "packed-array:width='4'2", "'width' has a value whose quote is not closed at its end" },
};

static void
what_is_no_spec_is_refused_with_the_remedy(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        const MlStructure *structure = NULL;
        MlOptions options;
        if (ml_spec_parse(bad[i].text, &structure, &options, &error))
            fail_msg("'%s' was taken", bad[i].text);
        assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
        assert_string_equal(error->message, bad[i].message);
        assert_null(structure);
    }
}

static void
a_text_that_is_too_long_is_refused_with_the_limit(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *filler = g_strnfill(ML_OPTION_TEXT_SIZE, 'x');
    g_autofree char *text = g_strdup_printf("compact-dict:key_format=%s%%i", filler);
    const MlStructure *structure;
    MlOptions options;

    assert_false(ml_spec_parse(text, &structure, &options, &error));
    assert_non_null(strstr(error->message, "it takes at most 63 bytes"));
}

static void
options_not_named_are_at_their_default(void **state)
{
    const MlStructure *structure;
    MlOptions options, defaults;

    memset(&options, 0xff, sizeof options);
    assert_true(ml_spec_parse("compact-dict:keys=string", &structure, &options, NULL));
    ml_options_defaults(structure->options, structure->n_options, &defaults);
    assert_true(ml_spec_set(structure, "keys", "string", &defaults, NULL));
    assert_memory_equal(&options, &defaults, sizeof options);
}

static void
every_choice_of_every_structure_reads_back(void **state)
{
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);

    for (size_t s = 0; s < n_structures; s++) {
        for (size_t o = 0; o < structures[s]->n_options; o++) {
            const MlOptionSpec *spec = &structures[s]->options[o];
            for (size_t c = 0; c < ML_MAX_CHOICES && spec->choices[c] != NULL; c++) {
                MlOptions options;
                const MlStructure *found;
                g_autofree char *text =
                    g_strdup_printf("%s:%s=%s", structures[s]->name, spec->name, spec->choices[c]);
                assert_true(ml_spec_parse(text, &found, &options, NULL));
                assert_ptr_equal(found, structures[s]);
                assert_int_equal(options.choice[o], c);
            }
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specs_are_read_and_written_back_without_their_defaults),
        cmocka_unit_test(what_is_no_spec_is_refused_with_the_remedy),
        cmocka_unit_test(a_text_that_is_too_long_is_refused_with_the_limit),
        cmocka_unit_test(options_not_named_are_at_their_default),
        cmocka_unit_test(every_choice_of_every_structure_reads_back),
    };
    return cmocka_run_group_tests_name("base/spec", tests, NULL, NULL);
}
