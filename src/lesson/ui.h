/* What a lesson needs of the one who shows it screen by screen: a terminal, or a test. */
#pragma once

#include <glib.h>

typedef struct {
    const char *key;  /* "Enter" */
    const char *word; /* "next" */
} MlLessonKey;

typedef struct {
    const char *title;    /* "memlab · 1  A million integers" */
    const char *place;    /* "2 of 9" */
    const char *body;     /* styled lines, wrapped to columns() */
    const char *prompt;   /* (nullable): an answer is wanted */
    const char *hot_keys; /* (nullable): keys that count while the answer is empty */
    gboolean from_end;    /* what is new stands at the end */
    gsize n_keys;
    const MlLessonKey *keys;
} MlLessonView;

typedef enum {
    ML_LESSON_ENTER,
    ML_LESSON_LETTER,  /* any other character */
    ML_LESSON_BACK,    /* Esc */
    ML_LESSON_RESIZED, /* none: the body has to be wrapped anew */
    ML_LESSON_GONE,    /* there will be no other key */
    ML_LESSON_NONE,    /* a key without a meaning */
} MlLessonPressed;

typedef struct {
    gpointer data;
    int (*columns)(gpointer data); /* of a body line, at the moment */
    gboolean ascii;

    /* Shows a view and goes on at once: something is being built or measured. */
    gboolean (*paint)(gpointer data, const MlLessonView *view, GError **error);

    /* Shows a view and waits for a key.  @answer: (inout) (nullable): with a prompt: what was
     * typed.  @ret_letter: (out): of ML_LESSON_LETTER, in lower case. */
    gboolean (*show)(gpointer data,
        const MlLessonView *view,
        GString *answer,
        MlLessonPressed *ret_pressed,
        char *ret_letter,
        GError **error);

    /* Opens a file in whatever shows such files.  Returns: FALSE where nothing does. */
    gboolean (*open_file)(gpointer data, const char *path);
} MlLessonUi;
