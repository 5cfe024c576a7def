/* Structs, word by word: every structure, every room, both fonts; and sums side by side. */
#include "each_structure.h"

#include <string.h>

#include "base/error.h"
#include "base/spec.h"
#include "base/text.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "facts/recording.h"

#define SMALL 0.125 /* scale of the files compared: quick */

static MlMetrics *inter;
static MlMetrics *dejavu; /* NULL where it is not installed */

/* --- facts ------------------------------------------------------------------------------------ */

static void
add(GPtrArray *layouts, const char *spec)
{
    const MlStructure *structure;
    MlOptions options;
    assert_true(ml_spec_parse(spec, &structure, &options, NULL));
    assert_true(ml_layouts_of(structure, &options, 1000, layouts, NULL));
}

static MlDiagramFacts
lend(const GPtrArray *layouts)
{
    return (MlDiagramFacts){
        .n_layouts = layouts->len,
        .layouts = (const MlLayout *const *)layouts->pdata,
    };
}

static GPtrArray *
two_orders(void)
{
    GPtrArray *layouts = ml_recording_new_layouts();
    add(layouts, "struct-array");
    add(layouts, "struct-array:members=largest-first");
    return layouts;
}

/* A struct that no structure has: long fields, and more of them than any room has rows. */
static MlLayout *
long_struct(guint n_fields, guint64 field_bytes)
{
    MlLayout *layout = ml_layout_new();
    layout->structure = g_strdup("made-up");
    layout->title = g_strdup("made up");
    layout->part = g_strdup("record");
    layout->machine = g_strdup("x86-64");
    layout->word_bytes = 8;
    for (guint i = 0; i < n_fields; i++) {
        MlLayoutField field = {
            .name = g_strdup_printf("a_long_name_%u", i),
            .offset = layout->bytes + (i % 3 == 0 ? 4 : 0),
            .bytes = field_bytes,
            .count = 1,
            .role = (MlRole)(i % ML_ROLE_ALLOCATOR),
        };
        layout->bytes = field.offset + field_bytes;
        g_array_append_val(layout->fields, field);
    }
    return layout;
}

/* --- checks ----------------------------------------------------------------------------------- */

static MlScene *
lay_out(MlMetrics *metrics, const MlDiagramFacts *facts, const Room *room)
{
    g_autoptr(GError) error = NULL;
    const MlDiagramKind *kind = ml_diagram_find("struct-padding", NULL);
    MlScene *scene = room_scene(room, kind->name, metrics);
    if (!kind->layout(facts, scene, &error))
        fail_msg("%s", error->message);
    return scene;
}

/* Cells and what is said to be missing are the whole struct, in each sum. */
static void
assert_counts_all(const MlScene *scene, const MlDiagramFacts *facts, const char *what)
{
    assert_true(scene->n_claims >= 1 && scene->n_claims <= facts->n_layouts);
    for (guint s = 0; s < scene->n_claims; s++) {
        double bytes = ml_sum_total(scene->claims[s].undrawn);
        for (guint i = 0; i < scene->items->len; i++) {
            const MlItem *item = ml_scene_item(scene, i);
            if (item->kind == ML_ITEM_CELL && item->cell.sum == s)
                bytes += item->cell.bytes;
        }
        ml_assert_same(s, what, (guint64)bytes, facts->layouts[s]->bytes);
    }
}

static void
assert_sound(MlMetrics *metrics, const MlDiagramFacts *facts, const Room *room, const char *what)
{
    g_autoptr(MlScene) scene = lay_out(metrics, facts, room);
    g_autofree char *complaint = first_complaint(scene, NULL);
    if (complaint != NULL)
        fail_msg("%s in %s%s: %s", what, room->size, room->large ? ", large" : "", complaint);
    assert_counts_all(scene, facts, what);
}

