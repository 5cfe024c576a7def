#include "diagram/kinds/page_panels.h"

#include <math.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define HEADING_DROP 32.0 /* of its baseline below the top */
#define PANEL_DROP 56.0
#define BELOW_PANEL 62.0 /* of the baseline below the panel */
#define PANEL_FOOT 86.0
#define PANEL_GAP 56.0
#define LABEL_GAP 14.0
#define LABEL_BYTES 1024 /* from one address to the next */
#define LABEL_DIGITS 3
#define LABEL_PITCH 34.0
#define CACHE_LINE 64u /* bytes, of all machines that memlab builds on */
#define FIGURE_GAP 18.0
#define SMALL_BYTE 4 /* px */

double
ml_page_panels_width(const MlPagePanels *panels)
{
    return panels->side * panels->px;
}

double
ml_page_panels_pitch(const MlPagePanels *panels)
{
    return ml_page_panels_width(panels) + PANEL_GAP;
}

/* Whole ones, as long as these are many. */
static double
whole_px(double px)
{
    return px >= SMALL_BYTE ? floor(px) : floor(px * 2) / 2;
}

gboolean
ml_page_panels_fit(MlPagePanels *panels, double width, double bottom, const MlPagePanelSize *size)
{
    double height = bottom - ML_PAGE_PANELS_TOP - PANEL_DROP - PANEL_FOOT;
    panels->px = 0;
    for (guint wide = 1; wide <= size->most_wide; wide *= 2) {
        guint side = wide * ml_page_panel_side(panels->page_bytes);
        guint rows = (guint)(panels->page_bytes / side);
        double across = (width - (panels->n - 1) * PANEL_GAP) / panels->n / side;
        double px = fmin(whole_px(fmin(across, height / rows)), size->most);
        if (px <= panels->px)
            continue;
        panels->side = side;
        panels->rows = rows;
        panels->px = px;
    }
    return panels->px >= size->least;
}

/* "25 %  data: 1 024 B", below it. */
static void
draw_share(const MlPagePanels *panels, const double bytes[ML_N_ROLES], double x)
{
    g_autofree char *share = ml_page_view_data(bytes);
    g_autofree char *count = ml_wording_count((guint64)bytes[ML_ROLE_DATA]);
    g_autofree char *words = g_strdup_printf(_("data: %s B"), count);
    double bottom = ML_PAGE_PANELS_TOP + PANEL_DROP + panels->rows * panels->px;
    MlPoint at = { x, bottom + BELOW_PANEL };
    const MlItem *figure =
        ml_scene_text(panels->scene, at, ML_ANCHOR_START, ML_TYPE_BAR_TOTAL, ML_INK_TEXT, share);
    at.x += figure->box.w + FIGURE_GAP;
    ml_label(panels->scene,
        at,
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        x + ml_page_panels_width(panels) - at.x,
        ML_LADDER(words, _("data")));
}

void
ml_page_panels_draw(const MlPagePanels *panels,
    const MlPageMap *map,
    const MlPageBytes *page,
    double x,
    const char *const *heading,
    gboolean aside)
{
    double bytes[ML_N_ROLES];
    MlPoint at = { x, ML_PAGE_PANELS_TOP + PANEL_DROP };
    ml_label(panels->scene,
        (MlPoint){ x, ML_PAGE_PANELS_TOP + HEADING_DROP },
        ML_ANCHOR_START,
        ML_TYPE_FIELD,
        ML_INK_TEXT,
        ml_page_panels_width(panels),
        heading);
    ml_page_panel_draw(panels->scene, map, page, at, panels->side, panels->px, aside);
    ml_page_bytes_count(map, page, bytes);
    draw_share(panels, bytes, x);
}

void
ml_page_panels_addresses(const MlPagePanels *panels, double x)
{
    guint step = LABEL_BYTES;
    while (step < panels->page_bytes && step / panels->side * panels->px < LABEL_PITCH)
        step *= 2;
    for (guint offset = 0; offset < panels->page_bytes; offset += step) {
        double row = (double)offset / panels->side + 0.5;
        double y = ML_PAGE_PANELS_TOP + PANEL_DROP + row * panels->px;
        g_autofree char *label = ml_block_address_label(offset, LABEL_DIGITS);
        ml_scene_text(panels->scene,
            (MlPoint){ x - LABEL_GAP, ml_label_baseline(y, ML_TYPE_ADDRESS) },
            ML_ANCHOR_END,
            ML_TYPE_ADDRESS,
            ML_INK_MUTED,
            label);
    }
}

void
ml_page_marks_add(MlPageMarks *marks, const MlPageMap *map, const MlPageBytes *page)
{
    marks->others |= page->state == ML_PAGE_OLD;
    for (guint64 at = 1; at < map->page_bytes && !marks->ticks; at++)
        marks->ticks = (page->bytes[at] & ML_BYTE_BEGINS) != 0;
}

static char *
row_words(const MlPagePanels *panels)
{
    guint lines = panels->side / CACHE_LINE;
    return lines == 1 ? g_strdup_printf(_("a row is a cache line of %u B"), CACHE_LINE)
                      : g_strdup_printf(_("a row is %u cache lines of %u B"), lines, CACHE_LINE);
}

char *
ml_page_panels_words(const MlPagePanels *panels, const MlPageMarks *marks)
{
    g_autofree char *row = row_words(panels);
    const char *ticks = marks->ticks ? _(", a tick begins a block") : "";
    const char *others = marks->others ? _(", blank: not its own") : "";
    return g_strconcat(row, ticks, others, NULL);
}

char *
ml_page_panels_brief(const MlPagePanels *panels, const MlPageMarks *marks)
{
    return marks->ticks ? g_strdup(_("a tick begins a block")) : row_words(panels);
}
