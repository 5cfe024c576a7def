#include "diagram/kinds/chain.h"

#include <inttypes.h>
#include <math.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/caption.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/wording.h"

#define ROOMY_RULE 880 /* where the footer of a slide begins */
#define CAPTION 252
#define TOP_ROOMY 276
#define TOP_TIGHT 190
#define NODE_HEIGHT 104.0
#define NODE_HEIGHT_TIGHT 84.0
#define NAMES_DROP 40 /* of the names' baseline below the nodes */
#define NAMES_HEIGHT 50
#define DIMENSIONS_HEIGHT 96
#define DIMENSIONS_GAP 40
#define STOCK_RISE 34 /* of the note about the stock, above the rule */
#define STOCK_HEIGHT 76
#define AIR 24
#define ADDRESS_GAP 13
#define A_LINK_AND_LAST 3 /* nodes */
#define MOST_SINGLY 12    /* nodes that come one by one where it is about their places */

typedef struct {
    MlStrip strip;
    MlLinks links;
    gboolean is_roomy;
    gboolean has_dimensions;
    double names; /* baseline; 0: none */
    double dimensions;
} Picture;

guint
ml_chain_node(const MlWalk *walk)
{
    for (guint i = 0; i < walk->n_parts; i++)
        for (guint k = 0; k < walk->parts[i].n_fields; k++)
            if (walk->parts[i].fields[k].kind == ML_FIELD_POINTER && walk->totals[i].blocks > 0)
                return i;
    return 0;
}

void
ml_chain_jumps(const MlRun *nodes, MlChainJumps *ret_jumps)
{
    MlChainJumps jumps = { 0 };
    for (guint i = 1; i < nodes->n_head; i++) {
        const MlWalkSample *from = nodes->head[i - 1].block;
        const MlWalkSample *to = nodes->head[i].block;
        jumps.links++;
        if (to->address < from->address)
            jumps.backwards++;
        if (ml_block_is_followed_by(nodes->walk, from, to))
            jumps.adjacent++;
        jumps.distance += fabs((double)to->address - (double)from->address);
    }
    if (jumps.links > 0)
        jumps.distance /= jumps.links;
    *ret_jumps = jumps;
}

/* "{ next, value }: 16 B asked for, 32 B taken". */
static char *
node_words(const MlRun *nodes)
{
    const MlPart *part = &nodes->walk->parts[nodes->part];
    const MlWalkSample *node = nodes->head[0].block;
    g_autoptr(GString) fields = g_string_new(NULL);
    for (guint i = 0; i < part->n_fields; i++)
        g_string_append_printf(fields, "%s%s", i > 0 ? ", " : "", part->fields[i].name);
    return g_strdup_printf(_("{ %s }: %" PRIu64 " B asked for, %" PRIu64 " B taken"),
        fields->str,
        node->request_bytes,
        ml_block_bytes(nodes->walk, node));
}

static void
draw_caption(const Picture *picture)
{
    const MlStrip *strip = &picture->strip;
    const MlItem *name = ml_scene_text(strip->scene,
        (MlPoint){ ML_SCENE_MARGIN, strip->scene->above + CAPTION },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        strip->run->walk->parts[strip->run->part].name);
    g_autofree char *words = node_words(strip->run);
    g_autofree char *touch = g_strconcat(words, _("; the nodes touch"), NULL);
    double x = name->box.x + name->box.w + AIR;
    ml_label(strip->scene,
        (MlPoint){ x, strip->scene->above + CAPTION },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_MUTED,
        strip->scene->width - ML_SCENE_MARGIN - x,
        ml_strip_touch(strip) ? ML_LADDER(touch, words) : ML_LADDER(words));
}

/* Under each node but the leftmost, which has the names there. */
static void
draw_addresses(const Picture *picture)
{
    const MlStrip *strip = &picture->strip;
    for (guint k = 1; k < strip->n; k++) {
        guint i = strip->order[k];
        guint64 at = strip->block[i].block->address;
        g_autofree char *address = ml_block_address_label(at, strip->digits);
        ml_strip_step(strip, i);
        double x = ml_strip_byte_0(strip, i) + ADDRESS_GAP;
        double room = ml_links_clear_below(&picture->links, i, x) - ADDRESS_GAP;
        ml_label(strip->scene,
            (MlPoint){ x, picture->names },
            ML_ANCHOR_START,
            ML_TYPE_ADDRESS,
            ML_INK_MUTED,
            fmin(room, ml_strip_width(strip, i) - strip->field_width),
            ML_LADDER(address));
    }
}

