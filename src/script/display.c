#include <math.h>
#include <string.h>

#include "script/private.h"

#define MAX_OUTPUT_BYTES ((gsize)1 << 20)
#define EXACT_INTEGERS 0x1p53
#define NUMBER_SIZE 64

void
ml_lua_display(lua_State *lua, int index)
{
    char text[NUMBER_SIZE];

    if (lua_type(lua, index) != LUA_TNUMBER || lua_isinteger(lua, index)) {
        luaL_tolstring(lua, index, NULL);
        return;
    }
    double number = lua_tonumber(lua, index);
    if (fabs(number) < EXACT_INTEGERS && number == floor(number))
        g_ascii_formatd(text, sizeof text, "%.0f", number + 0.0); /* no -0 */
    else
        g_ascii_formatd(text, sizeof text, "%.14g", number);
    lua_pushstring(lua, text);
}

void
ml_lua_print(lua_State *lua, const char *text, size_t length)
{
    MlScript *script = ml_lua_script(lua);

    if (length > MAX_OUTPUT_BYTES - script->output->len)
        luaL_error(lua, "a cell prints at most 1 MiB");
    for (size_t i = 0; i < length; i++) {
        gboolean is_control = g_ascii_iscntrl(text[i]) && text[i] != '\n' && text[i] != '\t';
        g_string_append_c(script->output, is_control ? '?' : text[i]);
    }
    ml_limits_charge(lua, length);
}

void
ml_lua_print_line(lua_State *lua, char *text)
{
    size_t length;

    ml_lua_push_taken(lua, text);
    const char *line = lua_tolstring(lua, -1, &length);
    ml_lua_print(lua, line, length);
    ml_lua_print(lua, "\n", 1);
    lua_pop(lua, 1);
}
