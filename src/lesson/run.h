/* A lesson as it is taken: its items run one after the other and fill pages.  Nothing is shown
 * here, and nobody is asked: whoever drives a run does that at its stops. */
#pragma once

#include "lesson/stage.h"

typedef struct MlLessonRun MlLessonRun;

typedef enum {
    ML_STOP_QUESTION, /* ml_lesson_run_question() waits for ml_lesson_run_answer() */
    ML_STOP_PAGE,     /* the page is whole */
    ML_STOP_END,      /* there is no other screen */
} MlStop;

/**
 * ml_lesson_run_new: a run that stands before the first screen.
 * @lesson, @progress, @host: (transfer none): must outlive the run
 *
 * No process is started before a cell needs one.  Returns: (transfer full).
 */
MlLessonRun *ml_lesson_run_new(
    const MlLesson *lesson, MlProgress *progress, const MlLessonHost *host);
void ml_lesson_run_free(MlLessonRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlLessonRun, ml_lesson_run_free)

/**
 * ml_lesson_run_skip: run the screens before @screen without a stop; questions get the answers that
 * are kept in the progress, or none.
 * @screen: from 0
 */
gboolean ml_lesson_run_skip(MlLessonRun *run, guint screen, GError **error);

/**
 * ml_lesson_run_next: go on to the next stop.
 *
 * Errors: those of cells, with file and line; ML_ERROR_SURROUNDINGS where nothing can be measured.
 */
gboolean ml_lesson_run_next(MlLessonRun *run, MlStop *ret_stop, GError **error);

/**
 * ml_lesson_run_pages: the pages so far; the last one is being filled.
 *
 * Returns: (transfer none) (element-type MlPage).
 */
const GPtrArray *ml_lesson_run_pages(const MlLessonRun *run);

/**
 * ml_lesson_run_is_last: whether nothing comes after the page that is being filled.
 */
gboolean ml_lesson_run_is_last(const MlLessonRun *run);

/**
 * ml_lesson_run_question: the question that waits.
 *
 * Returns: (transfer none) (nullable).
 */
const MlQuestion *ml_lesson_run_question(const MlLessonRun *run);

/**
 * ml_lesson_run_prompt: what stands before the answer: "bytes per element > ".
 *
 * Returns: (transfer none): static text.
 */
const char *ml_lesson_run_prompt(const MlLessonRun *run);

/**
 * ml_lesson_run_answer: answer the question that waits.
 * @answer: as typed; "" skips it
 * @ret_notice: (out) (nullable): why it cannot be read; then the question still waits
 *
 * A prediction is kept in the progress.
 */
gboolean ml_lesson_run_answer(
    MlLessonRun *run, const char *answer, char **ret_notice, GError **error);

/**
 * ml_lesson_run_hint: add the question's next hint to the page.
 *
 * Returns: FALSE where there is no other.
 */
gboolean ml_lesson_run_hint(MlLessonRun *run);

/**
 * ml_lesson_run_session: the process in which the cells build.
 *
 * Returns: (transfer none).
 */
MlSession *ml_lesson_run_session(MlLessonRun *run);

/**
 * ml_lesson_run_script: what evaluates the lesson's formulas.
 *
 * Returns: (transfer none).
 */
MlScript *ml_lesson_run_script(MlLessonRun *run);
