#include <math.h>

#include "base/number.h"
#include "model/allocator.h"
#include "script/private.h"

#define MIB 0x1p20
#define MB 1e6

/* --- figures ---------------------------------------------------------------------------------- */

/* per(x): x for each of n elements; n is the second value, or the name n. */
static int
word_per(lua_State *lua)
{
    double bytes = luaL_checknumber(lua, 1);

    lua_settop(lua, 2);
    if (lua_isnil(lua, 2))
        ml_environment_find(ml_lua_script(lua), TRUE, "n");
    double n = lua_tonumber(lua, -1);
    if (!(n > 0))
        ml_lua_fail(lua, "per(x) wants a number of elements: per(x, n), or set n before");
    lua_pushnumber(lua, bytes / n);
    return 1;
}

/* cost(r): what malloc takes for one request of r bytes. */
static int
word_cost(lua_State *lua)
{
    lua_Integer bytes = luaL_checkinteger(lua, 1);

    if (bytes < 0)
        ml_lua_fail(lua, "cost(%lld): nobody asks malloc for less than 0 bytes", bytes);
    lua_pushinteger(lua, (lua_Integer)ml_allocator_default()->taken((guint64)bytes));
    return 1;
}

/* --- figures as text -------------------------------------------------------------------------- */

static guint64
check_bytes(lua_State *lua)
{
    double bytes = luaL_checknumber(lua, 1);
    if (!(bytes >= 0 && bytes < 0x1p63))
        ml_lua_fail(lua, "a number of bytes is not below 0, and below 2^63");
    return (guint64)(bytes + 0.5);
}

/* bytes(x): "40 009 728" */
static int
word_bytes(lua_State *lua)
{
    guint64 bytes = check_bytes(lua);
    ml_lua_push_taken(lua, ml_group_digits(bytes, " "));
    return 1;
}

/* mib(x): "38.2", mb(x): "40.0", b1(x): x itself */
static int
word_mib(lua_State *lua)
{
    double bytes = luaL_checknumber(lua, 1);
    ml_lua_push_taken(lua, ml_fixed(bytes / MIB, 1));
    return 1;
}

static int
word_mb(lua_State *lua)
{
    double bytes = luaL_checknumber(lua, 1);
    ml_lua_push_taken(lua, ml_fixed(bytes / MB, 1));
    return 1;
}

static int
word_b1(lua_State *lua)
{
    double bytes = luaL_checknumber(lua, 1);
    ml_lua_push_taken(lua, ml_fixed(bytes, 1));
    return 1;
}

/* --- what is handed to the layers above ------------------------------------------------------- */

static char *
describe_place(lua_State *lua)
{
    lua_Debug caller;

    if (lua_getstack(lua, 1, &caller) == 0 || lua_getinfo(lua, "Sl", &caller) == 0)
        return g_strdup("");
    return g_strdup_printf("%s:%d", caller.short_src, caller.currentline);
}

static int
hand_over(lua_State *lua, const char *verb)
{
    MlScript *script = ml_lua_script(lua);

    if (!lua_istable(lua, 1))
        ml_lua_fail(lua, "%s takes a table: %s{…}", verb, verb);
    json_t *table = ml_lua_to_json(lua, 1);
    MlAsked *asked = g_new(MlAsked, 1);
    *asked = (MlAsked){
        .verb = g_strdup(verb),
        .where = describe_place(lua),
        .table = table,
    };
    g_ptr_array_add(script->asked, asked);
    return 0;
}

static int
word_ask(lua_State *lua)
{
    return hand_over(lua, "ask");
}

static int
word_predict(lua_State *lua)
{
    return hand_over(lua, "predict");
}

static int
word_show(lua_State *lua)
{
    return hand_over(lua, "show");
}

void
ml_asked_free(MlAsked *asked)
{
    if (asked == NULL)
        return;
    g_free(asked->verb);
    g_free(asked->where);
    json_decref(asked->table);
    g_free(asked);
}

void
ml_author_setup(MlScript *script)
{
    static const MlWord words[] = {
        { "per", word_per, NULL },
        { "cost", word_cost, NULL },
        { "bytes", word_bytes, NULL },
        { "mib", word_mib, NULL },
        { "mb", word_mb, NULL },
        { "b1", word_b1, NULL },
        { "ask", word_ask, NULL },
        { "predict", word_predict, NULL },
        { "show", word_show, NULL },
    };

    ml_environment_add(script, script->author_words, words, G_N_ELEMENTS(words));
}
