/* Figures as a lesson shows them: few, side by side, each with its bar and its number. */
#pragma once

#include "facts/ledger.h"
#include "lesson/lesson.h"

typedef struct {
    const char *label;
    double value; /* finite */
} MlLessonBar;

/**
 * ml_lesson_held: "held in RAM    8 003 584 B  =  7.6 MiB  =  8.0 MB".
 * @with_each: and below it "per element    8.0 B"
 *
 * Returns: (transfer full).
 */
char *ml_lesson_held(const MlLedger *ledger, gboolean with_each);

/**
 * ml_lesson_roles: bytes per element by role, those that round to 0.0 left out; `unexplained`
 * always stands.
 *
 * Returns: (transfer full): styled lines.
 */
char *ml_lesson_roles(const MlLedger *ledger, int columns, gboolean ascii);

/**
 * ml_lesson_bars: a line for each: label, number, bar: one cell for a byte where there is room.
 *
 * Returns: (transfer full).
 */
char *ml_lesson_bars(const MlLessonBar *bars, guint n_bars, int columns);

/**
 * ml_lesson_ledger_heading: @title, and on the right "n = 1 000 000   malloc: glibc 2.36".
 * @title: (nullable)
 *
 * Returns: (transfer full).
 */
char *ml_lesson_ledger_heading(const MlLedger *ledger, const char *title, int columns);

/**
 * ml_lesson_journal: predictions, what was measured, and how far off they were, signed.
 * @journal: (element-type MlJournalEntry)
 *
 * Returns: (transfer full).
 */
char *ml_lesson_journal(const GPtrArray *journal, int columns);

/**
 * ml_lesson_next: the exercise that belongs to a lesson, and the lesson after it.
 * @after: (nullable)
 *
 * Returns: (transfer full): "" where there is neither.
 */
char *ml_lesson_next(const MlLesson *lesson, const MlLesson *after);
