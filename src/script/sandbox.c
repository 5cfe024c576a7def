#include <lualib.h>
#include <string.h>

#include "script/private.h"

/* What cells get of Lua's own library, and nothing else.  For each function the question was: is
 * its work bounded by what the hook on instructions sees? */
#define MAX_TEXT_BYTES ((lua_Integer)4 << 20)
#define BYTES_PER_INSTRUCTION 16
#define MAX_LIST_LENGTH ((lua_Integer)1 << 24) /* more than the cap on memory lets exist */

static const char *const base_names[] = {
    "assert",
    "error",
    "ipairs",
    "next",
    "pairs",
    "pcall",
    "select",
    "tonumber",
    NULL,
};

static const char *const math_names[] = {
    "abs",
    "ceil",
    "exp",
    "floor",
    "fmod",
    "huge",
    "log",
    "max",
    "maxinteger",
    "min",
    "mininteger",
    "pi",
    "random",
    "sqrt",
    "tointeger",
    "type",
    NULL,
};

static const char *const string_names[] = {
    "byte",
    "char",
    "format",
    "len",
    "lower",
    "reverse",
    "sub",
    "upper",
    NULL,
};

/* Not table.move: its work is what it is told, whatever there is. */
static const char *const table_names[] = { "concat", "insert", "remove", "sort", "unpack", NULL };

/* --- what is replaced ------------------------------------------------------------------------- */

/* string.rep: Lua's own repeats "" 2^53 times when told so. */
static int
repeat(lua_State *lua)
{
    size_t length, gap_length;
    const char *text = luaL_checklstring(lua, 1, &length);
    lua_Integer count = luaL_checkinteger(lua, 2);
    const char *gap = luaL_optlstring(lua, 3, "", &gap_length);
    size_t unit = length + gap_length;
    luaL_Buffer buffer;

    if (count <= 0 || unit == 0) {
        lua_pushliteral(lua, "");
        return 1;
    }
    if (count > MAX_TEXT_BYTES / (lua_Integer)unit)
        return luaL_error(lua, "string.rep: the text would be longer than 4 MiB");
    size_t whole = unit * (size_t)count;
    ml_limits_charge(lua, whole / BYTES_PER_INSTRUCTION);
    char *filled = luaL_buffinitsize(lua, &buffer, whole);
    memcpy(filled, text, length);
    memcpy(filled + length, gap, gap_length);
    for (size_t done = unit; done < whole; done *= 2)
        memcpy(filled + done, filled, MIN(done, whole - done));
    luaL_pushresultsize(&buffer, whole - gap_length);
    return 1;
}

/* string.find: the text as it is; patterns can run for hours where no hook is called. */
static int
find(lua_State *lua)
{
    size_t length, wanted_length;
    const char *text = luaL_checklstring(lua, 1, &length);
    const char *wanted = luaL_checklstring(lua, 2, &wanted_length);
    lua_Integer from = luaL_optinteger(lua, 3, 1);

    if (from < 0)
        from = MAX((lua_Integer)length + from + 1, 1);
    size_t start = (size_t)MAX(from - 1, 0);
    const char *found =
        start <= length ? memmem(text + start, length - start, wanted, wanted_length) : NULL;
    if (found == NULL) {
        lua_pushnil(lua);
        return 1;
    }
    lua_pushinteger(lua, found - text + 1);
    lua_pushinteger(lua, found - text + (lua_Integer)wanted_length);
    return 2;
}

/* A function on a list: a table with holes may say of itself that it is endless. */
static int
on_list(lua_State *lua)
{
    luaL_checktype(lua, 1, LUA_TTABLE);
    if (luaL_len(lua, 1) > MAX_LIST_LENGTH)
        return luaL_error(lua, "this table is no list: its length is unknown");
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    return lua_gettop(lua);
}

static int
print(lua_State *lua)
{
    int n_values = lua_gettop(lua);

    for (int i = 1; i <= n_values; i++) {
        size_t length;
        ml_lua_display(lua, i);
        const char *text = lua_tolstring(lua, -1, &length);
        if (i > 1)
            ml_lua_print(lua, " ", 1);
        ml_lua_print(lua, text, length);
        lua_pop(lua, 1);
    }
    ml_lua_print(lua, "\n", 1);
    return 0;
}

static int
to_text(lua_State *lua)
{
    luaL_checkany(lua, 1);
    ml_lua_display(lua, 1);
    return 1;
}

static int
type_name(lua_State *lua)
{
    luaL_checkany(lua, 1);
    lua_pushstring(lua, ml_handle_test(lua, 1) != NULL ? "structure" : luaL_typename(lua, 1));
    return 1;
}

/* --- setting up ------------------------------------------------------------------------------- */

/* Copies the named fields of the table at @from into the table on top. */
static void
copy_names(lua_State *lua, int from, const char *const *names)
{
    for (; *names != NULL; names++) {
        lua_getfield(lua, from, *names);
        lua_setfield(lua, -2, *names);
    }
}

static void
set_function(lua_State *lua, const char *name, lua_CFunction function)
{
    lua_pushcfunction(lua, function);
    lua_setfield(lua, -2, name);
}

/* Puts a library into the words, read-only.  @setup: changes the table on top */
static void
add_library(lua_State *lua,
    int words,
    const char *name,
    lua_CFunction open,
    const char *const *names,
    void (*setup)(lua_State *))
{
    luaL_requiref(lua, name, open, 0);
    lua_newtable(lua);
    copy_names(lua, lua_gettop(lua) - 1, names);
    if (setup != NULL)
        setup(lua);
    ml_lua_read_only(lua, name);
    lua_setfield(lua, words, name);
    lua_pop(lua, 1);
}

static void
setup_string(lua_State *lua)
{
    set_function(lua, "rep", repeat);
    set_function(lua, "find", find);
    /* ("x"):rep(3) finds its functions here, too, and so does nothing else. */
    lua_pushliteral(lua, "");
    lua_newtable(lua);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
}

static void
setup_table(lua_State *lua)
{
    for (const char *const *name = table_names; *name != NULL; name++) {
        lua_getfield(lua, -1, *name);
        lua_pushcclosure(lua, on_list, 1);
        lua_setfield(lua, -2, *name);
    }
}

void
ml_sandbox_setup(MlScript *script)
{
    lua_State *lua = script->lua;

    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->learner_words);
    int words = lua_gettop(lua);
    luaL_requiref(lua, LUA_GNAME, luaopen_base, 0);
    lua_insert(lua, words);
    copy_names(lua, words, base_names);
    set_function(lua, "print", print);
    set_function(lua, "tostring", to_text);
    set_function(lua, "type", type_name);
    add_library(lua, words + 1, "math", luaopen_math, math_names, NULL);
    add_library(lua, words + 1, "string", luaopen_string, string_names, setup_string);
    add_library(lua, words + 1, "table", luaopen_table, table_names, setup_table);
    lua_pop(lua, 2);
}
