/* Whether a lesson still holds: its prose, its cells and keys, its screens. */
#pragma once

#include "lesson/lesson.h"

/**
 * ml_lesson_check: run a lesson as often as it takes to give every answer that it knows.
 *
 * Checked are: figures typed into prose; every cell, key and formula; bands that overlap; verdicts
 * that no answer can get; screens that do not fit 24 lines by 80 columns.
 * Returns: (transfer full) (element-type utf8): what is wrong, each with file and line; empty where
 * all is well.
 */
GPtrArray *ml_lesson_check(const MlLesson *lesson);
