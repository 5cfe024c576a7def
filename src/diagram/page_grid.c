#include "diagram/page_grid.h"

#include <math.h>

#include "base/language.h"
#include "base/number.h"
#include "diagram/wording.h"
#include "measure/page_map_runs.h"

#define MOST_RUNS 800         /* that are drawn: an SVG stays small */
#define NEAR_BYTES (1u << 20) /* a smaller gap does not part regions */
#define MOST_CELL 144.0
#define LEAST_HEIGHT 6.0 /* below, rows are not told apart */
#define CELL_HEIGHT 12.0 /* below, what a page is made of is not seen: rows are bands */
#define BAND_HEIGHT 22.0
#define MOST_UPRIGHT 1.4 /* a page is at most so much higher than it is wide */
#define MOST_COLUMNS (G_GUINT64_CONSTANT(1) << 40)
#define CAPTION_HEIGHT 44.0
#define CAPTION_ROOM 160.0 /* px for the pages beside captions */
#define REGION_GAP 18.0
#define GAP_SHARE 0.14
#define MOST_GAP 4.0

/* --- which pages are drawn -------------------------------------------------------------------- */

guint64
ml_page_grid_pages(const MlPageGrid *grid, const MlPageRun *run)
{
    guint64 absent = grid->with_absent ? run->n_pages[ML_PAGE_ABSENT] : 0;
    return run->n_pages[ML_PAGE_OLD] + run->n_pages[ML_PAGE_NEW] + absent;
}

static void
choose_runs(MlPageGrid *grid)
{
    for (guint i = 0; i < grid->map->runs->len; i++)
        if (ml_page_grid_pages(grid, ml_page_map_run(grid->map, i)) > 0)
            g_array_append_val(grid->runs, g_array_index(grid->map->runs, MlPageRun, i));
    ml_page_runs_shorten(grid->runs, MOST_RUNS, grid->map->page_bytes);
}

/* Of address space that is hardly used, a part stands for the whole. */
static void
leave_out_absent(MlPageGrid *grid)
{
    guint64 n_absent = 0;
    guint64 n_resident = 0;
    for (guint i = 0; i < grid->runs->len; i++) {
        const MlPageRun *run = &g_array_index(grid->runs, MlPageRun, i);
        n_absent += run->n_pages[ML_PAGE_ABSENT];
        n_resident += run->n_pages[ML_PAGE_OLD] + run->n_pages[ML_PAGE_NEW];
    }
    guint64 most = 2 * n_resident + ML_PAGE_GRID_FEW;
    for (guint i = 0; i < grid->runs->len && n_absent > most; i++) {
        guint64 *pages = &g_array_index(grid->runs, MlPageRun, i).n_pages[ML_PAGE_ABSENT];
        guint64 kept = (guint64)((double)*pages * (double)most / (double)n_absent);
        grid->n_left_out += *pages - MIN(*pages, kept + 1);
        *pages = MIN(*pages, kept + 1);
    }
}

/* --- how they are laid out -------------------------------------------------------------------- */

gboolean
ml_page_grid_begins_region(const MlPageGrid *grid, const MlPageRun *run)
{
    const MlPageRun *before = run - 1;
    if (run == &g_array_index(grid->runs, MlPageRun, 0))
        return TRUE;
    guint64 end = before->from + ml_page_run_pages(before) * grid->map->page_bytes;
    return run->from - MIN(run->from, end) > NEAR_BYTES;
}

static guint
count_regions(const MlPageGrid *grid)
{
    guint n = 0;
    for (guint i = 0; i < grid->runs->len; i++)
        if (ml_page_grid_begins_region(grid, &g_array_index(grid->runs, MlPageRun, i)))
            n++;
    return n;
}

static guint64
count_rows(const MlPageGrid *grid, guint64 columns)
{
    guint64 rows = 0;
    guint64 in_region = 0;
    for (guint i = 0; i < grid->runs->len; i++) {
        const MlPageRun *run = &g_array_index(grid->runs, MlPageRun, i);
        if (grid->parts_regions && ml_page_grid_begins_region(grid, run)) {
            rows += (in_region + columns - 1) / columns;
            in_region = 0;
        }
        in_region += ml_page_grid_pages(grid, run);
    }
    return rows + (in_region + columns - 1) / columns;
}

