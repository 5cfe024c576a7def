/* The subcommands of `memlab lesson` that have a file of their own, and what they share. */
#pragma once

#include "cli/command.h"
#include "lesson/progress.h"

extern const MlCommand ml_lesson_run_command;
extern const MlCommand ml_lesson_check_command;

/**
 * ml_lesson_load_progress: the learner's progress; a file that cannot be read is told of.
 *
 * Returns: (transfer full).
 */
MlProgress *ml_lesson_load_progress(void);

/**
 * ml_lesson_expect_end: refuse a word that is one too many.
 */
gboolean ml_lesson_expect_end(char **arguments, GError **error);
