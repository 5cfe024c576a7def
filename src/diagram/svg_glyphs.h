/* Letters as outlines, for programs that lack the fonts: each glyph of a document is defined once,
 * and used wherever it stands. */
#pragma once

#include "diagram/scene.h"

typedef struct MlSvgGlyphs MlSvgGlyphs;

/**
 * ml_svg_glyphs_new: no glyphs yet.
 * @id: (transfer none): of the document; theirs begin with it and count on from 0
 *
 * Returns: (transfer full).
 */
MlSvgGlyphs *ml_svg_glyphs_new(const char *id);
void ml_svg_glyphs_free(MlSvgGlyphs *glyphs);

/**
 * ml_svg_glyphs_append: the glyphs of a text, where they stand: `<use …/><use …/>`.
 */
void ml_svg_glyphs_append(
    MlSvgGlyphs *glyphs, GString *out, MlMetrics *metrics, const MlItem *text);

/**
 * ml_svg_glyphs_append_definitions: what the uses refer to.
 */
void ml_svg_glyphs_append_definitions(const MlSvgGlyphs *glyphs, GString *out);