/* With so many pages in a row.  Returns: how well it can be seen. */
static double
try_columns(MlPageGrid *grid, guint64 columns, double height)
{
    grid->columns = columns;
    grid->n_rows = MAX(count_rows(grid, columns), 1);
    double pitch = fmin(height / (double)grid->n_rows, MOST_CELL);
    grid->gap = pitch >= LEAST_HEIGHT ? fmin(pitch * GAP_SHARE, MOST_GAP) : 0;
    grid->h = pitch - grid->gap;
    grid->w = fmin(grid->box.w / (double)columns, MOST_CELL);
    return fmin(MOST_UPRIGHT * grid->w, pitch);
}

/* The best to see; where pages are too many to be seen, rows are bands that are high enough. */
static void
choose_columns(MlPageGrid *grid, double height)
{
    guint64 best = 1;
    double best_score = 0;
    for (guint64 columns = 1; columns < MOST_COLUMNS; columns *= 2) {
        double score = try_columns(grid, columns, height);
        if (score >= best_score) {
            best_score = score;
            best = columns;
        }
    }
    try_columns(grid, best, height);
    if (grid->h + grid->gap >= CELL_HEIGHT)
        return;
    while (grid->h + grid->gap < BAND_HEIGHT && grid->columns < MOST_COLUMNS && grid->n_rows > 1)
        try_columns(grid, 2 * grid->columns, height);
}

static double
space_above(const MlPageGrid *grid, gboolean is_first)
{
    return (grid->has_captions ? CAPTION_HEIGHT : 0) + (is_first ? 0 : REGION_GAP);
}

void
ml_page_grid_init(
    MlPageGrid *grid, MlScene *scene, const MlPageMap *map, MlBox box, gboolean with_absent)
{
    *grid = (MlPageGrid){ .scene = scene, .map = map, .box = box, .with_absent = with_absent };
    grid->runs = g_array_new(FALSE, FALSE, sizeof(MlPageRun));
    choose_runs(grid);
    if (with_absent)
        leave_out_absent(grid);
    guint n_regions = count_regions(grid);
    double captions = n_regions * (CAPTION_HEIGHT + REGION_GAP);
    grid->parts_regions = n_regions <= ML_PAGE_GRID_REGIONS;
    grid->has_captions = grid->parts_regions && box.h >= captions + CAPTION_ROOM;
    double space = 0;
    for (guint i = 0; grid->parts_regions && i < n_regions; i++)
        space += space_above(grid, i == 0);
    choose_columns(grid, box.h - space);
    grid->box.w = grid->w * (double)grid->columns;
    grid->box.h = space + (grid->h + grid->gap) * (double)grid->n_rows - grid->gap;
}

void
ml_page_grid_visit(const MlPageGrid *grid, MlPageVisit visit, gpointer data)
{
    guint64 column = 0;
    double y = grid->box.y;
    for (guint i = 0; i < grid->runs->len; i++) {
        const MlPageRun *run = &g_array_index(grid->runs, MlPageRun, i);
        guint64 n_pages = ml_page_grid_pages(grid, run);
        MlPagePiece piece = { .run = run, .begins_region = ml_page_grid_begins_region(grid, run) };
        if (piece.begins_region && grid->parts_regions) {
            y += (column > 0 ? grid->h + grid->gap : 0) + space_above(grid, i == 0);
            column = 0;
        }
        while (piece.first < n_pages) {
            piece.n_pages = MIN(n_pages - piece.first, grid->columns - column);
            piece.box = (MlBox){
                grid->box.x + (double)column * grid->w, y, (double)piece.n_pages * grid->w, grid->h
            };
            visit(grid, &piece, data);
            piece.begins_region = FALSE;
            piece.first += piece.n_pages;
            column += piece.n_pages;
            if (column == grid->columns) {
                column = 0;
                y += grid->h + grid->gap;
            }
        }
    }
}

void
ml_page_grid_clear(MlPageGrid *grid)
{
    if (grid->runs != NULL)
        g_array_unref(grid->runs);
}

char *
ml_page_grid_row_words(const MlPageGrid *grid)
{
    if (grid->w >= ML_PAGE_GRID_VISIBLE) {
        g_autofree char *size = ml_bytes_iec(grid->map->page_bytes, 0);
        return g_strdup_printf(_("a cell is a page of %s"), size);
    }
    g_autofree char *count = ml_wording_count(grid->columns);
    g_autofree char *size = ml_bytes_iec(grid->columns * grid->map->page_bytes, 0);
    return g_strdup_printf(_("a row is %s pages, %s"), count, size);
}
