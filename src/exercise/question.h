/* Questions: what is asked, what the key is computed from, and how an answer is judged.
 *
 * Written as a Lua table, ask{…} in an exercise or predict{…} in a lesson:
 *
 *     ask{
 *         id = "total", prompt = "How much RAM?", unit = "bytes",
 *         key = "D.measured",
 *         right = "Right.", close = "Which term is that?",
 *         wrong = {{id = "forgot_keys", value = "D.measured - D.part.key_object.resident",
 *                   say = "The key is an object on the heap, too: {{ per(…) }} B."}},
 *         hints = {"Three kinds of block: draw one entry."},
 *     }
 *     ask{
 *         id = "why", prompt = "Why?",
 *         choices = {{"it needs time", say = "…"}, {"two objects per entry", right = true}},
 *     }
 *
 *     ask{
 *         id = "formula", prompt = "How much is asked for, as a formula in n?",
 *         key = "(ptr + box) * n", at = {1, 1000, 1000000},
 *         wrong = {{id = "box", value = "box * n", say = "…"}},
 *     }
 *
 * Texts may hold {{ formulas }}; in them `you` is the answer and `key` the key, both in the
 * question's unit. */
#pragma once

#include <glib.h>

#include "script/script.h"

typedef enum {
    ML_QUESTION_NUMBER,
    ML_QUESTION_CHOICE,
    ML_QUESTION_FORMULA, /* in n, tried at several */
} MlQuestionKind;

/* A way to be wrong that has a name: a formula, and what to say to who arrives at it. */
typedef struct {
    char *id;
    char *value; /* formula, in the question's unit */
    char *say;
} MlWrongModel;

/* One of the letters a, b, c, … */
typedef struct {
    char *text;
    gboolean right;
    double
        value; /* what the choice stands for, in the question's unit; NAN where it is no number */
    char *say; /* (nullable): feedback */
} MlAnswerChoice;

/* How far from a figure an answer may lie, as a share of that figure; 0: no such band. */
typedef struct {
    double right;
    double unit;
    double wrong;
    double close;
} MlBands;

typedef struct {
    char *id; /* lower case, with dashes */
    MlQuestionKind kind;
    gboolean is_prediction; /* predict{…}: kept, not marked; the nearest wrong model is meant */
    char *where;            /* "exercise.md:14" */
    char *prompt;
    gboolean per_element; /* the unit: bytes per element, else bytes */
    gboolean is_plain;    /* neither: a number without a unit */
    char *unit;           /* as written: "bytes", "B/elem", "times" */
    guint64 n;            /* elements, to turn one unit into the other; 0: the script's `n` */
    char *key;            /* (nullable) formula; a choice by its `right` needs none */
    MlBands bands;
    char *right;        /* (nullable) feedback for a right answer */
    char *close;        /* (nullable) … for one that is nearly right */
    char *other;        /* (nullable) … for any other; else the first hint */
    GPtrArray *wrong;   /* (element-type MlWrongModel) */
    GPtrArray *choices; /* (element-type MlAnswerChoice) */
    GPtrArray *hints;   /* (element-type utf8) */
    GArray *at;         /* of double: the n that a formula is tried at */
} MlQuestion;

typedef enum {
    ML_VERDICT_RIGHT,
    ML_VERDICT_UNIT,  /* the right value in another unit, or off by a power of ten */
    ML_VERDICT_WRONG, /* a wrong model by name */
    ML_VERDICT_CLOSE, /* half credit */
    ML_VERDICT_OTHER,
    ML_VERDICT_MALFORMED, /* to be asked again; never marked */
    ML_VERDICT_SKIPPED,   /* nothing was typed */
} MlVerdictKind;

typedef struct {
    MlVerdictKind kind;
    double answer;  /* in the question's unit; NAN where there is no number; of a formula, at the
                       last n */
    double key;     /* the same; NAN where there is no number */
    int choice;     /* from 0; -1 where none was chosen */
    double credit;  /* 1, 0.5 or 0 */
    char *wrong_id; /* (nullable): ML_VERDICT_WRONG: which */
    char *feedback; /* what to say; formulas filled in */
} MlVerdict;

void ml_question_free(MlQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlQuestion, ml_question_free)

void ml_verdict_clear(MlVerdict *verdict);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlVerdict, ml_verdict_clear)

/**
 * ml_verdict_id: "right", "unit", "wrong", "close", "other", "malformed", "skipped".
 *
 * Returns: (transfer none).
 */
const char *ml_verdict_id(MlVerdictKind kind);

/**
 * ml_question_from_asked: check a table and make it a question.
 *
 * Errors: ML_ERROR_INPUT, with file:line, the question's id, and what is wrong with which field.
 * Returns: (transfer full).
 */
MlQuestion *ml_question_from_asked(const MlAsked *asked, GError **error);

/**
 * ml_questions_take: all that the script's author cells asked since the last call.
 *
 * Errors: as ml_question_from_asked(), and for an id that is there twice.
 * Returns: (transfer full) (element-type MlQuestion).
 */
GPtrArray *ml_questions_take(MlScript *script, GError **error);

/**
 * ml_question_key: the key, in the question's unit; of a choice, its value; of a formula, that at
 * the last n.
 * @ret_key: (out): NAN for a choice without figures
 *
 * Errors: those of the formula.  This is what measures, where the formula asks for a ledger.
 */
gboolean ml_question_key(
    const MlQuestion *question, MlScript *script, double *ret_key, GError **error);

/**
 * ml_question_right_choice: which choice is the right one: the one that says so, or else the one
 * whose value is nearest to the key.
 */
gboolean ml_question_right_choice(
    const MlQuestion *question, MlScript *script, int *ret_choice, GError **error);

/**
 * ml_question_judge: what an answer is worth, and what to say to it.
 * @answer: as typed; "" is ML_VERDICT_SKIPPED
 * @ret_verdict: (out)
 *
 * Asked for bytes per element, "40 B" is read as such; "40 MB", and whatever is not below n, as a
 * total.  Tried in this order: malformed, right, unit, wrong, close, other.  A bad answer is no
 * error: errors are those of the question's formulas, or of measuring.
 */
gboolean ml_question_judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *ret_verdict,
    GError **error);

/**
 * ml_question_check_bands: whether every formula computes, every text fills in, and no answer
 * could be taken for two things at once.
 *
 * Errors: ML_ERROR_INPUT names the two bands and their figures.
 */
gboolean ml_question_check_bands(const MlQuestion *question, MlScript *script, GError **error);
