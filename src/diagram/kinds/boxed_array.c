/* The boxed array: its pointers above, its boxes below, an arrow from each pointer to byte 0 of its
 * box.  How many elements are drawn follows from the room. */
#include "base/language.h"
#include "core/structure.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/caption.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/boxed_array_layout.h"
#include "diagram/kinds/logical_shapes.h"

#define DOT_ABOVE_EDGE 22 /* an arrow's dot, in its slot */
#define LABEL_RISE 14     /* of an address above a box */
#define TIP_GAP 13        /* from an arrow's tip to the address beside it */
#define TEXT_GAP 24
#define LANES_RISE 54 /* of the lowest lane, above the boxes */
#define OVERHANG 4    /* of the first address, over the margin */

/* The address stands on the side that the arrow does not come from. */
static void
label_tip(const MlBoxedLayout *layout, guint i, MlPoint tip, gboolean from_right)
{
    const MlStrip *boxes = &layout->boxes;
    guint k = 0;
    while (boxes->order[k] != i)
        k++;
    double left =
        k > 0 ? ml_strip_byte_0(boxes, boxes->order[k - 1]) + TIP_GAP : ML_SCENE_MARGIN - OVERHANG;
    double right = boxes->x[i] + ml_strip_width(boxes, i) - TIP_GAP;
    double x = from_right ? tip.x - TIP_GAP : tip.x + TIP_GAP;
    guint64 target = boxes->block[i].block->address;
    g_autofree char *address = ml_block_address_label(target, boxes->digits);
    ml_label(layout->scene,
        (MlPoint){ x, tip.y - LABEL_RISE },
        from_right ? ML_ANCHOR_END : ML_ANCHOR_START,
        ML_TYPE_ADDRESS,
        ML_INK_MUTED,
        from_right ? x - left : right - x,
        ML_LADDER(address));
}

/* Whether arrows in an S would cross badly, or run through what stands at the tips of others: where
 * a slot further left leads to a box further right, or slots from all over share some boxes. */
static gboolean
cross(const MlBoxedLayout *layout)
{
    if (layout->view->is_shared)
        return layout->boxes.n > 1;
    for (guint k = 1; k < layout->boxes.n; k++)
        if (layout->boxes.order[k] < layout->boxes.order[k - 1])
            return TRUE;
    return FALSE;
}

static gboolean
is_first_to_its_box(const MlBoxedLayout *layout, guint i)
{
    for (guint before = 0; before < i; before++)
        if (layout->slot[before].box == layout->slot[i].box)
            return FALSE;
    return TRUE;
}

static void
draw_arrow(const MlBoxedLayout *layout, guint i)
{
    const MlBoxedRows *rows = &layout->rows;
    guint box = (guint)layout->slot[i].box;
    double edge = rows->array_y + rows->array_height;
    double lanes_end = rows->box_y - LANES_RISE;
    double lane = edge + (lanes_end - edge) * (box + 1) / (layout->boxes.n + 1); /* one a box */
    MlPoint dot = { layout->slot_x[i] + layout->slot_width / 2, edge - DOT_ABOVE_EDGE };
    MlPoint tip = { ml_strip_byte_0(&layout->boxes, box), rows->box_y };
    guint64 target = layout->slot[i].target;
    ml_strip_step(&layout->boxes, box);
    if (cross(layout)) {
        MlItem *arrow = ml_arrow_step(layout->scene, dot, edge, lane, tip, target);
        for (guint k = 0; k < layout->n_slots; k++)
            if (k != i && layout->slot[k].target == target)
                arrow->path.is_cased = FALSE; /* or it would break those that it joins */
    } else {
        ml_arrow_down(layout->scene, dot, edge, tip, target);
    }
    if (is_first_to_its_box(layout, i))
        label_tip(layout, box, tip, dot.x > tip.x);
}

static void
draw_title(MlScene *scene, const MlBoxedView *view, const MlDiagramFacts *facts)
{
    const char *box = facts->walk->parts[ML_BOXED_BOX].name;
    g_autofree char *title = ml_boxed_array_title(view, facts);
    g_autofree char *setup = view->is_shared
                                 ? g_strdup_printf(_(", several pointers to one %s"), box)
                                 : g_strdup_printf(_(", one %s behind each pointer"), box);
    g_auto(GStrv) subtitle = ml_finding_subtitle(facts, setup);
    ml_furniture_title(scene, ML_LADDER(title, facts->walk->title), (const char *const *)subtitle);
}

static void
draw_names(const MlBoxedLayout *layout)
{
    const MlStrip *boxes = &layout->boxes;
    double x = ML_SCENE_MARGIN + ml_strip_width(boxes, boxes->order[0]) + TEXT_GAP;
    ml_strip_draw_names(boxes, layout->rows.names);
    ml_strip_draw_words(boxes, x, layout->rows.names);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    MlBoxedView view;
    MlBoxedLayout layout = { .scene = scene };
    MlClaim claim;
    if (!ml_boxed_view_init(&view, facts, error))
        return FALSE;
    gboolean is_empty = facts->walk->n == 0;
    if (!is_empty && !ml_boxed_layout_init(&layout, scene, &view, error))
        return FALSE;
    if (is_empty)
        ml_run_claim(&view.boxes, 0, &claim);
    else
        ml_boxed_layout_claim(&layout, &claim);
    ml_finding_reserve_sum(scene, facts, &claim);
    ml_boxed_layout_rows(&layout, ml_caption_rule(scene));
    draw_title(scene, &view, facts);
    if (is_empty) {
        ml_finding_draw_nothing(scene);
        ml_finding_draw_sum(scene, facts, &claim);
        return TRUE;
    }
    ml_furniture_scale(scene);
    layout.boxes.step = ML_STEP_FIRST + 1; /* after the array */
    ml_boxed_draw_array(&layout);
    ml_strip_draw(&layout.boxes);
    for (guint i = 0; i < layout.n_slots; i++)
        if (layout.slot[i].box >= 0)
            draw_arrow(&layout, i);
    if (layout.rows.names > 0)
        draw_names(&layout);
    if (layout.rows.dimensions > 0)
        ml_strip_draw_dimensions(&layout.boxes, layout.rows.dimensions);
    if (layout.rows.not_drawn > 0)
        ml_finding_draw_stock(scene, facts, layout.rows.not_drawn);
    ml_finding_draw_sum(scene, facts, &claim);
    return TRUE;
}

static const char *const examples[] = { "boxed-array", NULL };

const MlDiagramKind ml_diagram_kind_boxed_array = {
    .name = "boxed-array",
    .summary = "an array of pointers and the boxes behind them, byte by byte, with real addresses",
    .needs = ML_NEEDS_WALK,
    .shapes = 1u << ML_SHAPE_POINTER_ARRAY,
    .examples = examples,
    .layout = layout,
    .describe = ml_boxed_array_describe,
    .logical = ml_logical_pointer_array,
    .terminal = ml_boxed_array_terminal,
};
