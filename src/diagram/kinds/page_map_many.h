/* A page each of several structures, byte by byte, side by side. */
#pragma once

#include "diagram/kinds/page_map.h"

#define ML_PAGE_MAP_MOST 4

/**
 * ml_page_map_many_layout: the picture.  Errors: ML_ERROR_USAGE where they do not fit.
 * ml_page_map_many_describe: in words.  ml_page_map_many_terminal: in characters.
 */
gboolean ml_page_map_many_layout(const MlDiagramFacts *facts, MlScene *scene, GError **error);
char *ml_page_map_many_describe(const MlDiagramFacts *facts);
char *ml_page_map_many_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);
