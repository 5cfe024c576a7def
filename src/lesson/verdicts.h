/* What the answers so far were worth, and which branches that opens. */
#pragma once

#include "exercise/question.h"
#include "lesson/lesson.h"

typedef struct MlVerdicts MlVerdicts;

MlVerdicts *ml_verdicts_new(void);
void ml_verdicts_free(MlVerdicts *verdicts);

/**
 * ml_verdicts_add: remember a verdict by the names that a branch may call it: "right", a wrong
 * model's id, "close", "unit", "other", "skipped"; of a choice its letter, too.
 * @verdict: (transfer none)
 */
void ml_verdicts_add(MlVerdicts *verdicts, const MlQuestion *question, const MlVerdict *verdict);

/**
 * ml_verdicts_choose: which branch of a group is shown.
 * @branches: (element-type MlLessonBranch): a screen's
 * @ret_chosen: (out): its number among them; -1 for none
 *
 * Each group is decided once; asked again, it is the same.
 * Errors: ML_ERROR_INPUT: a question that was not asked, or an expression that fails.
 */
gboolean ml_verdicts_choose(MlVerdicts *verdicts,
    MlScript *script,
    const GPtrArray *branches,
    guint group,
    int *ret_chosen,
    GError **error);
