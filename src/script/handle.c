#include "base/error.h"
#include "base/number.h"
#include "facts/make.h"
#include "script/private.h"
#include "structure/registry.h"

#define METATABLE "memlab.structure"
#define ROUND_TRIP_INSTRUCTIONS 2000 /* what asking the probe counts for */

/* --- the value -------------------------------------------------------------------------------- */

MlHandleValue *
ml_handle_test(lua_State *lua, int index)
{
    return luaL_testudata(lua, index, METATABLE);
}

MlHandleValue *
ml_handle_check(lua_State *lua, int index, const char *word)
{
    MlHandleValue *value = ml_handle_test(lua, index);

    if (value == NULL)
        ml_lua_fail(lua, "%s takes a structure, as in %s(a)", word, word);
    else if (!value->is_live)
        ml_lua_fail(lua, "this %s was freed; build it again", value->handle.structure->title);
    return value;
}

char *
ml_handle_text(const MlHandle *handle)
{
    const MlStructure *structure = handle->structure;
    g_autofree char *name = g_strdelimit(g_strdup(structure->name), "-", '_');
    GString *text = g_string_new(NULL);
    const char *separator = ", {";
    MlOptions defaults;

    ml_options_defaults(structure->options, structure->n_options, &defaults);
    g_string_append_printf(text, "%s(%" G_GUINT64_FORMAT, name, handle->n);
    for (size_t i = 0; i < structure->n_options; i++) {
        const char *value = ml_options_value(structure->options, i, &handle->options);
        if (g_str_equal(value, ml_options_value(structure->options, i, &defaults)))
            continue;
        g_string_append_printf(text, "%s%s = \"%s\"", separator, structure->options[i].name, value);
        separator = ", ";
    }
    g_string_append(text, separator[2] == '{' ? ")" : "})");
    return g_string_free(text, FALSE);
}

/* What it takes by the model: the line after a cell tells what became of the process. */
static char *
size_text(const MlHandle *handle)
{
    g_autoptr(MlLedger) ledger = ml_ledger_compute(
        handle->structure, &handle->options, handle->n, ml_allocator_default(), NULL);

    return ml_bytes_iec(ledger != NULL ? ledger->model_bytes : 0, 2);
}

gboolean
ml_handle_free(MlScript *script, MlHandleValue *value, GError **error)
{
    value->is_live = FALSE;
    g_ptr_array_remove(script->handles, value);
    return ml_session_destroy(script->session, &value->handle, error);
}

void
ml_handle_release(MlScript *script, MlHandleValue *value, const char *name)
{
    if (!ml_handle_free(script, value, NULL) || ++script->n_notes > ML_MAX_NOTES)
        return;
    g_autofree char *text = ml_handle_text(&value->handle);
    g_autofree char *size = size_text(&value->handle);
    if (name != NULL)
        g_string_append_printf(script->notes, "freed %s (%s)\n", name, size);
    else
        g_string_append_printf(script->notes, "freed %s, which had no name (%s)\n", text, size);
}

/* --- what can be done with one ---------------------------------------------------------------- */

static guint64
check_index(lua_State *lua, const MlHandleValue *value)
{
    guint64 n = value->handle.n;
    int is_number;
    lua_Integer i = lua_tointegerx(lua, 2, &is_number);

    if (!is_number || lua_type(lua, 2) != LUA_TNUMBER)
        ml_lua_fail(lua, "elements are numbered: the first is a[0], whatever its key");
    if (i < 0 || (guint64)i >= n) {
        if (n == 0)
            ml_lua_fail(lua,
                "index %lld is out of range: this %s is empty",
                i,
                value->handle.structure->title);
        ml_lua_fail(lua,
            "index %lld is out of range: the elements are [0] to [%" G_GUINT64_FORMAT "]",
            i,
            n - 1);
    }
    ml_limits_charge(lua, ROUND_TRIP_INSTRUCTIONS);
    return (guint64)i;
}

static int
get_element(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    MlHandleValue *value = ml_handle_check(lua, 1, "[ ]");
    guint64 i = check_index(lua, value);
    GError *error = NULL;

    if (!ml_session_get(script->session, &value->handle, i, &script->last.element, &error))
        return ml_lua_raise(lua, error);
    script->last.is_fresh = TRUE;
    lua_pushinteger(lua, script->last.element.value);
    return 1;
}

