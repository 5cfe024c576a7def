#include "diagram/caption.h"

#include <math.h>

#include "base/language.h"
#include "diagram/furniture.h"
#include "diagram/wording.h"

#define FOOT_ONE_ROW 200
#define ROW_PITCH 100
#define TOTAL_BELOW_RULE 84
#define LABEL_DROP 46
#define SWATCH_GAP 14
#define TOTAL_GAP 20
#define WORDS_GAP 24 /* at least, from the words below a term to the next ones */

typedef enum {
    EVEN,    /* all terms as wide as the widest: operators at equal distances */
    ALIGNED, /* those of a column: operators below each other */
    PACKED,
} Widths;

/* How widely the terms are set; the first that fits is used. */
typedef struct {
    const char *(*words)(MlRole role);
    double gap; /* between two terms; the operator stands in its middle */
    guint rows; /* the terms go on below the first ones */
    Widths widths;
    gboolean below; /* the total has a row to itself */
} Spacing;

static const Spacing spacings[] = {
    { ml_role_label, 76, 1, EVEN, FALSE },
    { ml_role_label, 60, 1, EVEN, FALSE },
    { ml_role_short, 60, 1, EVEN, FALSE },
    { ml_role_short, 48, 1, EVEN, FALSE },
    { ml_role_short, 40, 1, EVEN, FALSE },
    { ml_role_short, 48, 2, EVEN, FALSE },
    { ml_role_short, 40, 2, EVEN, FALSE },
    { ml_role_short, 40, 2, ALIGNED, FALSE },
    { ml_role_short, 40, 3, ALIGNED, FALSE },
    { ml_role_short, 40, 3, PACKED, FALSE },
    { ml_role_short, 40, 2, PACKED, TRUE },
};

typedef struct {
    MlRole role;
    double width;
    double words; /* the width of those below it */
    char figure[48];
} Term;

static double
first_baseline(const MlScene *scene)
{
    return ml_caption_rule(scene) + TOTAL_BELOW_RULE;
}

/* Terms in the first row; as many are in each row, fewer in the last. */
static guint
terms_in_row(guint n, const Spacing *spacing)
{
    return MAX((n + spacing->rows - 1) / spacing->rows, 1);
}

static void
align_columns(Term *terms, guint n, guint n_columns)
{
    for (guint i = n_columns; i < n; i++) {
        guint column = i % n_columns;
        terms[column].width = fmax(terms[column].width, terms[i].width);
    }
    for (guint i = n_columns; i < n; i++)
        terms[i].width = terms[i % n_columns].width;
}

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
        term->words = ml_metrics_width(scene->metrics, spacing->words(term->role), ML_TYPE_NOTE);
        double number = ml_metrics_width(scene->metrics, figure, ML_TYPE_TERM);
        double below = term->words + WORDS_GAP - spacing->gap;
        term->width = fmax(below, ML_SWATCH_SIZE + SWATCH_GAP + number);
        widest = fmax(widest, term->width);
    }
    for (guint i = 0; i < n && spacing->widths == EVEN; i++)
        terms[i].width = widest;
    if (spacing->widths == ALIGNED)
        align_columns(terms, n, terms_in_row(n, spacing));
    return n;
}

/* Of the widest row. */
static double
terms_width(const Term *terms, guint n, const Spacing *spacing)
{
    double widest = 0;
    double width = 0;
    for (guint i = 0; i < n; i++) {
        if (i % terms_in_row(n, spacing) == 0)
            width = 0;
        width += spacing->gap + terms[i].width;
        widest = fmax(widest, width + fmax(terms[i].words - terms[i].width, 0));
    }
    return widest;
}

static const char *
operator_before(const MlSum *sum, const Term *term, gboolean is_first)
{
    if (sum->printed[term->role] < 0)
        return "−";
    return is_first ? "=" : "+";
}

static void
draw_term(MlScene *scene, const Term *term, const Spacing *spacing, MlPoint at)
{
    double middle = at.y - ML_CAP_HALF * ML_TYPE_TERM.size;
    ml_furniture_swatch(scene, at.x, middle, term->role);
    ml_scene_text(scene,
        (MlPoint){ at.x + ML_SWATCH_SIZE + SWATCH_GAP, at.y },
        ML_ANCHOR_START,
        ML_TYPE_TERM,
        ML_INK_TEXT,
        term->figure);
    ml_scene_text(scene,
        (MlPoint){ at.x, at.y + LABEL_DROP },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        spacing->words(term->role));
}

static void
draw_terms(
    MlScene *scene, const MlSum *sum, const Spacing *spacing, const Term *terms, guint n, double x0)
{
    MlPoint at = { x0, first_baseline(scene) + (spacing->below ? ROW_PITCH : 0) };
    for (guint i = 0; i < n; i++) {
        if (i > 0 && i % terms_in_row(n, spacing) == 0)
            at = (MlPoint){ x0, at.y + ROW_PITCH };
        double middle = at.y - ML_CAP_HALF * ML_TYPE_TERM.size;
        ml_scene_text(scene,
            (MlPoint){ at.x + spacing->gap / 2, ml_label_baseline(middle, ML_TYPE_OPERATOR) },
            ML_ANCHOR_MIDDLE,
            ML_TYPE_OPERATOR,
            ML_INK_MUTED,
            operator_before(sum, &terms[i], i == 0));
        at.x += spacing->gap;
        draw_term(scene, &terms[i], spacing, at);
        at.x += terms[i].width;
    }
}

