#include "diagram/logical_ways.h"

#include <math.h>

#define MANY 3 /* arrows to one box: side by side, their lanes would be a web */

/* In the middle of its cell, or to the right of what is written there. */
static double
dot_x(const MlLogicalPlace *place, guint cell, const MlLogicalMeasure *measure)
{
    double x = place->x + place->cell_x[cell];
    if (place->box->cell[cell].text != NULL)
        return x + place->cell_width[cell] - measure->dot_room;
    return x + place->cell_width[cell] / 2;
}

double
ml_logical_ways_middle(const MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint place)
{
    const MlLogicalBox *box = ml_logical_place(layout, place)->box;
    double sum = 0;
    guint n = 0;
    for (guint i = 0; i < layout->begin[box->row]; i++) {
        const MlLogicalPlace *from = ml_logical_place(layout, i);
        for (guint k = 0; k < from->box->n_cells; k++)
            if (from->box->cell[k].target == box->address) {
                sum += dot_x(from, k, measure);
                n++;
            }
    }
    return n > 0 ? sum / n : 0;
}

guint
ml_logical_ways_count(const MlLogicalLayout *layout, guint place)
{
    const MlLogicalBox *box = ml_logical_place(layout, place)->box;
    guint n = 0;
    for (guint i = 0; i < layout->begin[box->row]; i++) {
        const MlLogicalBox *from = ml_logical_place(layout, i)->box;
        for (guint k = 0; k < from->n_cells; k++)
            n += from->cell[k].target == box->address;
    }
    return n;
}

gboolean
ml_logical_ways_join(const MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint row)
{
    for (guint i = layout->begin[row]; measure->is_square && i < layout->begin[row + 1]; i++)
        if (ml_logical_ways_count(layout, i) >= MANY)
            return TRUE;
    return FALSE;
}

static int
find_place(const MlLogicalLayout *layout, guint64 address)
{
    for (guint i = 0; i < layout->places->len && address != 0; i++)
        if (ml_logical_place(layout, i)->box->address == address)
            return (int)i;
    return -1;
}

static void
add_arrows(MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint from)
{
    const MlLogicalPlace *place = ml_logical_place(layout, from);
    for (guint k = 0; k < place->box->n_cells; k++) {
        int to = find_place(layout, place->box->cell[k].target);
        if (to < 0)
            continue;
        const MlLogicalPlace *target = ml_logical_place(layout, (guint)to);
        MlLogicalArrow arrow = { .from = from, .to = (guint)to, .cell = k };
        arrow.is_sideways = target->box->row == place->box->row;
        arrow.is_back = arrow.is_sideways && (guint)to < from;
        arrow.dot_x = dot_x(place, k, measure);
        arrow.tip_x = target->x + (arrow.is_back ? target->width : 0);
        g_array_append_val(layout->arrows, arrow);
    }
}

/* The tips on one box, in the order in which their arrows begin; one alone is as near as can be to
 * straight below. */
static void
spread_tips(MlLogicalLayout *layout, guint place, double tip_gap)
{
    const MlLogicalPlace *box = ml_logical_place(layout, place);
    MlLogicalArrow *last = NULL;
    guint n = 0;
    for (guint i = 0; i < layout->arrows->len; i++)
        if (ml_logical_arrow(layout, i)->to == place && !ml_logical_arrow(layout, i)->is_sideways) {
            last = ml_logical_arrow(layout, i);
            n++;
        }
    if (n == 0)
        return;
    double inset = fmin(tip_gap / 2, box->width / 2);
    if (n == 1) {
        last->tip_x = CLAMP(last->dot_x, box->x + inset, box->x + box->width - inset);
        return;
    }
    double pitch = fmin(tip_gap, box->width / (n + 1));
    double x = box->x + box->width / 2 - pitch * (n - 1) / 2;
    for (guint i = 0; i < layout->arrows->len; i++) {
        MlLogicalArrow *arrow = ml_logical_arrow(layout, i);
        if (arrow->to != place || arrow->is_sideways)
            continue;
        arrow->tip_x = x;
        x += pitch;
    }
}

