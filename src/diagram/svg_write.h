/* The smallest pieces of an SVG document, the same in every locale. */
#pragma once

#include "diagram/scene.h"

/**
 * ml_svg_append_number: the shortest decimal with at most two places.
 */
void ml_svg_append_number(GString *out, double value);

/**
 * ml_svg_append_attribute: ` name="value"`.
 */
void ml_svg_append_attribute(GString *out, const char *name, double value);

/**
 * ml_svg_append_text: text, escaped.  It may come out of measured memory: what XML cannot hold is
 * replaced first.
 */
void ml_svg_append_text(GString *out, const char *text);

/**
 * ml_svg_append_outline: ` d="…"`.
 */
void ml_svg_append_outline(GString *out, const MlOutline *outline);

/**
 * ml_svg_ink_name: an ink's name in the style sheet: "muted", "fill-pointer", "line-allocator".
 *
 * Returns: (transfer full).
 */
char *ml_svg_ink_name(MlInk ink);
