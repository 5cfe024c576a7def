/* Which pages of the reserved address space are in RAM: those that somebody has written to, by what
 * their bytes are for; the others are hollow. */
#include "diagram/kinds/residency.h"
#include "base/language.h"
#include "core/structure.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/page_map.h"
#include "diagram/label.h"
#include "diagram/page_grid.h"
#include "diagram/wording.h"

#define TOP 190.0
#define FOOT 28.0
#define SIDE_ROOM 440.0 /* px for the figures on the right, and a gap */
#define SIDE_WIDTH 390.0

/* How the figures are set. */
typedef struct {
    MlType type;
    double drop;  /* of the first one below the top */
    double words; /* below a figure */
    double line;  /* from the words to the bytes; 0: these are left out */
    double pitch;
} FigureStyle;

typedef struct {
    MlScene *scene;
    MlPageView view;
    double rule;
} Picture;

/* As large as there is room for. */
static FigureStyle
choose_style(const Picture *picture, guint n)
{
    const FigureStyle usual = { ML_TYPE_TOTAL, 70, 44, 38, 190 };
    const FigureStyle small = { ML_TYPE_BAR_TOTAL, 45, 40, 0, 105 };
    return TOP + n * usual.pitch <= picture->rule ? usual : small;
}

static void
draw_words(const Picture *picture, double x, double y, const char *const *words)
{
    ml_label(picture->scene,
        (MlPoint){ x, y },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        SIDE_WIDTH,
        words);
}

/* A number of pages, and under it what they are, and how many bytes. */
static void
draw_figure(const Picture *picture,
    const FigureStyle *style,
    MlPoint at,
    guint64 n,
    const char *const *words,
    const char *cost)
{
    guint64 bytes = n * picture->view.map->page_bytes;
    g_autofree char *count = ml_wording_count(n);
    g_autofree char *size = ml_wording_count(bytes);
    g_autofree char *brief = g_strconcat(size, _(" B"), NULL);
    g_autofree char *whole = g_strconcat(brief, cost, NULL);
    ml_scene_text(picture->scene, at, ML_ANCHOR_START, style->type, ML_INK_TEXT, count);
    draw_words(picture, at.x, at.y + style->words, words);
    if (style->line > 0)
        draw_words(picture, at.x, at.y + style->words + style->line, ML_LADDER(whole, brief));
}

static void
draw_figures(const Picture *picture, double x, guint64 n_left_out)
{
    const MlPageTally *tally = &picture->view.tally;
    guint64 n_absent = tally->n_pages[ML_PAGE_ABSENT];
    const FigureStyle style = choose_style(picture, n_absent > 0 ? 2 : 1);
    MlPoint at = { x, TOP + style.drop };
    draw_figure(picture,
        &style,
        at,
        tally->n_resident,
        ML_LADDER(P_("page in RAM", "pages in RAM", tally->n_resident)),
        "");
    at.y += style.pitch;
    if (n_absent > 0)
        draw_figure(picture,
            &style,
            at,
            n_absent,
            n_left_out > 0 ? ML_LADDER(_("never touched (part drawn)"), _("never touched"))
                           : ML_LADDER(_("reserved, never touched"), _("never touched")),
            _(": no cost"));
}

static void
draw_title(const Picture *picture, const char *row)
{
    const MlWalk *walk = picture->view.facts->walk;
    const char *origin = ml_origin_id(walk->origin);
    g_autofree char *title = ml_residency_title(&picture->view);
    g_autofree char *elements = ml_finding_elements(walk);
    g_autofree char *what = g_strdup_printf("%s, %s", walk->title, elements);
    g_autofree char *whole =
        g_strdup_printf(_("%s; %s, hollow: not in RAM; %s"), what, row, origin);
    g_autofree char *shorter = g_strdup_printf("%s; %s; %s", what, row, origin);
    g_autofree char *shortest = g_strdup_printf("%s; %s", what, origin);
    ml_furniture_title(picture->scene,
        ML_LADDER(title, what, walk->title),
        ML_LADDER(whole, shorter, shortest, what));
}

static void
set_caption(Picture *picture, MlCaptionSet set)
{
    const MlPageTally *tally = &picture->view.tally;
    MlClaim claim = ml_page_claim(tally->bytes, tally->n_resident, tally->n_resident > 1);
    ml_page_set_caption(picture->scene, picture->view.facts, &claim, tally->n_resident, set);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Picture picture = { .scene = scene };
    ml_page_view_init(&picture.view, facts);
    scene->step = ML_STEP_ALWAYS;
    if (picture.view.tally.n_resident == 0) {
        draw_title(&picture, _("no pages"));
        ml_finding_draw_nothing(scene);
        return TRUE;
    }
    set_caption(&picture, ml_caption_reserve);
    picture.rule = ml_caption_rule(scene);
    double right = scene->width - ML_SCENE_MARGIN;
    MlBox box = { ML_SCENE_MARGIN, TOP, right - SIDE_ROOM - ML_SCENE_MARGIN, 0 };
    box.h = picture.rule - TOP - FOOT;
    g_auto(MlPageGrid) grid = { 0 };
    ml_page_grid_init(&grid, scene, picture.view.map, box, TRUE);
    g_autofree char *row = ml_page_grid_row_words(&grid);
    draw_title(&picture, row);
    ml_scene_step(scene, ML_STEP_FIRST, _("all pages that are reserved"));
    ml_page_grid_draw(&grid);
    ml_scene_step(scene, ML_STEP_FIRST + 1, _("how many they are"));
    draw_figures(&picture, right - SIDE_WIDTH, grid.n_left_out);
    scene->step = ML_STEP_ALWAYS;
    set_caption(&picture, ml_caption_sum);
    return TRUE;
}

static const char *const examples[] = { "growing-array", NULL };

const MlDiagramKind ml_diagram_kind_residency = {
    .name = "residency",
    .summary = "which pages of the reserved address space are in RAM, and what for",
    .needs = ML_NEEDS_WALK,
    .of_pages = TRUE,
    .shapes = (1u << ML_N_SHAPES) - 1,
    .examples = examples,
    .layout = layout,
    .describe = ml_residency_describe,
    .terminal = ml_residency_terminal,
};
