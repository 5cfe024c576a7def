#include "base/suggest.h"

#include <string.h>

#define MAX_LENGTH 63
#define MIN_PART_LENGTH 3

/* What a finger or a habit changes without meaning to: case, and '_' or ' ' for '-'. */
static char
fold(char c)
{
    return c == '_' || c == ' ' ? '-' : g_ascii_tolower(c);
}

static void
fold_into(char folded[MAX_LENGTH + 1], const char *name)
{
    size_t i = 0;
    for (; name[i] != '\0'; i++)
        folded[i] = fold(name[i]);
    folded[i] = '\0';
}

/* Letters to insert, drop, replace or swap with the next (optimal string alignment). */
static size_t
distance(const char *a, const char *b)
{
    size_t rows[3][MAX_LENGTH + 1];
    size_t *before = rows[0], *above = rows[1], *here = rows[2];
    size_t b_length = strlen(b);

    for (size_t j = 0; j <= b_length; j++)
        here[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t *oldest = before;
        before = above;
        above = here;
        here = oldest;
        here[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            here[j] = MIN(replaced, MIN(above[j], here[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                here[j] = MIN(here[j], before[j - 2] + 1);
        }
    }
    return here[b_length];
}

const char *
ml_suggest(const char *typed, const char *const *known)
{
    char wanted[MAX_LENGTH + 1];
    const char *nearest = NULL, *containing = NULL;
    size_t least = G_MAXSIZE;

    if (strlen(typed) > MAX_LENGTH)
        return NULL;
    fold_into(wanted, typed);
    for (size_t i = 0; known[i] != NULL; i++) {
        char name[MAX_LENGTH + 1];
        if (strlen(known[i]) > MAX_LENGTH)
            continue;
        fold_into(name, known[i]);
        size_t changes = distance(wanted, name);
        if (changes < least && changes * 3 <= MAX(strlen(wanted), strlen(name))) {
            least = changes;
            nearest = known[i];
        }
        if (containing == NULL && strlen(wanted) >= MIN_PART_LENGTH && strstr(name, wanted) != NULL)
            containing = known[i];
    }
    return nearest != NULL ? nearest : containing;
}

char *
ml_suggest_phrase(const char *typed, const char *const *known)
{
    const char *near = ml_suggest(typed, known);
    return near != NULL ? g_strdup_printf(" (did you mean '%s'?)", near) : g_strdup("");
}
