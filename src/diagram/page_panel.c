#include "diagram/page_panel.h"

#include <inttypes.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/page_tally.h"

#define ROW_LINE 0.8
#define LEAST_LINED 5 /* px of a row: lower ones would be nothing but lines */
#define TICK 2.5
#define FINE_BELOW 24 /* px of a field: the finer pattern */
#define FINE_FIELD 8  /* bytes */

/* Bytes of one role side by side in a row, and what lies straight below them. */
typedef struct {
    guint from, to; /* columns */
    MlRole role;
    guint row; /* the first one */
} Patch;

typedef struct {
    MlScene *scene;
    const MlPageBytes *page;
    MlPoint at;
    double px;
    guint side;
    guint rows;
    GArray *open; /* of Patch, that the last row goes on with */
    MlOutline *outline[ML_N_ROLES];
} Panel;

guint
ml_page_panel_side(guint64 page_bytes)
{
    return 1u << g_bit_storage(page_bytes - 1) / 2;
}

static void
close_patch(const Panel *panel, const Patch *patch, guint end)
{
    ml_outline_add_box(panel->outline[patch->role],
        (MlBox){
            panel->at.x + patch->from * panel->px,
            panel->at.y + patch->row * panel->px,
            (patch->to - patch->from) * panel->px,
            (end - patch->row) * panel->px,
        });
}

/* The patches of one row. */
static GArray *
row_patches(const Panel *panel, guint row)
{
    GArray *patches = g_array_new(FALSE, FALSE, sizeof(Patch));
    guint64 first = (guint64)row * panel->side;
    for (guint i = 0; i < panel->side; i++) {
        MlRole role;
        if (!ml_page_byte_role(panel->page, first + i, &role))
            continue;
        Patch *last = patches->len > 0 ? &g_array_index(patches, Patch, patches->len - 1) : NULL;
        Patch patch = { .from = i, .to = i + 1, .role = role, .row = row };
        if (last != NULL && last->to == i && last->role == role)
            last->to++;
        else
            g_array_append_val(patches, patch);
    }
    return patches;
}

/* Where @open has just such a patch, it goes on. */
static void
take_over(const GArray *open, Patch *patch)
{
    for (guint i = 0; i < open->len; i++) {
        Patch *above = &g_array_index(open, Patch, i);
        if (above->from == patch->from && above->to == patch->to && above->role == patch->role) {
            patch->row = above->row;
            above->to = above->from; /* not to be closed */
            return;
        }
    }
}

static void
end_row(Panel *panel, GArray *patches, guint row)
{
    for (guint i = 0; i < patches->len; i++)
        take_over(panel->open, &g_array_index(patches, Patch, i));
    for (guint i = 0; i < panel->open->len; i++) {
        const Patch *patch = &g_array_index(panel->open, Patch, i);
        if (patch->to > patch->from)
            close_patch(panel, patch, row);
    }
    g_array_unref(panel->open);
    panel->open = patches;
}

static void
draw_bytes(Panel *panel, gboolean aside)
{
    panel->open = g_array_new(FALSE, FALSE, sizeof(Patch));
    for (guint role = 0; role < ML_N_ROLES; role++)
        panel->outline[role] = ml_outline_new();
    for (guint row = 0; row < panel->rows; row++)
        end_row(panel, row_patches(panel, row), row);
    end_row(panel, g_array_new(FALSE, FALSE, sizeof(Patch)), panel->rows);
    g_array_unref(panel->open);
    for (guint role = 0; role < ML_N_ROLES; role++) {
        if (panel->outline[role]->len == 0) {
            g_array_unref(panel->outline[role]);
            continue;
        }
        MlItem *item =
            ml_scene_area(panel->scene, panel->outline[role], (MlRole)role, panel->px * panel->px);
        item->area.fine = panel->px * FINE_FIELD < FINE_BELOW;
        item->area.aside = aside;
    }
}

static void
draw_row_lines(const Panel *panel)
{
    MlOutline *lines = ml_outline_new();
    for (guint row = 1; row < panel->rows; row++) {
        double y = panel->at.y + row * panel->px;
        ml_outline_move(lines, panel->at.x, y);
        ml_outline_line(lines, panel->at.x + panel->side * panel->px, y);
    }
    MlPen pen = { .ink = ML_INK_BACKGROUND, .width = ROW_LINE };
    ml_scene_path(panel->scene, lines, pen, ML_INK_NONE);
}

static gboolean
begins(const Panel *panel, guint row, guint column)
{
    return row < panel->rows &&
           (panel->page->bytes[(guint64)row * panel->side + column] & ML_BYTE_BEGINS) != 0;
}

/* Those below one another are one line. */
static void
draw_ticks(const Panel *panel)
{
    MlOutline *ticks = ml_outline_new();
    for (guint column = 0; column < panel->side; column++)
        for (guint row = 0; row < panel->rows; row++) {
            guint end = row;
            while (begins(panel, end, column))
                end++;
            if (end == row)
                continue;
            double x = panel->at.x + column * panel->px;
            ml_outline_move(ticks, x, panel->at.y + row * panel->px);
            ml_outline_line(ticks, x, panel->at.y + end * panel->px);
            row = end;
        }
    if (ticks->len > 0)
        ml_scene_path(
            panel->scene, ticks, (MlPen){ .ink = ML_INK_TEXT, .width = TICK }, ML_INK_NONE);
    else
        g_array_unref(ticks);
}

void
ml_page_panel_draw(MlScene *scene,
    const MlPageMap *map,
    const MlPageBytes *page,
    MlPoint at,
    guint side,
    double px,
    gboolean aside)
{
    Panel panel = { .scene = scene, .page = page, .at = at, .px = px, .side = side };
    panel.rows = (guint)(map->page_bytes / side);
    g_autofree char *id = g_strdup_printf("page-%" G_GINT64_MODIFIER "x", page->address);
    g_autofree char *title = g_strdup_printf(_("the page at 0x%" PRIx64), page->address);
    ml_scene_group(scene, id, title);
    draw_bytes(&panel, aside);
    if (px >= LEAST_LINED)
        draw_row_lines(&panel);
    draw_ticks(&panel);
    ml_scene_rect(
        scene, (MlBox){ at.x, at.y, side * px, panel.rows * px }, ML_BLOCK_FRAME, ML_INK_NONE);
    ml_scene_group_end(scene);
}
