/* What a scene is painted as: the grounds under arrows and letters, theme by theme. */
#include "ml_test.h"

#include "diagram/arrow.h"
#include "diagram/painter.h"
#include "diagram/theme.h"
#include "diagram_facts.h"

/* A backend that only keeps account. */
typedef struct {
    MlPainter base;
    guint background_strokes; /* before any other */
    guint other_strokes;
    double widest;
    guint fills;
    MlStroke halo;
} Account;

static void
count_fill(MlPainter *self, const MlForm *form, MlInk ink, double alpha, double bytes)
{
    ((Account *)self)->fills++;
}

static void
count_stroke(MlPainter *self, const MlForm *form, const MlStroke *stroke)
{
    Account *account = (Account *)self;
    if (stroke->ink != ML_INK_BACKGROUND) {
        account->other_strokes++;
        return;
    }
    account->background_strokes += account->other_strokes == 0;
    account->widest = fmax(account->widest, stroke->width);
}

static void
keep_halo(MlPainter *self, const MlItem *text, MlStroke halo)
{
    ((Account *)self)->halo = halo;
}

static void
ignore_pattern(MlPainter *self, const MlForm *form, MlRole role, gboolean fine)
{
}

static void
ignore_group(MlPainter *self, const MlGroup *group)
{
}

static void
ignore_end(MlPainter *self)
{
}

static Account
paint(const MlScene *scene, const char *theme)
{
    Account account = {
        .base = {
            .begin_group = ignore_group,
            .end_group = ignore_end,
            .fill = count_fill,
            .fill_pattern = ignore_pattern,
            .stroke = count_stroke,
            .text = keep_halo,
        },
    };
    ml_paint_scene(scene, ml_theme_find(theme, NULL), &account.base);
    return account;
}

static MlScene *
empty_scene(MlMetrics *metrics)
{
    return room_scene(&rooms[0], "boxed-array", metrics);
}

/* --- arrows ----------------------------------------------------------------------------------- */

/* An arrow in right angles may cross others: it breaks their lines, under its own. */
static void
an_arrow_in_a_lane_is_cased(void **state)
{
    g_autoptr(MlScene) scene = empty_scene(*state);
    ml_arrow_lane(scene, (MlPoint){ 300, 300 }, 320, 60, 700, 0x1000);

    Account light = paint(scene, "light");
    assert_int_equal(light.background_strokes, 1);
    assert_true(light.widest > ML_ARROW_WIDTH + 4);
    assert_int_equal(paint(scene, "dark").background_strokes, 1);
    assert_int_equal(paint(scene, "print").background_strokes, 1);
    assert_int_equal(paint(scene, "transparent").background_strokes, 0); /* no ground to paint */
}

/* One that crosses nothing needs ground only where it runs over a hatched size field. */
static void
an_arrow_that_crosses_nothing_is_cased_in_print(void **state)
{
    g_autoptr(MlScene) scene = empty_scene(*state);
    ml_arrow_sideways(scene, (MlPoint){ 300, 300 }, 320, 30, (MlPoint){ 700, 300 }, 0x1000);

    assert_int_equal(paint(scene, "light").background_strokes, 0);
    assert_int_equal(paint(scene, "print").background_strokes, 1);
}

/* --- letters ---------------------------------------------------------------------------------- */

static Account
paint_letters(MlMetrics *metrics, MlRole role, const char *theme)
{
    g_autoptr(MlScene) scene = empty_scene(metrics);
    ml_scene_text(scene,
        (MlPoint){ 300, 300 },
        ML_ANCHOR_MIDDLE,
        ML_TYPE_NOTE,
        ml_ink_of(ML_INK_ON, role),
        "32");
    Account account = paint(scene, theme);
    g_autoptr(MlScene) bare = empty_scene(metrics);
    account.fills -= paint(bare, theme).fills;
    return account;
}

static void
letters_on_a_pattern_have_a_plate_or_in_print_a_halo(void **state)
{
    Account light = paint_letters(*state, ML_ROLE_ALLOCATOR, "light");
    assert_int_equal(light.fills, 1);
    assert_true(light.halo.width <= 0);

    Account print = paint_letters(*state, ML_ROLE_ALLOCATOR, "print");
    assert_int_equal(print.fills, 0);
    assert_int_equal(print.halo.ink, ML_INK_BACKGROUND);
    assert_true(print.halo.width > 0);
}

/* Data is a plain ground of its own. */
static void
letters_on_data_have_neither(void **state)
{
    Account light = paint_letters(*state, ML_ROLE_DATA, "light");
    assert_int_equal(light.fills, 0);
    assert_true(light.halo.width <= 0);
    assert_true(paint_letters(*state, ML_ROLE_DATA, "print").halo.width <= 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arrow_in_a_lane_is_cased),
        cmocka_unit_test(an_arrow_that_crosses_nothing_is_cased_in_print),
        cmocka_unit_test(letters_on_a_pattern_have_a_plate_or_in_print_a_halo),
        cmocka_unit_test(letters_on_data_have_neither),
    };
    return cmocka_run_group_tests(tests, read_fonts, drop_fonts);
}
