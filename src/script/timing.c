#include <math.h>
#include <string.h>

#include "base/number.h"
#include "script/private.h"

/* %time and %timeit: each gets the options that stood behind its name, and the code as a function.
 */

#define DEFAULT_REPEATS 7
#define MIN_RUN_SECONDS 0.05
#define MAX_LOOPS 1000000000
#define MAX_REPEATS 1000

enum { OPTIONS = 1, CODE };

/* "22.4 ms": three digits that count, in the unit that suits. */
static char *
seconds_text(double seconds)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = { { 1, "s" }, { 1e-3, "ms" }, { 1e-6, "µs" }, { 1e-9, "ns" } };
    gsize i = 0;

    while (i + 1 < G_N_ELEMENTS(units) && seconds < units[i].seconds)
        i++;
    double value = seconds / units[i].seconds;
    g_autofree char *number = ml_fixed(value, value < 10 ? 2 : value < 100 ? 1 : 0);
    return g_strdup_printf("%s %s", number, units[i].name);
}

/* --- %time ------------------------------------------------------------------------------------ */

static char *
describe_time(double seconds)
{
    g_autofree char *time = seconds_text(seconds);
    return g_strdup_printf("Wall time: %s", time);
}

int
ml_magic_time(lua_State *lua)
{
    gint64 began = g_get_monotonic_time();
    lua_call(lua, 0, LUA_MULTRET);
    double seconds = (double)(g_get_monotonic_time() - began) / 1e6;

    ml_lua_print_line(lua, describe_time(seconds));
    return lua_gettop(lua) - OPTIONS;
}

/* --- %timeit ---------------------------------------------------------------------------------- */

typedef struct {
    lua_Integer loops;
    lua_Integer repeats;
    gboolean returns; /* -o */
} TimeitOptions;

static lua_Integer
read_figure(lua_State *lua, const char **at, char letter, lua_Integer most)
{
    char *end;
    guint64 value = g_ascii_strtoull(*at, &end, 10);

    if (value < 1 || value > (guint64)most)
        ml_lua_fail(lua, "%%timeit -%c takes a number from 1 to %lld", letter, most);
    *at = end;
    return (lua_Integer)value;
}

static TimeitOptions
read_options(lua_State *lua)
{
    TimeitOptions options = { .repeats = DEFAULT_REPEATS };
    const char *at = luaL_checkstring(lua, OPTIONS);

    while ((at = strchr(at, '-')) != NULL) {
        char letter = at[1];
        at += 2;
        if (letter == 'o')
            options.returns = TRUE;
        else if (letter == 'n')
            options.loops = read_figure(lua, &at, letter, MAX_LOOPS);
        else
            options.repeats = read_figure(lua, &at, letter, MAX_REPEATS);
    }
    return options;
}

/* Seconds that so many calls of the code take. */
static double
run_loops(lua_State *lua, lua_Integer loops)
{
    gint64 began = g_get_monotonic_time();

    for (lua_Integer i = 0; i < loops; i++) {
        lua_pushvalue(lua, CODE);
        lua_call(lua, 0, 0);
    }
    return (double)(g_get_monotonic_time() - began) / 1e6;
}

/* 1, 2, 5, 10, 20, … until a run is long enough for the clock. */
static lua_Integer
choose_loops(lua_State *lua)
{
    static const lua_Integer steps[] = { 1, 2, 5 };

    for (lua_Integer ten = 1; ten < MAX_LOOPS; ten *= 10)
        for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
            if (run_loops(lua, ten * steps[i]) >= MIN_RUN_SECONDS)
                return ten * steps[i];
    return MAX_LOOPS;
}

static int
timing_text(lua_State *lua)
{
    lua_getfield(lua, 1, "text");
    return 1;
}

static void
set_number(lua_State *lua, const char *name, double value)
{
    lua_pushnumber(lua, value);
    lua_setfield(lua, -2, name);
}

/* What %timeit -o returns: seconds a loop; shown as the line that was printed. */
static int
push_timing(lua_State *lua, const double *best_worst_mean, double deviation, const char *text)
{
    lua_newtable(lua);
    set_number(lua, "best", best_worst_mean[0]);
    set_number(lua, "worst", best_worst_mean[1]);
    set_number(lua, "average", best_worst_mean[2]);
    set_number(lua, "stdev", deviation);
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, "text");
    lua_newtable(lua);
    lua_pushcfunction(lua, timing_text);
    lua_setfield(lua, -2, "__tostring");
    lua_setmetatable(lua, -2);
    return 1;
}

static char *
describe_timing(double mean, double deviation, lua_Integer repeats, lua_Integer loops)
{
    g_autofree char *mean_text = seconds_text(mean);
    g_autofree char *deviation_text = seconds_text(deviation);
    g_autofree char *loops_text = ml_group_digits((guint64)loops, " ");

    return g_strdup_printf("%s ± %s per loop (mean ± std. dev. of %lld run%s, %s loop%s each)",
        mean_text,
        deviation_text,
        repeats,
        repeats == 1 ? "" : "s",
        loops_text,
        loops == 1 ? "" : "s");
}

int
ml_magic_timeit(lua_State *lua)
{
    TimeitOptions options = read_options(lua);
    lua_Integer loops = options.loops > 0 ? options.loops : choose_loops(lua);
    double sum = 0, squares = 0, best = INFINITY, worst = 0;

    for (lua_Integer i = 0; i < options.repeats; i++) {
        double seconds = run_loops(lua, loops) / (double)loops;
        sum += seconds;
        squares += seconds * seconds;
        best = MIN(best, seconds);
        worst = MAX(worst, seconds);
    }
    double n = (double)options.repeats, mean = sum / n;
    double deviation = sqrt(MAX(squares / n - mean * mean, 0));
    ml_lua_push_taken(lua, describe_timing(mean, deviation, options.repeats, loops));
    ml_lua_print_line(lua, g_strdup(lua_tostring(lua, -1)));
    if (!options.returns)
        return 0;
    double figures[] = { best, worst, mean };
    return push_timing(lua, figures, deviation, lua_tostring(lua, -1));
}
