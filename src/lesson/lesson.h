/* A lesson: Markdown read into screens, and each screen into items in the order they are shown.
 *
 * Front matter gives title, minutes, objectives and exercise.  A `## Heading` begins a screen; the
 * heading names it for authors and is not shown.  Items are paragraphs, points of a list, text that
 * is shown as it stands, cells, and pauses (a line of three dashes). */
#pragma once

#include <glib.h>

#define ML_LESSON_MAX_BYTES (1 << 20)
#define ML_LESSON_EVERYBODY (-1) /* an item's branch: shown whatever was answered */

typedef enum {
    ML_ITEM_PARAGRAPH, /* styled text, {{ }} still in it, to be wrapped */
    ML_ITEM_POINT,     /* the same, behind a bullet or a number */
    ML_ITEM_TEXT,      /* a code block that is not a cell: shown as it stands */
    ML_ITEM_CELL,      /* ```memlab: shown, and run in the session */
    ML_ITEM_SHOW,      /* ```memlab show: run; what it displays is shown */
    ML_ITEM_ASK,       /* ```memlab ask: run; never printed */
    ML_ITEM_SOURCE,    /* ```memlab source NAME: the structure's C, cut from its file */
    ML_ITEM_PAUSE,     /* wait for a key, then go on with an empty screen of the same number */
} MlLessonItemKind;

typedef struct {
    MlLessonItemKind kind;
    guint line;   /* in the file; of a cell: of the fence above it */
    int branch;   /* number of the branch in the screen, or ML_LESSON_EVERYBODY */
    int indent;   /* columns: 4 a level of quotation */
    char *bullet; /* (nullable): of a POINT: "·", "1." */
    char *text;   /* the paragraph, the code, or the structure's name */
} MlLessonItem;

/* A `### …` heading.  Branches that follow each other are a group, of which one is shown. */
typedef struct {
    guint line;
    guint group;
    char *question; /* (nullable): shown when its answer got this verdict: */
    char *verdict;  /* (nullable): "right", a wrong model's id, "other", "skipped" */
    char *when;     /* (nullable): else, shown when this expression is true; NULL: `### else` */
} MlLessonBranch;

typedef struct {
    guint line;
    char *heading;
    GPtrArray *items;    /* of MlLessonItem */
    GPtrArray *branches; /* of MlLessonBranch */
} MlLessonScreen;

typedef struct {
    char *path; /* as given, for messages */
    char *name; /* "01-a-million-integers" */
    guint number;
    char *title;
    guint minutes;
    char *exercise;        /* (nullable) */
    GPtrArray *objectives; /* of char * */
    GPtrArray *screens;    /* of MlLessonScreen; empty where only the front matter was read */
} MlLesson;

void ml_lesson_free(MlLesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlLesson, ml_lesson_free)

/**
 * ml_lesson_parse: read a lesson.
 * @path: (transfer none): names the file in messages; its name gives the lesson's name and number
 * @text: (transfer none): valid UTF-8, lines ended by \n
 *
 * Errors: ML_ERROR_INPUT: "01-x.md:41: unknown structure 'linkedlist' (did you mean …?)".
 * Returns: (transfer full).
 */
MlLesson *ml_lesson_parse(const char *path, const char *text, GError **error);

/**
 * ml_lesson_load: read a lesson's file.
 *
 * Returns: (transfer full).
 */
MlLesson *ml_lesson_load(const char *path, GError **error);

/**
 * ml_lesson_load_head: read a lesson's front matter alone.
 *
 * Returns: (transfer full): without screens.
 */
MlLesson *ml_lesson_load_head(const char *path, GError **error);

/**
 * ml_lesson_fail: an error that names the place: "path:line: …".
 *
 * Returns: FALSE.
 */
gboolean ml_lesson_fail(GError **error, const char *path, guint line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
