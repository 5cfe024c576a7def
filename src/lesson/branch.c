#include "lesson/branch.h"

#include <string.h>

#include "base/text.h"

static gboolean
is_id(const char *text)
{
    return g_ascii_islower(*text) &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(text);
}

/* Whether @next belongs to the same choice as the branch before it. */
static gboolean
continues(const MlLessonBranch *before, const MlLessonBranch *next)
{
    gboolean is_else = next->question == NULL && next->when == NULL;
    gboolean was_else = before->question == NULL && before->when == NULL;
    if (was_else || is_else)
        return !was_else;
    return g_strcmp0(before->question, next->question) == 0;
}

static gboolean
add(MlLessonScreen *screen, const char *path, MlLessonBranch *branch, int *current, GError **error)
{
    GPtrArray *branches = screen->branches;
    const MlLessonBranch *last = branches->len > 0 ? branches->pdata[branches->len - 1] : NULL;
    gboolean follows = *current != ML_LESSON_EVERYBODY && continues(last, branch);

    if (last != NULL)
        branch->group = last->group + (follows ? 0 : 1);
    *current = (int)branches->len;
    g_ptr_array_add(branches, branch);
    if (branch->question == NULL && branch->when == NULL && !follows)
        return ml_lesson_fail(
            error, path, branch->line, "'### else' without a branch just before it");
    return TRUE;
}

gboolean
ml_branch_read(MlLessonScreen *screen,
    const char *path,
    guint line,
    const char *heading,
    int *current,
    GError **error)
{
    g_auto(GStrv) halves = g_strsplit(heading, ":", 2);
    char *key = halves[0] != NULL ? g_strstrip(halves[0]) : NULL;
    char *value = key != NULL && halves[1] != NULL ? g_strstrip(halves[1]) : NULL;

    if (g_strcmp0(key, "all") == 0 && value == NULL) {
        *current = ML_LESSON_EVERYBODY;
        return TRUE;
    }
    gboolean is_else = g_strcmp0(key, "else") == 0 && value == NULL;
    gboolean is_if = g_strcmp0(key, "if") == 0 && value != NULL && *value != '\0';
    gboolean is_verdict = !is_if && value != NULL && is_id(key) && is_id(value);
    if (!is_else && !is_if && !is_verdict) {
        g_autofree char *quoted = ml_text_quote(heading);
        return ml_lesson_fail(error,
            path,
            line,
            "%s is no branch: write '### question-id: verdict', '### if: expression', "
            "'### else' or '### all'",
            quoted);
    }
    MlLessonBranch *branch = g_new0(MlLessonBranch, 1);
    branch->line = line;
    branch->when = is_if ? g_strdup(value) : NULL;
    branch->question = is_verdict ? g_strdup(key) : NULL;
    branch->verdict = is_verdict ? g_strdup(value) : NULL;
    return add(screen, path, branch, current, error);
}

void
ml_branch_free(MlLessonBranch *branch)
{
    g_free(branch->question);
    g_free(branch->verdict);
    g_free(branch->when);
    g_free(branch);
}