/* Top to bottom: arcs, nodes, names, lanes, dimensions; what height is left is air. */
static void
place(Picture *picture, gboolean crowded)
{
    MlStrip *strip = &picture->strip;
    MlScene *scene = strip->scene;
    double top = scene->above + (picture->is_roomy ? TOP_ROOMY : TOP_TIGHT);
    double foot = picture->is_roomy ? STOCK_HEIGHT : AIR;
    double band = ml_caption_rule(scene) - foot - top;
    strip->height = picture->is_roomy ? NODE_HEIGHT : NODE_HEIGHT_TIGHT;
    double limit = (band - strip->height) / 2 - (crowded ? AIR : NAMES_HEIGHT);
    ml_links_init(&picture->links, strip, limit, crowded ? 0 : NAMES_HEIGHT - AIR);
    double below = picture->links.depth[1];
    guint leftmost = strip->order[0];
    if (!crowded && isinf(ml_links_clear_below(&picture->links, leftmost, strip->x[leftmost]))) {
        picture->names = NAMES_DROP;
        below = fmax(below, NAMES_HEIGHT);
    }
    double height = picture->links.depth[0] + strip->height + below;
    double with_dimensions = height + DIMENSIONS_GAP + DIMENSIONS_HEIGHT;
    picture->has_dimensions = !crowded && picture->is_roomy && with_dimensions < band;
    double air = band - (picture->has_dimensions ? with_dimensions : height);
    strip->y = top + air / 2 + picture->links.depth[0];
    if (picture->names > 0)
        picture->names += strip->y + strip->height;
    picture->dimensions = strip->y + strip->height + below + DIMENSIONS_GAP;
}

static void
draw(const Picture *picture, const MlDiagramFacts *facts)
{
    MlScene *scene = picture->strip.scene;
    ml_furniture_scale(scene);
    ml_strip_step(&picture->strip, 0);
    if (picture->is_roomy)
        draw_caption(picture);
    ml_strip_draw(&picture->strip);
    ml_links_draw(&picture->links);
    if (picture->names > 0) {
        ml_strip_draw_names(&picture->strip, picture->names);
        draw_addresses(picture);
    }
    if (picture->has_dimensions)
        ml_strip_draw_dimensions(&picture->strip, picture->dimensions);
    if (picture->is_roomy)
        ml_finding_draw_stock(scene, facts, ml_caption_rule(scene) - STOCK_RISE);
}

gboolean
ml_chain_layout(const MlDiagramFacts *facts,
    MlScene *scene,
    const char *title,
    gboolean crowded,
    GError **error)
{
    MlRun nodes;
    MlClaim claim;
    Picture picture = { 0 };
    MlStripNeeds needs = { .fewest = A_LINK_AND_LAST, .crowded = crowded };
    gboolean is_empty = facts->walk->n == 0;
    if (!ml_run_init(&nodes, facts, ml_chain_node(facts->walk), error) ||
        (!is_empty && !ml_strip_init(&picture.strip, scene, &nodes, &needs, error)))
        return FALSE;
    ml_run_claim(&nodes, picture.strip.n, &claim);
    ml_finding_reserve_sum(scene, facts, &claim);
    picture.is_roomy = ml_caption_rule(scene) - scene->above >= ROOMY_RULE;
    picture.strip.singly = crowded ? MOST_SINGLY : 2; /* the second has the first link */
    g_auto(GStrv) subtitle = ml_finding_subtitle(facts, _(", nodes in address order"));
    ml_furniture_title(scene, ML_LADDER(title, facts->walk->title), (const char *const *)subtitle);
    if (is_empty) {
        ml_finding_draw_nothing(scene);
    } else {
        place(&picture, crowded);
        draw(&picture, facts);
    }
    ml_finding_draw_sum(scene, facts, &claim);
    return TRUE;
}

char *
ml_chain_describe(const MlDiagramFacts *facts, const char *title)
{
    MlRun nodes;
    MlClaim claim;
    MlChainJumps jumps;
    g_autoptr(GError) error = NULL;
    if (!ml_run_init(&nodes, facts, ml_chain_node(facts->walk), &error))
        return g_strdup(error->message);
    if (facts->walk->n == 0)
        return g_strdup_printf(_("%s: nothing is asked of malloc."), title);
    guint shown = facts->walk->n < ML_FINDING_FEW ? (guint)facts->walk->n : 0;
    ml_run_claim(&nodes, shown, &claim);
    ml_chain_jumps(&nodes, &jumps);
    g_autofree char *count = ml_wording_count(facts->walk->n);
    g_autofree char *words = node_words(&nodes);
    g_autofree char *fields = ml_finding_fields(facts->walk, nodes.head[0].block);
    g_autofree char *distance = ml_wording_amount(jumps.distance, 0);
    g_autofree char *links = g_strdup_printf(_(" Of the first %u links %u lead to the block that "
                                               "follows and %u to a lower address; from "
                                               "node to node it is %s B on average."),
        jumps.links,
        jumps.adjacent,
        jumps.backwards,
        distance);
    g_autofree char *sum = ml_finding_sum(facts, &claim);
    return g_strdup_printf(_("%s. %s %s, each a block of its own %s, in bytes %s.%s %s"),
        title,
        count,
        P_("node", "nodes", facts->walk->n),
        words,
        fields,
        jumps.links > 0 ? links : "",
        sum);
}
