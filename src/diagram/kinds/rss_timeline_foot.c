#include "diagram/kinds/rss_timeline_foot.h"

#include <math.h>

#include "base/language.h"
#include "diagram/furniture.h"
#include "diagram/kinds/rss_timeline.h"
#include "diagram/label.h"

#define HEIGHT 190 /* from the rule to the picture's edge */
#define TOTAL_DROP 84
#define WORDS_DROP 130
#define KEY_GAP 72 /* between the total and the key */
#define KEY_DROP 60
#define KEY_PITCH 56
#define KEY_APART 44
#define SIGN 42
#define SIGN_GAP 14
#define MOST_ROWS 2
#define MOST_KEYS 3

typedef struct {
    void (*draw)(MlScene *scene, double x, double y); /* from @x, around @y */
    const char *words;
    const char *brief;
} Key;

static void
draw_cap(MlScene *scene, double x, double y)
{
    ml_scene_rect(scene, (MlBox){ x, y - 3, SIGN, 6 }, (MlPen){ .ink = ML_INK_NONE }, ML_INK_TEXT);
}

static void
draw_peak(MlScene *scene, double x, double y)
{
    MlPen pen = { .ink = ML_INK_MUTED, .width = 2.5, .dashed = TRUE };
    ml_scene_rect(scene, (MlBox){ x + 1, y - 14, SIGN - 2, 28 }, pen, ML_INK_NONE);
}

static void
draw_held(MlScene *scene, double x, double y)
{
    ml_furniture_swatch(scene, x, y, ML_ROLE_ALLOCATOR);
}

static guint
collect(const MlTimelineFoot *foot, const char *change, Key keys[MOST_KEYS])
{
    guint n = 0;
    keys[n++] = (Key){ draw_cap, change, _("after the step") };
    if (foot->has_peak)
        keys[n++] = (Key){ draw_peak,
            foot->timeline->peak_is_exact ? _("the peak within the step")
                                          : _("the peak within the step, or more"),
            _("peak within it") };
    if (foot->has_held)
        keys[n++] = (Key){ draw_held, _("free, and held by the allocator"), _("free, held") };
    return n;
}

static double
key_width(MlScene *scene, const Key *key, gboolean is_brief)
{
    const char *words = is_brief ? key->brief : key->words;
    return SIGN + SIGN_GAP + ml_metrics_width(scene->metrics, words, ML_TYPE_SMALL);
}

/* Side by side, as many rows as there is need for.  Returns: FALSE where there is no room. */
static gboolean
set_keys(MlScene *scene, const Key *keys, guint n, double x0, gboolean is_brief, gboolean draw)
{
    double right = scene->width - ML_SCENE_MARGIN;
    double x = x0;
    double y = ml_timeline_foot_rule(scene) + KEY_DROP;
    guint rows = 1;
    for (guint i = 0; i < n; i++) {
        double width = key_width(scene, &keys[i], is_brief);
        if (i > 0 && x + width > right) {
            x = x0;
            y += KEY_PITCH;
            rows++;
        }
        if (x + width > right || rows > MOST_ROWS)
            return FALSE;
        MlPoint at = { x + SIGN + SIGN_GAP, ml_label_baseline(y, ML_TYPE_SMALL) };
        if (draw) {
            keys[i].draw(scene, x, y);
            ml_scene_text(scene,
                at,
                ML_ANCHOR_START,
                ML_TYPE_SMALL,
                ML_INK_MUTED,
                is_brief ? keys[i].brief : keys[i].words);
        }
        x += width + KEY_APART;
    }
    return TRUE;
}

double
ml_timeline_foot_rule(const MlScene *scene)
{
    return scene->height - HEIGHT;
}

void
ml_timeline_foot_draw(MlScene *scene, const MlTimelineFoot *foot)
{
    Key keys[MOST_KEYS];
    double rule = ml_timeline_foot_rule(scene);
    const char *unit = ml_timeline_unit(foot->timeline).name;
    g_autofree char *peak = ml_timeline_amount(foot->timeline, ml_timeline_peak(foot->timeline));
    g_autofree char *total = g_strdup_printf("%s %s", peak, unit);
    g_autofree char *change = g_strdup_printf(_("held after the step, and its change in %s"), unit);
    guint n = collect(foot, change, keys);
    ml_scene_step(scene, ML_STEP_ALWAYS, NULL);
    ml_furniture_rule(scene, rule);
    scene->step = ML_STEP_LAST;
    MlItem *figure = ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, rule + TOTAL_DROP },
        ML_ANCHOR_START,
        ML_TYPE_TOTAL,
        ML_INK_TEXT,
        total);
    MlItem *words = ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, rule + WORDS_DROP },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        _("highest peak"));
    scene->step = ML_STEP_ALWAYS;
    double x = ML_SCENE_MARGIN + fmax(figure->box.w, words->box.w) + KEY_GAP;
    gboolean is_brief = !set_keys(scene, keys, n, x, FALSE, FALSE);
    set_keys(scene, keys, n, x, is_brief, TRUE);
}
