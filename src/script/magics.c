#include "base/number.h"
#include "script/private.h"

enum { OPTIONS = 1, CODE };

/* --- %memit ----------------------------------------------------------------------------------- */

static void
read_memory(lua_State *lua, MlReading *ret_reading)
{
    GError *error = NULL;

    if (!ml_session_read(ml_lua_script(lua)->session, ret_reading, &error))
        ml_lua_raise(lua, error);
}

static char *
describe_peak(const MlReading *before, const MlReading *after)
{
    guint64 peak = MAX(after->peak_rss, after->rss); /* the kernel's peak reads some pages low */
    const char *name;
    double unit = ml_bytes_unit(peak, &name);
    g_autofree char *peak_text = ml_fixed((double)peak / unit, 2);
    g_autofree char *more = ml_fixed(((double)peak - (double)before->rss) / unit, 2);

    return g_strdup_printf("peak memory: %s %s, increment: %s %s", peak_text, name, more, name);
}

static int
magic_memit(lua_State *lua)
{
    MlReading before, after;
    GError *error = NULL;

    read_memory(lua, &before);
    if (!ml_session_restart_peak(ml_lua_script(lua)->session, &error))
        return ml_lua_raise(lua, error);
    lua_call(lua, 0, LUA_MULTRET);
    read_memory(lua, &after);
    ml_lua_print_line(lua, describe_peak(&before, &after));
    return lua_gettop(lua) - OPTIONS;
}

/* --- setting up ------------------------------------------------------------------------------- */

const char *const *
ml_magic_names(void)
{
    static const char *const names[] = { "time", "timeit", "memit", NULL };
    return names;
}

void
ml_magics_setup(MlScript *script)
{
    static const MlWord words[] = {
        { "%time", ml_magic_time, NULL },
        { "%timeit", ml_magic_timeit, NULL },
        { "%memit", magic_memit, NULL },
    };

    ml_environment_add(script, script->learner_words, words, G_N_ELEMENTS(words));
}
