#include <lualib.h>
#include <math.h>

#include "base/error.h"
#include "script/private.h"

#define EXACT_INTEGERS 0x1p53

MlScript *
ml_lua_script(lua_State *lua)
{
    return *(MlScript **)lua_getextraspace(lua);
}

MlScript *
ml_script_new(MlSession *session)
{
    MlScript *script = g_new0(MlScript, 1);

    script->session = session;
    script->limits.lifted = 1;
    script->handles = g_ptr_array_new();
    script->ledgers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)ml_ledger_free);
    script->asked = g_ptr_array_new_with_free_func((GDestroyNotify)ml_asked_free);
    script->named_elements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    script->output = g_string_new(NULL);
    script->notes = g_string_new(NULL);
    script->lua = lua_newstate(ml_limits_allocate, script);
    *(MlScript **)lua_getextraspace(script->lua) = script;

    ml_failure_setup(script->lua);
    ml_environment_setup(script);
    ml_sandbox_setup(script);
    ml_handle_setup(script);
    ml_words_setup(script);
    ml_magics_setup(script);
    ml_help_setup(script);
    ml_ctype_setup(script);
    ml_author_setup(script);
    ml_ledgers_setup(script);
    return script;
}

void
ml_script_free(MlScript *script)
{
    if (script == NULL)
        return;
    /* What was built ends with the session; to free it block by block would only take time. */
    for (guint i = 0; i < script->handles->len; i++)
        ((MlHandleValue *)script->handles->pdata[i])->is_live = FALSE;
    lua_close(script->lua);
    g_ptr_array_unref(script->handles);
    g_hash_table_unref(script->ledgers);
    g_ptr_array_unref(script->asked);
    g_hash_table_unref(script->named_elements);
    g_string_free(script->output, TRUE);
    g_string_free(script->notes, TRUE);
    g_free(script);
}

/* --- what others may know and change ---------------------------------------------------------- */

double
ml_script_set_number(MlScript *script, const char *name, double value)
{
    lua_State *lua = script->lua;

    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->author_names);
    lua_getfield(lua, -1, name);
    double old = lua_type(lua, -1) == LUA_TNUMBER ? lua_tonumber(lua, -1) : (double)NAN;
    if (fabs(value) < EXACT_INTEGERS && value == floor(value))
        lua_pushinteger(lua, (lua_Integer)value);
    else
        lua_pushnumber(lua, value);
    lua_setfield(lua, -3, name);
    lua_pop(lua, 2);
    return old;
}

GPtrArray *
ml_script_take_asked(MlScript *script)
{
    GPtrArray *asked = script->asked;
    script->asked = g_ptr_array_new_with_free_func((GDestroyNotify)ml_asked_free);
    return asked;
}

const MlLedger *
ml_script_ledger(MlScript *script, const char *name)
{
    ml_environment_find(script, TRUE, name);
    const MlLedger *ledger = ml_ledger_test(script->lua, -1);
    lua_pop(script->lua, 1);
    return ledger;
}

gboolean
ml_script_handle(MlScript *script, const char *name, MlHandle *ret_handle)
{
    ml_environment_find(script, TRUE, name);
    const MlHandleValue *value = ml_handle_test(script->lua, -1);
    lua_pop(script->lua, 1);
    if (value == NULL || !value->is_live)
        return FALSE;
    *ret_handle = value->handle;
    return TRUE;
}
