/* Answer sheets: text, one answer a line, as `question-id = answer`; `#` begins a comment. */
#pragma once

#include <glib.h>

typedef struct {
    char *name;        /* of the file, for messages */
    GPtrArray *ids;    /* of utf8: the questions that are answered, as they stand in the file */
    GHashTable *given; /* question id → answer, as typed; the first of two for one question */
    GHashTable *lines; /* question id → its line, from 1 */
    GPtrArray *faults; /* (element-type utf8): "answers.txt:3: …", in the order they were found */
} MlAnswerSheet;

void ml_answer_sheet_free(MlAnswerSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlAnswerSheet, ml_answer_sheet_free)

/**
 * ml_answer_sheet_parse: read a sheet; what is wrong with a line is a fault, and the others count.
 * @name: (transfer none): of the file, for messages
 * @text: (transfer none): lines ended by \n
 *
 * A `#` within an answer begins a comment where a blank stands before it.
 * Returns: (transfer full): cannot fail.
 */
MlAnswerSheet *ml_answer_sheet_parse(const char *name, const char *text);

/**
 * ml_answer_sheet_read: read a sheet's file; "-" is standard input.
 *
 * Errors: ML_ERROR_INPUT where it cannot be read, is no text, or is above 1 MiB.
 * Returns: (transfer full).
 */
MlAnswerSheet *ml_answer_sheet_read(const char *path, GError **error);

/**
 * ml_answer_sheet_check: find faults in the ids: those that nobody asked for (with the nearest one
 * that was), and those that are missing.
 * @ids: (transfer none): of all questions, NULL-terminated
 */
void ml_answer_sheet_check(MlAnswerSheet *sheet, const char *const *ids);

/**
 * ml_answer_sheet_fault: add a fault about the answer to a question, with its line.
 */
void ml_answer_sheet_fault(MlAnswerSheet *sheet, const char *id, const char *message);