static void
assert_characters_fit(const MlDiagramFacts *facts)
{
    static const int widths[] = { 80, 40, 20, 132 };
    const MlDiagramKind *kind = ml_diagram_find("struct-padding", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
        for (int ascii = FALSE; ascii <= TRUE; ascii++) {
            g_autofree char *text = kind->terminal(facts, ascii, widths[i]);
            g_autofree char *plain = ml_text_plain(text);
            g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);
            for (guint k = 0; lines[k] != NULL; k++)
                if (ml_text_width(lines[k]) > widths[i])
                    fail_msg("%d columns: %s", widths[i], lines[k]);
            assert_true(!ascii || g_str_is_ascii(plain));
        }
}

/* In every room; the two fonts in turn, or in each room both. */
static void
assert_drawn(const GPtrArray *layouts, gboolean both, const char *what)
{
    const MlDiagramFacts facts = lend(layouts);
    for (guint r = 0; r < N_ROOMS; r++) {
        gboolean is_even = (r + layouts->len + (guint)strlen(what)) % 2 == 0;
        if (both || is_even || dejavu == NULL)
            assert_sound(inter, &facts, &rooms[r], what);
        if (dejavu != NULL && (both || !is_even))
            assert_sound(dejavu, &facts, &rooms[r], what);
    }
    assert_characters_fit(&facts);
    g_autofree char *words = ml_diagram_find("struct-padding", NULL)->describe(&facts);
    assert_true(g_utf8_validate(words, -1, NULL));
    assert_true(g_str_has_suffix(words, "."));
}

/* --- every structure -------------------------------------------------------------------------- */

static void
every_structure_that_has_a_struct_is_drawn_soundly(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    for (guint i = 0; i < cases->len; i++) {
        const MlCase *it = cases->pdata[i];
        g_autoptr(GPtrArray) layouts = ml_recording_new_layouts();
        if (ml_layouts_of(it->structure, &it->options, 1000, layouts, NULL))
            assert_drawn(layouts, FALSE, it->name);
    }
}

static void
several_structures_stand_side_by_side(void **state)
{
    static const char *const specs[] = { "avl-tree", "gsequence", "unrolled-list", "skip-list" };
    g_autoptr(GPtrArray) layouts = two_orders();
    assert_drawn(layouts, TRUE, "two orders");
    for (guint i = 0; i < G_N_ELEMENTS(specs); i++) {
        add(layouts, specs[i]);
        assert_drawn(layouts, TRUE, specs[i]);
    }
}

static void
what_has_no_room_is_said_and_counted(void **state)
{
    static const struct {
        guint n;
        guint64 bytes;
    } sizes[] = { { 1, 1 }, { 1, 1000000 }, { 8, 40 }, { 60, 4 }, { 60, 30 }, { 1000, 9 } };
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GPtrArray) layouts = ml_recording_new_layouts();
        g_ptr_array_add(layouts, long_struct(sizes[i].n, sizes[i].bytes));
        assert_drawn(layouts, TRUE, "a long struct");
        g_ptr_array_add(layouts, long_struct(3, 8));
        assert_drawn(layouts, TRUE, "a long struct and a short one");
    }
}

/* --- what the picture says -------------------------------------------------------------------- */

static void
the_order_of_fields_is_the_finding(void **state)
{
    g_autoptr(GPtrArray) layouts = two_orders();
    const MlDiagramFacts facts = lend(layouts);
    g_autoptr(MlScene) scene = lay_out(inter, &facts, &rooms[0]);
    assert_string_equal(scene->title, "Same fields, another order: 40 B becomes 24 B");
    assert_int_equal(scene->n_claims, 2);
    assert_int_equal(scene_texts(scene, "40 B"), 1);
    assert_int_equal(scene_texts(scene, "24 B"), 1);
    assert_int_equal(scene_texts(scene, "7 B hole"), 1);
    assert_int_equal(scene_texts(scene, "kind"), 2);
    assert_int_equal(scene_texts(scene, "23"), 2); /* data, in both */
    assert_int_equal(scene_texts(scene, "17"), 1); /* padding */
}

/* --- faults are found ------------------------------------------------------------------------- */

