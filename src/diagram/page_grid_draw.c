/* The grid of pages, drawn. */
#include <inttypes.h>
#include <math.h>

#include "base/language.h"
#include "diagram/label.h"
#include "diagram/page_grid.h"
#include "diagram/page_tally.h"

#define CAPTION_DROP 14.0 /* px above the first row */
#define COLUMN_LINE 1.2
#define JUMP_LINE 2.5
#define HOLLOW_LINE 1.4
#define HOLLOW_INSET 1.6
#define HOLLOW_LEAST 9.0 /* px of a cell that is drawn by itself */
#define HOLLOW_MOST 2500 /* cells that are */
#define MARK_LINE 3.5
#define MARK_LEAST 10.0
#define LEVEL 1e-6

typedef struct {
    MlOutline *role[ML_N_ROLES];
    MlOutline *reserved[2]; /* hollow: by malloc, by blocks */
    MlOutline *jumps;
    GArray *rows; /* of MlBox */
    gboolean each_is_hollow;
} Drawing;

/* From below, in the order of the roles. */
static void
add_bands(const MlPageGrid *grid, const MlPagePiece *piece, Drawing *drawing)
{
    double bytes[ML_N_ROLES];
    double of_run = (double)(ml_page_grid_pages(grid, piece->run) * grid->map->page_bytes);
    double y = piece->box.y + piece->box.h;
    ml_page_run_resident(grid->map, piece->run, bytes);
    for (guint role = 0; role < ML_N_ROLES; role++) {
        double height = bytes[role] / of_run * piece->box.h;
        y -= height;
        if (height > 0)
            ml_outline_add_box(
                drawing->role[role], (MlBox){ piece->box.x, y, piece->box.w, height });
    }
}

static gboolean
is_absent(const MlPageRun *run)
{
    return run->n_pages[ML_PAGE_OLD] + run->n_pages[ML_PAGE_NEW] == 0;
}

static void
add_hollow(const MlPageGrid *grid, const MlPagePiece *piece, Drawing *drawing)
{
    guint64 of_blocks = 0;
    for (guint role = 0; role < ML_N_ROLES; role++)
        of_blocks += piece->run->bytes[ML_PAGE_ABSENT][role];
    MlOutline *outline = drawing->reserved[of_blocks > 0];
    if (!drawing->each_is_hollow) {
        ml_outline_add_box(outline, ml_box_inset(piece->box, fmin(HOLLOW_INSET, grid->h / 4)));
        return;
    }
    for (guint64 i = 0; i < piece->n_pages; i++) {
        MlBox cell = { piece->box.x + (double)i * grid->w, piece->box.y, grid->w, grid->h };
        ml_outline_add_box(outline, ml_box_inset(cell, HOLLOW_INSET));
    }
}

static void
add_to_rows(GArray *rows, MlBox box)
{
    MlBox *last = rows->len > 0 ? &g_array_index(rows, MlBox, rows->len - 1) : NULL;
    if (last != NULL && fabs(last->y - box.y) < LEVEL)
        last->w = box.x + box.w - last->x;
    else
        g_array_append_val(rows, box);
}

static void
add_piece(const MlPageGrid *grid, const MlPagePiece *piece, gpointer data)
{
    Drawing *drawing = data;
    add_to_rows(drawing->rows, piece->box);
    if (piece->begins_region && !grid->parts_regions) {
        ml_outline_move(drawing->jumps, piece->box.x, piece->box.y);
        ml_outline_line(drawing->jumps, piece->box.x, piece->box.y + piece->box.h);
    }
    if (is_absent(piece->run))
        add_hollow(grid, piece, drawing);
    else
        add_bands(grid, piece, drawing);
}

static void
put_path(MlScene *scene, MlOutline *outline, MlPen pen)
{
    if (outline->len > 0)
        ml_scene_path(scene, outline, pen, ML_INK_NONE);
    else
        g_array_unref(outline);
}

/* Pages stand apart: lines from the first to the last of the rows that are as long. */
static void
draw_columns(const MlPageGrid *grid, const GArray *rows)
{
    MlOutline *lines = ml_outline_new();
    for (guint i = 0; i < rows->len && grid->w >= ML_PAGE_GRID_VISIBLE;) {
        const MlBox *first = &g_array_index(rows, MlBox, i);
        guint end = i + 1;
        double pitch = grid->h + grid->gap + LEVEL;
        while (end < rows->len && fabs(g_array_index(rows, MlBox, end).w - first->w) < LEVEL &&
               g_array_index(rows, MlBox, end).y - g_array_index(rows, MlBox, end - 1).y <= pitch)
            end++;
        double bottom = g_array_index(rows, MlBox, end - 1).y + grid->h;
        for (double x = first->x + grid->w; x < first->x + first->w - LEVEL; x += grid->w) {
            ml_outline_move(lines, x, first->y);
            ml_outline_line(lines, x, bottom);
        }
        i = end;
    }
    put_path(grid->scene, lines, (MlPen){ .ink = ML_INK_BACKGROUND, .width = COLUMN_LINE });
}

