#include <string.h>
#include <unistd.h>

#include "script/private.h"

#define MIB 0x1p20

/* --- on structures ---------------------------------------------------------------------------- */

static int
word_len(lua_State *lua)
{
    if (ml_handle_test(lua, 1) == NULL && !lua_istable(lua, 1) && !lua_isstring(lua, 1))
        ml_lua_fail(lua, "len takes a structure, a table or a text, as in len(a)");
    ml_limits_charge(lua, 1);
    if (ml_handle_test(lua, 1) != NULL)
        lua_pushinteger(lua, (lua_Integer)ml_handle_check(lua, 1, "len")->handle.n);
    else
        lua_pushinteger(lua, (lua_Integer)lua_rawlen(lua, 1));
    return 1;
}

/* The sum of a table's elements from 1 on. */
static int
sum_table(lua_State *lua)
{
    lua_pushinteger(lua, 0);
    for (lua_Integer i = 1; lua_rawgeti(lua, 1, i) != LUA_TNIL; i++) {
        if (lua_type(lua, -1) != LUA_TNUMBER)
            ml_lua_fail(lua, "sum: element %lld is no number", i);
        lua_arith(lua, LUA_OPADD);
        ml_limits_charge(lua, 1);
    }
    lua_pop(lua, 1);
    return 1;
}

static int
word_sum(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    GError *error = NULL;
    gint64 sum;
    double seconds;

    if (lua_istable(lua, 1))
        return sum_table(lua);
    MlHandleValue *value = ml_handle_check(lua, 1, "sum");
    if (!ml_session_sum(script->session, &value->handle, &sum, &seconds, &error))
        return ml_lua_raise(lua, error);
    lua_pushinteger(lua, sum);
    return 1;
}

static int
word_del(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    int n_values = lua_gettop(lua);
    GError *error = NULL;

    if (n_values == 0)
        ml_lua_fail(lua, "del takes a structure, as in del(a)");
    for (int i = 1; i <= n_values; i++) {
        if (!ml_handle_free(script, ml_handle_check(lua, i, "del"), &error))
            return ml_lua_raise(lua, error);
    }
    return 0;
}

static int
word_sizeof(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    const MlLastElement *last = &script->last;
    GError *error = NULL;

    if (lua_isinteger(lua, 1) && last->is_fresh && lua_tointeger(lua, 1) == last->element.value) {
        lua_pushinteger(lua, (lua_Integer)last->element.bytes);
        return 1;
    }
    if (ml_handle_test(lua, 1) == NULL)
        ml_lua_fail(lua, "sizeof takes a structure or an element of one: sizeof(a), sizeof(a[0])");
    MlHandleValue *value = ml_handle_check(lua, 1, "sizeof");
    MlWalk *walk = ml_session_walk(script->session, &value->handle, &error);
    if (walk == NULL)
        return ml_lua_raise(lua, error);
    lua_pushinteger(lua, (lua_Integer)walk->totals[0].request_bytes);
    ml_walk_free(walk);
    return 1;
}

/* --- the census ------------------------------------------------------------------------------- */

static gboolean
add_walk(MlScript *script, const MlHandle *handle, GPtrArray *walks, GError **error)
{
    MlWalk *walk = ml_session_walk(script->session, handle, error);
    if (walk != NULL)
        g_ptr_array_add(walks, walk);
    return walk != NULL;
}

static int
push_census(lua_State *lua, GPtrArray *walks, GError *error)
{
    char *text = error == NULL ? ml_census_text(walks) : NULL;

    g_ptr_array_unref(walks);
    if (error != NULL)
        return ml_lua_raise(lua, error);
    ml_lua_push_taken(lua, text);
    return 1;
}

static int
word_iso(lua_State *lua)
{
    const MlHandle *handle = &ml_handle_check(lua, 1, "iso")->handle;
    GPtrArray *walks = g_ptr_array_new_with_free_func((GDestroyNotify)ml_walk_free);
    GError *error = NULL;

    add_walk(ml_lua_script(lua), handle, walks, &error);
    return push_census(lua, walks, error);
}

