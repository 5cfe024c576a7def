#include "diagram/kinds/table.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/block.h"
#include "diagram/caption.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/table_objects.h"
#include "diagram/kinds/table_title.h"
#include "diagram/wording.h"

#define ROOMY_RULE 880 /* where the footer of a slide begins */
#define LOW_ROOM 230   /* px for the places: with less, parts go without their names above them */
#define LOW_GAP 26.0
#define PART_NAMES 38
#define TEXT_GAP 14
#define BYTE_WIDTH_READABLE 9.5 /* "…185" in 8 B */
#define BYTE_WIDTH_CRAMPED 5.0
#define BANK_GAP 70.0
#define RULE_GAP 14

int
ml_table_field(const MlPart *part, const char *name)
{
    for (guint i = 0; i < part->n_fields; i++)
        if (strcmp(part->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

guint
ml_table_digits(const MlWalk *walk)
{
    g_autofree guint64 *addresses = g_new(guint64, MAX(walk->n_samples, 1));
    for (guint i = 0; i < walk->n_samples; i++)
        addresses[i] = walk->samples[i].address;
    return ml_block_address_digits(addresses, walk->n_samples);
}

static void
claim(const MlDiagramFacts *facts, const double drawn[ML_N_ROLES], MlClaim *ret_claim)
{
    double bytes[ML_N_ROLES];
    double undrawn = 0;
    *ret_claim = (MlClaim){ .divisor = 1 };
    ml_sum_blocks(facts->ledgers[0], bytes);
    for (int role = 0; role < ML_N_ROLES; role++) {
        ret_claim->undrawn[role] = bytes[role] - drawn[role];
        undrawn += fabs(ret_claim->undrawn[role]);
    }
    if (undrawn > 0 && facts->walk->n >= ML_FINDING_FEW)
        ret_claim->divisor = (double)facts->walk->n;
    for (int role = 0; role < ML_N_ROLES; role++)
        bytes[role] /= ret_claim->divisor;
    ml_sum_round(bytes, &ret_claim->sum);
}

void
ml_table_init(MlTable *table,
    MlScene *scene,
    const MlDiagramFacts *facts,
    guint holder,
    double before,
    double gaps)
{
    const MlPart *part = &facts->walk->parts[holder];
    const double nothing[ML_N_ROLES] = { 0 };
    MlClaim sum;
    claim(facts, nothing, &sum);
    ml_finding_reserve_sum(scene, facts, &sum);
    gboolean is_roomy = ml_caption_rule(scene) - scene->above >= ROOMY_RULE;
    *table = (MlTable){
        .scene = scene,
        .facts = facts,
        .walk = facts->walk,
        .holder = holder,
        .hash = ml_table_field(part, "hash"),
        .key = ml_table_field(part, "key"),
        .value = ml_table_field(part, "value"),
        .digits = ml_table_digits(facts->walk),
        .step = ML_STEP_FIRST + 1,
        .top = scene->above + (is_roomy ? 292 : 262),
        .bottom = ml_caption_rule(scene) - RULE_GAP,
        .before = before,
        .gaps = gaps,
        .n_banks = 1,
    };
    table->is_low = table->bottom - table->top < LOW_ROOM;
    if (table->is_low)
        table->top -= PART_NAMES;
    table->gap = table->is_low ? LOW_GAP : ML_COLUMN_GAP_HEIGHT;
    ml_table_arrange(table);
}

gboolean
ml_table_make_banks(MlTable *table)
{
    enum { BANKS = 2 };
    double room = table->scene->width - 2 * ML_SCENE_MARGIN - (BANKS - 1) * BANK_GAP;
    double fitting = floor(room / BANKS - table->gaps - table->more_room) / table->before;
    double byte_width =
        fmin(floor(fitting / ML_TABLE_BYTE_STEP) * ML_TABLE_BYTE_STEP, ML_TABLE_BYTE_ALONE);
    if (table->has_keys || table->has_values || byte_width < BYTE_WIDTH_READABLE)
        return FALSE;
    table->n_banks = BANKS;
    table->scene->byte_width = byte_width;
    table->bank_pitch = table->gaps + table->before * byte_width + table->more_room + BANK_GAP;
    return TRUE;
}

void
ml_table_step(MlTable *table, const char *what)
{
    g_autofree char *first = g_strdup_printf(_("the first %s"), what);
    gboolean is_first = table->n_shown++ == 0;
    ml_scene_step(table->scene, table->step + (is_first ? 0 : 1), is_first ? first : _("the rest"));
}

void
ml_table_draw_index(MlTable *table, guint64 index, double right, double y)
{
    g_autofree char *count = ml_wording_count(index);
    g_autofree char *label = g_strdup_printf("[%s]", count);
    ml_scene_text(table->scene,
        (MlPoint){ right - TEXT_GAP, ml_label_baseline(y, ML_TYPE_SMALL) },
        ML_ANCHOR_END,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        label);
}

void
ml_table_add_block(MlTable *table, const MlWalkSample *block)
{
    uint64_t roles[ML_N_ROLES];
    ml_part_roles(&table->walk->parts[block->part], block->request_bytes, 1, roles);
    for (int role = 0; role < ML_N_ROLES; role++)
        table->drawn[role] += (double)roles[role];
    table->drawn[ML_ROLE_ALLOCATOR] +=
        (double)(ml_block_bytes(table->walk, block) - block->request_bytes);
}

void
ml_table_add_column(MlTable *table, const MlColumn *column)
{
    for (int role = 0; role < ML_N_ROLES; role++)
        table->drawn[role] += column->drawn[role];
}

void
ml_table_finish(MlTable *table, const char *setup)
{
    MlClaim sum;
    const MlDiagramFacts *facts = table->facts;
    g_autofree char *title = ml_table_title(facts);
    g_auto(GStrv) subtitle = ml_finding_subtitle(facts, setup);
    ml_furniture_title(
        table->scene, ML_LADDER(title, facts->walk->title), (const char *const *)subtitle);
    if (facts->walk->n > 0) {
        ml_furniture_scale(table->scene);
        ml_table_draw_object_names(table);
    } else {
        ml_finding_draw_nothing(table->scene);
    }
    table->scene->is_cramped =
        facts->walk->n > 0 && (table->drawn[ML_ROLE_DATA] + table->drawn[ML_ROLE_POINTER] <= 0 ||
                                  table->scene->byte_width < BYTE_WIDTH_CRAMPED);
    claim(facts, table->drawn, &sum);
    ml_finding_draw_sum(table->scene, facts, &sum);
}

void
ml_table_claim(const MlDiagramFacts *facts, MlClaim *ret_claim)
{
    const double nothing[ML_N_ROLES] = { 0 };
    claim(facts, nothing, ret_claim);
}

gboolean
ml_table_missing(const MlDiagramFacts *facts, GError **error)
{
    return ml_fail(error,
        ML_ERROR_INPUT,
        "%s: the walk lacks the table, or its first entries: record it anew",
        facts->walk->structure);
}
