#include "diagram/kinds/boxed_array_layout.h"

#include <math.h>

#include "diagram/block.h"

#define MAX_ROUNDING_BYTES 24 /* drawn to scale up to here */
#define LAST_BYTES 32         /* the last slot, and what is said of the rounding behind it */
#define LEFT_OUT 280          /* px, for how many slots are left out */
#define DOTS_BYTES 8          /* as wide as dots */
#define LEAST_SHARED 3        /* slots drawn of an array whose boxes are shared */
#define ARROWS_SHARE 0.4      /* of what height there is beyond, for the arrows */

/* The highest that fits is used. */
static const struct {
    double rule; /* where the footer may begin */
    MlBoxedRows rows;
} heights[] = {
    { 880,
        { .caption = 252,
            .array_y = 312,
            .array_height = 88,
            .box_y = 548,
            .box_height = 96,
            .names = 682,
            .dimensions = 734,
            .not_drawn = 846 } },
    { 520, { .array_y = 240, .array_height = 68, .box_y = 392, .box_height = 68, .names = 496 } },
    { 420, { .array_y = 228, .array_height = 64, .box_y = 360, .box_height = 58 } },
};

guint64
ml_boxed_layout_rounding(const MlBoxedLayout *layout)
{
    const MlWalkSample *array = layout->view->array;
    return array->usable_bytes - array->request_bytes;
}

gboolean
ml_boxed_layout_rounding_is_torn(const MlBoxedLayout *layout)
{
    return ml_boxed_layout_rounding(layout) > MAX_ROUNDING_BYTES;
}

/* Of the array, what is not a slot. */
static double
fixed_bytes(const MlBoxedLayout *layout)
{
    double rounding = ml_boxed_layout_rounding_is_torn(layout)
                          ? ML_BOXED_TORN_BYTES
                          : (double)ml_boxed_layout_rounding(layout);
    return (double)layout->view->boxes.walk->field_bytes + rounding;
}

/* How many slots are drawn of an array whose boxes are shared: two for each box that is drawn, so
 * that it is seen, and a few more; as far as there is room beside the last one and its rounding. */
static guint
most_shared_slots(const MlBoxedLayout *layout)
{
    double width = layout->scene->width - 2 * ML_SCENE_MARGIN;
    double room = width - (fixed_bytes(layout) + LAST_BYTES) * layout->scene->byte_width - LEFT_OUT;
    guint fit = (guint)fmax(room / layout->slot_width, LEAST_SHARED);
    return MIN(MIN(fit, 2 * layout->boxes.n + 2), ML_RUN_MAX);
}

static void
pick_slots(MlBoxedLayout *layout)
{
    const MlStrip *boxes = &layout->boxes;
    guint most = layout->view->is_shared ? most_shared_slots(layout) : boxes->n;
    layout->n_slots = ml_boxed_view_slots(layout->view, boxes->block, boxes->n, most, layout->slot);
    layout->is_elided = layout->n_slots < boxes->run->walk->n;
}

/* A whole array stands in the middle above its boxes.  One with slots left out begins above byte 0
 * of the leftmost box, and its last slot ends above that of the rightmost, or of where one would
 * be that ends at the margin. */
static void
place_slots(MlBoxedLayout *layout)
{
    const MlStrip *boxes = &layout->boxes;
    double byte_width = layout->scene->byte_width;
    double right = layout->scene->width - ML_SCENE_MARGIN;
    guint last = layout->n_slots - 1;
    guint rightmost = boxes->order[boxes->n - 1];
    double box_width = ml_strip_width(boxes, rightmost);
    layout->array_x = ML_SCENE_MARGIN + boxes->field_width;
    if (!layout->is_elided) {
        double width = (fixed_bytes(layout) + ML_BOXED_SLOT_BYTES * layout->n_slots) * byte_width;
        double middle = (ML_SCENE_MARGIN + boxes->x[rightmost] + box_width) / 2;
        layout->array_x = CLAMP(middle - width / 2, ML_SCENE_MARGIN, right - width);
    }
    for (guint i = 0; i < layout->n_slots; i++)
        layout->slot_x[i] = layout->array_x + boxes->field_width + i * layout->slot_width;
    if (layout->is_elided && last > 0)
        layout->slot_x[last] = right - box_width + boxes->field_width - layout->slot_width;
}

gboolean
ml_boxed_layout_init(MlBoxedLayout *layout, MlScene *scene, const MlBoxedView *view, GError **error)
{
    *layout = (MlBoxedLayout){
        .scene = scene,
        .view = view,
    };
    MlStripNeeds needs = { .fixed_bytes = fixed_bytes(layout), .bytes_each = ML_BOXED_SLOT_BYTES };
    if (!view->is_shared && view->boxes.n_head > 0) /* the last slot ends where that box begins */
        needs.elided_bytes = (double)ml_block_bytes(view->boxes.walk, view->boxes.head[0].block) +
                             2 * ML_BOXED_TORN_BYTES + DOTS_BYTES;
    if (view->is_shared)
        needs.fixed_bytes += LEAST_SHARED * ML_BOXED_SLOT_BYTES + LAST_BYTES;
    if (!ml_strip_init(&layout->boxes, scene, &view->boxes, &needs, error))
        return FALSE;
    layout->slot_width = ML_BOXED_SLOT_BYTES * scene->byte_width;
    layout->torn_width = ML_BOXED_TORN_BYTES * scene->byte_width;
    pick_slots(layout);
    place_slots(layout);
    return TRUE;
}

void
ml_boxed_layout_claim(const MlBoxedLayout *layout, MlClaim *ret_claim)
{
    const MlRun *run = &layout->view->boxes;
    ml_run_claim(run, layout->n_slots, ret_claim);
    if (!layout->view->is_shared)
        return;
    guint64 n_undrawn = ret_claim->n_undrawn;
    g_autoptr(GArray) cells = ml_block_cells(run->walk, run->head[0].block, 0);
    ret_claim->n_undrawn = 0; /* slots and boxes are counted apart, as no element has both */
    ret_claim->undrawn[ML_ROLE_POINTER] = (double)(n_undrawn * ML_BOXED_SLOT_BYTES);
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        ret_claim->undrawn[cell->role] += (double)((run->n - layout->boxes.n) * cell->bytes);
    }
}

static void
move_down(double *y, double dy)
{
    if (*y > 0)
        *y += dy;
}

void
ml_boxed_layout_rows(MlBoxedLayout *layout, double rule)
{
    guint i = 0;
    rule -= layout->scene->above;
    while (i + 1 < G_N_ELEMENTS(heights) && rule < heights[i].rule)
        i++;
    MlBoxedRows rows = heights[i].rows;
    double more = fmax(rule - heights[i].rule, 0);
    double arrows = more * ARROWS_SHARE;
    double above = (more - arrows) / 2;
    move_down(&rows.caption, above);
    move_down(&rows.array_y, above);
    move_down(&rows.box_y, above + arrows);
    move_down(&rows.names, above + arrows);
    move_down(&rows.dimensions, above + arrows);
    move_down(&rows.not_drawn, more);
    double *const all[] = {
        &rows.caption, &rows.array_y, &rows.box_y, &rows.names, &rows.dimensions, &rows.not_drawn
    };
    for (guint k = 0; k < G_N_ELEMENTS(all); k++)
        move_down(all[k], layout->scene->above);
    layout->rows = rows;
    layout->boxes.y = rows.box_y;
    layout->boxes.height = rows.box_height;
}
