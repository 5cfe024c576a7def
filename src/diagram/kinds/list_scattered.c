/* The scattered list: as many nodes as fit, in address order, to see where the links lead. */
#include "base/language.h"
#include "base/number.h"
#include "core/structure.h"
#include "diagram/finding.h"
#include "diagram/kinds/chain.h"
#include "diagram/kinds/logical_shapes.h"
#include "diagram/wording.h"

/* "On average a link leads 64 B on, 5 of 11 backwards"; of the links that were sampled. */
static char *
title(const MlDiagramFacts *facts)
{
    MlRun nodes;
    MlChainJumps jumps;
    if (!ml_run_init(&nodes, facts, ml_chain_node(facts->walk), NULL) || nodes.n_head < 2)
        return ml_finding_title(facts);
    ml_chain_jumps(&nodes, &jumps);
    if (jumps.adjacent == jumps.links)
        return g_strdup(_("Each link leads to the block that follows"));
    g_autofree char *distance = ml_wording_amount(jumps.distance, 0);
    return g_strdup_printf(_("The list jumps: %s B a link, %u of %u %s"),
        distance,
        jumps.backwards,
        jumps.links,
        P_("leads back", "lead back", jumps.links));
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_autofree char *finding = title(facts);
    return ml_chain_layout(facts, scene, finding, TRUE, error);
}

static char *
describe(const MlDiagramFacts *facts)
{
    g_autofree char *finding = title(facts);
    return ml_chain_describe(facts, finding);
}

static char *
terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_autofree char *finding = title(facts);
    return ml_chain_terminal(facts, finding, ascii, columns);
}

static const char *const examples[] = { "linked-list:order=shuffled", NULL };

const MlDiagramKind ml_diagram_kind_list_scattered = {
    .name = "list-scattered",
    .summary = "many nodes of a list in address order: where its links lead through memory",
    .needs = ML_NEEDS_WALK,
    .shapes = 1u << ML_SHAPE_CHAIN,
    .examples = examples,
    .layout = layout,
    .describe = describe,
    .logical = ml_logical_chain,
    .terminal = terminal,
};
