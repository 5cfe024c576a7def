/* The boxed array: its pointers above, its boxes below, an arrow from each pointer to byte 0 of its
 * box.  How many elements are drawn follows from the room. */
#include "core/structure.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/caption.h"
#include "diagram/furniture.h"
#include "diagram/kinds/boxed_array_layout.h"
#include "diagram/wording.h"

#define DOT_ABOVE_EDGE 22 /* an arrow's dot, in its slot */
#define LABEL_RISE 14     /* of an address above a box */
#define TIP_GAP 13        /* from an arrow's tip to the address beside it */
#define OVERHANG 4        /* of the first address, over the margin */
#define TEXT_GAP 24
#define DIMENSION_PITCH 48
#define NOTHING_Y 252

static void
draw_boxes(const MlBoxedLayout *layout)
{
    double middle = layout->rows->box_y + layout->rows->box_height / 2;
    for (guint i = 0; i < layout->n; i++) {
        const MlBoxedElement *element = &layout->element[i];
        ml_block_draw(layout->scene,
            layout->view->walk,
            element->box,
            layout->digits,
            (gint64)element->index,
            (MlPoint){ layout->box_x[i], layout->rows->box_y },
            layout->rows->box_height);
    }
    for (guint k = 1; layout->is_elided && k < layout->n; k++) {
        guint before = layout->order[k - 1];
        double from = layout->box_x[before] + ml_boxed_layout_box_width(layout, before);
        if (ml_boxed_layout_is_gap(layout, k))
            ml_furniture_dots(layout->scene, (from + layout->box_x[layout->order[k]]) / 2, middle);
    }
}

/* The address stands on the side that the arrow does not come from. */
static void
label_tip(const MlBoxedLayout *layout, guint k, MlPoint tip, gboolean from_right)
{
    guint i = layout->order[k];
    double left = k > 0 ? layout->box_x[layout->order[k - 1]] + layout->field_width + TIP_GAP
                        : ML_SCENE_MARGIN - OVERHANG;
    double right = layout->box_x[i] + ml_boxed_layout_box_width(layout, i) - TIP_GAP;
    double x = from_right ? tip.x - TIP_GAP : tip.x + TIP_GAP;
    guint64 target = layout->element[i].box->address;
    g_autofree char *address = ml_block_address_label(target, layout->digits);
    ml_label(layout->scene,
        (MlPoint){ x, tip.y - LABEL_RISE },
        from_right ? ML_ANCHOR_END : ML_ANCHOR_START,
        ML_TYPE_ADDRESS,
        ML_INK_MUTED,
        from_right ? x - left : right - x,
        ML_LADDER(address));
}

/* To the @k-th box by address. */
static void
draw_arrow(const MlBoxedLayout *layout, guint k)
{
    const MlBoxedRows *rows = layout->rows;
    guint i = layout->order[k];
    double edge = rows->array_y + rows->array_height;
    MlPoint dot = { layout->slot_x[i] + layout->slot_width / 2, edge - DOT_ABOVE_EDGE };
    MlPoint tip = { layout->box_x[i] + layout->field_width, rows->box_y };
    ml_arrow_down(layout->scene, dot, edge, tip, layout->element[i].box->address);
    label_tip(layout, k, tip, dot.x > tip.x);
}

/* To the right of the field names: what these blocks are, and whether they touch. */
static void
draw_box_words(const MlBoxedLayout *layout)
{
    const MlWalk *walk = layout->view->walk;
    double x = ML_SCENE_MARGIN + ml_boxed_layout_box_width(layout, layout->order[0]) + TEXT_GAP;
    const MlItem *name = ml_label(layout->scene,
        (MlPoint){ x, layout->rows->names },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        layout->scene->width - ML_SCENE_MARGIN - x,
        ML_LADDER(walk->parts[ML_BOXED_BOX].name));
    if (name != NULL)
        x += name->box.w + TEXT_GAP;
    g_autofree char *count = ml_wording_count(walk->n);
    g_autofree char *blocks = g_strdup_printf("%s %s", count, walk->n == 1 ? "block" : "blocks");
    const char *touch = ml_boxed_layout_touch(layout) ? "; these touch" : "";
    g_autofree char *words = g_strconcat(blocks, touch, NULL);
    ml_label(layout->scene,
        (MlPoint){ x, layout->rows->names },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        layout->scene->width - ML_SCENE_MARGIN - x,
        ML_LADDER(words, blocks));
}

