/* What stands above a chart: title, subtitle, and the key to its lines. */
#include "diagram/chart.h"
#include "diagram/furniture.h"
#include "diagram/label.h"

#define BESIDE_Y 157 /* the middle of the key beside the subtitle */
#define BELOW_Y 210  /* and below it */
#define PLOT_BESIDE 214
#define PLOT_BELOW 262
#define TALL 900 /* px of a scene that has room for a line more */
#define KEY_LINE 56
#define DOT_ROOM 20
#define WORDS_GAP 14
#define APART 40
#define BESIDE_PART 0.7 /* of the width, at most */

static const char *
words_of(const MlChartKey *key, gboolean is_brief)
{
    return is_brief && key->brief != NULL ? key->brief : key->words;
}

static double
sign_width(const MlChartKey *key)
{
    return key->pen.width > 0 ? KEY_LINE : DOT_ROOM;
}

static double
key_width(MlScene *scene, const MlChartKey *key, gboolean is_brief)
{
    double words = ml_metrics_width(scene->metrics, words_of(key, is_brief), ML_TYPE_SMALL);
    return sign_width(key) + WORDS_GAP + words;
}

static double
keys_width(MlScene *scene, const MlChartKey *keys, guint n_keys, gboolean is_brief)
{
    double width = 0;
    for (guint i = 0; i < n_keys; i++)
        width += key_width(scene, &keys[i], is_brief) + (i > 0 ? APART : 0);
    return width;
}

static void
draw_key(MlScene *scene, const MlChartKey *key, double x, double y, gboolean is_brief)
{
    double room = sign_width(key);
    if (key->pen.width > 0) {
        MlOutline *line = ml_outline_new();
        ml_outline_move(line, x, y);
        ml_outline_line(line, x + room, y);
        ml_scene_path(scene, line, key->pen, ML_INK_NONE);
    } else {
        ml_chart_mark(scene, x + room / 2, y);
    }
    MlPoint at = { x + room + WORDS_GAP, ml_label_baseline(y, ML_TYPE_SMALL) };
    const char *words = words_of(key, is_brief);
    ml_scene_text(scene, at, ML_ANCHOR_START, ML_TYPE_SMALL, ML_INK_MUTED, words);
}

static void
draw_keys(MlScene *scene, const MlChartKey *keys, guint n_keys, MlPoint at, gboolean is_brief)
{
    guint before = scene->step;
    scene->step = ML_STEP_ALWAYS;
    for (guint i = 0; i < n_keys; i++) {
        draw_key(scene, &keys[i], at.x, at.y, is_brief);
        at.x += key_width(scene, &keys[i], is_brief) + APART;
    }
    scene->step = before;
}

static const char *
shortest(const char *const *ladder)
{
    while (ladder[1] != NULL)
        ladder++;
    return ladder[0];
}

double
ml_chart_head(MlScene *scene,
    const char *const *title,
    const char *const *subtitle,
    const MlChartKey *keys,
    guint n_keys)
{
    double room = scene->width - 2 * ML_SCENE_MARGIN;
    double least = ml_metrics_width(scene->metrics, shortest(subtitle), ML_TYPE_SUBTITLE);
    double whole = keys_width(scene, keys, n_keys, FALSE);
    gboolean fits_beside = whole <= room * BESIDE_PART && whole + APART + least <= room;
    if (!fits_beside && scene->height >= TALL) {
        ml_furniture_head(scene, title, subtitle, 0);
        draw_keys(scene, keys, n_keys, (MlPoint){ ML_SCENE_MARGIN, BELOW_Y }, whole > room);
        return PLOT_BELOW;
    }
    gboolean is_brief = whole > room * BESIDE_PART;
    double width = keys_width(scene, keys, n_keys, is_brief);
    MlPoint at = { scene->width - ML_SCENE_MARGIN - width, BESIDE_Y };
    ml_furniture_head(scene, title, subtitle, width + APART);
    draw_keys(scene, keys, n_keys, at, is_brief);
    return PLOT_BESIDE;
}
