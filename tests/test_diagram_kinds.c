/* Every kind, with facts of every size, in every theme and format. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "diagram/diagram.h"
#include "diagram/wording.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "made_series.h"

#define SMALL 0.125 /* scale of the files compared: quick */

static const guint64 sizes[] = { 0, 1, 2, 3, 5, 6, 13, 1000, 1000000, 10000000000 };

static const FakeBoxed boxes[] = {
    { .bare = FALSE },
    { .bare = TRUE },
    { .classes = TRUE },
    { .classes = TRUE, .bare = TRUE },
    { .scattered = TRUE },
    { .shuffled = TRUE },
    { .model = TRUE },
    { .unexplained = 8192 },
};

static void
assert_sound(MlScene *scene, const MlLedger *ledger, const char *what, guint64 n)
{
    g_autofree char *complaint = first_complaint(scene, ledger);
    if (complaint != NULL)
        fail_msg("%s, n = %" G_GUINT64_FORMAT ": %s", what, n, complaint);
}

/* As ml_diagram_scene() does, but the fonts are read only once. */
static MlScene *
lay_out(MlMetrics *metrics, const char *kind_name, const MlDiagramFacts *facts, const Room *room)
{
    g_autoptr(GError) error = NULL;
    const MlDiagramKind *kind = ml_diagram_find(kind_name, NULL);
    MlScene *scene = room_scene(room, kind_name, metrics);
    if (!kind->layout(facts, scene, &error))
        fail_msg("%s, %s: %s", kind_name, room->size, error->message);
    return scene;
}

static void
assert_boxed_is_sound(MlMetrics *metrics, const FakeBoxed *boxed, const Room *room)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, boxed);
    g_autoptr(MlScene) scene = lay_out(metrics, "boxed-array", &fake.facts, room);
    assert_sound(scene, fake.ledger, room->size, boxed->n);
}

static void
boxed_arrays_of_every_size_are_laid_out_soundly(void **state)
{
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (guint b = 0; b < G_N_ELEMENTS(boxes); b++) {
            FakeBoxed boxed = boxes[b];
            boxed.n = sizes[s];
            for (guint r = 0; r < N_ROOMS; r++)
                assert_boxed_is_sound(*state, &boxed, &rooms[r]);
        }
}

static void
an_address_stands_at_both_ends_of_its_arrow(void **state)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 1000000 });
    g_autoptr(MlScene) scene = lay_out(*state, "boxed-array", &fake.facts, &rooms[0]);
    guint n_arrows = 0;
    guint n_addresses = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_PATH && item->path.is_arrow)
            n_arrows++;
        if (item->kind == ML_ITEM_TEXT && item->text.type.size == ML_TYPE_ADDRESS.size &&
            item->text.type.mono)
            n_addresses++;
    }
    assert_int_equal(n_arrows, 5);
    assert_int_equal(n_addresses, 2 * n_arrows);
}

static void
assert_ledgers_are_sound(MlMetrics *metrics, const MlDiagramFacts *facts, guint64 n)
{
    static const guint few = 3; /* as many rows of two bars as the smallest room has */
    for (guint r = 0; r < N_ROOMS; r++) {
        g_autoptr(MlScene) scene = lay_out(metrics, "ledger", facts, &rooms[r]);
        assert_sound(scene, NULL, rooms[r].size, n);
        MlDiagramFacts first = *facts;
        first.n_ledgers = MIN(facts->n_ledgers, few);
        g_autoptr(MlScene) pairs = lay_out(metrics, "model-measured", &first, &rooms[r]);
        assert_sound(pairs, NULL, rooms[r].size, n);
    }
}

static void
ledgers_of_every_size_are_laid_out_soundly(void **state)
{
    static const gint64 unexplained[] = { 0, 4096, 900000, -4096, -900000 };
    static const guint counts[] = { 1, 3, FAKE_LEDGERS };
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (guint u = 0; u < G_N_ELEMENTS(unexplained); u++)
            for (guint c = 0; c < G_N_ELEMENTS(counts); c++) {
                g_auto(FakeLedgers) fake = { 0 };
                fake_ledgers_init(&fake, sizes[s], u == 0, sizes[s] > 0 ? unexplained[u] : 0);
                fake.facts.n_ledgers = counts[c];
                assert_ledgers_are_sound(*state, &fake.facts, sizes[s]);
            }
}

