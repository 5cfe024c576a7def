#include "base/error.h"
#include "base/spec.h"
#include "script/private.h"

/* Every field of the table is an option of the structure, or n. */
static GError *
check_names(lua_State *lua, int index, const MlStructure *structure, gboolean takes_n)
{
    GError *error = NULL;

    for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1)) {
        const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : NULL;
        MlOptions scratch;
        ml_options_defaults(structure->options, structure->n_options, &scratch);
        if (name != NULL && takes_n && g_str_equal(name, "n"))
            continue;
        gboolean is_known = FALSE;
        for (size_t i = 0; name != NULL && i < structure->n_options; i++)
            is_known = is_known || g_str_equal(name, structure->options[i].name);
        if (is_known)
            continue;
        if (name == NULL)
            ml_fail(&error, ML_ERROR_USAGE, "options have names, as in {keys = \"string\"}");
        else
            ml_spec_set(structure, name, "", &scratch, &error);
        return error;
    }
    return NULL;
}

/* Each of them is right by itself. */
static GError *
check_together(lua_State *lua, int index, const MlStructure *structure)
{
    GError *error = NULL;
    g_autoptr(GHashTable) given = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

    for (size_t i = 0; i < structure->n_options; i++) {
        const char *name = structure->options[i].name;
        if (lua_getfield(lua, index, name) != LUA_TNIL) {
            ml_lua_display(lua, -1);
            g_hash_table_insert(given, (gpointer)(guintptr)name, g_strdup(lua_tostring(lua, -1)));
            lua_pop(lua, 1);
        }
        lua_pop(lua, 1);
    }
    ml_spec_check_together(structure, given, &error);
    return error;
}

void
ml_options_check(
    lua_State *lua, int index, const MlStructure *structure, guint64 *ret_n, MlOptions *ret_options)
{
    ml_options_defaults(structure->options, structure->n_options, ret_options);
    if (lua_isnoneornil(lua, index))
        return;
    if (!lua_istable(lua, index))
        ml_lua_fail(lua, "options are written in braces, as in {keys = \"string\"}");
    GError *error = check_names(lua, index, structure, ret_n != NULL);
    if (error != NULL)
        ml_lua_raise(lua, error);
    /* In the structure's order, so that what one option implies does not hang on a table's. */
    for (size_t i = 0; i < structure->n_options; i++) {
        if (lua_getfield(lua, index, structure->options[i].name) != LUA_TNIL) {
            ml_lua_display(lua, -1);
            if (!ml_spec_set(structure,
                    structure->options[i].name,
                    lua_tostring(lua, -1),
                    ret_options,
                    &error))
                ml_lua_raise(lua, error);
            lua_pop(lua, 1);
        }
        lua_pop(lua, 1);
    }
    error = check_together(lua, index, structure);
    if (error != NULL)
        ml_lua_raise(lua, error);
    if (ret_n != NULL && lua_getfield(lua, index, "n") != LUA_TNIL) {
        *ret_n = ml_count_check(lua, lua_gettop(lua), "n");
        lua_pop(lua, 1);
    }
}
