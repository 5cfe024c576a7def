/* An exercise asked on the terminal. */
#pragma once

#include "exercise/grade.h"

/**
 * ml_exercise_ask: ask every question, answer the answers, and say how it went.
 * @ret_passed: (out)
 *
 * What cannot be read is asked again; what is not right may be answered again, the last one counts.
 * `h` shows a hint, an empty line goes on.
 */
gboolean ml_exercise_ask(
    MlSitting *sitting, const MlTableSettings *settings, gboolean *ret_passed, GError **error);
