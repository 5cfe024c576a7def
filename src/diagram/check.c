#include "diagram/check.h"

#include <math.h>
#include <string.h>

#include "diagram/arrow.h"
#include "diagram/caption.h"
#include "diagram/check_logical.h"
#include "diagram/check_overlap.h"
#include "diagram/crossing.h"

#define SIDE_MARGIN 64
#define TOP_MARGIN 40
#define FOOT_MARGIN 24
#define SLACK 1 /* px of rounding that nobody sees */
#define WIDTH_SLACK 0.6
#define TIP_SLACK 4
#define MIN_CELL 2
#define MIN_UNEXPLAINED 1
#define SUM_SLACK 1e-6
#define BYTE_SLACK 0.5

typedef struct {
    const MlScene *scene;
    GPtrArray *items; /* those that are shown */
    guint sum;        /* the number of the caption's sum that is looked at */
    GPtrArray *complaints;
} Check;

static void G_GNUC_PRINTF(2, 3) complain(const Check *check, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(check->complaints, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static double
right_of(MlBox box)
{
    return box.x + box.w;
}

static double
bottom_of(MlBox box)
{
    return box.y + box.h;
}

static gboolean
overlap(MlBox a, MlBox b)
{
    return MIN(right_of(a), right_of(b)) - MAX(a.x, b.x) > SLACK &&
           MIN(bottom_of(a), bottom_of(b)) - MAX(a.y, b.y) > SLACK;
}

static gboolean
is_inside(MlBox inner, MlBox outer)
{
    return inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK &&
           right_of(inner) <= right_of(outer) + SLACK &&
           bottom_of(inner) <= bottom_of(outer) + SLACK;
}

static const MlItem *
item_at(const Check *check, guint i)
{
    return g_ptr_array_index(check->items, i);
}

static gboolean
is_solid(const MlItem *item)
{
    return item->kind == ML_ITEM_CELL ||
           (item->kind == ML_ITEM_RECT && item->rect.fill != ML_INK_NONE);
}

static void
check_text(const Check *check, guint index)
{
    const MlScene *scene = check->scene;
    const MlItem *item = item_at(check, index);
    const char *string = item->text.string;
    MlBox page = { SIDE_MARGIN,
        TOP_MARGIN,
        scene->width - 2 * SIDE_MARGIN,
        scene->height - TOP_MARGIN - FOOT_MARGIN };
    if (item->text.type.size < ML_TYPE_FLOOR)
        complain(check, "text \"%s\" is %.0f px high", string, item->text.type.size);
    if (!is_inside(item->box, page))
        complain(check, "text \"%s\" leaves the margins", string);
    for (guint i = 0; i < check->items->len; i++) {
        const MlItem *other = item_at(check, i);
        if (i == index || !overlap(item->box, other->box))
            continue;
        if (other->kind == ML_ITEM_TEXT && i > index)
            complain(check, "texts \"%s\" and \"%s\" overlap", string, other->text.string);
        if (is_solid(other) && !is_inside(item->box, other->box))
            complain(check, "text \"%s\" straddles the edge of a box", string);
    }
}

static void
check_cell(const Check *check, const MlItem *item)
{
    const MlCell *cell = &item->cell;
    double scale = check->scene->byte_width;
    double least = cell->role == ML_ROLE_UNEXPLAINED ? MIN_UNEXPLAINED : MIN_CELL;
    gboolean is_torn = cell->torn_left || cell->torn_right;
    if (cell->is_least && (item->box.w > MIN_CELL || cell->bytes * scale >= MIN_CELL))
        complain(check, "a cell of %g B is not as thin as can be seen", cell->bytes);
    if (cell->bytes > 0 && !is_torn && !cell->is_least &&
        fabs(item->box.w - cell->bytes * scale) > WIDTH_SLACK)
        complain(check,
            "cell of %g B is %.1f px wide, not %.1f",
            cell->bytes,
            item->box.w,
            cell->bytes * scale);
    if (item->box.w < least)
        complain(check, "a cell of %s is %.1f px wide", ml_role_id(cell->role), item->box.w);
}

static gboolean
begins_in(const MlItem *arrow, MlBox box)
{
    MlPoint dot = ml_outline_seg(arrow->path.outline, 0)->to;
    return dot.x >= box.x && dot.x <= right_of(box) && dot.y >= box.y && dot.y <= bottom_of(box);
}

static void
check_pointer(const Check *check, const MlItem *item)
{
    guint64 target = item->cell.target;
    guint n_arrows = 0;
    if (target == 0 || ml_scene_find_place(check->scene, item->view, target) == NULL)
        return;
    for (guint i = 0; i < check->items->len; i++) {
        const MlItem *arrow = item_at(check, i);
        if (arrow->kind == ML_ITEM_PATH && arrow->path.is_arrow && arrow->view == item->view &&
            begins_in(arrow, item->box) && arrow->path.target == target)
            n_arrows++;
    }
    if (n_arrows != 1)
        complain(check, "a pointer to a drawn block has %u arrows to it", n_arrows);
}

/* Of each pair once: the one that comes first looks for those behind it. */
static void
check_crossings(const Check *check, guint index)
{
    const MlOutline *arrow = item_at(check, index)->path.outline;
    for (guint i = index + 1; i < check->items->len; i++) {
        const MlItem *other = item_at(check, i);
        if (other->kind != ML_ITEM_PATH || !other->path.is_arrow ||
            ml_crossing_end_alike(arrow, other->path.outline))
            continue;
        double angle = ml_crossing_angle(arrow, other->path.outline);
        if (angle < ML_ARROW_LEAST_ANGLE)
            complain(check, "two arrows cross at %.0f degrees", angle);
    }
}

static gboolean
begins_in_a_cell(const Check *check, const MlItem *arrow)
{
    for (guint i = 0; i < check->items->len; i++)
        if (item_at(check, i)->kind == ML_ITEM_CELL && begins_in(arrow, item_at(check, i)->box))
            return TRUE;
    return FALSE;
}

/* On the left edge of the byte. */
static void
check_tip(const Check *check, MlPoint tip, const MlPlace *place, guint64 target)
{
    double x = place->box.x + (double)(target - place->address) * check->scene->byte_width;
    if (fabs(tip.x - x) > TIP_SLACK || tip.y < place->box.y - TIP_SLACK ||
        tip.y > bottom_of(place->box) + TIP_SLACK)
        complain(check,
            "an arrow ends at %.0f, %.0f; its byte is at %.0f, %.0f",
            tip.x,
            tip.y,
            x,
            place->box.y);
}

static void
check_arrow(const Check *check, const MlItem *item)
{
    const MlScene *scene = check->scene;
    guint64 target = item->path.target;
    MlPoint tip = ml_arrow_tip(item->path.outline);
    if (!begins_in_a_cell(check, item))
        complain(check, "an arrow begins outside the cells");
    const MlPlace *place = ml_scene_find_place(scene, item->view, target);
    if (place == NULL) {
        complain(check, "an arrow points to 0x%" G_GINT64_MODIFIER "x, which is not drawn", target);
        return;
    }
    if (item->view == ML_VIEW_BYTES)
        check_tip(check, tip, place, target);
    for (guint i = 0; i < check->items->len; i++) {
        const MlItem *text = item_at(check, i);
        if (text->kind == ML_ITEM_TEXT && ml_crossing_runs_through(item->path.outline, text->box))
            complain(check, "an arrow runs through \"%s\"", text->text.string);
    }
}

/* --- the sum ---------------------------------------------------------------------------------- */

/* A figure as printed, without what parts its thousands and its unit. */
static double
printed_figure(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "\u202f", -1);
    g_autofree char *joined = g_strjoinv(NULL, parts);
    return g_ascii_strtod(joined, NULL);
}

static const MlClaim *
claim_of(const Check *check)
{
    return &check->scene->claims[check->sum];
}

/* The terms and the total as they stand in the picture. */
static void
check_printed_sum(const Check *check)
{
    const MlClaim *claim = claim_of(check);
    g_autofree char *group = ml_caption_group(check->sum);
    gboolean in_sum = FALSE;
    gboolean negative = FALSE;
    double terms = 0;
    double total = 0;
    for (guint i = 0; i < check->items->len; i++) {
        const MlItem *item = item_at(check, i);
        if (item->kind == ML_ITEM_GROUP)
            in_sum = strcmp(item->group.id, group) == 0;
        if (item->kind == ML_ITEM_GROUP_END)
            in_sum = FALSE;
        if (!in_sum || item->kind != ML_ITEM_TEXT)
            continue;
        if (item->text.type.size == ML_TYPE_OPERATOR.size)
            negative = strcmp(item->text.string, "−") == 0;
        if (item->text.type.size == ML_TYPE_TERM.size)
            terms += printed_figure(item->text.string) * (negative ? -1 : 1);
        if (item->text.type.size == ML_TYPE_TOTAL.size)
            total = printed_figure(item->text.string);
    }
    if (fabs(terms - total) > SUM_SLACK)
        complain(check, "the printed terms add up to %g, the printed total is %g", terms, total);
    if (fabs(total - claim->sum.printed_total) > SUM_SLACK)
        complain(check, "%g is printed where %g is meant", total, claim->sum.printed_total);
}

static void
check_against(const Check *check, const double bytes[ML_N_ROLES], const char *who)
{
    const MlClaim *claim = claim_of(check);
    double unit = claim->sum.decimals == 1 ? 0.1 : 1;
    for (int role = 0; role < ML_N_ROLES; role++) {
        double exact = bytes[role] / claim->divisor;
        if (fabs(claim->sum.printed[role] - exact) >= unit)
            complain(check,
                "the caption says %g B of %s, %s add up to %g",
                claim->sum.printed[role],
                ml_role_id((MlRole)role),
                who,
                exact);
    }
    double exact = ml_sum_total(bytes) / claim->divisor;
    if (fabs(claim->sum.printed_total - exact) > unit / 2 + SUM_SLACK)
        complain(
            check, "the caption says %g B, %s add up to %g", claim->sum.printed_total, who, exact);
}

/* px² inside straight lines, by the shoelace formula, seen from where each piece begins. */
static double
area_inside(const MlOutline *outline)
{
    double twice = 0;
    MlPoint start = { 0, 0 };
    for (guint i = 0; i < outline->len; i++) {
        const MlSeg *seg = ml_outline_seg(outline, i);
        if (seg->op == ML_SEG_MOVE) {
            start = seg->to;
            continue;
        }
        MlPoint from = ml_outline_seg(outline, i - 1)->to;
        twice +=
            (from.x - start.x) * (seg->to.y - start.y) - (seg->to.x - start.x) * (from.y - start.y);
    }
    return fabs(twice) / 2;
}

/* Per element a few bytes too many would be lost in rounding: the sum itself must be right. */
static void
check_bytes(const Check *check, const double bytes[ML_N_ROLES])
{
    const MlClaim *claim = claim_of(check);
    if (claim->n_undrawn > 0)
        return;
    for (int role = 0; role < ML_N_ROLES; role++) {
        double claimed = claim->sum.bytes[role] * claim->divisor;
        if (fabs(claimed - bytes[role]) > BYTE_SLACK)
            complain(check,
                "%g B of %s are counted, the cells and what is not drawn add up to %g",
                claimed,
                ml_role_id((MlRole)role),
                bytes[role]);
    }
}

/* Undrawn elements count as element 0 does. */
static void
check_sum(const Check *check, const MlLedger *ledger)
{
    const MlClaim *claim = claim_of(check);
    double bytes[ML_N_ROLES];
    memcpy(bytes, claim->undrawn, sizeof bytes);
    for (int role = 0; role < ML_N_ROLES; role++)
        if (bytes[role] < -SUM_SLACK)
            complain(check, "more %s is drawn than counted", ml_role_id((MlRole)role));
    for (guint i = 0; i < check->items->len; i++) {
        const MlItem *item = item_at(check, i);
        if (item->kind == ML_ITEM_AREA && !item->area.aside && check->sum == 0)
            bytes[item->area.role] += area_inside(item->area.outline) / item->area.byte_area;
        if (item->kind != ML_ITEM_CELL || item->cell.aside || item->cell.sum != check->sum)
            continue;
        double times = item->cell.element == 0 ? 1 + (double)claim->n_undrawn : 1;
        bytes[item->cell.role] += item->cell.bytes * times;
    }
    check_printed_sum(check);
    check_against(check, bytes, "the cells");
    check_bytes(check, bytes);
    if (ledger != NULL) {
        ml_sum_blocks(ledger, bytes);
        check_against(check, bytes, "the ledger's blocks");
    }
}

static void
check_title(const Check *check)
{
    for (guint i = 0; i < check->items->len; i++) {
        const MlItem *item = item_at(check, i);
        if (item->kind == ML_ITEM_TEXT && (item->text.type.size == ML_TYPE_TITLE.size ||
                                              item->text.type.size == ML_TYPE_TITLE_LONG.size))
            return;
    }
    complain(check, "there is no title");
}

static GPtrArray *
shown_items(const MlScene *scene)
{
    GPtrArray *items = g_ptr_array_new();
    for (guint i = 0; i < scene->items->len; i++)
        if (ml_scene_shows(scene, ml_scene_item(scene, i)))
            g_ptr_array_add(items, scene->items->pdata[i]);
    return items;
}

GPtrArray *
ml_scene_check(const MlScene *scene, const MlLedger *ledger)
{
    g_autoptr(GPtrArray) items = shown_items(scene);
    Check check = {
        .scene = scene,
        .items = items,
        .complaints = g_ptr_array_new_with_free_func(g_free),
    };
    check_title(&check);
    for (guint i = 0; i < items->len; i++) {
        const MlItem *item = item_at(&check, i);
        if (item->kind == ML_ITEM_TEXT)
            check_text(&check, i);
        if (item->kind == ML_ITEM_CELL) {
            check_cell(&check, item);
            check_pointer(&check, item);
        }
        if (item->kind == ML_ITEM_PATH && item->path.is_arrow) {
            check_arrow(&check, item);
            check_crossings(&check, i);
        }
    }
    ml_check_overlap(items, check.complaints);
    ml_check_logical(scene, check.complaints);
    for (; check.sum < scene->n_claims && scene->shown >= ML_STEP_LAST; check.sum++)
        check_sum(&check, ledger);
    return check.complaints;
}
