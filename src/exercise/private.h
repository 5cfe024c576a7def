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
