/* How far somebody is, and what was predicted: kept in one file, which nobody else needs.
 *
 * JSON schema: memlab.progress.1.  It is written whole after each screen. */
#pragma once

#include <glib.h>

typedef struct MlProgress MlProgress;

/* One prediction, for the journal. */
typedef struct {
    char *question; /* its id: "boxed-ints" */
    char *answer;   /* as typed; "" for a question that was skipped */
    double you;     /* in the question's unit; NAN for no number */
    double measured;
} MlJournalEntry;

/**
 * ml_progress_new: one that is kept nowhere.
 *
 * Returns: (transfer full).
 */
MlProgress *ml_progress_new(void);

/**
 * ml_progress_load: what is kept at @path; nothing where there is no such file.
 * @ret_notice: (out) (nullable) (transfer full): what is to be said of a file that cannot be read;
 * one that is damaged is put aside as PATH.corrupt
 *
 * Returns: (transfer full): cannot fail.
 */
MlProgress *ml_progress_load(const char *path, char **ret_notice);
void ml_progress_free(MlProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlProgress, ml_progress_free)

/**
 * ml_progress_save: write it, whole or not at all; its folder is made where it is missing.
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 */
gboolean ml_progress_save(const MlProgress *progress, GError **error);

/**
 * ml_progress_lesson: the lesson that was run last.
 *
 * Returns: (transfer none) (nullable).
 */
const char *ml_progress_lesson(const MlProgress *progress);

/**
 * ml_progress_screen: the screen, from 0, on which a lesson was left; 0 for one that is finished.
 */
guint ml_progress_screen(const MlProgress *progress, const char *lesson);

/**
 * ml_progress_is_finished: whether the lesson's last screen was reached, once.
 */
gboolean ml_progress_is_finished(const MlProgress *progress, const char *lesson);

void ml_progress_set_screen(MlProgress *progress, const char *lesson, guint screen);
void ml_progress_set_finished(MlProgress *progress, const char *lesson);

/**
 * ml_progress_add_entry: keep a prediction; an earlier one to the same question is forgotten.
 */
void ml_progress_add_entry(MlProgress *progress, const char *lesson, const MlJournalEntry *entry);

/**
 * ml_progress_journal: the predictions of a lesson, in the order they were made.
 *
 * Returns: (transfer full) (element-type MlJournalEntry).
 */
GPtrArray *ml_progress_journal(const MlProgress *progress, const char *lesson);

/**
 * ml_progress_answer: what was answered to a question.
 *
 * Returns: (transfer none) (nullable): NULL where it was not asked yet.
 */
const char *ml_progress_answer(
    const MlProgress *progress, const char *lesson, const char *question);

/**
 * ml_progress_reset: forget all of it.
 */
void ml_progress_reset(MlProgress *progress);
