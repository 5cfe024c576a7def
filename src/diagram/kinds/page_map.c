/* The pages of a structure: where they are few, byte by byte; else all of them, each filled with
 * what its bytes are for, and beside them one byte by byte.  Of several structures one page each.
 */
#include "diagram/kinds/page_map.h"

#include "base/language.h"
#include "core/structure.h"
#include "diagram/block.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/page_map_many.h"
#include "diagram/kinds/page_panels.h"
#include "diagram/label.h"
#include "diagram/page_grid.h"
#include "diagram/wording.h"

#define NOTE_ROOM 48.0
#define SHORT_ADDRESS 6  /* digits */
#define NOTE_DROP 18.0   /* px above the rule */
#define GRID_LEAST 520.0 /* px beside a page that is spelled out */
#define GRID_FOOT 28.0
#define ZOOM_GAP 80.0

static const MlPagePanelSize panel_size = { .least = 4, .most = 16, .most_wide = 4 };
static const MlPagePanelSize zoom_size = { .least = 4, .most = 8, .most_wide = 1 };

typedef struct {
    MlScene *scene;
    MlPageView view;
    MlPagePanels panels;
    double rule; /* where the footer begins */
} Picture;

/* --- pages byte by byte ----------------------------------------------------------------------- */

/* Which page it is. */
static void
draw_page(const Picture *picture, const MlPageBytes *page, double x)
{
    const char *how = page->state == ML_PAGE_OLD ? _(", in RAM before") : _(", new");
    g_autofree char *whole = g_strdup_printf("0x%" G_GINT64_MODIFIER "x", page->address);
    g_autofree char *last = ml_block_address_label(page->address, SHORT_ADDRESS);
    g_autofree char *long_one = g_strconcat(whole, how, NULL);
    g_autofree char *short_one = g_strconcat(last, how, NULL);
    const char *const heading[] = { long_one, short_one, whole, last, NULL };
    ml_page_panels_draw(&picture->panels, picture->view.map, page, x, heading, FALSE);
}

/* Of malloc alone. */
static guint64
pages_left_out(const Picture *picture)
{
    return picture->view.tally.n_resident - picture->view.tally.n_with_blocks;
}

static gboolean
fit_panels(Picture *picture)
{
    double width = picture->scene->width - 2 * ML_SCENE_MARGIN - ML_PAGE_PANELS_LABELS;
    double bottom = picture->rule - (pages_left_out(picture) > 0 ? NOTE_ROOM : 0);
    picture->panels.n = picture->view.map->n_shown;
    return picture->view.is_whole &&
           ml_page_panels_fit(&picture->panels, width, bottom, &panel_size);
}

static void
draw_panels(Picture *picture)
{
    MlScene *scene = picture->scene;
    const MlPageMap *map = picture->view.map;
    double x = ML_SCENE_MARGIN + ML_PAGE_PANELS_LABELS;
    ml_page_panels_addresses(&picture->panels, x);
    for (guint i = 0; i < map->n_shown; i++) {
        g_autofree char *count = ml_wording_count(i + 1);
        g_autofree char *name = g_strconcat(_("page "), count, NULL);
        ml_scene_step(scene, ML_STEP_FIRST + i, name);
        draw_page(picture, &map->shown[i], x);
        x += ml_page_panels_pitch(&picture->panels);
    }
    scene->step = ML_STEP_ALWAYS;
    guint64 n_left = pages_left_out(picture);
    g_autofree char *count = ml_page_count(n_left);
    g_autofree char *words =
        g_strdup_printf(_("Not drawn, not counted: %s with malloc's own alone."), count);
    if (n_left > 0)
        ml_label(scene,
            (MlPoint){ ML_SCENE_MARGIN, picture->rule - NOTE_DROP },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_MUTED,
            scene->width - 2 * ML_SCENE_MARGIN,
            ML_LADDER(words));
}

/* --- all pages -------------------------------------------------------------------------------- */

/* One page beside the others.  Returns: px that it takes; 0: there is no room. */
static double
fit_zoom(Picture *picture)
{
    double width = picture->scene->width - 2 * ML_SCENE_MARGIN - GRID_LEAST - ZOOM_GAP;
    picture->panels.n = 1;
    if (picture->view.map->n_shown == 0 ||
        !ml_page_panels_fit(&picture->panels, width, picture->rule, &zoom_size))
        return 0;
    return ml_page_panels_width(&picture->panels);
}

static void
draw_zoom(const Picture *picture, const MlPageGrid *grid)
{
    MlScene *scene = picture->scene;
    const MlPageBytes *page = &picture->view.map->shown[0];
    double x = scene->width - ML_SCENE_MARGIN - ml_page_panels_width(&picture->panels);
    ml_page_grid_mark(grid, page->address);
    ml_page_panels_draw(&picture->panels,
        picture->view.map,
        page,
        x,
        ML_LADDER(_("the framed page, byte by byte"), _("the framed page"), _("one page")),
        TRUE);
}

