#include "script/private.h"
#include "structure/registry.h"

/* x? says what x is. */

static const char *
find_help(const char *name)
{
    static const struct {
        const char *name;
        const char *help;
    } other_help[] = {
        { "mw",
            "mw.measurements: memory_delta, memory_peak and memory_usage of the last cell in MiB, "
            "time_delta in seconds" },
        { "page", "page: bytes in a page" },
        { "ptr", "ptr: bytes in a pointer" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(other_help); i++)
        if (g_str_equal(other_help[i].name, name))
            return other_help[i].help;
    return ml_word_help(name);
}

static const MlStructure *
find_structure(const char *name)
{
    g_autofree char *dashed = g_strdelimit(g_strdup(name), "_", '-');
    return ml_structure_find(dashed);
}

static char *
describe_structure(const MlStructure *structure)
{
    GString *text = g_string_new(NULL);
    g_autofree char *name = g_strdelimit(g_strdup(structure->name), "-", '_');

    g_string_append_printf(text, "%s(n): %s", name, structure->summary);
    for (size_t i = 0; i < structure->n_options; i++) {
        const MlOptionSpec *spec = &structure->options[i];
        g_string_append_printf(text, "\n    {%s = …}  %s; ", spec->name, spec->meaning);
        if (spec->text_default != NULL)
            g_string_append_printf(text, "\"%s\"", spec->text_default);
        for (size_t c = 0; c < ML_MAX_CHOICES && spec->choices[c] != NULL; c++)
            g_string_append_printf(text, "%s\"%s\"", c == 0 ? "" : ", ", spec->choices[c]);
    }
    return g_string_free(text, FALSE);
}

static char *
describe_handle(const char *name, const MlHandle *handle)
{
    g_autofree char *text = ml_handle_text(handle);
    return g_strdup_printf("%s: %s, %s", name, text, handle->structure->summary);
}

static int
help(lua_State *lua)
{
    const char *name = luaL_checkstring(lua, 1);
    const MlStructure *structure = find_structure(name);

    lua_rawgeti(lua, LUA_REGISTRYINDEX, ml_lua_script(lua)->learner_environment);
    lua_getfield(lua, -1, name);
    const MlHandleValue *value = ml_handle_test(lua, -1);
    if (value != NULL)
        ml_lua_print_line(lua, describe_handle(name, &value->handle));
    else if (structure != NULL)
        ml_lua_print_line(lua, describe_structure(structure));
    else if (find_help(name) != NULL)
        ml_lua_print_line(lua, g_strdup(find_help(name)));
    else {
        ml_lua_display(lua, -1);
        ml_lua_print_line(lua, g_strdup_printf("%s: %s", name, lua_tostring(lua, -1)));
    }
    return 0;
}

void
ml_help_setup(MlScript *script)
{
    static const MlWord words[] = { { "?", help, NULL } };

    ml_environment_add(script, script->learner_words, words, G_N_ELEMENTS(words));
}
