/* Themes: what colour each ink has.  A scene is the same in all of them. */
#pragma once

#include "diagram/scene.h"

typedef struct MlTheme {
    const char *name;
    const char *colour[ML_N_INKS]; /* "#rrggbb" */
    double pattern_alpha;
    double cell_edge;           /* px around each cell, in the text's ink; 0: none */
    double halo;                /* px around letters on a pattern; 0: a plate under them instead */
    gboolean transparent;       /* without background */
    const struct MlTheme *dark; /* (nullable): how it may look where the viewer prefers dark */
} MlTheme;

/**
 * ml_themes: all themes, the default first.
 *
 * Returns: (transfer none): NULL-terminated.
 */
const MlTheme *const *ml_themes(void);

/**
 * ml_theme_find: a theme by name.
 *
 * Errors: ML_ERROR_USAGE names the themes there are.
 * Returns: (transfer none).
 */
const MlTheme *ml_theme_find(const char *name, GError **error);
