/* Bars of characters: a glyph for each role, so that a role can be told without colour. */
#pragma once

#include <glib.h>

#include "core/role.h"

/**
 * ml_bar_glyph: the character that a role's bars are made of.
 *
 * Returns: (transfer none): one character, one column wide.
 */
const char *ml_bar_glyph(MlRole role, gboolean ascii);

/**
 * ml_bar: @cells glyphs of a role, styled (base/text.h).
 *
 * Returns: (transfer full): "" for 0 cells or fewer.
 */
char *ml_bar(MlRole role, int cells, gboolean ascii);
