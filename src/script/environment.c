#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "script/habit.h"
#include "script/private.h"

/* A cell's _ENV is an empty table whose metamethods look names up and give them values: so a
 * misspelt name is an error and not nil, and a name that gets a new value frees what it held. */

#define MAX_DEPTH 8 /* of tables in which a structure can be kept by a name */

enum { LEARNER, AUTHOR };

/* --- looking up ------------------------------------------------------------------------------- */

/* The tables in which a name is looked for, in this order.  An author's words come before what a
 * learner named, so that no cell of a learner's can change a key. */
static guint
tables(const MlScript *script, gboolean is_author, int ret_tables[4])
{
    if (!is_author) {
        ret_tables[0] = script->learner_names;
        ret_tables[1] = script->learner_words;
        return 2;
    }
    ret_tables[0] = script->author_names;
    ret_tables[1] = script->author_words;
    ret_tables[2] = script->learner_words;
    ret_tables[3] = script->learner_names;
    return 4;
}

/* Pushes what the key at @key stands for, or nil. */
static void
find(MlScript *script, gboolean is_author, int key)
{
    lua_State *lua = script->lua;
    int places[4];
    guint n_places = tables(script, is_author, places);

    key = lua_absindex(lua, key);
    for (guint i = 0; i < n_places; i++) {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, places[i]);
        lua_pushvalue(lua, key);
        lua_rawget(lua, -2);
        lua_remove(lua, -2);
        if (!lua_isnil(lua, -1))
            return;
        lua_pop(lua, 1);
    }
    lua_pushnil(lua);
}

void
ml_environment_find(MlScript *script, gboolean is_author, const char *name)
{
    lua_pushstring(script->lua, name);
    find(script, is_author, -1);
    lua_remove(script->lua, -2);
}

/* All names that a cell may use, for "did you mean". */
static GPtrArray *
all_names(MlScript *script, gboolean is_author)
{
    GPtrArray *names = g_ptr_array_new();
    lua_State *lua = script->lua;
    int places[4];
    guint n_places = tables(script, is_author, places);

    for (guint i = 0; i < n_places; i++) {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, places[i]);
        for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1))
            if (lua_type(lua, -2) == LUA_TSTRING)
                g_ptr_array_add(names, (gpointer)(guintptr)lua_tostring(lua, -2));
        lua_pop(lua, 1);
    }
    g_ptr_array_add(names, NULL);
    return names;
}

static char *
describe_unknown(MlScript *script, gboolean is_author, const char *name)
{
    g_autofree char *quoted = ml_text_quote(name);
    const char *habit = ml_habit_name(name);

    if (habit != NULL)
        return g_strdup_printf("unknown name %s; %s", quoted, habit);
    g_autoptr(GPtrArray) names = all_names(script, is_author);
    g_autofree char *near = ml_suggest_phrase(name, (const char *const *)names->pdata);
    return g_strdup_printf("unknown name %s%s", quoted, near);
}

static int
refuse_unknown(lua_State *lua, gboolean is_author, const char *name)
{
    ml_lua_push_taken(lua, describe_unknown(ml_lua_script(lua), is_author, name));
    return ml_lua_fail(lua, "%s", lua_tostring(lua, -1));
}

/* A name that was given an element stands for it: sizeof(x) after x = a[0]. */
static void
remember_element(MlScript *script, const char *name)
{
    const MlElement *element = g_hash_table_lookup(script->named_elements, name);

    script->last.is_fresh = element != NULL;
    if (element != NULL)
        script->last.element = *element;
}

static int
look_up(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    gboolean is_author = lua_tointeger(lua, lua_upvalueindex(1)) == AUTHOR;
    const char *name = luaL_checkstring(lua, 2);

    find(script, is_author, 2);
    if (lua_isnil(lua, -1))
        return refuse_unknown(lua, is_author, name);
    remember_element(script, name);
    return 1;
}

/* --- giving values ---------------------------------------------------------------------------- */

/* Whether the table on top holds the value, itself or in a table within. */
static gboolean
holds(lua_State *lua, const void *value, int depth)
{
    for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1)) {
        gboolean is_deeper = lua_istable(lua, -1) && depth < MAX_DEPTH;
        if (lua_topointer(lua, -1) != value && !(is_deeper && holds(lua, value, depth + 1)))
            continue;
        lua_pop(lua, 2);
        return TRUE;
    }
    return FALSE;
}

