#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "script/private.h"

#define CHUNK_NAME "formula"

/* "formula:1: this ledger has …" as "in 'per(L.mesured)': this ledger has …" */
static void
name_formula(const char *formula, GError *cause, GError **error)
{
    const char *message = cause->message;
    g_autofree char *quoted = ml_text_quote(formula);

    if (g_str_has_prefix(message, CHUNK_NAME ":") && strstr(message, ": ") != NULL)
        message = strstr(message, ": ") + 2;
    g_set_error(error, ML_ERROR, cause->code, "in %s: %s", quoted, message);
    g_error_free(cause);
}

/* Leaves the formula's value on the stack. */
static gboolean
evaluate(MlScript *script, const char *formula, gboolean is_author, GError **error)
{
    g_autofree char *text = g_strdup_printf("return (%s\n)", formula);

    script->is_author = is_author;
    script->last.is_fresh = FALSE;
    g_string_truncate(script->output, 0);
    int status = ml_compile_text(script, text, CHUNK_NAME, is_author);
    if (status == LUA_OK) {
        ml_limits_begin(script);
        status = lua_pcall(script->lua, 0, 1, 0);
        ml_limits_end(script);
    }
    if (status != LUA_OK)
        name_formula(formula, ml_lua_take_error(script->lua, status), error);
    return status == LUA_OK;
}

static gboolean
evaluate_number(
    MlScript *script, const char *formula, gboolean is_author, double *ret_value, GError **error)
{
    if (!evaluate(script, formula, is_author, error))
        return FALSE;
    gboolean is_number = lua_type(script->lua, -1) == LUA_TNUMBER;
    double value = lua_tonumber(script->lua, -1);
    lua_pop(script->lua, 1);
    if (is_number && isfinite(value)) {
        *ret_value = value;
        return TRUE;
    }
    g_autofree char *quoted = ml_text_quote(formula);
    return ml_fail(error,
        is_author ? ML_ERROR_INPUT : ML_ERROR_USAGE,
        "%s is %s",
        quoted,
        is_number ? "no finite number" : "no number");
}

gboolean
ml_script_number(MlScript *script, const char *formula, double *ret_value, GError **error)
{
    return evaluate_number(script, formula, TRUE, ret_value, error);
}

/* Each "sizeof(struct box)" as its number, for who thinks in C.  What names no C type stays, and
 * gets the answer that it gets in a cell. */
static char *
fill_sizes(const char *formula)
{
    g_autoptr(GRegex) pattern = g_regex_new("\\bsizeof *\\(([^()]*)\\)", G_REGEX_RAW, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    GString *filled = g_string_new(NULL);
    int from, to, done = 0;
    size_t size;

    g_regex_match(pattern, formula, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *type = g_strstrip(g_match_info_fetch(match, 1));
        g_match_info_fetch_pos(match, 0, &from, &to);
        g_string_append_len(filled, formula + done, from - done);
        if (ml_ctype_size(type, &size))
            g_string_append_printf(filled, "%zu", size);
        else
            g_string_append_len(filled, formula + from, to - from);
        done = to;
    }
    g_string_append(filled, formula + done);
    return g_string_free(filled, FALSE);
}

gboolean
ml_script_answer(MlScript *script, const char *formula, double n, double *ret_value, GError **error)
{
    lua_State *lua = script->lua;
    g_autofree char *filled = fill_sizes(formula);

    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->learner_names);
    int names = lua_gettop(lua);
    lua_getfield(lua, names, "n"); /* what a learner may have called so is put back below */
    lua_pushnumber(lua, n);
    lua_setfield(lua, names, "n");
    gboolean ok = evaluate_number(script, filled, FALSE, ret_value, error);
    lua_setfield(lua, names, "n");
    lua_pop(lua, 1);
    return ok;
}

/* The value on top, as text. */
static char *
to_text(lua_State *lua)
{
    if (lua_type(lua, -1) == LUA_TSTRING)
        return g_utf8_make_valid(lua_tostring(lua, -1), -1);
    if (lua_type(lua, -1) != LUA_TNUMBER)
        return NULL;
    if (!lua_isinteger(lua, -1))
        return ml_fixed(lua_tonumber(lua, -1), 1);
    lua_Integer value = lua_tointeger(lua, -1);
    g_autofree char *digits = ml_group_digits(value < 0 ? -(guint64)value : (guint64)value, " ");
    return g_strconcat(value < 0 ? "-" : "", digits, NULL);
}

char *
ml_script_string(MlScript *script, const char *formula, GError **error)
{
    if (!evaluate(script, formula, TRUE, error))
        return NULL;
    char *text = to_text(script->lua);
    lua_pop(script->lua, 1);
    if (text == NULL) {
        g_autofree char *quoted = ml_text_quote(formula);
        ml_fail(error, ML_ERROR_INPUT, "%s is neither number nor text", quoted);
    }
    return text;
}

char *
ml_script_interpolate(MlScript *script, const char *text, GError **error)
{
    g_autoptr(GString) filled = g_string_new(NULL);
    const char *open, *close;

    while ((open = strstr(text, "{{")) != NULL && (close = strstr(open, "}}")) != NULL) {
        g_autofree char *formula = g_strstrip(g_strndup(open + 2, (gsize)(close - open - 2)));
        g_autofree char *value = ml_script_string(script, formula, error);
        if (value == NULL)
            return NULL;
        g_string_append_len(filled, text, open - text);
        g_string_append(filled, value);
        text = close + 2;
    }
    g_string_append(filled, text);
    return g_string_free(g_steal_pointer(&filled), FALSE);
}
