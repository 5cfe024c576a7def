/* A picture of characters: text and lines on a grid, with styles (base/text.h). */
#pragma once

#include <glib.h>

#include "base/text.h"

typedef struct MlCanvas MlCanvas;

#define ML_CANVAS_PLAIN (-1)

/**
 * ml_canvas_new: an empty grid.
 *
 * What is drawn beyond it is not there.  Returns: (transfer full).
 */
MlCanvas *ml_canvas_new(int columns, int rows);
void ml_canvas_free(MlCanvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlCanvas, ml_canvas_free)

/**
 * ml_canvas_text: text, one column a character, over whatever is there.
 * @style: an MlStyle, or ML_CANVAS_PLAIN
 */
void ml_canvas_text(MlCanvas *canvas, int x, int y, const char *text, int style);

/**
 * ml_canvas_line: a line between two points of one row or one column, both included; it joins the
 * lines that it meets.
 */
void ml_canvas_line(MlCanvas *canvas, int x0, int y0, int x1, int y1);

/**
 * ml_canvas_post: a piece of a line from top to bottom, one row high.
 */
void ml_canvas_post(MlCanvas *canvas, int x, int y);

/**
 * ml_canvas_box: four lines.
 */
void ml_canvas_box(MlCanvas *canvas, int x0, int y0, int x1, int y1);

/**
 * ml_canvas_to_text: the rows, blanks at their ends left out.
 * @ascii: lines of + - |, and what else is not ASCII replaced
 *
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_canvas_to_text(const MlCanvas *canvas, gboolean ascii);

/**
 * ml_canvas_words: a paragraph in place of a picture, broken at @columns.
 * @ascii: what is not ASCII replaced, as in a picture
 *
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_canvas_words(const char *words, gboolean ascii, int columns);
