#include "diagram/finding.h"

#include <string.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/caption.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define NOTHING_Y 252

/* Tables hold entries; what else there is holds integers. */
static gboolean
holds_entries(const MlWalk *walk)
{
    for (guint i = 0; i < walk->n_parts; i++)
        for (guint k = 0; k < walk->parts[i].n_fields; k++)
            if (strcmp(walk->parts[i].fields[k].name, "key") == 0)
                return TRUE;
    return FALSE;
}

char *
ml_finding_elements(const MlWalk *walk)
{
    g_autofree char *count = ml_wording_count(walk->n);
    const char *noun =
        holds_entries(walk) ? P_("entry", "entries", walk->n) : P_("integer", "integers", walk->n);
    return g_strdup_printf("%s %s", count, noun);
}

char *
ml_finding_title(const MlDiagramFacts *facts)
{
    const MlWalk *walk = facts->walk;
    double bytes[ML_N_ROLES];
    ml_sum_blocks(facts->ledgers[0], bytes);
    double total = ml_sum_total(bytes);
    g_autofree char *name = ml_wording_a(walk->title);
    if (walk->n == 0)
        return g_strdup_printf(_("An empty %s takes nothing"), walk->title);
    if (walk->n >= ML_FINDING_FEW && bytes[ML_ROLE_DATA] > 0) {
        g_autofree char *times = ml_wording_times(total / bytes[ML_ROLE_DATA]);
        return g_strdup_printf(_("%s takes %s its data"), name, times);
    }
    g_autofree char *elements = ml_finding_elements(walk);
    g_autofree char *amount = ml_wording_amount(total, 0);
    return g_strdup_printf(_("%s of %s takes %s B"), name, elements, amount);
}

GStrv
ml_finding_subtitle(const MlDiagramFacts *facts, const char *setup)
{
    g_autofree char *elements = ml_finding_elements(facts->walk);
    g_autofree char *origin = ml_wording_origin(facts->ledgers[0]);
    GStrvBuilder *builder = g_strv_builder_new();
    g_autofree char *with_setup = g_strdup_printf("%s%s; %s", elements, setup, origin);
    g_autofree char *without = g_strdup_printf("%s; %s", elements, origin);
    g_autofree char *shortest =
        g_strdup_printf("%s; %s", elements, ml_origin_id(facts->ledgers[0]->origin));
    if (setup != NULL && facts->walk->n > 0)
        g_strv_builder_add(builder, with_setup);
    g_strv_builder_add(builder, without);
    g_strv_builder_add(builder, shortest);
    GStrv wordings = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return wordings;
}

char *
ml_finding_of_what(const MlWalk *walk, const MlClaim *claim)
{
    gboolean of_entries = holds_entries(walk);
    if (claim->divisor > 1)
        return g_strdup(of_entries ? _("per entry") : _("per element"));
    g_autofree char *count = ml_wording_count(walk->n);
    const char *noun =
        of_entries ? P_("entry", "entries", walk->n) : P_("element", "elements", walk->n);
    return g_strdup_printf("%s %s", count, noun);
}

char *
ml_finding_fields(const MlWalk *walk, const MlWalkSample *block)
{
    g_autoptr(GArray) cells = ml_block_cells(walk, block, 0);
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        g_string_append_printf(
            words, "%s%" G_GUINT64_FORMAT " %s", i > 0 ? ", " : "", cell->bytes, cell->name);
    }
    return g_string_free(words, FALSE);
}

void
ml_finding_add_terms(GString *words, const MlSum *sum)
{
    const char *before = " = ";
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(sum, (MlRole)role))
            continue;
        g_autofree char *term = ml_wording_amount(sum->printed[role], sum->decimals);
        g_string_append_printf(words, "%s%s %s", before, term, ml_role_label((MlRole)role));
        before = " + ";
    }
    g_string_append_c(words, '.');
}

char *
ml_finding_sum(const MlDiagramFacts *facts, const MlClaim *claim)
{
    const MlSum *sum = &claim->sum;
    g_autofree char *of_what = ml_finding_of_what(facts->walk, claim);
    g_autofree char *total = ml_wording_amount(sum->printed_total, sum->decimals);
    const char *origin = ml_origin_id(facts->ledgers[0]->origin);
    GString *words = g_string_new(NULL);
    g_string_printf(words, _("%s B (%s, %s)"), total, of_what, origin);
    ml_finding_add_terms(words, sum);
    return g_string_free(words, FALSE);
}

static void
set_sum(MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim, MlCaptionSet set)
{
    g_autofree char *of_what = ml_finding_of_what(facts->walk, claim);
    const char *origin = ml_origin_id(facts->ledgers[0]->origin);
    g_autofree char *with_origin = g_strdup_printf("%s, %s", of_what, origin);
    const char *const wordings[] = { with_origin, of_what, NULL };
    set(scene, claim, wordings);
}

void
ml_finding_reserve_sum(MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim)
{
    set_sum(scene, facts, claim, ml_caption_reserve);
}

void
ml_finding_draw_sum(MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim)
{
    set_sum(scene, facts, claim, ml_caption_sum);
}

void
ml_finding_draw_stock(MlScene *scene, const MlDiagramFacts *facts, double baseline)
{
    guint64 stock = ml_sum_stock(facts->ledgers[0]);
    g_autofree char *count = ml_wording_count(stock);
    g_autofree char *words =
        g_strdup_printf(_("Not drawn, not counted: %s B that malloc holds in stock."), count);
    guint before = scene->step;
    scene->step = ML_STEP_LAST;
    if (stock > 0)
        ml_label(scene,
            (MlPoint){ ML_SCENE_MARGIN, baseline },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_MUTED,
            scene->width - 2 * ML_SCENE_MARGIN,
            ML_LADDER(words));
    scene->step = before;
}

void
ml_finding_draw_nothing(MlScene *scene)
{
    ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, NOTHING_Y },
        ML_ANCHOR_START,
        ML_TYPE_SUBTITLE,
        ML_INK_MUTED,
        _("No elements: nothing is asked of malloc."));
}
