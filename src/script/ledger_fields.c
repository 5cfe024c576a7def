#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "script/private.h"

/* A ledger as tables of numbers, in which a misspelt name is an error and not nil. */

/* --- a field that is not there ---------------------------------------------------------------- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *
ml_lua_describe_unknown(lua_State *lua, int index, const char *what, const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *quoted = ml_text_quote(name);

    for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1))
        g_ptr_array_add(names, (gpointer)(guintptr)lua_tostring(lua, -2));
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    const char *const *known = (const char *const *)names->pdata;
    g_autofree char *near = ml_suggest_phrase(name, known);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    if (*near != '\0')
        return g_strdup_printf("this %s has no %s%s", what, quoted, near);
    return g_strdup_printf("this %s has no %s; it has %s", what, quoted, all);
}

/* __index of a table: called only for what it has not. */
static int
refuse_field(lua_State *lua)
{
    const char *what = lua_tostring(lua, lua_upvalueindex(1));
    ml_lua_push_taken(lua, ml_lua_describe_unknown(lua, 1, what, luaL_checkstring(lua, 2)));
    return ml_lua_fail(lua, "%s", lua_tostring(lua, -1));
}

static void
refuse_other_fields(lua_State *lua, const char *what)
{
    lua_newtable(lua);
    lua_pushstring(lua, what);
    lua_pushcclosure(lua, refuse_field, 1);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
}

/* --- a ledger's fields as tables -------------------------------------------------------------- */

static void
set_bytes(lua_State *lua, const char *name, guint64 bytes)
{
    lua_pushinteger(lua, (lua_Integer)bytes);
    lua_setfield(lua, -2, name);
}

static guint64
figure(const MlLedger *ledger, MlPair pair)
{
    return ml_ledger_is_measured(ledger) ? pair.measured : pair.model;
}

/* Sets the field @name of the table on top, with '-' and ' ' as '_'. */
static void
set_key(lua_State *lua, const char *name)
{
    g_autofree char *key = g_strdelimit(g_strdup(name), "- ", '_');
    lua_setfield(lua, -2, key);
}

static void
push_roles(lua_State *lua, const MlLedger *ledger)
{
    lua_newtable(lua);
    for (int role = 0; role < ML_ROLE_UNEXPLAINED; role++) {
        lua_pushinteger(lua, (lua_Integer)figure(ledger, ml_ledger_role(ledger, (MlRole)role)));
        set_key(lua, ml_role_id((MlRole)role));
    }
    refuse_other_fields(lua, "role");
}

static void
push_part(lua_State *lua, const MlLedger *ledger, const MlLedgerPart *part)
{
    lua_newtable(lua);
    set_bytes(lua, "resident", figure(ledger, ml_ledger_part_total(part)));
    set_bytes(lua, "requested", part->requested);
    set_bytes(lua, "usable", part->usable);
    set_bytes(lua, "allocated", part->allocated);
    set_bytes(lua, "reserved", part->reserved);
    set_bytes(lua, "blocks", part->blocks);
    refuse_other_fields(lua, "part");
}

/* malloc's stock is no part with blocks; it is L.stock. */
static gboolean
is_stock(const MlLedger *ledger, guint i)
{
    return i + 1 == ledger->n_parts && ledger->parts[i].usable == 0 && i > 0;
}

static void
push_parts(lua_State *lua, const MlLedger *ledger)
{
    lua_newtable(lua);
    for (guint i = 0; i < ledger->n_parts; i++) {
        if (is_stock(ledger, i))
            continue;
        push_part(lua, ledger, &ledger->parts[i]);
        set_key(lua, ledger->parts[i].name);
    }
    refuse_other_fields(lua, "part");
}

static void
set_rulers(lua_State *lua, const MlLedger *ledger)
{
    MlPair field = { 0 }, rounding = { 0 }, stock = { 0 };

    for (guint i = 0; i < ledger->n_parts; i++) {
        const MlLedgerPart *part = &ledger->parts[i];
        field = (MlPair){ field.model + part->field.model, field.measured + part->field.measured };
        rounding.model += part->rounding.model;
        rounding.measured += part->rounding.measured;
        stock = (MlPair){ stock.model + part->stock.model, stock.measured + part->stock.measured };
    }
    set_bytes(lua, "field", figure(ledger, field));
    set_bytes(lua, "rounding", figure(ledger, rounding));
    set_bytes(lua, "stock", figure(ledger, stock));
    set_bytes(lua, "requested", ledger->rulers.requested);
    set_bytes(lua, "usable", ledger->rulers.usable);
    set_bytes(lua, "allocated", ledger->rulers.allocated);
    set_bytes(lua, "reserved", ledger->rulers.reserved);
    set_bytes(lua, "resident", ledger->rulers.resident);
}

void
ml_ledger_push_fields(lua_State *lua, const MlLedger *ledger)
{
    lua_newtable(lua);
    set_bytes(lua, "n", ledger->n);
    set_bytes(lua, "model", ledger->model_bytes);
    set_bytes(
        lua, "peak", ml_ledger_is_measured(ledger) ? ledger->peak_bytes : ledger->model_peak_bytes);
    if (ml_ledger_is_measured(ledger)) {
        set_bytes(lua, "measured", (guint64)ledger->measured_bytes);
        set_bytes(lua, "unexplained", (guint64)ml_ledger_unexplained(ledger));
        set_bytes(lua, "total_rss", ledger->total_rss_bytes);
        lua_pushnumber(lua, ledger->seconds);
        lua_setfield(lua, -2, "seconds");
    }
    if (ledger->slots > 0) {
        set_bytes(lua, "slots", ledger->slots);
        lua_pushnumber(lua, ledger->max_load);
        lua_setfield(lua, -2, "max_load");
    }
    if (ledger->capacity > 0)
        set_bytes(lua, "capacity", ledger->capacity);
    set_rulers(lua, ledger);
    push_roles(lua, ledger);
    lua_setfield(lua, -2, "role");
    push_parts(lua, ledger);
    lua_setfield(lua, -2, "part");
}
