/* PNG, written by hand over GLib's zlib: rows are not filtered.
 *
 * cairo's own writer tries five filters on each row.  They help photographs; drawings in flat
 * colours take twice the time with them and become a fifth larger. */
#pragma once

#include <cairo.h>
#include <glib.h>

/**
 * ml_png_encode: an image as the bytes of a file.
 * @image: (transfer none): RGB24, or ARGB32, which becomes a picture with an alpha channel
 *
 * Returns: (transfer full).  Errors: none.
 */
GBytes *ml_png_encode(cairo_surface_t *image);
