/* Pictures of facts: kind + facts → scene → SVG, PNG, PDF. */
#pragma once

#include "diagram/kind.h"
#include "diagram/theme.h"
#include "facts/recording.h"

typedef enum {
    ML_FORMAT_SVG,
    ML_FORMAT_PNG,
    ML_FORMAT_PDF,
} MlFormat;

typedef struct {
    const MlSize *size;   /* (nullable): NULL: a slide */
    const char *title;    /* (nullable): in place of the finding */
    gboolean logical;     /* boxes and pointers too, above the bytes */
    gboolean large;       /* fewer and larger things, for the back row */
    MlLetters letters;    /* of an SVG */
    const char *language; /* (nullable): as ml_language_find() has it; NULL: English */
} MlDiagramSettings;

/**
 * ml_diagram_kinds: all kinds.
 *
 * Returns: (transfer none): NULL-terminated.
 */
const MlDiagramKind *const *ml_diagram_kinds(void);

/**
 * ml_diagram_find: a kind by name.
 *
 * Errors: ML_ERROR_USAGE suggests the nearest name.  Returns: (transfer none).
 */
const MlDiagramKind *ml_diagram_find(const char *name, GError **error);

/**
 * ml_diagram_facts: what was recorded, as facts to draw.
 *
 * Returns: they borrow from @recording.
 */
MlDiagramFacts ml_diagram_facts(const MlRecording *recording);

/**
 * ml_diagram_accepts: whether the facts are such as the kind draws.
 *
 * Errors: ML_ERROR_USAGE says what it draws instead.
 */
gboolean ml_diagram_accepts(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error);

/**
 * ml_diagram_has_room: whether so many structures fit into one picture: known before anything is
 * built.
 * @settings: (transfer none): its size, and whether it is large
 *
 * Errors: ML_ERROR_USAGE says how many do.
 */
gboolean ml_diagram_has_room(
    const MlDiagramKind *kind, guint n, const MlDiagramSettings *settings, GError **error);

/**
 * ml_diagram_logical: the boxes and pointers that facts stand for.
 *
 * Errors: ML_ERROR_USAGE names the kinds that have such a view.  Returns: (transfer full).
 */
MlLogical *ml_diagram_logical(
    const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error);

/**
 * ml_diagram_lay_out: lay facts out in an empty scene, below their logical view where there is one.
 * @logical: (transfer none) (nullable): it is fitted to the room
 *
 * Errors: as ml_diagram_scene().
 */
gboolean ml_diagram_lay_out(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    MlLogical *logical,
    MlScene *scene,
    GError **error);

/**
 * ml_diagram_scene: lay facts out.
 * @settings: (transfer none) (nullable)
 *
 * Errors: ML_ERROR_USAGE for facts that do not suit the kind or do not fit, and for a title that no
 * font has the letters of; ML_ERROR_INPUT for a
 * recording that lacks blocks; ML_ERROR_SURROUNDINGS where there are no fonts.
 * Returns: (transfer full).
 */
MlScene *ml_diagram_scene(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    const MlDiagramSettings *settings,
    GError **error);

/**
 * ml_diagram_describe: the picture in words; ml_diagram_terminal: in characters.
 * @logical: (transfer none) (nullable): the logical view comes first in characters, and last in
 *   words; it is fitted to the room
 *
 * Returns: (transfer full).
 */
char *ml_diagram_describe(
    const MlDiagramKind *kind, const MlDiagramFacts *facts, const MlLogical *logical);
char *ml_diagram_terminal(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    MlLogical *logical,
    gboolean ascii,
    int columns);

/**
 * ml_diagram_format: the format that a file's name asks for.
 *
 * Errors: ML_ERROR_USAGE names the formats there are.
 */
gboolean ml_diagram_format(const char *path, MlFormat *ret_format, GError **error);

/**
 * ml_diagram_render: the scene as the bytes of a file, the same for the same scene.
 * @scale: of a PNG, and of how an SVG says it wants to be shown; 1: px as the size has them.  A PDF
 * has its size on paper
 *
 * Errors: ML_ERROR_USAGE for a picture too large; ML_ERROR_SURROUNDINGS.
 * Returns: (transfer full).
 */
GBytes *ml_diagram_render(
    const MlScene *scene, MlFormat format, const MlTheme *theme, double scale, GError **error);
