#include "diagram/caption.h"

#include <math.h>

#include "diagram/furniture.h"
#include "diagram/wording.h"

#define RULE_ABOVE_FOOT 200
#define TOTAL_ABOVE_FOOT 116
#define LABEL_ABOVE_FOOT 70
#define SWATCH_GAP 14
#define TOTAL_GAP 20

/* How widely the terms are set; the first that fits is used. */
typedef struct {
    const char *(*words)(MlRole role);
    double gap;    /* between two terms; the operator stands in its middle */
    gboolean even; /* all terms as wide as the widest: operators at equal distances */
} Spacing;

static const Spacing spacings[] = {
    { ml_role_label, 76, TRUE },
    { ml_role_label, 60, TRUE },
    { ml_role_short, 60, TRUE },
    { ml_role_short, 48, TRUE },
    { ml_role_short, 48, FALSE },
    { ml_role_short, 40, FALSE },
};

typedef struct {
    MlRole role;
    double width;
    char figure[48];
} Term;

static guint
collect_terms(MlScene *scene, const MlSum *sum, const Spacing *spacing, Term *terms)
{
    guint n = 0;
    double widest = 0;
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(sum, (MlRole)role))
            continue;
        Term *term = &terms[n++];
        term->role = (MlRole)role;
        g_autofree char *figure = ml_wording_amount(fabs(sum->printed[role]), sum->decimals);
        g_strlcpy(term->figure, figure, sizeof term->figure);
        double words = ml_metrics_width(scene->metrics, spacing->words(term->role), ML_TYPE_NOTE);
        double number = ml_metrics_width(scene->metrics, figure, ML_TYPE_TERM);
        term->width = fmax(words, ML_SWATCH_SIZE + SWATCH_GAP + number);
        widest = fmax(widest, term->width);
    }
    for (guint i = 0; spacing->even && i < n; i++)
        terms[i].width = widest;
    return n;
}

static double
terms_width(const Term *terms, guint n, const Spacing *spacing)
{
    double width = 0;
    for (guint i = 0; i < n; i++)
        width += spacing->gap + terms[i].width;
    return width;
}

static const char *
operator_before(const MlSum *sum, const Term *term, gboolean is_first)
{
    if (sum->printed[term->role] < 0)
        return "−";
    return is_first ? "=" : "+";
}

static void
draw_terms(
    MlScene *scene, const MlSum *sum, const Spacing *spacing, const Term *terms, guint n, double x)
{
    double baseline = scene->height - TOTAL_ABOVE_FOOT;
    double middle = baseline - ML_CAP_HALF * ML_TYPE_TERM.size;
    for (guint i = 0; i < n; i++) {
        const Term *term = &terms[i];
        MlPoint sign_at = { x + spacing->gap / 2, ml_label_baseline(middle, ML_TYPE_OPERATOR) };
        ml_scene_text(scene,
            sign_at,
            ML_ANCHOR_MIDDLE,
            ML_TYPE_OPERATOR,
            ML_INK_MUTED,
            operator_before(sum, term, i == 0));
        x += spacing->gap;
        ml_furniture_swatch(scene, x, middle, term->role);
        ml_scene_text(scene,
            (MlPoint){ x + ML_SWATCH_SIZE + SWATCH_GAP, baseline },
            ML_ANCHOR_START,
            ML_TYPE_TERM,
            ML_INK_TEXT,
            term->figure);
        ml_scene_text(scene,
            (MlPoint){ x, scene->height - LABEL_ABOVE_FOOT },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_MUTED,
            spacing->words(term->role));
        x += term->width;
    }
}

static char *
total_text(const MlSum *sum)
{
    g_autofree char *amount = ml_wording_amount(sum->printed_total, sum->decimals);
    return g_strconcat(amount, " B", NULL);
}

/* Where the terms begin. */
static double
terms_x(MlScene *scene, const MlSum *sum, const char *what)
{
    g_autofree char *total = total_text(sum);
    double total_width = ml_metrics_width(scene->metrics, total, ML_TYPE_TOTAL);
    double words_width = ml_metrics_width(scene->metrics, what, ML_TYPE_NOTE);
    return ML_SCENE_MARGIN + fmax(total_width, words_width) + TOTAL_GAP;
}

static void
draw_total(MlScene *scene, const MlSum *sum, const char *what)
{
    g_autofree char *total = total_text(sum);
    ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, scene->height - TOTAL_ABOVE_FOOT },
        ML_ANCHOR_START,
        ML_TYPE_TOTAL,
        ML_INK_TEXT,
        total);
    ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, scene->height - LABEL_ABOVE_FOOT },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        what);
}

/* Draws the sum set in this way.  Returns: FALSE where there is no room for it. */
static gboolean
try_sum(MlScene *scene, const MlSum *sum, const Spacing *spacing, const char *what)
{
    Term terms[ML_N_ROLES];
    guint n = collect_terms(scene, sum, spacing, terms);
    double x = terms_x(scene, sum, what);
    if (x + terms_width(terms, n, spacing) > scene->width - ML_SCENE_MARGIN)
        return FALSE;
    draw_total(scene, sum, what);
    draw_terms(scene, sum, spacing, terms, n, x);
    return TRUE;
}

void
ml_caption_sum(MlScene *scene, const MlClaim *claim, const char *const *what)
{
    gboolean drawn = FALSE;
    scene->claim = *claim;
    scene->has_claim = TRUE;
    ml_furniture_rule(scene, ml_caption_rule(scene));
    ml_scene_group(scene, "sum", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(spacings) && !drawn; i++)
        for (guint k = 0; what[k] != NULL && !drawn; k++)
            drawn = try_sum(scene, &claim->sum, &spacings[i], what[k]);
    ml_scene_group_end(scene);
}

double
ml_caption_rule(const MlScene *scene)
{
    return scene->height - RULE_ABOVE_FOOT;
}
