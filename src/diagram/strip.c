#include "diagram/strip.h"

#include <inttypes.h>
#include <math.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/block.h"
#include "diagram/furniture.h"
#include "diagram/wording.h"

#define BYTE_WIDTH_MIN 6.5
#define BYTE_WIDTH_MAX 12.0
#define BYTE_WIDTH_STEP 0.5
#define POINTER_BYTES 8
#define CELL_PADDING 6
#define GAP 56            /* between blocks that do not touch */
#define GAP_WITH_DOTS 112 /* where undrawn ones lie between */
#define TEXT_GAP 24
#define DIMENSION_PITCH 48
#define FIRST_AND_LAST 2

double
ml_strip_width(const MlStrip *strip, guint i)
{
    return (double)ml_block_bytes(strip->run->walk, strip->block[i].block) *
           strip->scene->byte_width;
}

double
ml_strip_byte_0(const MlStrip *strip, guint i)
{
    return strip->x[i] + strip->field_width;
}

gboolean
ml_strip_is_gap(const MlStrip *strip, guint k)
{
    const MlWalkSample *before = strip->block[strip->order[k - 1]].block;
    const MlWalkSample *block = strip->block[strip->order[k]].block;
    return !ml_block_is_followed_by(strip->run->walk, before, block);
}

gboolean
ml_strip_touch(const MlStrip *strip)
{
    guint n_gaps = 0;
    for (guint k = 1; k < strip->n; k++)
        if (ml_strip_is_gap(strip, k))
            n_gaps++;
    guint n_undrawn = strip->is_elided ? 1 : 0;
    return strip->n > n_undrawn + 1 && n_gaps <= n_undrawn;
}

static double
room(const MlStrip *strip)
{
    return strip->scene->width - 2 * ML_SCENE_MARGIN;
}

static void
pick(MlStrip *strip, guint max)
{
    strip->n = ml_run_pick(strip->run, max, strip->block);
    strip->is_elided = strip->n < strip->run->n;
    for (guint i = 0; i < strip->n; i++) {
        guint at = i;
        for (; at > 0; at--) {
            const MlWalkSample *before = strip->block[strip->order[at - 1]].block;
            if (before->address <= strip->block[i].block->address)
                break;
            strip->order[at] = strip->order[at - 1];
        }
        strip->order[at] = i;
    }
}

static double
blocks_width(const MlStrip *strip, guint *ret_gaps)
{
    double width = 0;
    *ret_gaps = 0;
    for (guint k = 0; k < strip->n; k++) {
        width += ml_strip_width(strip, k);
        if (k > 0 && ml_strip_is_gap(strip, k))
            (*ret_gaps)++;
    }
    return width;
}

static gboolean
fits(const MlStrip *strip, const MlStripNeeds *needs)
{
    guint n_gaps;
    double blocks = blocks_width(strip, &n_gaps);
    double gap = strip->is_elided ? GAP_WITH_DOTS : GAP;
    double other = needs->fixed_bytes + needs->bytes_each * strip->n;
    if (strip->is_elided)
        other += needs->elided_bytes;
    return blocks + n_gaps * gap <= room(strip) && other * strip->scene->byte_width <= room(strip);
}

/* The narrowest byte that lets an address stand in a pointer's cell. */
static double
readable_byte_width(const MlStrip *strip)
{
    g_autofree char *label = ml_block_address_label(0, strip->digits);
    double text = ml_metrics_width(strip->scene->metrics, label, ML_TYPE_ADDRESS);
    double width = (text + 2 * CELL_PADDING) / POINTER_BYTES;
    return CLAMP(ceil(width / BYTE_WIDTH_STEP) * BYTE_WIDTH_STEP, BYTE_WIDTH_MIN, BYTE_WIDTH_MAX);
}

/* As many as fit, but no fewer than @fewest; rather narrower than so few. */
static gboolean
fit_some(MlStrip *strip, const MlStripNeeds *needs, double widest_byte, guint fewest)
{
    double *byte_width = &strip->scene->byte_width;
    for (*byte_width = widest_byte; *byte_width >= BYTE_WIDTH_MIN; *byte_width -= BYTE_WIDTH_STEP)
        for (guint max = ML_RUN_MAX; max >= fewest; max--) {
            pick(strip, max);
            if (fits(strip, needs))
                return TRUE;
        }
    return FALSE;
}

static gboolean
fit(MlStrip *strip, const MlStripNeeds *needs)
{
    double *byte_width = &strip->scene->byte_width;
    double least = needs->crowded ? BYTE_WIDTH_MIN : readable_byte_width(strip);
    pick(strip, ML_RUN_MAX);
    for (*byte_width = BYTE_WIDTH_MAX; *byte_width >= least; *byte_width -= BYTE_WIDTH_STEP)
        if (!strip->is_elided && fits(strip, needs))
            return TRUE;
    return fit_some(strip, needs, least, MAX(needs->fewest, FIRST_AND_LAST)) ||
           fit_some(strip, needs, least, FIRST_AND_LAST);
}

