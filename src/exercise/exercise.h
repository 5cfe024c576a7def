/* An exercise: a folder of exercises/ with the file exercise.md.
 *
 *     ---
 *     title: A dict against a Python-style list
 *     minutes: 10
 *     ---
 *     The task, in Markdown.
 *
 *     ```memlab ask      what is asked (exercise/question.h); run first, measures nothing
 *     ```memlab key      ledgers that the keys are computed from; run before the first is needed
 *
 *     ## Hints           a list; they are for every question that has none of its own
 *     ## Solution        Markdown with {{ formulas }}, and cells that show{"ledger", "D"},
 *     ```memlab show     show{"ledger", "D", by = "part"} or show{"compare", "D", "A"} */
#pragma once

#include "exercise/question.h"
#include "render/ledger_text.h"

typedef enum {
    ML_BLOCK_PARAGRAPH, /* to be wrapped */
    ML_BLOCK_POINT,     /* of a list */
    ML_BLOCK_TEXT,      /* lines that stand as they are */
    ML_BLOCK_ASK,
    ML_BLOCK_KEY,
    ML_BLOCK_SHOW,
} MlBlockKind;

typedef struct {
    MlBlockKind kind;
    guint line; /* of its first line of text, in the file */
    char *text;
} MlExerciseBlock;

typedef struct {
    char *name; /* "dict-versus-list" */
    char *path; /* of exercise.md, for messages */
    char *title;
    guint minutes;
    GPtrArray *statement; /* of MlExerciseBlock: what stands before the sections, cells too */
    GPtrArray *hints;     /* of utf8 */
    GPtrArray *solution;  /* of MlExerciseBlock */
} MlExercise;

void ml_exercise_free(MlExercise *exercise);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlExercise, ml_exercise_free)

/**
 * ml_exercise_parse: read an exercise.
 * @path: (transfer none): names the file in messages
 *
 * Errors: ML_ERROR_INPUT, with file:line.  Returns: (transfer full).
 */
MlExercise *ml_exercise_parse(const char *name, const char *path, const char *text, GError **error);

/**
 * ml_exercise_names: the exercises there are, sorted; NULL-terminated.
 *
 * Errors: ML_ERROR_SURROUNDINGS where their folder is missing.  Returns: (transfer full).
 */
char **ml_exercise_names(GError **error);

/**
 * ml_exercise_find: an exercise by name, or by a beginning that no other has.
 *
 * Errors: ML_ERROR_USAGE for an unknown name, with the nearest; those of ml_exercise_parse().
 * Returns: (transfer full).
 */
MlExercise *ml_exercise_find(const char *name, GError **error);

/* An exercise at work: its cells have a script, its questions are known. */
typedef struct MlSitting MlSitting;

/**
 * ml_sitting_new: ask the questions.
 * @exercise: (transfer full)
 *
 * Errors: those of the cells and of the questions' tables.
 * Returns: (transfer full).
 */
MlSitting *ml_sitting_new(MlExercise *exercise, GError **error);
void ml_sitting_free(MlSitting *sitting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlSitting, ml_sitting_free)

const MlExercise *ml_sitting_exercise(const MlSitting *sitting);

/**
 * ml_sitting_questions: (transfer none) (element-type MlQuestion).
 */
const GPtrArray *ml_sitting_questions(const MlSitting *sitting);

/**
 * ml_sitting_question: a question by its id.
 *
 * Errors: ML_ERROR_USAGE, with the nearest.  Returns: (transfer none) (nullable).
 */
const MlQuestion *ml_sitting_question(const MlSitting *sitting, const char *id, GError **error);

/**
 * ml_sitting_n: the number of elements that the exercise is about; 0 where it has none.
 */
guint64 ml_sitting_n(MlSitting *sitting);

/**
 * ml_sitting_key: ml_question_key(); measures first, where nothing was measured yet.
 */
gboolean ml_sitting_key(
    MlSitting *sitting, const MlQuestion *question, double *ret_key, GError **error);

/**
 * ml_sitting_judge: ml_question_judge(); measures first, where nothing was measured yet.
 */
gboolean ml_sitting_judge(MlSitting *sitting,
    const MlQuestion *question,
    const char *answer,
    MlVerdict *ret_verdict,
    GError **error);

/**
 * ml_sitting_statement: the task as text, without its questions.
 *
 * Returns: (transfer full): styled lines.
 */
char *ml_sitting_statement(MlSitting *sitting, const MlTableSettings *settings, GError **error);

/**
 * ml_sitting_prompt: one question as text: its id, what it asks, its choices, how to answer.
 *
 * Returns: (transfer full): styled lines.
 */
char *ml_sitting_prompt(MlSitting *sitting,
    const MlQuestion *question,
    const MlTableSettings *settings,
    GError **error);

/**
 * ml_sitting_hint: hint number @i of a question, from 0; formulas filled in.
 *
 * Errors: ML_ERROR_USAGE where there are not so many.  Returns: (transfer full).
 */
char *ml_sitting_hint(MlSitting *sitting, const MlQuestion *question, guint i, GError **error);

/**
 * ml_sitting_solution: the solution as text, with its ledgers.
 *
 * Returns: (transfer full): styled lines.
 */
char *ml_sitting_solution(MlSitting *sitting, const MlTableSettings *settings, GError **error);

/**
 * ml_sitting_check: whether every key and text computes, no bands overlap, and the solution works.
 */
gboolean ml_sitting_check(MlSitting *sitting, GError **error);
