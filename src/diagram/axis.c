#include "diagram/axis.h"

#include <math.h>

#include "base/language.h"
#include "diagram/wording.h"

#define WIDTH 2.5
#define LABEL_GAP 28  /* px between two labels, at least */
#define LABEL_ROOM 60 /* of a short one */
#define TICK_LENGTH 10
#define LABEL_DROP 42

/* The smallest power of two of bytes at which the labels stand apart. */
static double
tick_step(const MlScene *scene, double bytes)
{
    g_autofree char *longest = ml_wording_amount(bytes, 0);
    double label = ml_metrics_width(scene->metrics, longest, ML_TYPE_SMALL);
    double room = fmax(label, LABEL_ROOM) + LABEL_GAP;
    double step = 1;
    while (step * scene->byte_width < room)
        step *= 2;
    return step;
}

static void
label_tick(MlScene *scene, MlPoint at, double bytes)
{
    g_autofree char *amount = ml_wording_amount(bytes, 0);
    const char *label = bytes > 0 ? amount : _("0 B");
    ml_scene_text(scene, at, ML_ANCHOR_MIDDLE, ML_TYPE_SMALL, ML_INK_MUTED, label);
}

void
ml_axis_bytes(MlScene *scene, double x, double y, double bytes)
{
    double step = tick_step(scene, bytes);
    MlOutline *axis = ml_outline_new();
    ml_outline_move(axis, x, y);
    ml_outline_line(axis, x + bytes * scene->byte_width, y);
    for (int i = 0; i * step <= bytes; i++) {
        double tick = x + i * step * scene->byte_width;
        ml_outline_move(axis, tick, y);
        ml_outline_line(axis, tick, y + TICK_LENGTH);
        label_tick(scene, (MlPoint){ tick, y + LABEL_DROP }, i * step);
    }
    ml_scene_path(scene, axis, (MlPen){ .ink = ML_INK_FAINT, .width = WIDTH }, ML_INK_NONE);
}
