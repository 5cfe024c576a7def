/* The pictures of pages, of few and many, alike and not: sound in every size, and small. */
#include "ml_test.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "made_facts.h"
#include "made_pages.h"

#define MOST_SVG_BYTES 300000
#define BYTE_SLACK 0.5

static const char *const kinds[] = { "page-map", "residency" };

static const MadePages shapes[] = {
    { .n_old = 0 },
    { .n_old = 1 },
    { .n_new = 1 },
    { .n_old = 1, .n_new = 1 },
    { .n_new = 3, .n_absent = 1 },
    { .n_old = 1, .n_new = 2, .n_alone = 36 },
    { .n_new = 4 },
    { .n_mapped = 1 },
    { .n_old = 1, .n_new = 13, .n_mapped = 40, .n_absent = 7 },
    { .n_mapped = 1172, .n_absent = 876 },
    { .n_new = 7813, .n_mapped = 1954 },
    { .n_new = 700, .varied = TRUE },
    { .n_old = 1, .n_new = 27000, .n_alone = 3, .n_mapped = 12, .n_absent = 900, .varied = TRUE },
    { .n_mapped = 2000000, .n_absent = 100000 },
    { .n_new = 5, .n_absent = 262144 },
};

static MlScene *
lay_out(const char *kind, const MadeWalk *paged, const Room *room, MlMetrics *metrics)
{
    g_autoptr(GError) error = NULL;
    MlScene *scene = room_scene(room, kind, metrics);
    if (!ml_diagram_find(kind, NULL)->layout(&paged->facts, scene, &error))
        fail_msg("%s, %s: %s", kind, room->size, error->message);
    return scene;
}

/* Bytes of a role on resident pages; what is free on new ones is malloc's. */
static double
resident(const MlPageMap *map, guint role)
{
    guint64 bytes = 0;
    for (guint i = 0; i < map->runs->len; i++) {
        const MlPageRun *run = ml_page_map_run(map, i);
        bytes += run->bytes[ML_PAGE_OLD][role] + run->bytes[ML_PAGE_NEW][role];
        if (role != ML_ROLE_ALLOCATOR)
            continue;
        bytes += run->n_pages[ML_PAGE_NEW] * map->page_bytes;
        for (guint r = 0; r < ML_N_ROLES; r++)
            bytes -= run->bytes[ML_PAGE_NEW][r];
    }
    return (double)bytes;
}

/* Where all pages are drawn, their sum is that of the pages; ml_scene_check() compares the two. */
static void
assert_sum(const MlScene *scene, const MlPageMap *map)
{
    const MlClaim *claim = &scene->claims[0];
    for (guint role = 0; role < ML_N_ROLES && scene->n_claims > 0; role++)
        assert_true(
            fabs(claim->sum.bytes[role] * claim->divisor - resident(map, role)) < BYTE_SLACK);
}

static void
assert_all_sound(MlMetrics *metrics)
{
    static const guint64 counts[] = { 3, 1000000 };
    for (guint i = 0; i < 2 * G_N_ELEMENTS(counts) * G_N_ELEMENTS(shapes); i++) {
        g_auto(MadeWalk) paged = { 0 };
        const char *kind = kinds[i % 2];
        guint64 n = i < 2 ? 0 : counts[i / 2 % 2];
        made_walk_init(&paged, &shapes[i / 4], n);
        for (guint r = 0; r < N_ROOMS; r++) {
            g_autoptr(MlScene) scene = lay_out(kind, &paged, &rooms[r], metrics);
            g_autofree char *complaint = first_complaint(scene, NULL);
            if (complaint != NULL)
                fail_msg("%s of shape %u, n = %" G_GUINT64_FORMAT ", %s%s: %s",
                    kind,
                    i / 4,
                    n,
                    rooms[r].size,
                    rooms[r].large ? " large" : "",
                    complaint);
            if (i % 2 == 1)
                assert_sum(scene, paged.walk->pages);
        }
    }
}

static void
pages_of_every_kind_are_laid_out_soundly(void **state)
{
    assert_all_sound(*state);
}

static void
and_in_the_fall_back_font_too(void **state)
{
    g_autoptr(MlMetrics) metrics = fallback_metrics();
    if (metrics != NULL)
        assert_all_sound(metrics);
}

/* Many regions, far apart, of few pages each. */
static void
regions_beyond_counting_follow_one_another(void **state)
{
    g_auto(MadeWalk) paged = { 0 };
    made_walk_init(&paged, &shapes[6], 1000);
    GArray *runs = paged.walk->pages->runs;
    for (guint64 i = 1; i < 40; i++) {
        MlPageRun run = g_array_index(runs, MlPageRun, 0);
        run.from += i << 24;
        g_array_append_val(runs, run);
    }
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (guint r = 0; r < N_ROOMS; r++) {
            g_autoptr(MlScene) scene = lay_out(kinds[k], &paged, &rooms[r], *state);
            g_autofree char *complaint = first_complaint(scene, NULL);
            if (complaint != NULL)
                fail_msg("%s, %s: %s", kinds[k], rooms[r].size, complaint);
            assert_sum(scene, paged.walk->pages);
        }
}

