#include "diagram/kinds/boxed_array_layout.h"

#include <math.h>

#include "base/error.h"
#include "diagram/block.h"

#define MAX_ROUNDING_BYTES 24 /* drawn to scale up to here */
#define BYTE_WIDTH_MIN 6.5
#define BYTE_WIDTH_MAX 12.0
#define BYTE_WIDTH_STEP 0.5
#define CELL_PADDING 6
#define GAP 56            /* between blocks that do not touch */
#define GAP_WITH_DOTS 112 /* where undrawn ones lie between */
#define ROOMY_HEIGHT 1080

static const MlBoxedRows roomy = {
    .caption = 252,
    .array_y = 312,
    .array_height = 88,
    .box_y = 548,
    .box_height = 96,
    .names = 682,
    .dimensions = 734,
    .not_drawn = 846,
};

static const MlBoxedRows tight = {
    .array_y = 240,
    .array_height = 68,
    .box_y = 392,
    .box_height = 68,
    .names = 496,
};

double
ml_boxed_layout_box_width(const MlBoxedLayout *layout, guint i)
{
    guint64 bytes = ml_block_bytes(layout->view->walk, layout->element[i].box);
    return (double)bytes * layout->scene->byte_width;
}

gboolean
ml_boxed_layout_is_gap(const MlBoxedLayout *layout, guint k)
{
    const MlWalkSample *before = layout->element[layout->order[k - 1]].box;
    const MlWalkSample *box = layout->element[layout->order[k]].box;
    return !ml_block_is_followed_by(layout->view->walk, before, box);
}

gboolean
ml_boxed_layout_touch(const MlBoxedLayout *layout)
{
    guint n_gaps = 0;
    for (guint k = 1; k < layout->n; k++)
        if (ml_boxed_layout_is_gap(layout, k))
            n_gaps++;
    guint n_undrawn = layout->is_elided ? 1 : 0;
    return layout->n > n_undrawn + 1 && n_gaps <= n_undrawn;
}

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

static double
room(const MlBoxedLayout *layout)
{
    return layout->scene->width - 2 * ML_SCENE_MARGIN;
}

static void
pick(MlBoxedLayout *layout, guint max)
{
    layout->n = ml_boxed_view_pick(layout->view, max, layout->element);
    layout->is_elided = layout->n < layout->view->walk->n;
    for (guint i = 0; i < layout->n; i++) {
        guint at = i;
        for (; at > 0; at--) {
            const MlWalkSample *before = layout->element[layout->order[at - 1]].box;
            if (before->address <= layout->element[i].box->address)
                break;
            layout->order[at] = layout->order[at - 1];
        }
        layout->order[at] = i;
    }
}

static double
boxes_width(const MlBoxedLayout *layout, guint *ret_gaps)
{
    double width = 0;
    *ret_gaps = 0;
    for (guint k = 0; k < layout->n; k++) {
        width += ml_boxed_layout_box_width(layout, k);
        if (k > 0 && ml_boxed_layout_is_gap(layout, k))
            (*ret_gaps)++;
    }
    return width;
}

/* The array without what lies between its first slots and its last. */
static double
array_width(const MlBoxedLayout *layout)
{
    double bytes = (double)layout->view->walk->field_bytes;
    bytes += ML_BOXED_SLOT_BYTES * (double)layout->n;
    bytes += ml_boxed_layout_rounding_is_torn(layout) ? ML_BOXED_TORN_BYTES
                                                      : (double)ml_boxed_layout_rounding(layout);
    return bytes * layout->scene->byte_width;
}

static gboolean
fits(const MlBoxedLayout *layout)
{
    guint n_gaps;
    double boxes = boxes_width(layout, &n_gaps);
    double gap = layout->is_elided ? GAP_WITH_DOTS : GAP;
    return boxes + n_gaps * gap <= room(layout) && array_width(layout) <= room(layout);
}

