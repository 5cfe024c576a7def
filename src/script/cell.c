#include <string.h>

#include "script/private.h"

void
ml_cell_result_clear(MlCellResult *result)
{
    g_clear_pointer(&result->output, g_free);
    g_clear_pointer(&result->value, g_free);
    g_clear_pointer(&result->notes, g_free);
}

/* Calls the function below it and makes text of its first value; both under the limits. */
static int
call_and_display(lua_State *lua)
{
    lua_call(lua, 0, LUA_MULTRET);
    lua_settop(lua, 1);
    if (lua_isnil(lua, 1))
        return 1;
    ml_lua_display(lua, 1);
    return 1;
}

/* Runs the function on top of the stack.  @ret_value: (out): what it came to, or NULL */
static gboolean
run(MlScript *script, const char *chunk_name, guint first_line, char **ret_value, GError **error)
{
    lua_State *lua = script->lua;

    lua_pushcfunction(lua, call_and_display);
    lua_insert(lua, -2);
    ml_limits_begin(script);
    int status = lua_pcall(lua, 1, 1, 0);
    ml_limits_end(script);
    if (status != LUA_OK) {
        GError *wrong = ml_lua_take_error(lua, status);
        if (!g_str_has_prefix(wrong->message, chunk_name)) /* nobody knows on which line */
            g_prefix_error(&wrong, "%s:%u: ", chunk_name, first_line);
        g_propagate_error(error, wrong);
        return FALSE;
    }
    if (!lua_isnil(lua, -1))
        *ret_value = g_utf8_make_valid(lua_tostring(lua, -1), -1);
    lua_pop(lua, 1);
    return TRUE;
}

/* Lua shows so many bytes of a name and no more: the last ones tell most. */
static const char *
shown_name(const char *chunk_name)
{
    gsize length = strlen(chunk_name);
    const char *shown = chunk_name + (length < LUA_IDSIZE ? 0 : length - (LUA_IDSIZE - 1));

    while ((*shown & 0xc0) == 0x80) /* not within a character */
        shown++;
    return shown;
}

static void
begin(MlScript *script, gboolean is_author)
{
    script->is_author = is_author;
    script->last.is_fresh = FALSE;
    script->n_notes = 0;
    g_string_truncate(script->output, 0);
    g_string_truncate(script->notes, 0);
}

/* What no name leads to is freed now, so that the line after the cell tells of it. */
static void
collect_garbage(MlScript *script)
{
    lua_settop(script->lua, 0);
    lua_gc(script->lua, LUA_GCCOLLECT);
    if (script->n_notes > ML_MAX_NOTES)
        g_string_append_printf(
            script->notes, "and freed %u more\n", script->n_notes - ML_MAX_NOTES);
}

static gboolean
watch(MlScript *script, gboolean ok, GError **error)
{
    GError *unwatched = NULL;

    script->has_line = ml_session_cell_end(script->session, &script->line, &unwatched);
    if (ok && !script->has_line) {
        g_propagate_error(error, unwatched);
        return FALSE;
    }
    g_clear_error(&unwatched);
    return ok;
}

gboolean
ml_script_run_cell(MlScript *script,
    const char *source,
    const char *chunk_name,
    guint first_line,
    gboolean is_author,
    MlCellResult *ret_result,
    GError **error)
{
    char *value = NULL;

    chunk_name = shown_name(chunk_name);
    begin(script, is_author);
    gboolean is_watched = !is_author && ml_session_cell_begin(script->session, error);
    gboolean ok = (is_author || is_watched) &&
                  ml_compile_cell(script, source, chunk_name, first_line, is_author, error) &&
                  run(script, chunk_name, first_line, &value, error);
    collect_garbage(script);
    if (is_watched)
        ok = watch(script, ok, error);
    *ret_result = (MlCellResult){
        .output = g_utf8_make_valid(script->output->str, (gssize)script->output->len),
        .value = value,
        .notes = g_strdup(script->notes->str),
        .has_line = is_watched && script->has_line,
        .line = script->line,
    };
    return ok;
}