/* Alone on a slide it has two cache lines a row, and takes most of its width. */
static void
one_page_uses_the_room(void **state)
{
    g_auto(MadeWalk) paged = { 0 };
    made_walk_init(&paged, &shapes[2], 100);
    g_autoptr(MlScene) scene = lay_out("page-map", &paged, &rooms[0], *state);
    double left = scene->width;
    double right = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind != ML_ITEM_AREA)
            continue;
        left = fmin(left, item->box.x);
        right = fmax(right, item->box.x + item->box.w);
    }
    assert_true(right - left > 0.8 * scene->width);
}

/* Of a page that was there before, only the structure's bytes are drawn; it is a whole page. */
static void
the_title_has_the_share_of_whole_pages(void **state)
{
    g_auto(MadeWalk) paged = { 0 };
    made_walk_init(&paged, &shapes[3], 1000);
    GArray *runs = paged.walk->pages->runs;
    guint64 data = 0;
    for (guint i = 0; i < runs->len; i++)
        for (guint s = ML_PAGE_OLD; s <= ML_PAGE_NEW; s++)
            data += g_array_index(runs, MlPageRun, i).bytes[s][ML_ROLE_DATA];
    g_autofree char *words = ml_diagram_find("page-map", NULL)->describe(&paged.facts);
    double percent = 100 * (double)data / (2.0 * (double)paged.walk->pages->page_bytes);
    assert_true(percent > 0);
    assert_near(g_ascii_strtod(words, NULL), percent, 0.5);
}

/* --- that the checks bite --------------------------------------------------------------------- */

static MlItem *
find_area(MlScene *scene, gboolean aside)
{
    for (guint i = 0; i < scene->items->len; i++) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (item->kind == ML_ITEM_AREA && item->area.aside == aside)
            return item;
    }
    fail_msg("no such area");
    return NULL;
}

static void
assert_complains(const MlScene *scene)
{
    g_autoptr(GPtrArray) complaints = ml_scene_check(scene, NULL);
    assert_true(complaints->len > 0);
    assert_non_null(strstr(complaints->pdata[0], "add up to"));
}

static void
bytes_drawn_that_are_not_counted_are_noticed(void **state)
{
    g_auto(MadeWalk) paged = { 0 };
    made_walk_init(&paged, &shapes[8], 1000);
    g_autoptr(MlScene) scene = lay_out("page-map", &paged, &rooms[0], *state);
    g_autofree char *complaint = first_complaint(scene, NULL);
    assert_null(complaint);
    MlItem *zoomed = find_area(scene, TRUE);
    zoomed->area.aside = FALSE;
    assert_complains(scene);
    zoomed->area.aside = TRUE;
    MlItem *counted = find_area(scene, FALSE);
    counted->area.aside = TRUE;
    assert_complains(scene);
    counted->area.aside = FALSE;
    for (guint i = 1; i <= 2; i++) /* the right side of one piece */
        g_array_index(counted->area.outline, MlSeg, i).to.x += 9;
    assert_complains(scene);
}

/* --- files ------------------------------------------------------------------------------------ */

static void
no_svg_is_large(void **state)
{
    for (guint s = 1; s < G_N_ELEMENTS(shapes); s++)
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
            g_auto(MadeWalk) paged = { 0 };
            made_walk_init(&paged, &shapes[s], 1000000);
            g_autoptr(MlScene) scene = lay_out(kinds[k], &paged, &rooms[0], *state);
            for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++) {
                g_autoptr(GBytes) svg = ml_diagram_render(scene, ML_FORMAT_SVG, *theme, 1, NULL);
                if (g_bytes_get_size(svg) > MOST_SVG_BYTES)
                    fail_msg("%s of shape %u, %s: %" G_GSIZE_FORMAT " B",
                        kinds[k],
                        s,
                        (*theme)->name,
                        g_bytes_get_size(svg));
            }
        }
}

static void
a_recording_is_drawn_to_the_same_bytes(void **state)
{
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
        g_auto(MadeWalk) paged = { 0 };
        g_auto(MadeWalk) again = { 0 };
        made_walk_init(&paged, &shapes[8], 1000);
        made_walk_init(&again, &shapes[8], 1000);
        json_t *json = ml_walk_to_json(paged.walk);
        ml_walk_free(again.walk);
        again.facts.walk = again.walk = ml_walk_from_json(json, NULL);
        json_decref(json);
        paged.walk->origin = ML_ORIGIN_RECORDED;
        g_autoptr(MlScene) a = lay_out(kinds[k], &paged, &rooms[0], *state);
        g_autoptr(MlScene) b = lay_out(kinds[k], &again, &rooms[0], *state);
        g_autoptr(GBytes) a_svg = ml_diagram_render(a, ML_FORMAT_SVG, ml_themes()[0], 1, NULL);
        g_autoptr(GBytes) b_svg = ml_diagram_render(b, ML_FORMAT_SVG, ml_themes()[0], 1, NULL);
        assert_true(g_bytes_equal(a_svg, b_svg));
    }
}

