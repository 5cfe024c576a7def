/* The pages of a structure: where they are few, byte by byte; else all of them, each filled with
 * what its bytes are for, and beside them one byte by byte. */
#include "diagram/kinds/page_map.h"

#include <math.h>

#include "core/structure.h"
#include "diagram/block.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/page_grid.h"
#include "diagram/page_panel.h"
#include "diagram/wording.h"

#define TOP 190.0
#define HEADING_DROP 32.0 /* of its baseline below the top */
#define PANEL_DROP 56.0
#define BELOW_PANEL 62.0 /* of the baseline below the panel */
#define PANEL_FOOT 86.0
#define NOTE_ROOM 48.0
#define NOTE_DROP 18.0 /* px above the rule */
#define LABEL_ROOM 96.0
#define LABEL_GAP 14.0
#define LABEL_BYTES 1024 /* from one address to the next */
#define PANEL_GAP 56.0
#define LEAST_BYTE 4.0
#define MOST_WIDE 4
#define CACHE_LINE 64 /* bytes, of all machines that memlab builds on */
#define MOST_BYTE 16.0
#define ZOOM_LEAST_BYTE 4.0
#define ZOOM_MOST_BYTE 8.0
#define ZOOM_GAP 80.0
#define GRID_LEAST 520.0 /* px beside a page that is spelled out */
#define GRID_FOOT 28.0
#define FIGURE_GAP 18.0

typedef struct {
    MlScene *scene;
    MlPageView view;
    double rule; /* where the footer begins */
    double px;   /* of a byte */
    guint side;  /* bytes in a row of a panel */
    guint rows;
} Picture;

/* --- pages byte by byte ----------------------------------------------------------------------- */

/* So many times as wide as it is usual. */
static void
set_side(Picture *picture, guint wide)
{
    picture->side = wide * ml_page_panel_side(picture->view.map->page_bytes);
    picture->rows = (guint)(picture->view.map->page_bytes / picture->side);
}

static double
panel_width(const Picture *picture)
{
    return picture->side * picture->px;
}

/* Which page it is, above it. */
static void
draw_heading(const Picture *picture, const MlPageBytes *page, double x)
{
    const char *how = page->state == ML_PAGE_OLD ? ", in RAM before" : ", new";
    g_autofree char *whole = g_strdup_printf("0x%" G_GINT64_MODIFIER "x", page->address);
    g_autofree char *last = ml_block_address_label(page->address, 6);
    g_autofree char *long_one = g_strconcat(whole, how, NULL);
    g_autofree char *short_one = g_strconcat(last, how, NULL);
    ml_label(picture->scene,
        (MlPoint){ x, TOP + HEADING_DROP },
        ML_ANCHOR_START,
        ML_TYPE_FIELD,
        ML_INK_TEXT,
        panel_width(picture),
        ML_LADDER(long_one, short_one, whole, last));
}

/* "25 %  data: 1 024 B", below it. */
static void
draw_share(const Picture *picture, const MlPageBytes *page, double x, double bottom)
{
    double bytes[ML_N_ROLES];
    ml_page_bytes_count(picture->view.map, page, bytes);
    g_autofree char *share = ml_page_view_data(bytes);
    g_autofree char *count = ml_wording_count((guint64)bytes[ML_ROLE_DATA]);
    g_autofree char *words = g_strdup_printf("data: %s B", count);
    MlPoint at = { x, bottom + BELOW_PANEL };
    const MlItem *figure =
        ml_scene_text(picture->scene, at, ML_ANCHOR_START, ML_TYPE_BAR_TOTAL, ML_INK_TEXT, share);
    at.x += figure->box.w + FIGURE_GAP;
    ml_label(picture->scene,
        at,
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        x + panel_width(picture) - at.x,
        ML_LADDER(words, "data"));
}

static void
draw_panel(const Picture *picture, const MlPageBytes *page, double x, gboolean aside)
{
    double y = TOP + PANEL_DROP;
    ml_page_panel_draw(picture->scene,
        picture->view.map,
        page,
        (MlPoint){ x, y },
        picture->side,
        picture->px,
        aside);
    draw_share(picture, page, x, y + picture->rows * picture->px);
}

static void
draw_addresses(const Picture *picture, double right)
{
    const MlPageBytes *page = &picture->view.map->shown[0];
    for (guint row = 0; row < picture->rows; row += LABEL_BYTES / picture->side) {
        double y = TOP + PANEL_DROP + (row + 0.5) * picture->px;
        guint64 address = page->address + (guint64)row * picture->side;
        g_autofree char *label = ml_block_address_label(address, 3);
        MlPoint at = { right, fmax(ml_label_baseline(y, ML_TYPE_ADDRESS), 0) };
        ml_scene_text(picture->scene, at, ML_ANCHOR_END, ML_TYPE_ADDRESS, ML_INK_MUTED, label);
    }
}

/* Of a byte, so that @n panels fit between the labels and the margins. */
static double
largest_byte(const Picture *picture, guint n, double width, double height, double most)
{
    double across = (width - (n - 1) * PANEL_GAP) / n / picture->side;
    double down = (height - PANEL_DROP - PANEL_FOOT) / picture->rows;
    return fmin(floor(fmin(across, down)), most);
}