static guint
row_of(const MlLogicalLayout *layout, const MlLogicalArrow *arrow)
{
    return ml_logical_place(layout, arrow->from)->box->row;
}

static gboolean
cross(const MlLogicalArrow *a, const MlLogicalArrow *b)
{
    return (a->dot_x - b->dot_x) * (a->tip_x - b->tip_x) <= 0;
}

static gboolean
spans(const MlLogicalArrow *arrow, double x)
{
    return x > fmin(arrow->dot_x, arrow->tip_x) && x < fmax(arrow->dot_x, arrow->tip_x);
}

/* Of two whose ends are in the same order: whether their lanes make them cross all the same. */
static gboolean
cross_needlessly(const MlLogicalArrow *a, const MlLogicalArrow *b)
{
    if (cross(a, b) || a->lane == b->lane)
        return FALSE;
    const MlLogicalArrow *upper = a->lane < b->lane ? a : b;
    const MlLogicalArrow *lower = a->lane < b->lane ? b : a;
    return spans(upper, lower->dot_x) || spans(lower, upper->tip_x);
}

/* Whether @arrow can run in its lane beside @other: not along it, neither across nor down. */
static gboolean
get_on(const MlLogicalArrow *arrow, const MlLogicalArrow *other, double clear)
{
    double from = fmin(arrow->dot_x, arrow->tip_x) - clear;
    double to = fmax(arrow->dot_x, arrow->tip_x) + clear;
    gboolean share =
        fmax(other->dot_x, other->tip_x) > from && fmin(other->dot_x, other->tip_x) < to;
    if (arrow->lane == other->lane && share)
        return FALSE;
    if (fabs(arrow->dot_x - other->tip_x) < clear && arrow->lane >= other->lane)
        return FALSE;
    if (fabs(arrow->tip_x - other->dot_x) < clear && other->lane >= arrow->lane)
        return FALSE;
    return !cross_needlessly(arrow, other);
}

/* @seen: those that have their lanes. */
static void
assign_lane(MlLogicalLayout *layout, MlLogicalArrow *arrow, const GPtrArray *seen, double clear)
{
    for (arrow->lane = 0; arrow->lane < 2 * layout->arrows->len; arrow->lane++) {
        gboolean ok = TRUE;
        for (guint i = 0; i < seen->len && ok; i++)
            ok = get_on(arrow, g_ptr_array_index(seen, i), clear);
        if (ok)
            break;
    }
    guint row = row_of(layout, arrow);
    layout->n_lanes[row] = MAX(layout->n_lanes[row], arrow->lane + 1);
}

static gboolean
is_alone(const MlLogicalLayout *layout, guint number)
{
    for (guint i = 0; i < layout->arrows->len; i++)
        if (i != number && ml_logical_arrow(layout, i)->to == ml_logical_arrow(layout, number)->to)
            return FALSE;
    return TRUE;
}

/* In the middle of the box, or so far beside it that it is not right below where another begins. */
static double
clear_tip(const MlLogicalLayout *layout, guint number, guint row, double clear)
{
    const MlLogicalPlace *box = ml_logical_place(layout, ml_logical_arrow(layout, number)->to);
    double middle = floor(box->x + box->width / 2);
    for (double aside = 0; aside < box->width / 2; aside += clear)
        for (int sign = -1; sign <= 1; sign += 2) {
            gboolean ok = TRUE;
            for (guint i = 0; i < layout->arrows->len && ok; i++) {
                const MlLogicalArrow *other = ml_logical_arrow(layout, i);
                ok = i == number || other->is_sideways || row_of(layout, other) != row ||
                     fabs(other->dot_x - (middle + sign * aside)) >= clear;
            }
            if (ok)
                return middle + sign * aside;
        }
    return middle;
}

/* Those to the right from the last one on, then those to the left from the first on: so each runs
 * below the ones that it passes. */
