#include <math.h>

#include "script/private.h"

#define MAX_DEPTH 16

/* The first pass may raise, the second cannot: so no JSON is lost on the way. */
static void
check(lua_State *lua, int index, int depth)
{
    int type = lua_type(lua, index);

    if (depth > MAX_DEPTH)
        ml_lua_fail(lua, "a table in a table in a table …: too deep");
    luaL_checkstack(lua, 4, NULL);
    if (ml_ledger_test(lua, index) != NULL || ml_handle_test(lua, index) != NULL)
        ml_lua_fail(lua, "write the name of a ledger or structure in quotes here: \"L\"");
    if (type == LUA_TNUMBER && !isfinite(lua_tonumber(lua, index)))
        ml_lua_fail(lua, "a figure in the table is infinite, or none");
    if (type != LUA_TTABLE) {
        if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN)
            ml_lua_fail(lua,
                "a table for memlab holds texts, numbers and tables, no %s",
                lua_typename(lua, type));
        return;
    }
    index = lua_absindex(lua, index);
    for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1)) {
        if (lua_type(lua, -2) != LUA_TSTRING && !lua_isinteger(lua, -2))
            ml_lua_fail(lua, "a table for memlab has names and places 1, 2, … as keys");
        check(lua, -1, depth + 1);
    }
}

/* Whether its keys are 1, 2, … and nothing else. */
static gboolean
is_list(lua_State *lua, int index)
{
    lua_Unsigned n_keys = 0, length = lua_rawlen(lua, index);

    for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1)) {
        lua_Integer key = lua_isinteger(lua, -2) ? lua_tointeger(lua, -2) : 0;
        n_keys += key >= 1 && (lua_Unsigned)key <= length ? 1 : length + 1;
    }
    return length > 0 && n_keys == length;
}

static json_t *convert(lua_State *lua, int index);

static json_t *
convert_table(lua_State *lua, int index)
{
    index = lua_absindex(lua, index);
    gboolean as_array = is_list(lua, index);
    json_t *json = as_array ? json_array() : json_object();

    if (as_array) {
        for (lua_Integer i = 1; (lua_Unsigned)i <= lua_rawlen(lua, index); i++) {
            lua_rawgeti(lua, index, i);
            json_array_append_new(json, convert(lua, -1));
            lua_pop(lua, 1);
        }
        return json;
    }
    for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1)) {
        /* lua_tostring() would change the key under lua_next(). */
        char number[32];
        g_snprintf(number, sizeof number, "%lld", (long long)lua_tointeger(lua, -2));
        const char *key = lua_isinteger(lua, -2) ? number : lua_tostring(lua, -2);
        json_object_set_new(json, key, convert(lua, -1));
    }
    return json;
}

static json_t *
convert(lua_State *lua, int index)
{
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
        return lua_isinteger(lua, index) ? json_integer(lua_tointeger(lua, index))
                                         : json_real(lua_tonumber(lua, index));
    case LUA_TSTRING: {
        g_autofree char *text = g_utf8_make_valid(lua_tostring(lua, index), -1);
        return json_string(text);
    }
    case LUA_TBOOLEAN:
        return json_boolean(lua_toboolean(lua, index));
    default:
        return convert_table(lua, index);
    }
}

json_t *
ml_lua_to_json(lua_State *lua, int index)
{
    check(lua, index, 0);
    return convert(lua, index);
}