static void
the_fall_back_font_does_as_well(void **state)
{
    g_autoptr(MlMetrics) metrics = fallback_metrics();
    if (metrics == NULL)
        return;
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_auto(FakeLedgers) ledgers = { 0 };
        fake_ledgers_init(&ledgers, sizes[s], FALSE, 0);
        assert_ledgers_are_sound(metrics, &ledgers.facts, sizes[s]);
        for (guint r = 0; r < N_ROOMS; r++)
            assert_boxed_is_sound(
                metrics, &(FakeBoxed){ .n = sizes[s], .bare = r % 2 == 1 }, &rooms[r]);
    }
}

/* --- the same bytes --------------------------------------------------------------------------- */

static GBytes *
render(const MlScene *scene, MlFormat format, const MlTheme *theme)
{
    g_autoptr(GError) error = NULL;
    GBytes *bytes = ml_diagram_render(scene, format, theme, SMALL, &error);
    if (bytes == NULL)
        fail_msg("%s", error->message);
    return bytes;
}

/* Two pictures, laid out and drawn in one order and in the other. */
static void
assert_same_in_both_orders(MlMetrics *metrics, MlFormat format, guint64 n, gboolean bare)
{
    g_auto(FakeFacts) boxed = { 0 };
    g_auto(FakeLedgers) ledgers = { 0 };
    fake_facts_init(&boxed, &(FakeBoxed){ .n = n, .bare = bare });
    fake_ledgers_init(&ledgers, n, FALSE, 0);
    g_autoptr(MlScene) a = lay_out(metrics, "boxed-array", &boxed.facts, &rooms[0]);
    g_autoptr(MlScene) b = lay_out(metrics, "ledger", &ledgers.facts, &rooms[0]);
    g_autoptr(MlScene) b_again = lay_out(metrics, "ledger", &ledgers.facts, &rooms[0]);
    g_autoptr(MlScene) a_again = lay_out(metrics, "boxed-array", &boxed.facts, &rooms[0]);
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++) {
        g_autoptr(GBytes) bytes_a = render(a, format, *theme);
        g_autoptr(GBytes) bytes_b = render(b, format, *theme);
        g_autoptr(GBytes) bytes_b_again = render(b_again, format, *theme);
        g_autoptr(GBytes) bytes_a_again = render(a_again, format, *theme);
        assert_true(g_bytes_equal(bytes_a, bytes_a_again));
        assert_true(g_bytes_equal(bytes_b, bytes_b_again));
        assert_false(g_bytes_equal(bytes_a, bytes_b));
    }
}

static void
the_same_facts_are_the_same_svg(void **state)
{
    for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (int bare = 0; bare <= 1; bare++)
            assert_same_in_both_orders(*state, ML_FORMAT_SVG, sizes[s], bare);
}

static void
the_same_facts_are_the_same_png(void **state)
{
    static const guint64 some[] = { 0, 1, 2, 3, 5, 1000000 };
    for (guint s = 0; s < G_N_ELEMENTS(some); s++)
        assert_same_in_both_orders(*state, ML_FORMAT_PNG, some[s], s % 2 == 1);
}

static void
the_same_facts_are_the_same_pdf(void **state)
{
    assert_same_in_both_orders(*state, ML_FORMAT_PDF, 1000000, FALSE);
}

static void
a_fresh_set_of_fonts_changes_nothing(void **state)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 1000000 });
    const MlDiagramKind *kind = ml_diagram_find("boxed-array", NULL);
    g_autoptr(MlScene) fresh = ml_diagram_scene(kind, &fake.facts, NULL, NULL);
    g_autoptr(MlScene) used = lay_out(*state, "boxed-array", &fake.facts, &rooms[0]);
    g_autoptr(GBytes) fresh_bytes = render(fresh, ML_FORMAT_PNG, ml_themes()[0]);
    g_autoptr(GBytes) used_bytes = render(used, ML_FORMAT_PNG, ml_themes()[0]);
    assert_true(g_bytes_equal(fresh_bytes, used_bytes));
}

