/* A lesson from beginning to end as plain text: no keys, no waiting. */
#pragma once

#include "lesson/lesson.h"

typedef struct {
    int columns;
    gboolean ascii;
    guint from;          /* the first screen that is written, from 0 */
    GHashTable *answers; /* (nullable): question id → what is answered; the others are skipped */
    GPtrArray *asked;    /* (nullable) (element-type utf8): the ids of the questions are added */
    gpointer data;
    gboolean (*write)(gpointer data, const char *text, GError **error); /* styled text */
} MlStraight;

/**
 * ml_lesson_run_straight: run every screen and write it; nothing is kept.
 *
 * An answer that cannot be read is written with the reason, and the question is skipped.
 * Errors: of cells, of measuring, of writing.
 */
gboolean ml_lesson_run_straight(const MlLesson *lesson, const MlStraight *straight, GError **error);