/* The narrowest byte that lets an address stand in its slot. */
static double
readable_byte_width(const MlBoxedLayout *layout)
{
    g_autofree char *label = ml_block_address_label(0, layout->digits);
    double text = ml_metrics_width(layout->scene->metrics, label, ML_TYPE_ADDRESS);
    double width = (text + 2 * CELL_PADDING) / ML_BOXED_SLOT_BYTES;
    return CLAMP(ceil(width / BYTE_WIDTH_STEP) * BYTE_WIDTH_STEP, BYTE_WIDTH_MIN, BYTE_WIDTH_MAX);
}

static gboolean
fit(MlBoxedLayout *layout)
{
    double *byte_width = &layout->scene->byte_width;
    double readable = readable_byte_width(layout);
    pick(layout, ML_BOXED_MAX);
    for (*byte_width = BYTE_WIDTH_MAX; *byte_width >= readable; *byte_width -= BYTE_WIDTH_STEP)
        if (!layout->is_elided && fits(layout))
            return TRUE;
    for (*byte_width = readable; *byte_width >= BYTE_WIDTH_MIN; *byte_width -= BYTE_WIDTH_STEP) {
        for (guint max = ML_BOXED_MAX; max > 1; max--) {
            pick(layout, max);
            if (fits(layout))
                return TRUE;
        }
    }
    return FALSE;
}

/* Left to right by address; undrawn ones take what room is left. */
static void
place_boxes(MlBoxedLayout *layout)
{
    guint n_gaps;
    double gap = GAP;
    double boxes = boxes_width(layout, &n_gaps);
    if (layout->is_elided && n_gaps > 0)
        gap = (room(layout) - boxes) / n_gaps;
    double x = ML_SCENE_MARGIN;
    for (guint k = 0; k < layout->n; k++) {
        guint i = layout->order[k];
        if (k > 0 && ml_boxed_layout_is_gap(layout, k))
            x += gap;
        layout->box_x[i] = x;
        x += ml_boxed_layout_box_width(layout, i);
    }
}

/* A whole array stands in the middle above its boxes.  One with slots left out begins above byte 0
 * of the leftmost box, and its last slot ends above that of the rightmost. */
static void
place_slots(MlBoxedLayout *layout)
{
    double right = layout->scene->width - ML_SCENE_MARGIN;
    guint last = layout->n - 1;
    guint rightmost = layout->order[last];
    double box_width = ml_boxed_layout_box_width(layout, rightmost);
    layout->slot_width = ML_BOXED_SLOT_BYTES * layout->scene->byte_width;
    layout->torn_width = ML_BOXED_TORN_BYTES * layout->scene->byte_width;
    layout->field_width = (double)layout->view->walk->field_bytes * layout->scene->byte_width;
    layout->array_x = ML_SCENE_MARGIN + layout->field_width;
    if (!layout->is_elided) {
        double middle = (ML_SCENE_MARGIN + layout->box_x[rightmost] + box_width) / 2;
        double centred = middle - array_width(layout) / 2;
        layout->array_x = CLAMP(centred, ML_SCENE_MARGIN, right - array_width(layout));
    }
    for (guint i = 0; i < layout->n; i++)
        layout->slot_x[i] = layout->array_x + layout->field_width + i * layout->slot_width;
    if (layout->is_elided && last > 0)
        layout->slot_x[last] = right - box_width + layout->field_width - layout->slot_width;
}

gboolean
ml_boxed_layout_init(MlBoxedLayout *layout, MlScene *scene, const MlBoxedView *view, GError **error)
{
    *layout = (MlBoxedLayout){
        .scene = scene,
        .view = view,
        .rows = scene->height >= ROOMY_HEIGHT ? &roomy : &tight,
        .digits = ml_boxed_view_digits(view),
    };
    if (!fit(layout)) {
        g_set_error(error,
            ML_ERROR,
            ML_ERROR_USAGE,
            "boxed-array: a box of %" G_GUINT64_FORMAT " B is too wide to be drawn",
            ml_block_bytes(view->walk, view->head[0].box));
        return FALSE;
    }
    place_boxes(layout);
    place_slots(layout);
    return TRUE;
}
