#include "diagram/links.h"

#include <math.h>

#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/crossing.h"

#define DOT_INSET 20 /* of an arrow's dot, from the edge of its cell */
#define FIRST_ARC 62.0
#define ARC_STEP 52.0
#define MOST_CROSSING 8 /* arcs; more are told apart in lanes */
#define FIRST_LANE 50.0
#define LANE_STEP 28.0
#define LEAST_LANE_STEP 10.0

enum { ABOVE, BELOW, N_SIDES };

/* Which drawn block of the strip begins at an address; -1: none. */
static int
find_block(const MlStrip *strip, guint64 address)
{
    for (guint i = 0; i < strip->n; i++)
        if (strip->block[i].block->address == address)
            return (int)i;
    return -1;
}

static void
add_link(MlLinks *links, guint from, guint to, guint field, guint nth_pointer)
{
    const MlStrip *strip = links->strip;
    const MlField *kind = &strip->run->walk->parts[strip->run->part].fields[field];
    double middle = (kind->offset + kind->size / 2.0) * strip->scene->byte_width;
    MlLink *link = &links->link[links->n++];
    *link = (MlLink){
        .from = from,
        .to = to,
        .field = field,
        .below = nth_pointer > 0,
        .dot_x = ml_strip_byte_0(strip, from) + middle,
        .tip_x = ml_strip_byte_0(strip, to),
    };
}

static void
find_links(MlLinks *links)
{
    const MlStrip *strip = links->strip;
    const MlPart *part = &strip->run->walk->parts[strip->run->part];
    guint n_pointers = 0;
    for (guint f = 0; f < part->n_fields; f++) {
        guint before = links->n;
        for (guint i = 0; i < strip->n && part->fields[f].kind == ML_FIELD_POINTER; i++) {
            gint64 target = 0;
            ml_walk_field(strip->run->walk, strip->block[i].block, 0, f, &target);
            int to = target != 0 ? find_block(strip, (guint64)target) : -1;
            if (to >= 0 && links->n < ML_LINKS_MAX)
                add_link(links, i, (guint)to, f, n_pointers);
        }
        n_pointers += links->n > before;
    }
    for (guint i = 0; i < links->n && n_pointers == 1; i++)
        links->link[i].below = links->link[i].tip_x < links->link[i].dot_x;
}

static double
span(const MlLink *link)
{
    return fabs(link->tip_x - link->dot_x);
}

static gboolean
overlap(const MlLink *a, const MlLink *b)
{
    return fmin(fmax(a->dot_x, a->tip_x), fmax(b->dot_x, b->tip_x)) >=
           fmax(fmin(a->dot_x, a->tip_x), fmin(b->dot_x, b->tip_x));
}

static MlPoint
dot_of(const MlLinks *links, const MlLink *link)
{
    const MlStrip *strip = links->strip;
    double y = link->below ? strip->y + strip->height - DOT_INSET : strip->y + DOT_INSET;
    return (MlPoint){ link->dot_x, y };
}

static double
edge_of(const MlLinks *links, const MlLink *link)
{
    return links->strip->y + (link->below ? links->strip->height : 0);
}

static gboolean
cross_badly(const MlLinks *links, const MlLink *a, const MlLink *b)
{
    g_autoptr(GArray) one =
        ml_arrow_arc_outline(dot_of(links, a), edge_of(links, a), a->rise, a->tip_x);
    g_autoptr(GArray) other =
        ml_arrow_arc_outline(dot_of(links, b), edge_of(links, b), b->rise, b->tip_x);
    return ml_crossing_angle(one, other) < ML_ARROW_LEAST_ANGLE;
}

/* Shortest first: a short one runs below a long one that spans it. */
static guint
sorted_side(MlLinks *links, gboolean below, MlLink *ret_side[ML_LINKS_MAX])
{
    guint n = 0;
    for (guint i = 0; i < links->n; i++) {
        MlLink *link = &links->link[i];
        if (link->below != below)
            continue;
        guint at = n++;
        for (; at > 0 && span(ret_side[at - 1]) > span(link); at--)
            ret_side[at] = ret_side[at - 1];
        ret_side[at] = link;
    }
    return n;
}

