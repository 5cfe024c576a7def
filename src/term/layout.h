/* Where things stand on one screen: pure, so that it can be tested without a terminal.
 *
 *      memlab · 1  A million integers                                  2 of 9
 *      ──────────────────────────────────────────────────────────────────────
 *      body
 *      prompt > answer
 *      ──────────────────────────────────────────────────────────────────────
 *      Enter  next    b  back
 */
#pragma once

#include <glib.h>

typedef struct {
    const char *key;  /* "Enter" */
    const char *word; /* "next" */
} MlScreenKey;

/* What is to be shown; all text may be styled (base/text.h). */
typedef struct {
    const char *title;    /* left in the first line */
    const char *place;    /* right: "2 of 9" */
    const char *body;     /* lines ended by \n; what is too wide is broken, not cut */
    const char *prompt;   /* (nullable): an answer is wanted; it is typed behind this */
    const char *hot_keys; /* (nullable): keys that count while the answer is empty, else typed */
    gboolean from_end;    /* begin with the last page of a long body */
    gsize n_keys;
    const MlScreenKey *keys;
} MlScreenContent;

typedef struct {
    int first;      /* the first line of the body that is shown */
    int page;       /* how many fit */
    gboolean above; /* lines before `first` */
    gboolean below; /* lines after the page */
    int prompt_row; /* counted from 0 */
} MlLayoutView;

/**
 * ml_layout_width: columns of a body line on a screen of so many: for the one who wraps it.
 */
int ml_layout_width(int columns);

/**
 * ml_layout_screen: the rows of a screen.
 * @first: the first line of the body to show; is made to fit
 * @ret_view: (out)
 *
 * Returns: (transfer full): @lines strings at most, styled, none wider than @columns as far as
 * title, place and the single keys can be made to fit.
 */
GPtrArray *ml_layout_screen(
    const MlScreenContent *content, int columns, int lines, int first, MlLayoutView *ret_view);
