/* Diagram kinds: what draws facts. */
#pragma once

#include "diagram/logical.h"
#include "diagram/scene.h"
#include "facts/layout.h"
#include "facts/series.h"
#include "facts/timeline.h"
#include "facts/walk.h"

/* What a picture is drawn from; all (transfer none). */
typedef struct {
    const MlWalk *walk; /* (nullable) */
    guint n_more_walks;
    const MlWalk *const *more_walks; /* of further structures, for a kind that draws several */
    guint n_ledgers;
    const MlLedger *const *ledgers; /* the walks' own, or those to be shown side by side */
    guint n_series;
    const MlSeries *const *series; /* each with at least one point */
    guint n_layouts;
    const MlLayout *const *layouts;
    const MlTimeline *timeline; /* (nullable) */
} MlDiagramFacts;

typedef enum {
    ML_NEEDS_WALK,    /* the walk of one structure, and its ledger */
    ML_NEEDS_LEDGERS, /* one ledger or more */
    ML_NEEDS_SERIES,  /* one series or more */
    ML_NEEDS_LAYOUTS, /* one layout or more */
    ML_NEEDS_TIMELINE,
} MlDiagramNeeds;

/* Over which n a kind shows a series where nobody says otherwise. */
typedef struct {
    guint64 to;     /* the largest n; or */
    guint growths;  /* it is the first n after so many growths, and the smallest is 1 */
    guint decades;  /* the smallest: so many powers of ten less, at least 1 */
    guint measured; /* how many n to measure at, beside the growths; 0: the model alone */
} MlDiagramRange;

typedef struct {
    const char *name;    /* as typed: "boxed-array" */
    const char *summary; /* one line */
    MlDiagramNeeds needs;
    gboolean of_pages;           /* of a walk: with its page map */
    guint most_walks;            /* how many structures' walks it draws side by side; 0: one */
    gboolean is_single;          /* of series: draws one alone */
    MlDiagramRange range;        /* of series */
    guint shapes;                /* bit 1 << MlShape for each shape it can draw from a walk */
    const char *const *examples; /* NULL-terminated: structures to show where none is named */

    /* (nullable): how many structures there is room for in a scene so large; NULL: any number. */
    guint (*most)(double width, double height);

    /* (nullable): whether there is anything to draw.  Errors: ML_ERROR_USAGE. */
    gboolean (*check)(const MlDiagramFacts *facts, GError **error);

    /* Lays the facts out.  Errors: ML_ERROR_USAGE for what cannot be drawn; ML_ERROR_INPUT for
     * facts that lack what is to be drawn. */
    gboolean (*layout)(const MlDiagramFacts *facts, MlScene *scene, GError **error);

    /* The picture in words, for those who do not see it.  Returns: (transfer full). */
    char *(*describe)(const MlDiagramFacts *facts);

    /* (nullable): the boxes and pointers that the same facts stand for; no groups: there is nothing
     * to show.  Returns: (transfer full). */
    MlLogical *(*logical)(const MlDiagramFacts *facts);

    /* The picture in characters, styled (base/text.h); lines ended by \n, none wider
     * than @columns.  Returns: (transfer full). */
    char *(*terminal)(const MlDiagramFacts *facts, gboolean ascii, int columns);
} MlDiagramKind;