static MlItem *
find_cell(const MlScene *scene, guint sum)
{
    for (guint i = 0; i < scene->items->len; i++) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (item->kind == ML_ITEM_CELL && item->cell.sum == sum && item->cell.bytes >= 8)
            return item;
    }
    fail_msg("no cell of sum %u", sum);
    return NULL;
}

static void
assert_found(const MlScene *scene, const char *expected)
{
    g_autoptr(GPtrArray) complaints = ml_scene_check(scene, NULL);
    for (guint i = 0; i < complaints->len; i++)
        if (strstr(g_ptr_array_index(complaints, i), expected) != NULL)
            return;
    fail_msg("nobody complains that %s", expected);
}

static void
a_fault_in_either_sum_is_found(void **state)
{
    g_autoptr(GPtrArray) layouts = two_orders();
    const MlDiagramFacts facts = lend(layouts);
    for (guint s = 0; s < 2; s++) {
        g_autoptr(MlScene) lost = lay_out(inter, &facts, &rooms[0]);
        find_cell(lost, s)->cell.aside = TRUE;
        assert_found(lost, "the cells add up to");
        g_autoptr(MlScene) wrong = lay_out(inter, &facts, &rooms[0]);
        find_cell(wrong, s)->cell.role = ML_ROLE_POINTER;
        assert_found(wrong, "B of pointer");
        g_autoptr(MlScene) wide = lay_out(inter, &facts, &rooms[0]);
        find_cell(wide, s)->box.w += 3;
        assert_found(wide, "px wide");
        g_autoptr(MlScene) swapped = lay_out(inter, &facts, &rooms[0]);
        find_cell(swapped, s)->cell.sum = 1 - s;
        assert_found(swapped, "the cells add up to");
        g_autoptr(MlScene) printed = lay_out(inter, &facts, &rooms[0]);
        for (guint i = 0; i < printed->items->len; i++) {
            MlItem *item = g_ptr_array_index(printed->items, i);
            if (item->kind == ML_ITEM_TEXT && item->text.type.size == ML_TYPE_TOTAL.size &&
                strcmp(item->text.string, s == 0 ? "40 B" : "24 B") == 0)
                item->text.string[0] = '9';
        }
        assert_found(printed, "the printed total is 9");
    }
}

/* --- files ------------------------------------------------------------------------------------ */

static void
the_same_structs_are_the_same_file(void **state)
{
    g_autoptr(GPtrArray) layouts = two_orders();
    const MlDiagramFacts facts = lend(layouts);
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
        for (int format = ML_FORMAT_SVG; format <= ML_FORMAT_PDF; format++) {
            g_autoptr(MlScene) a = lay_out(inter, &facts, &rooms[0]);
            g_autoptr(MlScene) b = lay_out(inter, &facts, &rooms[0]);
            g_autoptr(GBytes) x = ml_diagram_render(a, (MlFormat)format, *theme, SMALL, NULL);
            g_autoptr(GBytes) y = ml_diagram_render(b, (MlFormat)format, *theme, SMALL, NULL);
            assert_true(g_bytes_equal(x, y));
            assert_true(g_bytes_get_size(x) < 300000);
        }
}

static void
no_struct_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    const MlDiagramFacts none = { .n_layouts = 0 };
    const MlDiagramKind *kind = ml_diagram_find("struct-padding", NULL);
    assert_null(ml_diagram_scene(kind, &none, NULL, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
    assert_non_null(strstr(error->message, "struct-padding: name a structure whose struct"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_structure_that_has_a_struct_is_drawn_soundly),
        cmocka_unit_test(several_structures_stand_side_by_side),
        cmocka_unit_test(what_has_no_room_is_said_and_counted),
        cmocka_unit_test(the_order_of_fields_is_the_finding),
        cmocka_unit_test(a_fault_in_either_sum_is_found),
        cmocka_unit_test(the_same_structs_are_the_same_file),
        cmocka_unit_test(no_struct_is_refused),
    };
    inter = ml_metrics_new(NULL);
    dejavu = fallback_metrics();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_clear_object(&dejavu);
    g_clear_object(&inter);
    return failed;
}