static int
word_heap(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    GPtrArray *walks = g_ptr_array_new_with_free_func((GDestroyNotify)ml_walk_free);
    GError *error = NULL;

    for (guint i = 0; i < script->handles->len && error == NULL; i++) {
        const MlHandleValue *value = script->handles->pdata[i];
        add_walk(script, &value->handle, walks, &error);
    }
    return push_census(lua, walks, error);
}

static int
word_trim(lua_State *lua)
{
    GError *error = NULL;

    if (!ml_session_trim(ml_lua_script(lua)->session, &error))
        return ml_lua_raise(lua, error);
    return 0;
}

/* --- what the last cell measured -------------------------------------------------------------- */

static int
measurements_text(lua_State *lua)
{
    static const char *const fields[] = {
        "memory_delta",
        "time_delta",
        "memory_peak",
        "memory_usage",
    };
    luaL_Buffer buffer;

    luaL_buffinit(lua, &buffer);
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        lua_getfield(lua, 1, fields[i]);
        ml_lua_display(lua, -1);
        lua_pushfstring(
            lua, "%s%s=%s", i == 0 ? "Measurements(" : ", ", fields[i], lua_tostring(lua, -1));
        lua_replace(lua, -3);
        lua_pop(lua, 1);
        luaL_addvalue(&buffer);
    }
    luaL_addchar(&buffer, ')');
    luaL_pushresult(&buffer);
    return 1;
}

static void
set_figure(lua_State *lua, const char *name, double value)
{
    lua_pushnumber(lua, value);
    lua_setfield(lua, -2, name);
}

/* mw.measurements, in MiB and seconds */
static int
read_watcher(lua_State *lua)
{
    const MlScript *script = ml_lua_script(lua);
    const char *field = luaL_checkstring(lua, 2);

    if (!g_str_equal(field, "measurements"))
        ml_lua_fail(lua, "mw has no '%s'; there is mw.measurements", field);
    if (!script->has_line)
        ml_lua_fail(lua, "no cell has been measured yet: mw.measurements are those of the last");
    lua_newtable(lua);
    set_figure(lua, "memory_delta", (double)script->line.used_bytes / MIB);
    set_figure(lua, "time_delta", script->line.seconds);
    set_figure(lua, "memory_peak", (double)script->line.peak_bytes / MIB);
    set_figure(lua, "memory_usage", (double)script->line.total_bytes / MIB);
    lua_newtable(lua);
    lua_pushcfunction(lua, measurements_text);
    lua_setfield(lua, -2, "__tostring");
    lua_setmetatable(lua, -2);
    return 1;
}

/* --- setting up ------------------------------------------------------------------------------- */

static const MlWord words[] = {
    { "len", word_len, "len(a): how many elements a has" },
    { "sum", word_sum, "sum(a): the sum of a's elements" },
    { "del", word_del, "del(a): free what a names" },
    { "sizeof",
        word_sizeof,
        "sizeof(a): bytes asked for a's own block (of a list of nodes: for all nodes), without "
        "what "
        "it leads to; sizeof(a[0]): for one element" },
    { "iso", word_iso, "iso(a): the blocks of a, by kind" },
    { "heap", word_heap, "heap(): the blocks of all that is alive, by kind" },
    { "trim", word_trim, "trim(): let malloc give what is free back to the kernel" },
};

const char *
ml_word_help(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i].name, name))
            return words[i].help;
    return NULL;
}

static void
set_integer(MlScript *script, const char *name, lua_Integer value)
{
    lua_rawgeti(script->lua, LUA_REGISTRYINDEX, script->learner_words);
    lua_pushinteger(script->lua, value);
    lua_setfield(script->lua, -2, name);
    lua_pop(script->lua, 1);
}

static void
add_watcher(MlScript *script)
{
    lua_State *lua = script->lua;

    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->learner_words);
    lua_newtable(lua);
    lua_newtable(lua);
    lua_pushcfunction(lua, read_watcher);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_setfield(lua, -2, "mw");
    lua_pop(lua, 1);
}

void
ml_words_setup(MlScript *script)
{
    ml_environment_add(script, script->learner_words, words, G_N_ELEMENTS(words));
    set_integer(script, "page", sysconf(_SC_PAGESIZE));
    set_integer(script, "ptr", sizeof(void *));
    add_watcher(script);
}