static void
draw_box_names(const MlBoxedLayout *layout)
{
    const MlWalkSample *box = layout->element[layout->order[0]].box;
    g_autoptr(GArray) cells = ml_block_cells(layout->view->walk, box, layout->digits);
    ml_block_draw_names(layout->scene, cells, ML_SCENE_MARGIN, layout->rows->names);
    draw_box_words(layout);
}

static void
draw_dimensions(const MlBoxedLayout *layout)
{
    guint leftmost = layout->order[0];
    const MlWalkSample *box = layout->element[leftmost].box;
    double y = layout->rows->dimensions;
    double frame = layout->box_x[leftmost];
    double byte_0 = frame + layout->field_width;
    double asked = (double)box->request_bytes * layout->scene->byte_width;
    g_autofree char *asked_for =
        g_strdup_printf("%" G_GUINT64_FORMAT " B asked for", box->request_bytes);
    g_autofree char *taken =
        g_strdup_printf("%" G_GUINT64_FORMAT " B taken", ml_block_bytes(layout->view->walk, box));
    ml_furniture_dimension(layout->scene, byte_0, byte_0 + asked, y, ML_INK_MUTED, asked_for);
    ml_furniture_dimension(layout->scene,
        frame,
        frame + ml_boxed_layout_box_width(layout, leftmost),
        y + DIMENSION_PITCH,
        ML_INK_TEXT,
        taken);
}

/* What is counted is drawn; what is not drawn is named. */
static void
draw_not_drawn(const MlBoxedLayout *layout)
{
    guint64 stock = ml_sum_stock(layout->view->ledger);
    g_autofree char *count = ml_wording_count(stock);
    g_autofree char *words =
        g_strdup_printf("Not drawn, not counted: %s B that malloc holds in stock.", count);
    if (stock > 0)
        ml_label(layout->scene,
            (MlPoint){ ML_SCENE_MARGIN, layout->rows->not_drawn },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_MUTED,
            layout->scene->width - 2 * ML_SCENE_MARGIN,
            ML_LADDER(words));
}

static void
draw_title(MlScene *scene, const MlBoxedView *view)
{
    const char *box = view->walk->parts[ML_BOXED_BOX].name;
    g_autofree char *title = ml_boxed_view_title(view);
    g_autofree char *origin = ml_wording_origin(view->ledger);
    g_autofree char *count = ml_wording_count(view->walk->n);
    const char *integers = view->walk->n == 1 ? "integer" : "integers";
    g_autofree char *longest =
        g_strdup_printf("%s %s: an array of pointers, and one %s behind each pointer; %s",
            count,
            integers,
            box,
            origin);
    g_autofree char *shorter =
        g_strdup_printf("%s %s, one %s behind each pointer; %s", count, integers, box, origin);
    g_autofree char *shortest = g_strdup_printf("%s %s; %s", count, integers, origin);
    const char *const *all = ML_LADDER(longest, shorter, shortest);
    ml_furniture_title(
        scene, ML_LADDER(title, view->walk->title), view->walk->n == 0 ? ML_LADDER(shortest) : all);
}

static void
draw_sum(MlScene *scene, const MlBoxedView *view, guint n_drawn)
{
    MlClaim claim;
    ml_boxed_view_claim(view, n_drawn, &claim);
    g_autofree char *of_what = ml_boxed_view_of_what(view, &claim);
    const char *origin = ml_origin_id(view->ledger->origin);
    g_autofree char *with_origin = g_strdup_printf("%s, %s", of_what, origin);
    ml_caption_sum(scene, &claim, ML_LADDER(with_origin, of_what));
}

static void
draw_nothing(MlScene *scene)
{
    ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, NOTHING_Y },
        ML_ANCHOR_START,
        ML_TYPE_SUBTITLE,
        ML_INK_MUTED,
        "No elements: nothing is asked of malloc.");
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    MlBoxedView view;
    MlBoxedLayout layout = { 0 };
    if (!ml_boxed_view_init(&view, facts, error))
        return FALSE;
    if (view.walk->n > 0 && !ml_boxed_layout_init(&layout, scene, &view, error))
        return FALSE;
    draw_title(scene, &view);
    if (view.walk->n == 0) {
        draw_nothing(scene);
        draw_sum(scene, &view, 0);
        return TRUE;
    }
    ml_furniture_scale(scene);
    ml_boxed_draw_array(&layout);
    draw_boxes(&layout);
    for (guint k = 0; k < layout.n; k++)
        draw_arrow(&layout, k);
    draw_box_names(&layout);
    if (layout.rows->dimensions > 0)
        draw_dimensions(&layout);
    if (layout.rows->not_drawn > 0)
        draw_not_drawn(&layout);
    draw_sum(scene, &view, layout.n);
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
    .terminal = ml_boxed_array_terminal,
};
