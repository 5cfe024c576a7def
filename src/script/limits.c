#include <stdlib.h>
#include <time.h>

#include "script/private.h"

#define MAX_BYTES ((size_t)64 << 20)
#define MAX_INSTRUCTIONS G_GUINT64_CONSTANT(50000000) /* half a second */
#define MAX_CPU_MICROSECONDS (2 * G_USEC_PER_SEC)
#define HOOK_INTERVAL 1000

/* Waiting for the probe does not count: a build may take long. */
static gint64
cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void *
ml_limits_allocate(void *script, void *block, size_t old_size, size_t new_size)
{
    MlLimits *limits = &((MlScript *)script)->limits;
    size_t old_bytes = block != NULL ? old_size : 0; /* for a new block, its type is passed */

    if (new_size > old_bytes && limits->lifted == 0 &&
        limits->bytes - old_bytes + new_size > MAX_BYTES)
        return NULL;
    limits->bytes = limits->bytes - old_bytes + new_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return g_realloc(block, new_size);
}

void
ml_limits_charge(lua_State *lua, guint64 instructions)
{
    MlLimits *limits = &ml_lua_script(lua)->limits;

    limits->instructions -= MIN(limits->instructions, instructions);
    if (limits->instructions == 0)
        ml_lua_fail(lua, "the cell does not come to an end; is there a loop in it?");
}

static void
hook(lua_State *lua, lua_Debug *where)
{
    MlLimits *limits = &ml_lua_script(lua)->limits;
    gboolean is_late = cpu_now() > limits->cpu_deadline;

    /* From the end on every instruction fails, so that pcall() cannot go on. */
    if (limits->instructions <= HOOK_INTERVAL || is_late)
        lua_sethook(lua, hook, LUA_MASKCOUNT, 1);
    ml_limits_charge(lua, HOOK_INTERVAL);
    if (is_late)
        ml_lua_fail(lua, "the cell takes too long by itself; let the structures do the work");
}

void
ml_limits_begin(MlScript *script)
{
    script->limits.instructions = MAX_INSTRUCTIONS;
    script->limits.cpu_deadline = cpu_now() + MAX_CPU_MICROSECONDS;
    script->limits.lifted--;
    lua_sethook(script->lua, hook, LUA_MASKCOUNT, HOOK_INTERVAL);
}

void
ml_limits_end(MlScript *script)
{
    script->limits.lifted++;
    lua_sethook(script->lua, NULL, 0, 0);
}
