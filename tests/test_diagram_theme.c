#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "diagram/theme.h"
#include "diagram_colour.h"
#include "diagram_facts.h"

#define LETTERS_ON_FILLS 4.7
#define LETTERS_ON_PAPER 4.5
#define FILLS_APART 14.8

static void
black_and_white_are_as_far_apart_as_colours_can_be(void **state)
{
    assert_near(colour_contrast("#000000", "#ffffff"), 21, 0.01);
    assert_near(colour_difference("#000000", "#ffffff", EYES_NORMAL), 100, 0.01);
    assert_near(colour_difference("#2ba084", "#2ba084", EYES_DEUTAN), 0, 0.001);
}

static void
every_ink_of_every_theme_has_a_colour(void **state)
{
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
        for (int ink = ML_INK_TEXT; ink < ML_N_INKS; ink++) {
            const char *colour = (*theme)->colour[ink];
            assert_non_null(colour);
            assert_int_equal(strlen(colour), 7);
            assert_int_equal(strspn(colour + 1, "0123456789abcdef"), 6);
        }
}

static void
letters_can_be_read_on_every_fill(void **state)
{
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
        for (int role = 0; role < ML_N_ROLES; role++) {
            const char *letters = (*theme)->colour[ml_ink_of(ML_INK_ON, (MlRole)role)];
            const char *fill = (*theme)->colour[ml_ink_of(ML_INK_FILL, (MlRole)role)];
            assert_true(colour_contrast(letters, fill) >= LETTERS_ON_FILLS);
        }
}

static void
letters_can_be_read_on_the_background(void **state)
{
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++) {
        const char *paper = (*theme)->colour[ML_INK_BACKGROUND];
        assert_true(colour_contrast((*theme)->colour[ML_INK_TEXT], paper) >= LETTERS_ON_PAPER);
        assert_true(colour_contrast((*theme)->colour[ML_INK_MUTED], paper) >= LETTERS_ON_PAPER);
        for (int role = 0; role < ML_N_ROLES; role++) {
            const char *line = (*theme)->colour[ml_ink_of(ML_INK_LINE, (MlRole)role)];
            assert_true(colour_contrast(line, paper) >= LETTERS_ON_PAPER);
        }
    }
}

/* All but `unused`, which is told by its dashed outline. */
static void
roles_have_colours_that_all_eyes_tell_apart(void **state)
{
    const MlTheme *theme = ml_theme_find("light", NULL);
    for (int a = 0; a < ML_N_ROLES; a++)
        for (int b = 0; b < a; b++) {
            const char *one = theme->colour[ml_ink_of(ML_INK_FILL, (MlRole)a)];
            const char *other = theme->colour[ml_ink_of(ML_INK_FILL, (MlRole)b)];
            if (a == ML_ROLE_UNUSED || b == ML_ROLE_UNUSED)
                continue;
            for (int eyes = 0; eyes < N_EYES; eyes++)
                assert_true(colour_difference(one, other, (Eyes)eyes) >= FILLS_APART);
        }
}

static void
a_role_keeps_its_colour_in_the_dark(void **state)
{
    const MlTheme *light = ml_theme_find("light", NULL);
    const MlTheme *dark = ml_theme_find("dark", NULL);
    assert_ptr_equal(light->dark, dark);
    for (int role = 0; role < ML_N_ROLES; role++) {
        MlInk fill = ml_ink_of(ML_INK_FILL, (MlRole)role);
        if (role != ML_ROLE_UNUSED)
            assert_string_equal(light->colour[fill], dark->colour[fill]);
    }
}

static void
an_unknown_theme_is_refused_with_the_ones_there_are(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(ml_theme_find("blue", &error));
    assert_int_equal(error->code, ML_ERROR_USAGE);
    assert_string_equal(
        error->message, "unknown theme 'blue': there are light, dark, print, transparent");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(black_and_white_are_as_far_apart_as_colours_can_be),
        cmocka_unit_test(every_ink_of_every_theme_has_a_colour),
        cmocka_unit_test(letters_can_be_read_on_every_fill),
        cmocka_unit_test(letters_can_be_read_on_the_background),
        cmocka_unit_test(roles_have_colours_that_all_eyes_tell_apart),
        cmocka_unit_test(a_role_keeps_its_colour_in_the_dark),
        cmocka_unit_test(an_unknown_theme_is_refused_with_the_ones_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
