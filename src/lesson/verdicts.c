#include "lesson/verdicts.h"

#include <string.h>

#include "base/error.h"

typedef struct {
    char *name;     /* "right", "pointer-value", … */
    char letter[2]; /* of a choice, else "" */
} Given;

struct MlVerdicts {
    GHashTable *given;  /* question id → Given */
    GHashTable *chosen; /* first branch of a group → 2 + number of the one chosen, or of none */
};

static void
free_given(gpointer data)
{
    Given *given = data;
    g_free(given->name);
    g_free(given);
}

MlVerdicts *
ml_verdicts_new(void)
{
    MlVerdicts *verdicts = g_new0(MlVerdicts, 1);
    verdicts->given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_given);
    verdicts->chosen = g_hash_table_new(NULL, NULL);
    return verdicts;
}

void
ml_verdicts_free(MlVerdicts *verdicts)
{
    if (verdicts == NULL)
        return;
    g_hash_table_unref(verdicts->given);
    g_hash_table_unref(verdicts->chosen);
    g_free(verdicts);
}

void
ml_verdicts_add(MlVerdicts *verdicts, const MlQuestion *question, const MlVerdict *verdict)
{
    Given *given = g_new0(Given, 1);
    gboolean is_model = verdict->kind == ML_VERDICT_WRONG && verdict->wrong_id != NULL;
    given->name = g_strdup(is_model ? verdict->wrong_id : ml_verdict_id(verdict->kind));
    if (verdict->choice >= 0)
        given->letter[0] = (char)('a' + verdict->choice);
    g_hash_table_insert(verdicts->given, g_strdup(question->id), given);
}

static gboolean
is_named(const Given *given, const char *name)
{
    return g_str_equal(given->name, name) || g_str_equal(given->letter, name);
}

/* What `other` stands for: neither right nor skipped. */
static gboolean
is_other(const Given *given)
{
    return !g_str_equal(given->name, "right") && !g_str_equal(given->name, "skipped");
}

/* @name: the verdict to look for.  Returns: the branch, or -1. */
static int
find_verdict(MlVerdicts *verdicts, const GPtrArray *branches, guint group, gboolean by_name)
{
    for (guint i = 0; i < branches->len; i++) {
        const MlLessonBranch *branch = branches->pdata[i];
        if (branch->group != group || branch->question == NULL)
            continue;
        const Given *given = g_hash_table_lookup(verdicts->given, branch->question);
        if (by_name ? is_named(given, branch->verdict)
                    : g_str_equal(branch->verdict, "other") && is_other(given))
            return (int)i;
    }
    return -1;
}

static gboolean
find_true(MlScript *script, const GPtrArray *branches, guint group, int *ret_found, GError **error)
{
    for (guint i = 0; i < branches->len && *ret_found < 0; i++) {
        const MlLessonBranch *branch = branches->pdata[i];
        double is_true;
        if (branch->group != group || branch->when == NULL)
            continue;
        g_autofree char *formula = g_strdup_printf("(%s) and 1 or 0", branch->when);
        if (!ml_script_number(script, formula, &is_true, error))
            return FALSE;
        if (is_true > 0)
            *ret_found = (int)i;
    }
    return TRUE;
}

static int
find_else(const GPtrArray *branches, guint group)
{
    for (guint i = 0; i < branches->len; i++) {
        const MlLessonBranch *branch = branches->pdata[i];
        if (branch->group == group && branch->question == NULL && branch->when == NULL)
            return (int)i;
    }
    return -1;
}

static gboolean
check_asked(MlVerdicts *verdicts, const GPtrArray *branches, guint group, GError **error)
{
    for (guint i = 0; i < branches->len; i++) {
        const MlLessonBranch *branch = branches->pdata[i];
        if (branch->group == group && branch->question != NULL &&
            !g_hash_table_contains(verdicts->given, branch->question))
            return ml_fail(error,
                ML_ERROR_INPUT,
                "no question '%s' was asked before this branch",
                branch->question);
    }
    return TRUE;
}

static gpointer
key_of(const GPtrArray *branches, guint group)
{
    guint i = 0;
    while (((const MlLessonBranch *)branches->pdata[i])->group != group)
        i++;
    return branches->pdata[i];
}

gboolean
ml_verdicts_choose(MlVerdicts *verdicts,
    MlScript *script,
    const GPtrArray *branches,
    guint group,
    int *ret_chosen,
    GError **error)
{
    gpointer key = key_of(branches, group);
    int kept = GPOINTER_TO_INT(g_hash_table_lookup(verdicts->chosen, key));

    if (kept != 0) {
        *ret_chosen = kept - 2;
        return TRUE;
    }
    if (!check_asked(verdicts, branches, group, error))
        return FALSE;
    int found = find_verdict(verdicts, branches, group, TRUE);
    if (found < 0)
        found = find_verdict(verdicts, branches, group, FALSE);
    if (found < 0 && !find_true(script, branches, group, &found, error))
        return FALSE;
    if (found < 0)
        found = find_else(branches, group);
    g_hash_table_insert(verdicts->chosen, key, GINT_TO_POINTER(found + 2));
    *ret_chosen = found;
    return TRUE;
}
