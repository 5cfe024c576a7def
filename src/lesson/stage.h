/* What a lesson's items run on: the process they build in, the page they fill, and the one who
 * shows it. */
#pragma once

#include "exercise/question.h"
#include "lesson/lesson.h"
#include "lesson/page.h"
#include "lesson/progress.h"

/* The one who shows the pages. */
typedef struct {
    gpointer data;
    int (*columns)(gpointer data); /* of a line of text, at the moment */
    gboolean ascii;
    gboolean writes_files; /* pictures may be written to the current folder */
    /* (nullable): something that takes its time begins: show the page as far as it is.
     * @doing: "building …" */
    gboolean (*busy)(gpointer data, const MlPage *page, const char *doing, GError **error);
} MlLessonHost;

typedef struct {
    const MlLesson *lesson;
    const MlLessonHost *host;
    const MlProgress *progress; /* for the journal */
    MlSession *session;
    MlScript *script;
    MlPage *page;
    GPtrArray *questions; /* (element-type MlQuestion): that cells have asked */
    double you;           /* the latest answer, in its question's unit; NAN: none */
    guint n_cells;        /* shown to the learner so far */
    gboolean quiet;       /* on the way to a later screen: do not show how busy one is */
} MlStage;

/**
 * ml_stage_run_item: run one item and put what comes of it on the page.
 *
 * Errors: ML_ERROR_INPUT, with file and line; ML_ERROR_SURROUNDINGS where nothing can be measured.
 */
gboolean ml_stage_run_item(MlStage *stage, const MlLessonItem *item, GError **error);

/**
 * ml_stage_columns: of a line of text, at the moment.
 */
int ml_stage_columns(const MlStage *stage);

/**
 * ml_stage_busy: tell the host that something takes its time.
 */
gboolean ml_stage_busy(const MlStage *stage, const char *doing, GError **error);

/**
 * ml_stage_blame: turn what a cell or a formula failed with into an error that names its place.
 * @cause: (transfer full)
 *
 * Returns: FALSE.
 */
gboolean ml_stage_blame(const MlStage *stage, guint line, GError *cause, GError **error);