static gboolean
is_named(MlScript *script, const void *value)
{
    const int places[] = { script->learner_names, script->author_names };
    gboolean found = FALSE;

    luaL_checkstack(script->lua, 4 * MAX_DEPTH, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(places) && !found; i++) {
        lua_rawgeti(script->lua, LUA_REGISTRYINDEX, places[i]);
        found = holds(script->lua, value, 0);
        lua_pop(script->lua, 1);
    }
    return found;
}

static void
note_element(MlScript *script, const char *name)
{
    lua_State *lua = script->lua;

    if (script->last.is_fresh && lua_isinteger(lua, 3) &&
        lua_tointeger(lua, 3) == script->last.element.value)
        g_hash_table_insert(script->named_elements,
            g_strdup(name),
            g_memdup2(&script->last.element, sizeof script->last.element));
    else
        g_hash_table_remove(script->named_elements, name);
    script->last.is_fresh = FALSE;
}

static int
give_value(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    gboolean is_author = lua_tointeger(lua, lua_upvalueindex(1)) == AUTHOR;
    const char *name = luaL_checkstring(lua, 2);

    lua_rawgeti(lua, LUA_REGISTRYINDEX, is_author ? script->author_names : script->learner_names);
    lua_pushvalue(lua, 2);
    lua_rawget(lua, 4); /* what the name stood for is now at 5 */
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, 3);
    lua_rawset(lua, 4);
    if (!is_author)
        note_element(script, name);
    MlHandleValue *old = ml_handle_test(lua, 5);
    if (old != NULL && old->is_live && !is_named(script, old))
        ml_handle_release(script, old, name);
    return 0;
}

/* --- tables that can only be read ------------------------------------------------------------- */

static int
refuse_field(lua_State *lua)
{
    return ml_lua_fail(lua,
        "%s is memlab's own; choose another name for what you keep",
        lua_tostring(lua, lua_upvalueindex(1)));
}

static int
read_field(lua_State *lua)
{
    lua_pushvalue(lua, 2);
    lua_rawget(lua, lua_upvalueindex(2));
    if (!lua_isnil(lua, -1))
        return 1;
    const char *field = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "?";
    return ml_lua_fail(lua, "%s has no '%s'", lua_tostring(lua, lua_upvalueindex(1)), field);
}

void
ml_lua_read_only(lua_State *lua, const char *what)
{
    lua_newtable(lua);
    lua_newtable(lua);
    lua_pushstring(lua, what);
    lua_pushvalue(lua, -4);
    lua_pushcclosure(lua, read_field, 2);
    lua_setfield(lua, -2, "__index");
    lua_pushstring(lua, what);
    lua_pushcclosure(lua, refuse_field, 1);
    lua_setfield(lua, -2, "__newindex");
    lua_setmetatable(lua, -2);
    lua_remove(lua, -2);
}

/* --- setting up ------------------------------------------------------------------------------- */

static int
new_table(lua_State *lua)
{
    lua_newtable(lua);
    return luaL_ref(lua, LUA_REGISTRYINDEX);
}

static int
new_environment(lua_State *lua, int whose)
{
    lua_newtable(lua);
    lua_newtable(lua);
    lua_pushinteger(lua, whose);
    lua_pushcclosure(lua, look_up, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushinteger(lua, whose);
    lua_pushcclosure(lua, give_value, 1);
    lua_setfield(lua, -2, "__newindex");
    lua_setmetatable(lua, -2);
    return luaL_ref(lua, LUA_REGISTRYINDEX);
}

void
ml_environment_setup(MlScript *script)
{
    script->learner_names = new_table(script->lua);
    script->learner_words = new_table(script->lua);
    script->learner_environment = new_environment(script->lua, LEARNER);
    script->author_names = new_table(script->lua);
    script->author_words = new_table(script->lua);
    script->author_environment = new_environment(script->lua, AUTHOR);
}

void
ml_environment_add(MlScript *script, int table, const MlWord *words, gsize n_words)
{
    lua_State *lua = script->lua;

    lua_rawgeti(lua, LUA_REGISTRYINDEX, table);
    for (gsize i = 0; i < n_words; i++) {
        lua_pushcfunction(lua, words[i].function);
        lua_setfield(lua, -2, words[i].name);
    }
    lua_pop(lua, 1);
}
