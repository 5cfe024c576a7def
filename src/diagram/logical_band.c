#include "diagram/logical_band.h"

#include <math.h>

#define TOP 208.0 /* below the subtitle */
#define HEADING 30.0
#define NUMBERS 34.0 /* the row of "[3]" above elements */
#define ROW_GAP 54.0
#define FAR 420.0 /* px sideways, from which on arrows take lanes or more height */
#define FAR_GAP 24.0
#define FIRST_LANE 18.0
#define LANE_PITCH 17.0
#define LAST_LANE 26.0 /* of the lowest lane, above the boxes: room for the head */
#define FOOT 22.0
#define LABEL_GAP 28

void
ml_logical_band_clear(MlLogicalBand *band)
{
    ml_logical_layout_clear(&band->layout);
}

static double
text_width(gpointer scene, const MlLogicalCell *cell)
{
    return ml_metrics_width(((MlScene *)scene)->metrics, cell->text, ML_TYPE_CELL_DATA);
}

static double
label_width(MlScene *scene, const MlLogical *logical)
{
    double width = ml_metrics_width(scene->metrics, ML_LOGICAL_HEADING, ML_TYPE_ROW_NAME);
    for (guint row = 0; row < logical->n_rows; row++)
        width = fmax(width,
            ml_metrics_width(scene->metrics, ml_logical_row_label(logical, row), ML_TYPE_SMALL));
    return ceil(width) + LABEL_GAP;
}

static gboolean
has_numbers(const MlLogicalLayout *layout)
{
    return ml_logical_place(layout, 0)->box->is_element;
}

double
ml_logical_band_lane(guint lane)
{
    return FIRST_LANE + lane * LANE_PITCH;
}

/* Px from the boxes of a row to those of the next. */
static double
gap_below(const MlLogicalLayout *layout, guint row)
{
    double farthest = 0;
    if (layout->n_lanes[row] > 0)
        return ml_logical_band_lane(layout->n_lanes[row] - 1) + LAST_LANE;
    for (guint i = 0; i < layout->arrows->len; i++) {
        const MlLogicalArrow *arrow = ml_logical_arrow(layout, i);
        if (!arrow->is_sideways && ml_logical_place(layout, arrow->from)->box->row == row)
            farthest = fmax(farthest, fabs(arrow->tip_x - arrow->dot_x));
    }
    return ROW_GAP + floor(farthest / FAR * FAR_GAP);
}

static void
place_rows(MlLogicalBand *band)
{
    const MlLogicalLayout *layout = &band->layout;
    double y = TOP + (has_numbers(layout) ? NUMBERS : HEADING);
    band->heading = TOP + NUMBERS - ML_LOGICAL_NUMBER_RISE;
    for (guint row = 0; row < band->logical->n_rows; row++) {
        band->y[row] = y;
        y += ML_LOGICAL_BOX_HEIGHT + (row + 1 < band->logical->n_rows ? gap_below(layout, row) : 0);
    }
    band->bottom = y + FOOT;
}

gboolean
ml_logical_band_init(
    MlLogicalBand *band, MlScene *scene, const MlLogical *logical, const gboolean *is_shown)
{
    *band = (MlLogicalBand){ .scene = scene, .logical = logical };
    band->x0 = ML_SCENE_MARGIN + label_width(scene, logical);
    MlLogicalMeasure measure = {
        .text_width = text_width,
        .data = scene,
        .width = scene->width - ML_SCENE_MARGIN - band->x0,
        .least_cell = 56,
        .padding = 24,
        .dot_room = 24,
        .gap = 26,
        .link_gap = 54,
        .dots = 104,
        .tip_gap = 24,
        .widest_slot = 132,
    };
    if (!ml_logical_layout_init(&band->layout, logical, &measure, is_shown))
        return FALSE;
    place_rows(band);
    return TRUE;
}