static void
files_begin_as_their_formats_do(void **state)
{
    static const char *const begins[] = {
        [ML_FORMAT_SVG] = "<?xml",
        [ML_FORMAT_PNG] = "\x89PNG",
        [ML_FORMAT_PDF] = "%PDF",
    };
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 3 });
    g_autoptr(MlScene) scene = lay_out(*state, "boxed-array", &fake.facts, &rooms[0]);
    for (guint i = 0; i < G_N_ELEMENTS(begins); i++) {
        g_autoptr(GBytes) bytes = render(scene, (MlFormat)i, ml_themes()[0]);
        gsize size;
        const char *data = g_bytes_get_data(bytes, &size);
        assert_true(size > strlen(begins[i]));
        assert_memory_equal(data, begins[i], strlen(begins[i]));
    }
}

/* --- what cannot be drawn --------------------------------------------------------------------- */

static void
assert_refused(const char *kind, const MlDiagramFacts *facts, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    assert_null(ml_diagram_scene(ml_diagram_find(kind, NULL), facts, NULL, &error));
    assert_int_equal(error->code, code);
    assert_string_equal(error->message, message);
}

static void
more_bars_than_fit_are_refused(void **state)
{
    g_auto(FakeLedgers) fake = { 0 };
    const MlLedger *many[16];
    fake_ledgers_init(&fake, 1000, TRUE, 0);
    for (guint i = 0; i < G_N_ELEMENTS(many); i++)
        many[i] = fake.ledger[i % FAKE_LEDGERS];
    MlDiagramFacts facts = { .n_ledgers = 16, .ledgers = many };
    assert_refused("ledger",
        &facts,
        ML_ERROR_USAGE,
        "ledger: 16 structures do not fit into one picture; draw at most 15");
    facts.n_ledgers = 15;
    g_autoptr(MlScene) scene = lay_out(*state, "ledger", &facts, &rooms[0]);
    assert_sound(scene, NULL, "ledger of fifteen", 1000);
}

static void
facts_that_do_not_suit_the_kind_are_refused(void **state)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 3 });
    MlDiagramFacts nothing = { .n_ledgers = 0 };
    MlDiagramFacts no_walk = fake.facts;
    no_walk.walk = NULL;
    assert_refused("boxed-array",
        &nothing,
        ML_ERROR_USAGE,
        "boxed-array: name a structure to draw, such as boxed-array");
    assert_refused("boxed-array",
        &no_walk,
        ML_ERROR_USAGE,
        "boxed-array: draws one structure at a time, from its blocks in memory");
    g_free(fake.walk->shape);
    g_free(fake.walk->title);
    fake.walk->shape = g_strdup("chain");
    fake.walk->title = g_strdup("linked list");
    assert_refused("boxed-array",
        &fake.facts,
        ML_ERROR_USAGE,
        "boxed-array: cannot draw a linked list; it draws boxed-array");
}

static void
what_was_not_measured_is_not_compared(void **state)
{
    g_auto(FakeLedgers) fake = { 0 };
    g_autoptr(GError) error = NULL;
    fake_ledgers_init(&fake, 1000, TRUE, 0);
    const MlDiagramKind *kind = ml_diagram_find("model-measured", NULL);
    assert_null(ml_diagram_scene(kind, &fake.facts, NULL, &error));
    assert_int_equal(error->code, ML_ERROR_USAGE);
    assert_non_null(strstr(error->message, "was not measured"));
}

static void
a_walk_without_its_boxes_is_a_bad_recording(void **state)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 3 });
    fake.walk->n_samples = 1;
    assert_refused("boxed-array",
        &fake.facts,
        ML_ERROR_INPUT,
        "boxed-array: the walk lacks the first or the last int object: record it anew");
}