/* Returns: "a row is 256 pages, 1 MiB". */
static char *
draw_grid(Picture *picture)
{
    MlScene *scene = picture->scene;
    double zoom = fit_zoom(picture);
    double width = scene->width - 2 * ML_SCENE_MARGIN - (zoom > 0 ? zoom + ZOOM_GAP : 0);
    MlBox box = {
        ML_SCENE_MARGIN,
        ML_PAGE_PANELS_TOP,
        width,
        picture->rule - ML_PAGE_PANELS_TOP - GRID_FOOT,
    };
    g_auto(MlPageGrid) grid = { 0 };
    ml_page_grid_init(&grid, scene, picture->view.map, box, FALSE);
    ml_scene_step(scene, ML_STEP_FIRST, _("all pages"));
    ml_page_grid_draw(&grid);
    if (zoom > 0) {
        ml_scene_step(scene, ML_STEP_FIRST + 1, _("one page, byte by byte"));
        draw_zoom(picture, &grid);
    }
    scene->step = ML_STEP_ALWAYS;
    return ml_page_grid_row_words(&grid);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
draw_title(const Picture *picture, const char *how, const char *brief)
{
    const MlWalk *walk = picture->view.facts->walk;
    const char *origin = ml_origin_id(walk->origin);
    g_autofree char *title = ml_page_view_title(&picture->view);
    g_autofree char *elements = ml_finding_elements(walk);
    g_autofree char *what = g_strdup_printf("%s, %s", walk->title, elements);
    g_autofree char *whole = g_strdup_printf("%s; %s; %s", what, how, origin);
    g_autofree char *shorter = g_strdup_printf("%s; %s; %s", what, brief, origin);
    g_autofree char *shortest = g_strdup_printf("%s; %s", what, origin);
    ml_furniture_title(picture->scene,
        ML_LADDER(title, what, walk->title),
        ML_LADDER(whole, shorter, shortest, what));
}

static void
draw_nothing(Picture *picture)
{
    draw_title(picture, _("no pages"), _("no pages"));
    ml_finding_draw_nothing(picture->scene);
}

static void
set_caption(Picture *picture, gboolean in_detail, MlCaptionSet set)
{
    const MlPageView *view = &picture->view;
    guint64 n = in_detail ? view->map->n_shown : view->tally.n_resident;
    const double *bytes = in_detail ? view->bytes : view->tally.bytes;
    MlClaim claim = ml_page_claim(bytes, n, !in_detail && n > 1);
    ml_page_set_caption(picture->scene, view->facts, &claim, n, set);
}

static void
draw_panels_title(const Picture *picture)
{
    MlPageMarks marks = { 0 };
    const MlPageMap *map = picture->view.map;
    for (guint i = 0; i < map->n_shown; i++)
        ml_page_marks_add(&marks, map, &map->shown[i]);
    g_autofree char *words = ml_page_panels_words(&picture->panels, &marks);
    g_autofree char *brief = ml_page_panels_brief(&picture->panels, &marks);
    draw_title(picture, words, brief);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    if (facts->n_more_walks > 0)
        return ml_page_map_many_layout(facts, scene, error);
    Picture picture = { .scene = scene };
    ml_page_view_init(&picture.view, facts);
    scene->step = ML_STEP_ALWAYS;
    if (picture.view.tally.n_resident == 0) {
        draw_nothing(&picture);
        return TRUE;
    }
    picture.panels = (MlPagePanels){ .scene = scene, .page_bytes = picture.view.map->page_bytes };
    set_caption(&picture, picture.view.is_whole, ml_caption_reserve);
    picture.rule = ml_caption_rule(scene);
    gboolean in_detail = fit_panels(&picture);
    if (in_detail) {
        draw_panels(&picture);
        draw_panels_title(&picture);
    } else {
        set_caption(&picture, FALSE, ml_caption_reserve);
        picture.rule = ml_caption_rule(scene);
        g_autofree char *row = draw_grid(&picture);
        draw_title(&picture, row, row);
    }
    set_caption(&picture, in_detail, ml_caption_sum);
    return TRUE;
}

static char *
describe(const MlDiagramFacts *facts)
{
    return facts->n_more_walks > 0 ? ml_page_map_many_describe(facts) : ml_page_map_describe(facts);
}

static char *
terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    return facts->n_more_walks > 0 ? ml_page_map_many_terminal(facts, ascii, columns)
                                   : ml_page_map_terminal(facts, ascii, columns);
}

static const char *const examples[] = { "packed-array", "boxed-array", "string-array", NULL };

const MlDiagramKind ml_diagram_kind_page_map = {
    .name = "page-map",
    .summary = "the pages that a structure lies on, and what each byte of them is for",
    .needs = ML_NEEDS_WALK,
    .of_pages = TRUE,
    .most_walks = ML_PAGE_MAP_MOST,
    .shapes = (1u << ML_N_SHAPES) - 1,
    .examples = examples,
    .layout = layout,
    .describe = describe,
    .terminal = terminal,
};
