/* Diagram kinds: what draws facts. */
#pragma once

#include "diagram/scene.h"
#include "facts/walk.h"

/* What a picture is drawn from; all (transfer none). */
typedef struct {
    const MlWalk *walk; /* (nullable) */
    guint n_ledgers;
    const MlLedger *const *ledgers; /* the walk's own, or those to be shown side by side */
} MlDiagramFacts;

typedef enum {
    ML_NEEDS_WALK,    /* the walk of one structure, and its ledger */
    ML_NEEDS_LEDGERS, /* one ledger or more */
} MlDiagramNeeds;

typedef struct {
    const char *name;    /* as typed: "boxed-array" */
    const char *summary; /* one line */
    MlDiagramNeeds needs;
    guint shapes;                /* bit 1 << MlShape for each shape it can draw from a walk */
    const char *const *examples; /* NULL-terminated: structures to show where none is named */

    /* Lays the facts out.  Errors: ML_ERROR_USAGE for what cannot be drawn; ML_ERROR_INPUT for
     * facts that lack what is to be drawn. */
    gboolean (*layout)(const MlDiagramFacts *facts, MlScene *scene, GError **error);

    /* The picture in words, for those who do not see it.  Returns: (transfer full). */
    char *(*describe)(const MlDiagramFacts *facts);

    /* (nullable): the picture in characters, styled (base/text.h); lines ended by \n, none wider
     * than @columns.  Returns: (transfer full). */
    char *(*terminal)(const MlDiagramFacts *facts, gboolean ascii, int columns);
} MlDiagramKind;
