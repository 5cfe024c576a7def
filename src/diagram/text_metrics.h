/* Text, measured and set with memlab's own fonts.
 *
 * Unhinted and without the system's font rules, so that a letter has the same width in every
 * picture format, at every scale and on every machine.  One context measures and draws. */
#pragma once

#include <glib.h>
#include <pango/pango.h>

/* Freed with g_object_unref(). */
typedef PangoContext MlMetrics;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlMetrics, g_object_unref)

typedef enum {
    ML_WEIGHT_REGULAR,
    ML_WEIGHT_SEMIBOLD,
    ML_WEIGHT_BOLD,
} MlWeight;

/* How a text is set. */
typedef struct {
    double size; /* px; never below ML_TYPE_FLOOR */
    MlWeight weight;
    gboolean mono;
} MlType;

#define ML_TYPE_FLOOR 28.0
#define ML_TYPE_TOTAL ((MlType){ .size = 68, .weight = ML_WEIGHT_BOLD })
#define ML_TYPE_TITLE ((MlType){ .size = 60, .weight = ML_WEIGHT_BOLD })
#define ML_TYPE_TITLE_LONG ((MlType){ .size = 44, .weight = ML_WEIGHT_BOLD })
#define ML_TYPE_TERM ((MlType){ .size = 52, .weight = ML_WEIGHT_BOLD })
#define ML_TYPE_BAR_TOTAL ((MlType){ .size = 46, .weight = ML_WEIGHT_BOLD })
#define ML_TYPE_OPERATOR ((MlType){ .size = 46 })
#define ML_TYPE_SUBTITLE ((MlType){ .size = 34 })
#define ML_TYPE_ROW_NAME ((MlType){ .size = 34, .weight = ML_WEIGHT_SEMIBOLD })
#define ML_TYPE_NOTE ((MlType){ .size = 30 })
#define ML_TYPE_CELL ((MlType){ .size = 30, .mono = TRUE })
#define ML_TYPE_CELL_DATA ((MlType){ .size = 30, .weight = ML_WEIGHT_BOLD, .mono = TRUE })
#define ML_TYPE_SMALL ((MlType){ .size = ML_TYPE_FLOOR })
#define ML_TYPE_FIELD ((MlType){ .size = ML_TYPE_FLOOR, .weight = ML_WEIGHT_SEMIBOLD })
#define ML_TYPE_ADDRESS ((MlType){ .size = ML_TYPE_FLOOR, .mono = TRUE })

/* Half the height of a capital, in sizes: the baseline lies this far below the optical centre. */
#define ML_CAP_HALF 0.364

/* The families as a viewer of an SVG may have them, best first. */
#define ML_FAMILY_SANS "Inter, 'DejaVu Sans', Verdana, sans-serif"
#define ML_FAMILY_MONO "'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"

typedef struct {
    double width; /* px, the advance */
    double above; /* px of ink above the baseline */
    double below; /* px of ink below it */
    int unknown;  /* letters that no font has */
} MlExtent;

/**
 * ml_metrics_new: the fonts that ship with memlab; where these are missing, the system's.
 *
 * Errors: ML_ERROR_SURROUNDINGS where there are no fonts at all.
 * Returns: (transfer full).
 */
MlMetrics *ml_metrics_new(GError **error);

/**
 * ml_metrics_new_from: these font files alone, without any rule of the system.
 * @files: (nullable): NULL-terminated paths; NULL: the system's fonts and rules
 *
 * Errors: ML_ERROR_SURROUNDINGS names a file that is no font, or says that letters are missing.
 * Returns: (transfer full).
 */
MlMetrics *ml_metrics_new_from(const char *const *files, GError **error);

/**
 * ml_metrics_layout: one line of text, ready to draw.
 *
 * Returns: (transfer full).
 */
PangoLayout *ml_metrics_layout(MlMetrics *metrics, const char *text, MlType type);

/**
 * ml_metrics_known: the text with a question mark for each letter that no font has; a key may be in
 * any script.
 *
 * Returns: (transfer full).
 */
char *ml_metrics_known(MlMetrics *metrics, const char *text, MlType type);

MlExtent ml_metrics_extent(MlMetrics *metrics, const char *text, MlType type);
double ml_metrics_width(MlMetrics *metrics, const char *text, MlType type);