/* Left to right by address; undrawn ones take what room is left. */
static void
place(MlStrip *strip)
{
    guint n_gaps;
    double gap = GAP;
    double blocks = blocks_width(strip, &n_gaps);
    if (strip->is_elided && n_gaps > 0)
        gap = (room(strip) - blocks) / n_gaps;
    double x = ML_SCENE_MARGIN;
    for (guint k = 0; k < strip->n; k++) {
        guint i = strip->order[k];
        if (k > 0 && ml_strip_is_gap(strip, k))
            x += gap;
        strip->x[i] = x;
        x += ml_strip_width(strip, i);
    }
}

gboolean
ml_strip_init(
    MlStrip *strip, MlScene *scene, const MlRun *run, const MlStripNeeds *needs, GError **error)
{
    *strip = (MlStrip){ .scene = scene, .run = run, .digits = ml_run_digits(run) };
    strip->step = ML_STEP_FIRST;
    strip->singly = 1;
    if (!fit(strip, needs)) {
        return ml_fail(error,
            ML_ERROR_USAGE,
            "%s: a block of %" G_GUINT64_FORMAT " B is too wide to be drawn",
            scene->id,
            ml_block_bytes(run->walk, run->head[0].block));
    }
    strip->field_width = (double)run->walk->field_bytes * scene->byte_width;
    place(strip);
    return TRUE;
}

void
ml_strip_step(const MlStrip *strip, guint i)
{
    const char *part = strip->run->walk->parts[strip->run->part].name;
    g_autofree char *first = g_strdup_printf(_("the first %s"), part);
    g_autofree char *next = g_strdup_printf(_("the next %s"), part);
    const char *name = i == 0 ? first : i < strip->singly ? next : _("the rest");
    ml_scene_step(strip->scene, strip->step + MIN(i, strip->singly), name);
}

void
ml_strip_draw(const MlStrip *strip)
{
    for (guint i = 0; i < strip->n; i++) {
        ml_strip_step(strip, i);
        ml_block_draw(strip->scene,
            strip->run->walk,
            strip->block[i].block,
            strip->digits,
            (gint64)strip->block[i].index,
            (MlPoint){ strip->x[i], strip->y },
            strip->height);
    }
    for (guint k = 1; strip->is_elided && k < strip->n; k++) {
        guint before = strip->order[k - 1];
        double from = strip->x[before] + ml_strip_width(strip, before);
        double middle = (from + strip->x[strip->order[k]]) / 2;
        if (ml_strip_is_gap(strip, k))
            ml_furniture_dots(strip->scene, middle, strip->y + strip->height / 2);
    }
}

void
ml_strip_draw_words(const MlStrip *strip, double x, double baseline)
{
    const MlWalk *walk = strip->run->walk;
    ml_strip_step(strip, strip->n - 1);
    const MlItem *name = ml_label(strip->scene,
        (MlPoint){ x, baseline },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        strip->scene->width - ML_SCENE_MARGIN - x,
        ML_LADDER(walk->parts[strip->run->part].name));
    if (name != NULL)
        x += name->box.w + TEXT_GAP;
    g_autofree char *count = ml_wording_count(strip->run->n);
    g_autofree char *blocks = g_strdup_printf("%s %s", count, P_("block", "blocks", strip->run->n));
    g_autofree char *touch = g_strconcat(blocks, _("; these touch"), NULL);
    ml_label(strip->scene,
        (MlPoint){ x, baseline },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        strip->scene->width - ML_SCENE_MARGIN - x,
        ml_strip_touch(strip) ? ML_LADDER(touch, blocks) : ML_LADDER(blocks));
}

void
ml_strip_draw_names(const MlStrip *strip, double baseline)
{
    const MlWalkSample *block = strip->block[strip->order[0]].block;
    g_autoptr(GArray) cells = ml_block_cells(strip->run->walk, block, strip->digits);
    ml_strip_step(strip, strip->order[0]);
    ml_block_draw_names(strip->scene, cells, ML_SCENE_MARGIN, baseline);
}

void
ml_strip_draw_dimensions(const MlStrip *strip, double y)
{
    guint leftmost = strip->order[0];
    const MlWalkSample *block = strip->block[leftmost].block;
    double frame = strip->x[leftmost];
    double byte_0 = ml_strip_byte_0(strip, leftmost);
    double asked = (double)block->request_bytes * strip->scene->byte_width;
    g_autofree char *asked_for =
        g_strdup_printf(_("%" PRIu64 " B asked for"), block->request_bytes);
    g_autofree char *taken =
        g_strdup_printf(_("%" PRIu64 " B taken"), ml_block_bytes(strip->run->walk, block));
    ml_strip_step(strip, leftmost);
    ml_furniture_dimension(strip->scene, byte_0, byte_0 + asked, y, ML_INK_MUTED, asked_for);
    ml_furniture_dimension(strip->scene,
        frame,
        frame + ml_strip_width(strip, leftmost),
        y + DIMENSION_PITCH,
        ML_INK_TEXT,
        taken);
}
