/* Pictures of chains: nodes side by side in address order, and their links. */
#pragma once

#include "diagram/links.h"

/**
 * ml_chain_node: the part that the nodes are blocks of: the first that points to its own kind.
 */
guint ml_chain_node(const MlWalk *walk);

/**
 * ml_chain_layout: lay out a chain, see MlDiagramKind.
 * @title: (transfer none): the finding
 * @crowded: many small nodes rather than few with addresses
 */
gboolean ml_chain_layout(const MlDiagramFacts *facts,
    MlScene *scene,
    const char *title,
    gboolean crowded,
    GError **error);

/**
 * ml_chain_describe: the picture in words; see MlDiagramKind.
 * ml_chain_terminal: in characters.
 * @title: (transfer none): the finding
 */
char *ml_chain_describe(const MlDiagramFacts *facts, const char *title);
char *ml_chain_terminal(
    const MlDiagramFacts *facts, const char *title, gboolean ascii, int columns);

/* How a chain runs through memory, as far as its nodes were sampled. */
typedef struct {
    guint links;     /* from one sampled node to the next */
    guint backwards; /* of these, to a lower address */
    guint adjacent;  /* of these, to the block that follows */
    double distance; /* bytes from node to node, the mean */
} MlChainJumps;

void ml_chain_jumps(const MlRun *nodes, MlChainJumps *ret_jumps);
