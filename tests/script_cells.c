#include "script_cells.h"

#include "ml_test.h"

int
ml_cells_setup(void **state)
{
    MlCells *cells = g_new0(MlCells, 1);
    cells->session = ml_session_new();
    cells->script = ml_script_new(cells->session);
    *state = cells;
    return 0;
}

int
ml_cells_teardown(void **state)
{
    MlCells *cells = *state;
    ml_script_free(cells->script);
    ml_session_free(cells->session);
    g_free(cells);
    return 0;
}

static void
run(MlCells *cells, const char *source, gboolean is_author, MlCellResult *ret_result)
{
    g_autoptr(GError) error = NULL;
    if (!ml_script_run_cell(cells->script, source, "cell", 1, is_author, ret_result, &error))
        fail_msg("'%s' failed: %s", source, error->message);
}

static char *
output_and_value(const MlCellResult *result)
{
    return g_strconcat(result->output, result->value, NULL);
}

char *
ml_cells_run(MlCells *cells, const char *source)
{
    g_auto(MlCellResult) result = { 0 };
    run(cells, source, FALSE, &result);
    return output_and_value(&result);
}

char *
ml_cells_author(MlCells *cells, const char *source)
{
    g_auto(MlCellResult) result = { 0 };
    run(cells, source, TRUE, &result);
    return output_and_value(&result);
}

void
ml_cells_do(MlCells *cells, const char *source)
{
    g_free(ml_cells_run(cells, source));
}

void
ml_cells_author_do(MlCells *cells, const char *source)
{
    g_free(ml_cells_author(cells, source));
}

char *
ml_cells_notes(MlCells *cells, const char *source)
{
    g_auto(MlCellResult) result = { 0 };
    run(cells, source, FALSE, &result);
    return g_strdup(result.notes);
}

char *
ml_cells_fail(MlCells *cells, const char *source, gboolean is_author, int *ret_code)
{
    g_auto(MlCellResult) result = { 0 };
    g_autoptr(GError) error = NULL;
    if (ml_script_run_cell(cells->script, source, "cell", 1, is_author, &result, &error))
        fail_msg("'%s' did not fail", source);
    if (ret_code != NULL)
        *ret_code = error->code;
    return g_strdup(error->message);
}
