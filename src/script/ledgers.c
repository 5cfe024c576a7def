#include "base/error.h"
#include "base/spec.h"
#include "facts/make.h"
#include "script/private.h"

/* ledger(…) and model(…). */

#define METATABLE "memlab.ledger"

/* --- the value -------------------------------------------------------------------------------- */

static int
get_field(lua_State *lua)
{
    luaL_checkudata(lua, 1, METATABLE);
    const char *name = luaL_checkstring(lua, 2);

    lua_getiuservalue(lua, 1, 1);
    int fields = lua_gettop(lua);
    if (lua_getfield(lua, fields, name) != LUA_TNIL)
        return 1;
    ml_lua_push_taken(lua, ml_lua_describe_unknown(lua, fields, "ledger", name));
    return ml_lua_fail(lua, "%s", lua_tostring(lua, -1));
}

const MlLedger *
ml_ledger_test(lua_State *lua, int index)
{
    const MlLedger **box = luaL_testudata(lua, index, METATABLE);
    return box != NULL ? *box : NULL;
}

static void
push_ledger(lua_State *lua, const MlLedger *ledger)
{
    MlLimits *limits = &ml_lua_script(lua)->limits;

    limits->lifted++;
    const MlLedger **box = lua_newuserdatauv(lua, sizeof(MlLedger *), 1);
    *box = ledger;
    ml_ledger_push_fields(lua, ledger);
    lua_setiuservalue(lua, -2, 1);
    luaL_setmetatable(lua, METATABLE);
    limits->lifted--;
}

/* --- making one ------------------------------------------------------------------------------- */

static MlLedger *
make(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    gboolean is_measured,
    GError **error)
{
    MlMeasureRequest request = {
        .structure = structure,
        .options = *options,
        .n = n,
        .repeats = 1,
    };

    if (is_measured)
        return ml_ledger_measure(&request, NULL, error);
    return ml_ledger_compute(structure, options, n, ml_allocator_default(), error);
}

/* Measured once, however often it is asked for. */
static const MlLedger *
find_or_make(MlScript *script,
    const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    gboolean is_measured,
    GError **error)
{
    g_autofree char *spec = ml_spec_to_string(structure, options);
    g_autofree char *key = g_strdup_printf("%s %" G_GUINT64_FORMAT " %d", spec, n, is_measured);
    MlLedger *ledger = g_hash_table_lookup(script->ledgers, key);

    if (ledger == NULL) {
        ledger = make(structure, options, n, is_measured, error);
        if (ledger != NULL)
            g_hash_table_insert(script->ledgers, g_steal_pointer(&key), ledger);
    }
    return ledger;
}

/* ledger("compact-dict", {n = 1e6, keys = "string"}); the upvalue: whether it is measured. */
static int
word_ledger(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    const char *word = lua_tostring(lua, lua_upvalueindex(2));
    guint64 n = G_MAXUINT64;
    MlOptions options;
    GError *error = NULL;

    if (lua_type(lua, 1) != LUA_TSTRING)
        ml_lua_fail(lua, "%s takes a structure's name, as in %s(\"boxed-array\")", word, word);
    const MlStructure *structure = ml_spec_structure(lua_tostring(lua, 1), &error);
    if (structure == NULL)
        return ml_lua_raise(lua, error);
    ml_options_check(lua, 2, structure, &n, &options);
    if (n == G_MAXUINT64) {
        ml_environment_find(script, TRUE, "n");
        if (lua_isnil(lua, -1))
            ml_lua_fail(lua, "%s: give n, as in {n = 1e6}, or set n before", word);
        n = ml_count_check(lua, lua_gettop(lua), "n");
    }
    const MlLedger *ledger = find_or_make(
        script, structure, &options, n, lua_toboolean(lua, lua_upvalueindex(1)), &error);
    if (ledger == NULL)
        return ml_lua_raise(lua, error);
    push_ledger(lua, ledger);
    return 1;
}

static void
add_word(MlScript *script, const char *name, gboolean is_measured)
{
    lua_State *lua = script->lua;

    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->author_words);
    lua_pushboolean(lua, is_measured);
    lua_pushstring(lua, name);
    lua_pushcclosure(lua, word_ledger, 2);
    lua_setfield(lua, -2, name);
    lua_pop(lua, 1);
}

void
ml_ledgers_setup(MlScript *script)
{
    luaL_newmetatable(script->lua, METATABLE);
    lua_pushcfunction(script->lua, get_field);
    lua_setfield(script->lua, -2, "__index");
    lua_pop(script->lua, 1);
    add_word(script, "ledger", TRUE);
    add_word(script, "model", FALSE);
}
