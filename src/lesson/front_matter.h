/* The lines between two `---` at a lesson's head: "key: value", and "- point" below objectives. */
#pragma once

#include "lesson/lesson.h"

/**
 * ml_front_matter_read: title, minutes, objectives and exercise into @lesson.
 * @lines: (transfer none): the whole file's
 * @ret_body_line: (out): index of the first line after the front matter
 *
 * Errors: ML_ERROR_INPUT: none, not closed, an unknown key, no title.
 */
gboolean ml_front_matter_read(
    MlLesson *lesson, char *const *lines, guint *ret_body_line, GError **error);
