/* The size of a picture: how much room a layout has.
 *
 * Letters are never smaller than ML_TYPE_FLOOR px, whatever the size: a larger picture shows more,
 * a smaller one less. */
#pragma once

#include <glib.h>

typedef struct {
    const char *name; /* "16:9"; NULL: as typed, "1280x960" */
    double width;     /* px at scale 1 */
    double height;
    double points_per_px; /* of a PDF: how large it is on paper */
} MlSize;

/* Every kind can be laid out in this much room, and in any larger. */
#define ML_SIZE_LEAST_WIDTH 1200.0
#define ML_SIZE_LEAST_HEIGHT 720.0

/**
 * ml_size_slide: a slide of 16:9, 1920 by 1080 px: the default.
 */
MlSize ml_size_slide(void);

/**
 * ml_size_parse: a size by name ("16:9", "4:3", "a4", "column"), or "WIDTHxHEIGHT" in px.
 *
 * Errors: ML_ERROR_USAGE for another name, and for less room or more than there may be.
 */
gboolean ml_size_parse(const char *text, MlSize *ret_size, GError **error);

/**
 * ml_size_zoom_large: how much larger everything may be drawn for the back row: at most 1.5, less
 * where a layout would not have the least room.
 */
double ml_size_zoom_large(const MlSize *size);
