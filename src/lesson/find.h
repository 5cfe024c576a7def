/* The lessons there are: files NN-name.md in the folder of lessons. */
#pragma once

#include "lesson/lesson.h"

/**
 * ml_lessons_list: every lesson's front matter, in the order of their names.
 *
 * Errors: ML_ERROR_SURROUNDINGS where the folder is missing; ML_ERROR_INPUT for a bad file.
 * Returns: (transfer full) (element-type MlLesson): without screens.
 */
GPtrArray *ml_lessons_list(GError **error);

/**
 * ml_lessons_find: a lesson by number ("1"), by name, by the beginning of a word of it that no
 * other has, or by a path to its file (one with a '/' in it, or ending in ".md").
 *
 * Errors: ML_ERROR_USAGE suggests the nearest; those of ml_lesson_load().
 * Returns: (transfer full).
 */
MlLesson *ml_lessons_find(const char *name, GError **error);

/**
 * ml_lessons_after: the lesson that follows.
 *
 * Returns: (transfer full) (nullable): NULL after the last one; without screens.
 */
MlLesson *ml_lessons_after(const MlLesson *lesson);
