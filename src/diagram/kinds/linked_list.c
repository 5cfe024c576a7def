/* The linked list: a few nodes side by side, byte by byte, each link an arrow to byte 0 of the node
 * it leads to. */
#include "core/structure.h"
#include "diagram/finding.h"
#include "diagram/kinds/chain.h"
#include "diagram/kinds/logical_shapes.h"

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_autofree char *title = ml_finding_title(facts);
    return ml_chain_layout(facts, scene, title, FALSE, error);
}

static char *
describe(const MlDiagramFacts *facts)
{
    g_autofree char *title = ml_finding_title(facts);
    return ml_chain_describe(facts, title);
}

static char *
terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_autofree char *title = ml_finding_title(facts);
    return ml_chain_terminal(facts, title, ascii, columns);
}

static const char *const examples[] = { "linked-list", NULL };

const MlDiagramKind ml_diagram_kind_linked_list = {
    .name = "linked-list",
    .summary = "the nodes of a list and their links, byte by byte, with real addresses",
    .needs = ML_NEEDS_WALK,
    .shapes = 1u << ML_SHAPE_CHAIN,
    .examples = examples,
    .layout = layout,
    .describe = describe,
    .logical = ml_logical_chain,
    .terminal = terminal,
};
