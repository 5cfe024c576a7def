/* What a whole answer sheet is worth. */
#pragma once

#include "exercise/answers.h"
#include "exercise/exercise.h"

typedef struct {
    const MlQuestion *question; /* belongs to the sitting */
    MlVerdict verdict;
} MlGraded;

typedef struct {
    const MlExercise *exercise;
    guint64 n;
    GPtrArray *graded; /* (element-type MlGraded): in the questions' order */
    double credit;     /* the sum */
    gboolean passed;   /* every answer is right */
} MlGrade;

/**
 * ml_grade_new: judge every answer of a sheet.
 * @sheet: (inout): gets a fault for each id that is unknown or missing, and for each answer that
 *         cannot be read; those are not marked, the others are
 *
 * Errors: those of the questions' formulas, and of measuring.
 * Returns: (transfer full): valid as long as the sitting.
 */
MlGrade *ml_grade_new(MlSitting *sitting, MlAnswerSheet *sheet, GError **error);
void ml_grade_free(MlGrade *grade);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlGrade, ml_grade_free)

/**
 * ml_grade_to_json: schema memlab.result.1.
 * @sheet: its faults are in it, too
 *
 * Returns: (transfer full).
 */
json_t *ml_grade_to_json(const MlGrade *grade, const MlAnswerSheet *sheet);

/**
 * ml_grade_text: a line for each question, what is to be said to it, and the sum.
 *
 * Returns: (transfer full): styled lines.
 */
char *ml_grade_text(const MlGrade *grade, int columns);

/**
 * ml_grade_sum: "2.5 of 4: not passed".
 *
 * Returns: (transfer full): one line, ended by \n.
 */
char *ml_grade_sum(const MlGrade *grade);