static void
a_walk_without_pages_is_refused(void **state)
{
    static const struct {
        MlOrigin origin;
        int code;
        const char *words;
    } cases[] = {
        { ML_ORIGIN_RECORDED, ML_ERROR_INPUT, "record it anew" },
        { ML_ORIGIN_MEASURED, ML_ERROR_SURROUNDINGS, "memlab doctor" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(MadeWalk) paged = { 0 };
        g_autoptr(GError) error = NULL;
        made_walk_init(&paged, &shapes[2], 3);
        g_clear_pointer(&paged.walk->pages, ml_page_map_free);
        paged.walk->origin = cases[i].origin;
        assert_false(ml_diagram_accepts(ml_diagram_find("page-map", NULL), &paged.facts, &error));
        assert_int_equal(error->code, cases[i].code);
        assert_non_null(strstr(error->message, cases[i].words));
    }
}

static gboolean
speaks_of_ticks(const MadePages *made, MlMetrics *metrics)
{
    g_auto(MadeWalk) paged = { 0 };
    made_walk_init(&paged, made, 1000);
    g_autoptr(MlScene) scene = lay_out("page-map", &paged, &rooms[0], metrics);
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_TEXT &&
            strstr(item->text.string, "a tick begins a block") != NULL)
            return TRUE;
    }
    return FALSE;
}

static void
ticks_are_spoken_of_where_there_are_some(void **state)
{
    static const MadePages nodes = { .n_new = 1 };
    static const MadePages one_node = { .n_old = 1 };
    assert_true(speaks_of_ticks(&nodes, *state));
    assert_false(speaks_of_ticks(&one_node, *state));
}

/* --- in words and in characters --------------------------------------------------------------- */

static void
assert_said(const MlDiagramKind *kind, const MadeWalk *paged, guint shape)
{
    static const int widths[] = { 20, 40, 48, 80, 120 };
    g_autofree char *words = kind->describe(&paged->facts);
    if (shape > 0 && strstr(words, " B (") == NULL)
        fail_msg("%s does not say the sum: %s", kind->name, words);
    for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
        for (int ascii = 0; ascii <= 1; ascii++) {
            g_autofree char *styled = kind->terminal(&paged->facts, ascii, widths[i]);
            g_autofree char *picture = ml_text_plain(styled);
            g_auto(GStrv) lines = g_strsplit(picture, "\n", -1);
            for (guint k = 0; lines[k] != NULL; k++)
                if (ml_text_width(lines[k]) > widths[i])
                    fail_msg("%s, shape %u: %s", kind->name, shape, lines[k]);
            assert_true(g_str_has_suffix(picture, "\n"));
            if (ascii && !g_str_is_ascii(picture))
                fail_msg("%s, shape %u is not ASCII: %s", kind->name, shape, picture);
        }
}

static void
pages_are_drawn_in_words_and_characters(void **state)
{
    for (guint s = 0; s < G_N_ELEMENTS(shapes); s++)
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
            g_auto(MadeWalk) paged = { 0 };
            made_walk_init(&paged, &shapes[s], s == 0 ? 0 : 1000);
            assert_said(ml_diagram_find(kinds[k], NULL), &paged, s);
        }
}

static void
a_page_is_shown_byte_by_byte_in_the_terminal(void **state)
{
    g_auto(MadeWalk) paged = { 0 };
    made_walk_init(&paged, &shapes[2], 128);
    const MlDiagramKind *kind = ml_diagram_find("page-map", NULL);
    g_autofree char *styled = kind->terminal(&paged.facts, TRUE, 80);
    g_autofree char *picture = ml_text_plain(styled);
    if (strstr(picture,
            "\\\\\\\\\\\\\\\\########::::::::::::::::\\\\\\\\\\\\\\\\########::::::::::::::::\n"
            "         63 rows more like that\n") == NULL)
        fail_msg("%s", picture);
    assert_non_null(strstr(picture, "4 096 B  =  #### 1 024 data  +  :::: 2 048 pointers"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_every_kind_are_laid_out_soundly),
        cmocka_unit_test(and_in_the_fall_back_font_too),
        cmocka_unit_test(regions_beyond_counting_follow_one_another),
        cmocka_unit_test(one_page_uses_the_room),
        cmocka_unit_test(the_title_has_the_share_of_whole_pages),
        cmocka_unit_test(bytes_drawn_that_are_not_counted_are_noticed),
        cmocka_unit_test(no_svg_is_large),
        cmocka_unit_test(a_recording_is_drawn_to_the_same_bytes),
        cmocka_unit_test(a_walk_without_pages_is_refused),
        cmocka_unit_test(ticks_are_spoken_of_where_there_are_some),
        cmocka_unit_test(pages_are_drawn_in_words_and_characters),
        cmocka_unit_test(a_page_is_shown_byte_by_byte_in_the_terminal),
    };
    return cmocka_run_group_tests(tests, read_fonts, drop_fonts);
}