static char *
total_text(const MlSum *sum)
{
    g_autofree char *amount = ml_wording_amount(sum->printed_total, sum->decimals);
    return g_strconcat(amount, _(" B"), NULL);
}

/* Where the terms begin. */
static double
terms_x(MlScene *scene, const MlCaptionPart *part, const Spacing *spacing, const char *what)
{
    if (spacing->below)
        return part->x;
    g_autofree char *total = total_text(&part->claim.sum);
    double total_width = ml_metrics_width(scene->metrics, total, ML_TYPE_TOTAL);
    double words_width = ml_metrics_width(scene->metrics, what, ML_TYPE_NOTE);
    return part->x + fmax(total_width, words_width) + TOTAL_GAP;
}

static void
draw_total(MlScene *scene, const MlCaptionPart *part, const char *what)
{
    g_autofree char *total = total_text(&part->claim.sum);
    ml_scene_text(scene,
        (MlPoint){ part->x, first_baseline(scene) },
        ML_ANCHOR_START,
        ML_TYPE_TOTAL,
        ML_INK_TEXT,
        total);
    ml_scene_text(scene,
        (MlPoint){ part->x, first_baseline(scene) + LABEL_DROP },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        what);
}

/* Of what it is the sum, as there is room for it with the terms set in this way.
 * Returns: (transfer none) (nullable). */
static const char *
find_words(MlScene *scene, const MlCaptionPart *part, const Spacing *spacing)
{
    Term terms[ML_N_ROLES];
    guint n = collect_terms(scene, &part->claim.sum, spacing, terms);
    double width = terms_width(terms, n, spacing);
    for (guint k = 0; part->what[k] != NULL; k++)
        if (terms_x(scene, part, spacing, part->what[k]) + width <= part->x + part->width)
            return part->what[k];
    return NULL;
}

/* The widest way to set the terms in which all parts have room.
 * Returns: (transfer none) (nullable). */
static const Spacing *
find_spacing(MlScene *scene, const MlCaptionPart *parts, guint n)
{
    for (guint i = 0; i < G_N_ELEMENTS(spacings); i++) {
        guint fits = 0;
        while (fits < n && find_words(scene, &parts[fits], &spacings[i]) != NULL)
            fits++;
        if (fits == n)
            return &spacings[i];
    }
    return NULL;
}

static void
draw_part(MlScene *scene, const MlCaptionPart *part, const Spacing *spacing)
{
    Term terms[ML_N_ROLES];
    guint n = collect_terms(scene, &part->claim.sum, spacing, terms);
    const char *what = find_words(scene, part, spacing);
    draw_total(scene, part, what);
    draw_terms(scene, &part->claim.sum, spacing, terms, n, terms_x(scene, part, spacing, what));
}

gboolean
ml_caption_reserve_parts(MlScene *scene, const MlCaptionPart *parts, guint n)
{
    const Spacing *spacing = find_spacing(scene, parts, n);
    if (spacing != NULL)
        scene->foot = FOOT_ONE_ROW + (spacing->rows - 1 + (spacing->below ? 1 : 0)) * ROW_PITCH;
    return spacing != NULL;
}

void
ml_caption_parts(MlScene *scene, const MlCaptionPart *parts, guint n)
{
    const Spacing *spacing = find_spacing(scene, parts, n);
    for (guint i = 0; i < n; i++)
        scene->claims[scene->n_claims++] = parts[i].claim;
    if (!ml_caption_reserve_parts(scene, parts, n))
        return;
    guint before = scene->step;
    scene->step = ML_STEP_LAST;
    for (guint i = 0; i < n; i++) {
        g_autofree char *id = ml_caption_group(i);
        ml_scene_group(scene, id, NULL);
        if (i == 0)
            ml_furniture_rule(scene, ml_caption_rule(scene));
        draw_part(scene, &parts[i], spacing);
        ml_scene_group_end(scene);
    }
    scene->step = before;
}

char *
ml_caption_group(guint i)
{
    return i == 0 ? g_strdup("sum") : g_strdup_printf("sum-%u", i + 1);
}

static MlCaptionPart
whole(const MlScene *scene, const MlClaim *claim, const char *const *what)
{
    return (MlCaptionPart){
        .claim = *claim,
        .what = what,
        .x = ML_SCENE_MARGIN,
        .width = scene->width - 2 * ML_SCENE_MARGIN,
    };
}

void
ml_caption_reserve(MlScene *scene, const MlClaim *claim, const char *const *what)
{
    const MlCaptionPart part = whole(scene, claim, what);
    ml_caption_reserve_parts(scene, &part, 1);
}

void
ml_caption_sum(MlScene *scene, const MlClaim *claim, const char *const *what)
{
    const MlCaptionPart part = whole(scene, claim, what);
    ml_caption_parts(scene, &part, 1);
}

double
ml_caption_rule(const MlScene *scene)
{
    return scene->height - scene->foot;
}
