/* A lesson on the terminal: its views on a screen, its keys from the keyboard. */
#pragma once

#include "lesson/ui.h"
#include "term/screen.h"

/**
 * ml_lesson_terminal: show a lesson on @screen.
 * @screen: (transfer none): must outlive the answer
 *
 * @ascii: as ml_screen_open() was told
 */
MlLessonUi ml_lesson_terminal(MlScreen *screen, gboolean ascii);