/* Of malloc alone. */
static guint64
pages_left_out(const Picture *picture)
{
    return picture->view.tally.n_resident - picture->view.tally.n_with_blocks;
}

/* Where the room is low, a row has two cache lines or four. */
static gboolean
fit_panels(Picture *picture)
{
    double width = picture->scene->width - 2 * ML_SCENE_MARGIN - LABEL_ROOM;
    double height = picture->rule - TOP - (pages_left_out(picture) > 0 ? NOTE_ROOM : 0);
    guint n = picture->view.map->n_shown;
    for (guint wide = 1; wide <= MOST_WIDE && picture->view.is_whole; wide *= 2) {
        set_side(picture, wide);
        picture->px = largest_byte(picture, n, width, height, MOST_BYTE);
        if (picture->px >= LEAST_BYTE)
            return TRUE;
    }
    set_side(picture, 1);
    return FALSE;
}

static void
draw_panels(Picture *picture)
{
    MlScene *scene = picture->scene;
    const MlPageMap *map = picture->view.map;
    double x = ML_SCENE_MARGIN + LABEL_ROOM;
    draw_addresses(picture, x - LABEL_GAP);
    for (guint i = 0; i < map->n_shown; i++) {
        g_autofree char *count = ml_wording_count(i + 1);
        g_autofree char *name = g_strconcat("page ", count, NULL);
        ml_scene_step(scene, ML_STEP_FIRST + i, name);
        draw_heading(picture, &map->shown[i], x);
        draw_panel(picture, &map->shown[i], x, FALSE);
        x += panel_width(picture) + PANEL_GAP;
    }
    scene->step = ML_STEP_ALWAYS;
    guint64 n_left = pages_left_out(picture);
    g_autofree char *count = ml_page_count(n_left);
    g_autofree char *words =
        g_strdup_printf("Not drawn, not counted: %s with malloc's own alone.", count);
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
    if (picture->view.map->n_shown == 0)
        return 0;
    picture->px = largest_byte(picture, 1, width, picture->rule - TOP, ZOOM_MOST_BYTE);
    return picture->px >= ZOOM_LEAST_BYTE ? panel_width(picture) : 0;
}

static void
draw_zoom(const Picture *picture, const MlPageGrid *grid)
{
    MlScene *scene = picture->scene;
    const MlPageBytes *page = &picture->view.map->shown[0];
    double x = scene->width - ML_SCENE_MARGIN - panel_width(picture);
    ml_page_grid_mark(grid, page->address);
    ml_label(scene,
        (MlPoint){ x, TOP + HEADING_DROP },
        ML_ANCHOR_START,
        ML_TYPE_FIELD,
        ML_INK_TEXT,
        panel_width(picture),
        ML_LADDER("the framed page, byte by byte", "the framed page", "one page"));
    draw_panel(picture, page, x, TRUE);
}

/* Returns: "a row is 256 pages, 1 MiB". */
static char *
draw_grid(Picture *picture)
{
    MlScene *scene = picture->scene;
    double zoom = fit_zoom(picture);
    double width = scene->width - 2 * ML_SCENE_MARGIN - (zoom > 0 ? zoom + ZOOM_GAP : 0);
    MlBox box = { ML_SCENE_MARGIN, TOP, width, picture->rule - TOP - GRID_FOOT };
    g_auto(MlPageGrid) grid = { 0 };
    ml_page_grid_init(&grid, scene, picture->view.map, box, FALSE);
    ml_scene_step(scene, ML_STEP_FIRST, "all pages");
    ml_page_grid_draw(&grid);
    if (zoom > 0) {
        ml_scene_step(scene, ML_STEP_FIRST + 1, "one page, byte by byte");
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
    draw_title(picture, "no pages", "no pages");
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

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Picture picture = { .scene = scene };
    ml_page_view_init(&picture.view, facts);
    scene->step = ML_STEP_ALWAYS;
    if (picture.view.tally.n_resident == 0) {
        draw_nothing(&picture);
        return TRUE;
    }
    set_side(&picture, 1);
    set_caption(&picture, picture.view.is_whole, ml_caption_reserve);
    picture.rule = ml_caption_rule(scene);
    gboolean in_detail = fit_panels(&picture);
    if (in_detail) {
        draw_panels(&picture);
        g_autofree char *row = g_strdup_printf("a row is %s%u B, a tick begins a block",
            picture.side == CACHE_LINE ? "a cache line of " : "",
            picture.side);
        draw_title(&picture, row, "a tick begins a block");
    } else {
        set_caption(&picture, FALSE, ml_caption_reserve);
        picture.rule = ml_caption_rule(scene);
        g_autofree char *row = draw_grid(&picture);
        draw_title(&picture, row, row);
    }
    set_caption(&picture, in_detail, ml_caption_sum);
    return TRUE;
}

static const char *const examples[] = { "boxed-array", NULL };

const MlDiagramKind ml_diagram_kind_page_map = {
    .name = "page-map",
    .summary = "the pages that a structure lies on, and what each byte of them is for",
    .needs = ML_NEEDS_WALK,
    .of_pages = TRUE,
    .shapes = (1u << ML_N_SHAPES) - 1,
    .examples = examples,
    .layout = layout,
    .describe = ml_page_map_describe,
    .terminal = ml_page_map_terminal,
};