static void
run_in_lanes(MlLogicalLayout *layout, guint row, double clear)
{
    g_autoptr(GPtrArray) seen = g_ptr_array_new();
    guint n = layout->arrows->len;
    for (guint i = 0; i < n; i++) {
        MlLogicalArrow *arrow = ml_logical_arrow(layout, i);
        if (!arrow->is_sideways && row_of(layout, arrow) == row && is_alone(layout, i))
            arrow->tip_x = clear_tip(layout, i, row, clear);
    }
    for (guint i = 0; i < 2 * n; i++) {
        MlLogicalArrow *arrow = ml_logical_arrow(layout, i < n ? n - 1 - i : i - n);
        gboolean is_rightwards = arrow->tip_x > arrow->dot_x;
        if (arrow->is_sideways || row_of(layout, arrow) != row || is_rightwards != (i < n))
            continue;
        assign_lane(layout, arrow, seen, clear);
        g_ptr_array_add(seen, arrow);
    }
}

/* Where two arrows between these rows cross, all of them run in lanes. */
static void
assign_lanes(MlLogicalLayout *layout, guint row, double clear, gboolean any)
{
    for (guint i = 0; i < layout->arrows->len; i++)
        for (guint k = 0; k < i; k++) {
            const MlLogicalArrow *a = ml_logical_arrow(layout, i);
            const MlLogicalArrow *b = ml_logical_arrow(layout, k);
            if (!a->is_sideways && !b->is_sideways && row_of(layout, a) == row &&
                row_of(layout, b) == row)
                any = any || cross(a, b);
        }
    if (any)
        run_in_lanes(layout, row, clear);
}

/* --- joined ----------------------------------------------------------------------------------- */

static gboolean
is_below_dot(const MlLogicalLayout *layout, double x, double clear)
{
    for (guint i = 0; i < layout->arrows->len; i++) {
        const MlLogicalArrow *arrow = ml_logical_arrow(layout, i);
        if (!arrow->is_sideways && fabs(arrow->dot_x - x) < clear)
            return TRUE;
    }
    return FALSE;
}

/* As near to the box's middle as can be without lying right below a dot. */
static double
joint_x(const MlLogicalLayout *layout, const MlLogicalPlace *box, double clear)
{
    double middle = floor(box->x + box->width / 2);
    for (double aside = 0; aside < box->width / 2; aside += clear)
        for (int sign = -1; sign <= 1; sign += 2)
            if (!is_below_dot(layout, middle + sign * aside, clear))
                return middle + sign * aside;
    return middle;
}

/* One lane for all arrows to a box, and none where one leads straight down. */
static void
join_in_lanes(MlLogicalLayout *layout, guint row, double clear)
{
    for (guint place = layout->begin[row + 1]; place < layout->begin[row + 2]; place++) {
        gboolean is_joint = ml_logical_ways_count(layout, place) > 1;
        double x = joint_x(layout, ml_logical_place(layout, place), clear);
        gboolean takes_lane = FALSE;
        for (guint i = 0; i < layout->arrows->len; i++) {
            MlLogicalArrow *arrow = ml_logical_arrow(layout, i);
            if (arrow->is_sideways || arrow->to != place)
                continue;
            arrow->tip_x = is_joint ? x : arrow->tip_x;
            arrow->lane = layout->n_lanes[row];
            takes_lane = takes_lane || arrow->tip_x != arrow->dot_x;
        }
        layout->n_lanes[row] += takes_lane ? 1 : 0;
    }
}

void
ml_logical_ways_find(MlLogicalLayout *layout, const MlLogicalMeasure *measure)
{
    for (guint i = 0; i < layout->places->len; i++)
        add_arrows(layout, measure, i);
    for (guint i = 0; i < layout->places->len; i++)
        spread_tips(layout, i, measure->tip_gap);
    for (guint row = 0; row < layout->logical->n_rows; row++)
        if (row + 1 < layout->logical->n_rows && ml_logical_ways_join(layout, measure, row + 1))
            join_in_lanes(layout, row, measure->tip_gap / 2);
        else
            assign_lanes(layout, row, measure->tip_gap / 2, measure->is_square);
}
