#include "diagram/furniture.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/heading.h"

#define SUBTITLE_BASELINE 168
#define SCALE_Y 152
#define SCALE_BYTES 8
#define SCALE_LABEL_GAP 16
#define SCALE_ROOM 190 /* the label of the scale, and air */
#define TICK_HALF 11
#define LINE_WIDTH 2.5
#define DOT_RADIUS 5
#define DOT_PITCH 24
#define LEGEND_TEXT 53
#define LEGEND_GAP 40
#define LEGEND_GAP_MIN 22
#define LEGEND_PITCH 56
#define LEGEND_ROWS 2

static const char *
last_of(const char *const *ladder)
{
    while (ladder[1] != NULL)
        ladder++;
    return ladder[0];
}

static char *
capitalised(const char *words)
{
    const char *rest = g_utf8_next_char(words);
    g_autofree char *first = g_utf8_strup(words, rest - words);
    return g_strconcat(first, rest, NULL);
}

/* First one looks, then comes what is to be seen: in a build-up the finding comes last. */
static void
draw_heading(MlScene *scene, const char *const *title)
{
    const char *const wanted[] = { scene->wanted_title, NULL };
    const char *const *ladder = scene->wanted_title != NULL ? wanted : title;
    g_autofree char *plain = capitalised(last_of(ladder));
    scene->title = g_strdup(ladder[0]);
    if (scene->wanted_title != NULL || strcmp(plain, ladder[0]) == 0) {
        scene->step = ML_STEP_ALWAYS;
        ml_heading_draw(scene, ladder);
        return;
    }
    scene->step = ML_STEP_LAST;
    ml_heading_draw(scene, ladder);
    scene->step = ML_STEP_ALWAYS;
    scene->until = ML_STEP_LAST;
    ml_heading_draw(scene, (const char *const[]){ plain, NULL });
    scene->until = ML_STEP_NONE;
    scene->plain_title = g_steal_pointer(&plain);
}

void
ml_furniture_head(
    MlScene *scene, const char *const *title, const char *const *subtitle, double right_room)
{
    double room = scene->width - 2 * ML_SCENE_MARGIN;
    guint before = scene->step;
    draw_heading(scene, title);
    scene->step = ML_STEP_ALWAYS;
    ml_label(scene,
        (MlPoint){ ML_SCENE_MARGIN, SUBTITLE_BASELINE },
        ML_ANCHOR_START,
        ML_TYPE_SUBTITLE,
        ML_INK_MUTED,
        room - right_room,
        subtitle);
    scene->step = before;
}

void
ml_furniture_title(MlScene *scene, const char *const *title, const char *const *subtitle)
{
    double scale = scene->byte_width > 0 ? SCALE_BYTES * scene->byte_width + SCALE_ROOM : 0;
    ml_furniture_head(scene, title, subtitle, scale);
}

void
ml_furniture_rule(MlScene *scene, double y)
{
    MlOutline *line = ml_outline_new();
    ml_outline_move(line, ML_SCENE_MARGIN, y);
    ml_outline_line(line, scene->width - ML_SCENE_MARGIN, y);
    ml_scene_path(scene, line, (MlPen){ .ink = ML_INK_GRID, .width = 2 }, ML_INK_NONE);
}

static void
measure_line(MlScene *scene, double x0, double x1, double y, MlInk ink)
{
    double half = LINE_WIDTH / 2;
    MlOutline *line = ml_outline_new();
    ml_outline_move(line, x0 + half, y - TICK_HALF);
    ml_outline_line(line, x0 + half, y + TICK_HALF);
    ml_outline_move(line, x1 - half, y - TICK_HALF);
    ml_outline_line(line, x1 - half, y + TICK_HALF);
    ml_outline_move(line, x0 + half, y);
    ml_outline_line(line, x1 - half, y);
    ml_scene_path(scene, line, (MlPen){ .ink = ink, .width = LINE_WIDTH }, ML_INK_NONE);
}

void
ml_furniture_scale(MlScene *scene)
{
    double right = scene->width - ML_SCENE_MARGIN;
    double left = right - SCALE_BYTES * scene->byte_width;
    double y = scene->above + SCALE_Y;
    MlPoint at = { left - SCALE_LABEL_GAP, ml_label_baseline(y, ML_TYPE_SMALL) };
    guint before = scene->step;
    scene->step = ML_STEP_ALWAYS;
    measure_line(scene, left, right, y, ML_INK_MUTED);
    ml_scene_text(scene, at, ML_ANCHOR_END, ML_TYPE_SMALL, ML_INK_MUTED, _("8 bytes"));
    scene->step = before;
}