static void
a_picture_that_cairo_cannot_hold_is_refused(void **state)
{
    g_auto(FakeFacts) fake = { 0 };
    fake_facts_init(&fake, &(FakeBoxed){ .n = 3 });
    g_autoptr(MlScene) scene = lay_out(*state, "boxed-array", &fake.facts, &rooms[0]);
    g_autoptr(GError) error = NULL;
    assert_null(ml_diagram_render(scene, ML_FORMAT_PNG, ml_themes()[0], 20, &error));
    assert_int_equal(error->code, ML_ERROR_USAGE);
    assert_string_equal(error->message,
        "a picture of 38400 by 21600 px is too large: at most 32767 px a side; use a smaller "
        "scale");
}

static void
names_of_kinds_and_formats_are_looked_up(void **state)
{
    g_autoptr(GError) no_kind = NULL;
    g_autoptr(GError) no_format = NULL;
    MlFormat format = ML_FORMAT_PDF;
    assert_null(ml_diagram_find("boxed-aray", &no_kind));
    assert_true(g_str_has_prefix(no_kind->message,
        "unknown diagram 'boxed-aray' (did you mean 'boxed-array'?): there are boxed-array, "));
    assert_true(ml_diagram_format("folder.d/a.PNG", &format, NULL));
    assert_int_equal(format, ML_FORMAT_PNG);
    assert_false(ml_diagram_format("a.gif", &format, &no_format));
    assert_int_equal(no_format->code, ML_ERROR_USAGE);
    assert_string_equal(
        no_format->message, "a.gif: unknown format: the name must end in one of .svg, .png, .pdf");
    assert_int_equal(format, ML_FORMAT_PNG);
}

/* What the title says of two structures. */
static void
assert_versus_says(const char *first, const char *second, const char *expected)
{
    const MlSweepRange range = { .from = 10000, .to = 1000000, .steps = 9, .jumps = TRUE };
    g_autoptr(MlSeries) one = ml_test_series(first, &range);
    g_autoptr(MlSeries) other = ml_test_series(second, &range);
    const MlSeries *series[] = { one, other };
    MlDiagramFacts facts = { .n_series = 2, .series = series };
    g_autofree char *words = ml_diagram_find("versus", NULL)->describe(&facts);
    if (!g_str_has_prefix(words, expected))
        fail_msg("'%s' does not begin with '%s'", words, expected);
}

static void
variants_of_one_structure_are_told_apart(void **state)
{
    assert_versus_says("boxed-array",
        "packed-array",
        "A boxed array costs five times a packed array at n = 1" ML_THIN_SPACE "000" ML_THIN_SPACE
        "000.");
    assert_versus_says(
        "boxed-array", "boxed-array:box=bare", "They cost the same per element at n = ");
    assert_versus_says("chained-table",
        "chained-table:keys=string",
        "A chained hash table with keys=string costs 1.9 times a plain one at n = ");
    assert_versus_says("chained-table:fill=4",
        "chained-table",
        "A chained hash table costs 1.1 times one with fill=4 at n = ");
    assert_versus_says("open-table:deleted=3,keys=string",
        "open-table:deleted=3,values=boxed",
        "An open hash table with keys=string costs");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxed_arrays_of_every_size_are_laid_out_soundly),
        cmocka_unit_test(an_address_stands_at_both_ends_of_its_arrow),
        cmocka_unit_test(ledgers_of_every_size_are_laid_out_soundly),
        cmocka_unit_test(the_fall_back_font_does_as_well),
        cmocka_unit_test(the_same_facts_are_the_same_svg),
        cmocka_unit_test(the_same_facts_are_the_same_png),
        cmocka_unit_test(the_same_facts_are_the_same_pdf),
        cmocka_unit_test(a_fresh_set_of_fonts_changes_nothing),
        cmocka_unit_test(files_begin_as_their_formats_do),
        cmocka_unit_test(more_bars_than_fit_are_refused),
        cmocka_unit_test(facts_that_do_not_suit_the_kind_are_refused),
        cmocka_unit_test(what_was_not_measured_is_not_compared),
        cmocka_unit_test(a_walk_without_its_boxes_is_a_bad_recording),
        cmocka_unit_test(a_picture_that_cairo_cannot_hold_is_refused),
        cmocka_unit_test(names_of_kinds_and_formats_are_looked_up),
        cmocka_unit_test(variants_of_one_structure_are_told_apart),
    };
    return cmocka_run_group_tests(tests, read_fonts, drop_fonts);
}
