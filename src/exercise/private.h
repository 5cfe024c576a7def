/* What the files of this folder share; nobody else includes it. */
#pragma once

#include "exercise/exercise.h"

#define ML_MIB_PER_MB 1.048576
#define ML_MAX_POWER 9

/**
 * ml_question_new: an empty question.
 */
MlQuestion *ml_question_new(void);

/**
 * ml_question_value: a formula of the question, in its unit, with its n.
 */
gboolean ml_question_value(const MlQuestion *question,
    MlScript *script,
    const char *formula,
    double *ret_value,
    GError **error);

/**
 * ml_question_say: a text of the question with its formulas filled in.
 * @text: (nullable): "" then
 * @you: the answer, and
 * @key: the key, both as the text may name them
 *
 * Returns: (transfer full).
 */
char *ml_question_say(const MlQuestion *question,
    MlScript *script,
    const char *text,
    double you,
    double key,
    GError **error);

/**
 * ml_formula_value: the value of a formula at number @i of its n.
 * @formula: the key's, or a wrong model's
 */
gboolean ml_formula_value(const MlQuestion *question,
    MlScript *script,
    const char *formula,
    guint i,
    double *ret_value,
    GError **error);

/**
 * ml_formula_match: which of the question's formulas has these values, one for each n.
 * @ret_text: (out) (transfer full) (nullable): what to say, formulas open
 */
gboolean ml_formula_match(const MlQuestion *question,
    MlScript *script,
    const double *values,
    MlVerdict *verdict,
    char **ret_text,
    GError **error);

/**
 * ml_formula_judge: judge an answer that is a formula.
 * @ret_text: (out) (transfer full): what to say, formulas open; NULL where it is malformed
 */
gboolean ml_formula_judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    char **ret_text,
    GError **error);

/**
 * ml_number_read: an answer as a number in the question's unit, into @verdict.
 */
gboolean ml_number_read(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error);

/**
 * ml_number_judge: which band the answer lies in.
 * @verdict: (inout): answer and key are known
 * @ret_text: (out) (transfer full) (nullable): what to say, formulas open
 */
gboolean ml_number_judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    char **ret_text,
    GError **error);

/**
 * ml_verdict_malformed: the answer cannot be read: no error of ours, but to be asked again.
 *
 * Returns: TRUE, so that a caller can return it.
 */
gboolean ml_verdict_malformed(MlVerdict *verdict, const char *message);

/**
 * ml_question_other_text: what to say to an answer that nothing is known of.
 *
 * Returns: (transfer none).
 */
const char *ml_question_other_text(const MlQuestion *question);

/**
 * ml_unit_factor: by what number @i of the slips with units multiplies the right figure: MB for
 * MiB, MiB for MB, and powers of ten.
 *
 * Returns: 0 where there is no such slip any more.
 */
double ml_unit_factor(guint i);

struct MlSitting {
    MlExercise *exercise;
    MlSession *session;
    MlScript *script;
    GPtrArray *questions; /* (element-type MlQuestion) */
    gboolean has_keys;    /* the key cells have run */
};

/**
 * ml_sitting_run_cells: run all cells of one kind.
 */
gboolean ml_sitting_run_cells(
    MlSitting *sitting, const GPtrArray *blocks, MlBlockKind kind, GError **error);

/**
 * ml_sitting_prepare: run the key cells, once.
 */
gboolean ml_sitting_prepare(MlSitting *sitting, GError **error);
