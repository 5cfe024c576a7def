/* Markdown blocks into screens and items. */
#pragma once

#include "lesson/lesson.h"

/**
 * ml_blocks_read: the part of the file below the front matter.
 * @lines: (transfer none): the whole file's
 * @body_line: index of the first line below the front matter
 *
 * Errors: ML_ERROR_INPUT.
 */
gboolean ml_blocks_read(MlLesson *lesson, char *const *lines, guint body_line, GError **error);