static int
put_element(lua_State *lua)
{
    MlScript *script = ml_lua_script(lua);
    MlHandleValue *value = ml_handle_check(lua, 1, "[ ]");
    guint64 i = check_index(lua, value);
    int is_whole;
    lua_Integer element = lua_tointegerx(lua, 3, &is_whole);
    GError *error = NULL;

    if (!is_whole || lua_type(lua, 3) != LUA_TNUMBER)
        ml_lua_fail(lua, "an element is a whole number of 64 bits");
    if (!ml_session_put(script->session, &value->handle, i, element, &error))
        return ml_lua_raise(lua, error);
    return 0;
}

static int
get_length(lua_State *lua)
{
    lua_pushinteger(lua, (lua_Integer)ml_handle_check(lua, 1, "len")->handle.n);
    return 1;
}

static int
to_text(lua_State *lua)
{
    const MlHandleValue *value = ml_handle_test(lua, 1);
    char *text = ml_handle_text(&value->handle);

    if (!value->is_live) {
        char *freed = g_strconcat(text, ", freed", NULL);
        g_free(text);
        text = freed;
    }
    ml_lua_push_taken(lua, text);
    return 1;
}

/* Nothing leads to it any more. */
static int
collect(lua_State *lua)
{
    MlHandleValue *value = ml_handle_test(lua, 1);

    if (value->is_live)
        ml_handle_release(ml_lua_script(lua), value, NULL);
    return 0;
}

/* --- building --------------------------------------------------------------------------------- */

guint64
ml_count_check(lua_State *lua, int index, const char *word)
{
    int is_whole;
    lua_Integer n = lua_tointegerx(lua, index, &is_whole);

    if (lua_isnoneornil(lua, index))
        ml_lua_fail(lua, "how many elements? write %s(1000000)", word);
    if (lua_type(lua, index) != LUA_TNUMBER || !is_whole)
        ml_lua_fail(lua, "%s takes a whole number of elements, as in %s(1000000)", word, word);
    if (n < 0)
        ml_lua_fail(lua, "%s(%lld): a number of elements begins at 0", word, n);
    return (guint64)n;
}

/* A constructor; its upvalue is the structure. */
static int
build(lua_State *lua)
{
    const MlStructure *structure = lua_touserdata(lua, lua_upvalueindex(1));
    MlScript *script = ml_lua_script(lua);
    MlOptions options;
    GError *error = NULL;

    guint64 n = ml_count_check(lua, 1, lua_tostring(lua, lua_upvalueindex(2)));
    ml_options_check(lua, 2, structure, NULL, &options);
    MlHandleValue *value = lua_newuserdatauv(lua, sizeof *value, 0);
    *value = (MlHandleValue){ .is_live = FALSE };
    if (!ml_session_build(script->session, structure, &options, n, &value->handle, &error))
        return ml_lua_raise(lua, error);
    value->is_live = TRUE;
    g_ptr_array_add(script->handles, value);
    luaL_setmetatable(lua, METATABLE);
    return 1;
}

static void
add_constructors(MlScript *script)
{
    lua_State *lua = script->lua;
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);

    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->learner_words);
    for (size_t i = 0; i < n_structures; i++) {
        g_autofree char *name = g_strdelimit(g_strdup(structures[i]->name), "-", '_');
        lua_pushlightuserdata(lua, (void *)(guintptr)structures[i]);
        lua_pushstring(lua, name);
        lua_pushcclosure(lua, build, 2);
        lua_setfield(lua, -2, name);
    }
    lua_pop(lua, 1);
}

void
ml_handle_setup(MlScript *script)
{
    static const luaL_Reg methods[] = {
        { "__index", get_element },
        { "__newindex", put_element },
        { "__len", get_length },
        { "__tostring", to_text },
        { "__gc", collect },
        { NULL, NULL },
    };

    luaL_newmetatable(script->lua, METATABLE);
    luaL_setfuncs(script->lua, methods, 0);
    lua_pop(script->lua, 1);
    add_constructors(script);
}
