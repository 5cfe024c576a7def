/* What play.c and play_keys.c share; nobody else includes it. */
#pragma once

#include "lesson/play.h"
#include "lesson/run.h"

#define ML_PLAY_MAX_KEYS 12

typedef struct {
    const MlLesson *lesson;
    const MlLessonUi *ui;
    MlProgress *progress;
    MlPlayed *played;
    MlLessonRun *run;
    MlStop stop; /* where the run stands */
    guint at;    /* the page that is shown: the last one, or one that somebody went back to */
    gboolean has_grown; /* the last page: its beginning was shown before */
    GString *answer;
    char *notice;     /* (nullable): to be said below the page until the next key */
    gboolean goes_on; /* to the next stop */
    gboolean is_over;
} MlPlay;

const MlPage *ml_play_page(const MlPlay *play);

/**
 * ml_play_is_asking: whether the page that is shown waits for an answer.
 */
gboolean ml_play_is_asking(const MlPlay *play);

/**
 * ml_play_is_last: whether the last page of the lesson is shown.
 */
gboolean ml_play_is_last(const MlPlay *play);

/**
 * ml_play_overlay: show a page for a moment.
 * @page: (transfer full) (nullable): NULL after an error
 * @place: in the first line, on the right
 * @key: what the last line says
 * @ret_letter: (out): the key that ended it; 0 where it was no letter
 */
gboolean ml_play_overlay(MlPlay *play,
    MlPage *page,
    const char *place,
    const MlLessonKey *key,
    char *ret_letter,
    GError **error);

/**
 * ml_play_keys: the letters that do something now.
 * @ret_listed: (out): those that the last line shows, with their words
 * @ret_letters: (out): all of them, as a text
 *
 * Shape: ret_listed[ML_PLAY_MAX_KEYS], ret_letters[ML_PLAY_MAX_KEYS + 1].  Returns: how many are
 * listed.
 */
guint ml_play_keys(const MlPlay *play, MlLessonKey *ret_listed, char *ret_letters);

/**
 * ml_play_press: do what a letter stands for; nothing where it stands for nothing.
 */
gboolean ml_play_press(MlPlay *play, char letter, GError **error);
