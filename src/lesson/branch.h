/* The third-level headings of a lesson: who sees what follows.
 *
 *   ### boxed: asked      the answer to `boxed` got the verdict `asked`
 *   ### boxed: other      … a verdict that has no heading of its own, and is neither
 *                         `right` nor `skipped`
 *   ### if: EXPRESSION    the expression is true
 *   ### else              nothing of this group was shown
 *   ### all               the branches are over: everybody
 */
#pragma once

#include "lesson/lesson.h"

/**
 * ml_branch_read: read one heading and add its branch to the screen.
 * @heading: (transfer none): as it stands in the file, without its `###`
 * @current: (inout): the branch that was open, or ML_LESSON_EVERYBODY
 *
 * Errors: ML_ERROR_INPUT.
 */
gboolean ml_branch_read(MlLessonScreen *screen,
    const char *path,
    guint line,
    const char *heading,
    int *current,
    GError **error);

void ml_branch_free(MlLessonBranch *branch);
