#include <string.h>

#include "base/error.h"
#include "script/private.h"

#define METATABLE "memlab.error"

static int
collect(lua_State *lua)
{
    GError **box = lua_touserdata(lua, 1);
    g_clear_error(box);
    return 0;
}

static int
to_text(lua_State *lua)
{
    GError **box = lua_touserdata(lua, 1);
    lua_pushstring(lua, (*box)->message);
    return 1;
}

void
ml_failure_setup(lua_State *lua)
{
    luaL_newmetatable(lua, METATABLE);
    lua_pushcfunction(lua, collect);
    lua_setfield(lua, -2, "__gc");
    lua_pushcfunction(lua, to_text);
    lua_setfield(lua, -2, "__tostring");
    lua_pop(lua, 1);
}

/* Where the cell is: a hook runs on the cell's own level, a C function one above. */
static void
push_place(lua_State *lua)
{
    luaL_where(lua, 0);
    if (*lua_tostring(lua, -1) != '\0')
        return;
    lua_pop(lua, 1);
    luaL_where(lua, 1);
}

/* Errors of ours travel through Lua as they are, so that their code is not lost. */
int
ml_lua_raise(lua_State *lua, GError *error)
{
    MlScript *script = ml_lua_script(lua);

    script->limits.lifted++;
    push_place(lua);
    g_prefix_error(&error, "%s", lua_tostring(lua, -1));
    GError **box = lua_newuserdatauv(lua, sizeof *box, 0);
    *box = error;
    luaL_setmetatable(lua, METATABLE);
    script->limits.lifted--;
    return lua_error(lua);
}

int
ml_lua_fail(lua_State *lua, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    GError *error = g_error_new_valist(ML_ERROR, ML_ERROR_USAGE, format, arguments);
    va_end(arguments);
    return ml_lua_raise(lua, error);
}

GError *
ml_lua_take_error(lua_State *lua, int status)
{
    MlErrorCode code = ml_lua_script(lua)->is_author ? ML_ERROR_INPUT : ML_ERROR_USAGE;
    GError **box = luaL_testudata(lua, -1, METATABLE);
    GError *error;

    if (status == LUA_ERRMEM) {
        error = g_error_new_literal(ML_ERROR,
            (gint)code,
            "the cells' own values take more than 64 MiB; give their names other values, or let "
            "structures hold the data");
    } else if (box != NULL) {
        error = g_error_copy(*box);
        if (error->code == ML_ERROR_USAGE)
            error->code = (gint)code;
    } else {
        const char *text = luaL_tolstring(lua, -1, NULL);
        error = g_error_new_literal(ML_ERROR, (gint)code, text);
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return error;
}

void
ml_lua_push_taken(lua_State *lua, char *text)
{
    MlScript *script = ml_lua_script(lua);

    script->limits.lifted++;
    lua_pushstring(lua, text);
    script->limits.lifted--;
    g_free(text);
}
