#include "run_memlab.h"

#include "ml_test.h"

#include <string.h>
#include <sys/wait.h>

#include "base/text.h"

void
ml_run_clear(MlRun *run)
{
    g_clear_pointer(&run->out, g_free);
    g_clear_pointer(&run->err, g_free);
}

/* memlab comes first in PATH; nothing of the caller's terminal or settings shines through. */
static char **
environment(void)
{
    static const char *const unset[] = { "COLUMNS", "LINES", "NO_COLOR", "PAGER", "TERM" };
    g_autofree char *folder = g_path_get_dirname(g_getenv("MEMLAB_TEST_PROGRAM"));
    g_autofree char *path = g_strconcat(folder, ":", g_getenv("PATH"), NULL);
    char **variables = g_get_environ();

    for (size_t i = 0; i < G_N_ELEMENTS(unset); i++)
        variables = g_environ_unsetenv(variables, unset[i]);
    variables = g_environ_setenv(variables, "PATH", path, TRUE);
    variables = g_environ_setenv(variables, "LC_ALL", "C.UTF-8", TRUE);
    variables = g_environ_setenv(variables, "XDG_STATE_HOME", "/dev/null", TRUE);
    return variables;
}

static MlRun
spawn(char **arguments)
{
    MlRun run = { .status = -1 };
    g_auto(GStrv) variables = environment();
    g_autoptr(GError) error = NULL;
    int status = 0;

    if (!g_spawn_sync(NULL,
            arguments,
            variables,
            G_SPAWN_SEARCH_PATH,
            NULL,
            NULL,
            &run.out,
            &run.err,
            &status,
            &error))
        fail_msg("%s", error->message);
    run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}

static char *
word(const char *text)
{
    return (char *)(guintptr)text;
}

MlRun
ml_run(const char *line)
{
    char *arguments[] = { word("sh"), word("-c"), word(line), NULL };
    return spawn(arguments);
}

MlRun
ml_run_on_terminal(const char *line)
{
    g_autofree char *with_term = g_strconcat("TERM=xterm-256color ", line, NULL);
    char *arguments[] = { word("script"),
        word("--quiet"),
        word("--return"),
        word("--command"),
        with_term,
        word("/dev/null"),
        NULL };
    return spawn(arguments);
}

MlRun
ml_assert_run(const char *line, int status, const char *expected)
{
    MlRun run = ml_run(line);
    gboolean is_right = expected != NULL ? strstr(run.err, expected) != NULL : *run.err == '\0';

    if (run.status != status)
        fail_msg("%s: status %d, not %d: %s", line, run.status, status, run.err);
    if (!is_right)
        fail_msg("%s: said '%s', not '%s'", line, run.err, expected != NULL ? expected : "");
    if (expected != NULL) {
        assert_true(g_str_has_prefix(run.err, "memlab: "));
        assert_ptr_equal(strchr(run.err, '\n'), run.err + strlen(run.err) - 1); /* one line */
    }
    return run;
}

/* --- JSON ------------------------------------------------------------------------------------- */

json_t *
ml_run_json(const char *line)
{
    g_auto(MlRun) run = ml_assert_run(line, 0, NULL);
    json_error_t error;
    json_t *json = json_loads(run.out, 0, &error);

    if (json == NULL)
        fail_msg("%s: no JSON: line %d: %s", line, error.line, error.text);
    return json;
}

static gboolean
is_of_type(const json_t *value, const char *type)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "object",
        [JSON_ARRAY] = "array",
        [JSON_STRING] = "string",
        [JSON_INTEGER] = "integer",
        [JSON_REAL] = "real",
        [JSON_TRUE] = "boolean",
        [JSON_FALSE] = "boolean",
        [JSON_NULL] = "null",
    };
    return g_str_equal(names[json_typeof(value)], type);
}

void
ml_assert_keys(const json_t *object, const char *keys)
{
    g_auto(GStrv) words = g_strsplit(keys, " ", -1);

    assert_true(json_is_object(object));
    for (guint i = 0; words[i] != NULL; i++) {
        g_auto(GStrv) pair = g_strsplit(words[i], ":", 2);
        gboolean is_optional = g_str_has_suffix(pair[1], "?");
        const json_t *value = json_object_get(object, pair[0]);
        if (is_optional)
            pair[1][strlen(pair[1]) - 1] = '\0';
        if (value == NULL && !is_optional)
            fail_msg("key '%s' is missing", pair[0]);
        else if (value != NULL && !is_of_type(value, pair[1]))
            fail_msg("key '%s' is not of type %s", pair[0], pair[1]);
    }
}

void
ml_assert_columns(const char *text, int columns)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        if (ml_text_width(lines[i]) > columns)
            fail_msg("wider than %d columns: '%s'", columns, lines[i]);
}