static void
draw_bands(const MlPageGrid *grid, const Drawing *drawing)
{
    double byte_area = grid->w * grid->h / (double)grid->map->page_bytes;
    for (guint role = 0; role < ML_N_ROLES; role++) {
        if (drawing->role[role]->len == 0) {
            g_array_unref(drawing->role[role]);
            continue;
        }
        g_autofree char *id = g_strdup_printf("pages-%s", ml_role_id((MlRole)role));
        ml_scene_group(grid->scene, id, ml_role_label((MlRole)role));
        MlItem *item = ml_scene_area(grid->scene, drawing->role[role], (MlRole)role, byte_area);
        item->area.fine = TRUE;
        ml_scene_group_end(grid->scene);
    }
}

static guint64
count_absent(const MlPageGrid *grid)
{
    guint64 n = 0;
    for (guint i = 0; i < grid->runs->len && grid->with_absent; i++)
        n += g_array_index(grid->runs, MlPageRun, i).n_pages[ML_PAGE_ABSENT];
    return n;
}

static void
draw_hollow(const MlPageGrid *grid, const Drawing *drawing)
{
    static const MlRole roles[] = { ML_ROLE_ALLOCATOR, ML_ROLE_UNUSED };
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
        put_path(grid->scene,
            drawing->reserved[i],
            (MlPen){ .ink = ml_ink_of(ML_INK_LINE, roles[i]), .width = HOLLOW_LINE });
}

/* "0x555555576000, 7 815 pages" */
static void
draw_caption(const MlPageGrid *grid, const MlPagePiece *piece, gpointer data)
{
    guint64 n = 0;
    const MlPageRun *end = &g_array_index(grid->runs, MlPageRun, grid->runs->len);
    if (!piece->begins_region)
        return;
    for (const MlPageRun *run = piece->run; run < end; run++) {
        if (run > piece->run && ml_page_grid_begins_region(grid, run))
            break;
        n += ml_page_grid_pages(grid, run);
    }
    g_autofree char *pages = ml_page_count(n);
    g_autofree char *from = g_strdup_printf(_("from 0x%" PRIx64 " on"), piece->run->from);
    g_autofree char *whole = g_strdup_printf("%s %s", pages, from);
    ml_label(grid->scene,
        (MlPoint){ piece->box.x, piece->box.y - CAPTION_DROP },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        grid->box.w > 500 ? grid->box.w : 500,
        grid->n_left_out > 0 ? ML_LADDER(from) : ML_LADDER(whole, pages));
}

void
ml_page_grid_draw(const MlPageGrid *grid)
{
    Drawing drawing = {
        .reserved = { ml_outline_new(), ml_outline_new() },
        .jumps = ml_outline_new(),
        .rows = g_array_new(FALSE, FALSE, sizeof(MlBox)),
        .each_is_hollow =
            grid->w >= HOLLOW_LEAST && grid->h >= HOLLOW_LEAST && count_absent(grid) <= HOLLOW_MOST,
    };
    for (guint role = 0; role < ML_N_ROLES; role++)
        drawing.role[role] = ml_outline_new();
    ml_page_grid_visit(grid, add_piece, &drawing);
    draw_bands(grid, &drawing);
    draw_columns(grid, drawing.rows);
    draw_hollow(grid, &drawing);
    put_path(grid->scene, drawing.jumps, (MlPen){ .ink = ML_INK_TEXT, .width = JUMP_LINE });
    g_array_unref(drawing.rows);
    if (grid->has_captions)
        ml_page_grid_visit(grid, draw_caption, NULL);
}

static void
mark_in_piece(const MlPageGrid *grid, const MlPagePiece *piece, gpointer data)
{
    guint64 address = *(const guint64 *)data;
    guint64 page = (address - piece->run->from) / grid->map->page_bytes;
    if (address < piece->run->from || page < piece->first || page >= piece->first + piece->n_pages)
        return;
    double x = piece->box.x + ((double)(page - piece->first) + 0.5) * grid->w;
    double y = piece->box.y + grid->h / 2;
    double w = fmax(grid->w, MARK_LEAST) + 2 * MARK_LINE;
    double h = fmax(grid->h, MARK_LEAST) + 2 * MARK_LINE;
    ml_scene_rect(grid->scene,
        (MlBox){ x - w / 2, y - h / 2, w, h },
        (MlPen){ .ink = ML_INK_TEXT, .width = MARK_LINE },
        ML_INK_NONE);
}

void
ml_page_grid_mark(const MlPageGrid *grid, guint64 address)
{
    ml_page_grid_visit(grid, mark_in_piece, &address);
}