/* Whether the @n-th link, at its rise, gets on with those before it. */
static gboolean
suits(const MlLinks *links, MlLink *const *side, guint n, gboolean in_lanes)
{
    for (guint k = 0; k < n; k++) {
        if (!overlap(side[k], side[n]))
            continue;
        if (side[k]->rise == side[n]->rise)
            return FALSE;
        if (!in_lanes && cross_badly(links, side[k], side[n]))
            return FALSE;
    }
    return TRUE;
}

/* Each as near to the strip as it gets on with the others.  Returns: the px it takes. */
static double
stack(const MlLinks *links, MlLink *const *side, guint n, gboolean in_lanes, double first)
{
    double step = in_lanes ? LANE_STEP : ARC_STEP;
    double depth = 0;
    for (guint i = 0; i < n; i++) {
        double sign = side[i]->below ? 1 : -1;
        guint level = 0;
        do
            side[i]->rise = sign * (first + step * level++);
        while (level <= ML_LINKS_MAX && !suits(links, side, i, in_lanes));
        depth = fmax(depth, fabs(side[i]->rise));
    }
    return depth;
}

/* Arcs that cross others: they begin or end within the other's span, and not both. */
static guint
count_crossing(MlLink *const *side, guint n)
{
    guint n_crossing = 0;
    for (guint i = 0; i < n; i++) {
        gboolean crosses = FALSE;
        double from = fmin(side[i]->dot_x, side[i]->tip_x);
        double to = fmax(side[i]->dot_x, side[i]->tip_x);
        for (guint k = 0; k < n && !crosses; k++) {
            gboolean begins = side[k]->dot_x > from && side[k]->dot_x < to;
            gboolean ends = side[k]->tip_x > from && side[k]->tip_x < to;
            crosses = begins != ends;
        }
        n_crossing += crosses ? 1 : 0;
    }
    return n_crossing;
}

static void
press_together(MlLink *const *side, guint n, double first, double depth, double limit)
{
    double levels = (depth - first) / LANE_STEP;
    double step = fmax((limit - first) / levels, LEAST_LANE_STEP);
    for (guint i = 0; i < n; i++) {
        double level = (fabs(side[i]->rise) - first) / LANE_STEP;
        side[i]->rise = copysign(first + step * level, side[i]->rise);
    }
}

void
ml_links_init(MlLinks *links, const MlStrip *strip, double limit, double clear)
{
    *links = (MlLinks){ .strip = strip };
    find_links(links);
    for (int at = ABOVE; at < N_SIDES; at++) {
        MlLink *side[ML_LINKS_MAX];
        guint n = sorted_side(links, at == BELOW, side);
        double depth = stack(links, side, n, FALSE, FIRST_ARC);
        gboolean is_second = n > 0 && at == BELOW && links->link[0].field != side[0]->field;
        if (depth > limit || is_second || count_crossing(side, n) > MOST_CROSSING) {
            double first = FIRST_LANE + (at == BELOW ? clear : 0);
            links->in_lanes[at] = TRUE;
            depth = stack(links, side, n, TRUE, first);
            if (depth > limit) {
                press_together(side, n, first, depth, limit);
                depth = limit;
            }
        }
        links->depth[at] = depth;
    }
}

double
ml_links_clear_below(const MlLinks *links, guint block, double x)
{
    double clear = INFINITY;
    for (guint i = 0; i < links->n; i++) {
        const MlLink *link = &links->link[i];
        if (link->below && !links->in_lanes[BELOW])
            return 0;
        if (link->below && link->from == block && link->dot_x > x)
            clear = fmin(clear, link->dot_x - x);
    }
    return clear;
}

void
ml_links_draw(const MlLinks *links)
{
    for (guint i = 0; i < links->n; i++) {
        const MlLink *link = &links->link[i];
        guint64 target = links->strip->block[link->to].block->address;
        MlItem *(*draw)(MlScene *, MlPoint, double, double, double, guint64) =
            links->in_lanes[link->below] ? ml_arrow_lane : ml_arrow_arc;
        ml_strip_step(links->strip, MAX(link->from, link->to));
        draw(links->strip->scene,
            dot_of(links, link),
            edge_of(links, link),
            link->rise,
            link->tip_x,
            target);
    }
}