void
ml_furniture_dimension(MlScene *scene, double x0, double x1, double y, MlInk ink, const char *label)
{
    MlPoint at = { x1 + SCALE_LABEL_GAP, ml_label_baseline(y, ML_TYPE_NOTE) };
    measure_line(scene, x0, x1, y, ink);
    ml_scene_text(scene, at, ML_ANCHOR_START, ML_TYPE_NOTE, ink, label);
}

void
ml_furniture_dots(MlScene *scene, double x, double y)
{
    MlOutline *dots = ml_outline_new();
    for (int i = -1; i <= 1; i++)
        ml_outline_add_circle(dots, x + i * DOT_PITCH, y, DOT_RADIUS);
    ml_scene_path(scene, dots, (MlPen){ .ink = ML_INK_NONE }, ML_INK_MUTED);
}

void
ml_furniture_swatch(MlScene *scene, double x, double y, MlRole role)
{
    MlBox box = { x, y - ML_SWATCH_SIZE / 2, ML_SWATCH_SIZE, ML_SWATCH_SIZE };
    ml_scene_cell(scene, box, &(MlCell){ .role = role, .element = -1, .fine = TRUE });
}

/* The roles that stand in row @row of @rows: as many in each, fewer in the last. */
static guint
roles_in_row(guint roles, guint rows, guint row)
{
    guint n = (guint)__builtin_popcount(roles);
    guint each = (n + rows - 1) / rows;
    guint chosen = 0;
    guint seen = 0;
    for (guint role = 0; role < ML_N_ROLES; role++) {
        if ((roles & 1u << role) == 0)
            continue;
        if (seen / each == row)
            chosen |= 1u << role;
        seen++;
    }
    return chosen;
}

/* The width of swatches and words, without the gaps between them. */
static double
legend_width(MlScene *scene, guint roles, const char *(*words)(MlRole role))
{
    double width = 0;
    for (int role = 0; role < ML_N_ROLES; role++)
        if ((roles & 1u << role) != 0)
            width +=
                LEGEND_TEXT + ml_metrics_width(scene->metrics, words((MlRole)role), ML_TYPE_NOTE);
    return width;
}

static double
legend_gap(MlScene *scene, guint roles, double x, const char *(*words)(MlRole role))
{
    int n_gaps = MAX(__builtin_popcount(roles), 2) - 1;
    double room = scene->width - ML_SCENE_MARGIN - x;
    return fmin((room - legend_width(scene, roles, words)) / n_gaps, LEGEND_GAP);
}

static void
draw_legend_row(
    MlScene *scene, guint roles, MlPoint at, double gap, const char *(*words)(MlRole role))
{
    for (int role = 0; role < ML_N_ROLES; role++) {
        if ((roles & 1u << role) == 0)
            continue;
        ml_furniture_swatch(scene, at.x, at.y, (MlRole)role);
        MlItem *text = ml_scene_text(scene,
            (MlPoint){ at.x + LEGEND_TEXT, ml_label_baseline(at.y, ML_TYPE_NOTE) },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_MUTED,
            words((MlRole)role));
        at.x = text->box.x + text->box.w + gap;
    }
}

/* In @rows rows.  Returns: FALSE where there is no room. */
static gboolean
try_legend(MlScene *scene, guint roles, MlPoint at, guint rows, const char *(*words)(MlRole role))
{
    double gap = LEGEND_GAP;
    for (guint row = 0; row < rows; row++)
        gap = fmin(gap, legend_gap(scene, roles_in_row(roles, rows, row), at.x, words));
    if (gap < LEGEND_GAP_MIN)
        return FALSE;
    for (guint row = 0; row < rows; row++) {
        MlPoint left = { at.x, at.y + (row - (rows - 1) / 2.0) * LEGEND_PITCH };
        draw_legend_row(scene, roles_in_row(roles, rows, row), left, gap, words);
    }
    return TRUE;
}

void
ml_furniture_legend(MlScene *scene, guint roles, double x, double y)
{
    for (guint rows = 1; rows <= LEGEND_ROWS && roles != 0; rows++)
        if (try_legend(scene, roles, (MlPoint){ x, y }, rows, ml_role_label) ||
            try_legend(scene, roles, (MlPoint){ x, y }, rows, ml_role_short))
            return;
}
