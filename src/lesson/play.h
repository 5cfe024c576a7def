/* A lesson taken screen by screen, with keys. */
#pragma once

#include "lesson/lesson.h"
#include "lesson/progress.h"
#include "lesson/ui.h"

typedef enum {
    ML_PLAY_LEFT,     /* q: the place is kept */
    ML_PLAY_FINISHED, /* past the last screen */
    ML_PLAY_OTHER,    /* another lesson was chosen */
} MlPlayEnd;

typedef struct {
    MlPlayEnd end;
    guint screen;  /* on which it ended, from 0 */
    guint other;   /* ML_PLAY_OTHER: that lesson's number */
    char *warning; /* (nullable): why the place could not be kept */
} MlPlayed;

void ml_played_clear(MlPlayed *played);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlPlayed, ml_played_clear)

/**
 * ml_lesson_play: take a lesson from screen @from on.
 * @from: from 0; the cells of the screens before it are run first, with the answers that are kept
 * @progress: (inout): saved after each screen; where it cannot be, the lesson goes on without
 * @ret_played: (out)
 *
 * Errors: of cells, of measuring, of the UI.
 */
gboolean ml_lesson_play(const MlLesson *lesson,
    guint from,
    MlProgress *progress,
    const MlLessonUi *ui,
    MlPlayed *ret_played,
    GError **error);
