#include <string.h>

#include "base/spec.h"
#include "base/suggest.h"
#include "base/text.h"
#include "script/private.h"
#include "structure/object.h"
#include "structure/registry.h"

/* ctype("int"), ctype("struct box"), ctype("struct node", "double-list"): size and members. */

static const struct {
    const char *name;
    size_t size;
} plain_types[] = {
    { "char", sizeof(char) },
    { "short", sizeof(short) },
    { "int", sizeof(int) },
    { "long", sizeof(long) },
    { "long long", sizeof(long long) },
    { "float", sizeof(float) },
    { "double", sizeof(double) },
    { "void *", sizeof(void *) },
    { "size_t", sizeof(size_t) },
    { "int8_t", sizeof(int8_t) },
    { "int16_t", sizeof(int16_t) },
    { "int32_t", sizeof(int32_t) },
    { "int64_t", sizeof(int64_t) },
    { "uint8_t", sizeof(uint8_t) },
    { "uint16_t", sizeof(uint16_t) },
    { "uint32_t", sizeof(uint32_t) },
    { "uint64_t", sizeof(uint64_t) },
    { "bool", sizeof(bool) },
};

/* The part of a structure that is called as the struct. */
static gboolean
find_part(const MlStructure *structure, const char *name, MlPart *ret_part)
{
    MlPart parts[ML_MAX_PARTS];
    MlOptions options;

    ml_options_defaults(structure->options, structure->n_options, &options);
    uint32_t n_parts = structure->parts(1, &options, parts);
    for (uint32_t i = 0; i < n_parts; i++) {
        if (!g_str_equal(parts[i].name, name))
            continue;
        *ret_part = parts[i];
        return TRUE;
    }
    return FALSE;
}

/* Returns: NULL, or what is wrong. */
static const char *
find_struct(const char *name, const MlStructure *structure, MlPart *ret_part)
{
    guint n_found = 0;
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);

    if (g_str_equal(name, "box")) {
        ml_part_init_box(ret_part, name);
        return NULL;
    }
    if (g_str_equal(name, "text")) {
        ml_part_init_text(ret_part, name);
        return NULL;
    }
    if (structure != NULL)
        return find_part(structure, name, ret_part) ? NULL : "this structure has no such part";
    for (size_t i = 0; i < n_structures; i++)
        n_found += find_part(structures[i], name, ret_part) ? 1 : 0;
    if (n_found > 1)
        return "several structures have it; name one, as in "
               "ctype(\"struct node\", \"double-list\")";
    return n_found == 1 ? NULL : "no structure has such a part";
}

static gboolean
find_plain(const char *name, size_t *ret_size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plain_types); i++) {
        if (!g_str_equal(plain_types[i].name, name))
            continue;
        *ret_size = plain_types[i].size;
        return TRUE;
    }
    return FALSE;
}

static size_t
part_size(const MlPart *part)
{
    return part->stride - (part->text ? 1 : 0);
}

gboolean
ml_ctype_size(const char *name, size_t *ret_size)
{
    const char *bare = g_str_has_prefix(name, "struct ") ? name + strlen("struct ") : name;
    MlPart part;

    if (g_str_has_suffix(name, "*"))
        return find_plain("void *", ret_size);
    if (find_plain(name, ret_size))
        return TRUE;
    if (find_struct(bare, NULL, &part) != NULL)
        return FALSE;
    *ret_size = part_size(&part);
    return TRUE;
}

static int
type_text(lua_State *lua)
{
    lua_getfield(lua, 1, "text");
    return 1;
}

/* Pushes {name, size, members = {refs = 8, …}}. */
static int
push_type(lua_State *lua, const char *name, size_t size, const MlPart *part)
{
    luaL_Buffer text;

    lua_newtable(lua);
    lua_pushstring(lua, name);
    lua_setfield(lua, -2, "name");
    lua_pushinteger(lua, (lua_Integer)size);
    lua_setfield(lua, -2, "size");
    lua_newtable(lua);
    for (uint32_t i = 0; part != NULL && i < part->n_fields; i++) {
        lua_pushinteger(lua, part->fields[i].size);
        lua_setfield(lua, -2, part->fields[i].name);
    }
    lua_setfield(lua, -2, "members");
    luaL_buffinit(lua, &text);
    lua_pushfstring(lua, "%s: %d B", name, (int)size);
    luaL_addvalue(&text);
    for (uint32_t i = 0; part != NULL && i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        lua_pushfstring(
            lua, "\n    %s: %d B at %d", field->name, (int)field->size, (int)field->offset);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    lua_setfield(lua, -2, "text");
    lua_newtable(lua);
    lua_pushcfunction(lua, type_text);
    lua_setfield(lua, -2, "__tostring");
    lua_setmetatable(lua, -2);
    return 1;
}

static char *
describe_unknown(const char *name)
{
    const char *names[G_N_ELEMENTS(plain_types) + 1] = { NULL };
    g_autofree char *quoted = ml_text_quote(name);

    for (gsize i = 0; i < G_N_ELEMENTS(plain_types); i++)
        names[i] = plain_types[i].name;
    g_autofree char *near = ml_suggest_phrase(name, names);
    return g_strdup_printf(
        "ctype knows no %s%s; it knows int, int64_t, void *, struct box, …", quoted, near);
}

static int
word_ctype(lua_State *lua)
{
    const char *name = lua_tostring(lua, 1);
    const MlStructure *structure = NULL;
    GError *error = NULL;
    MlPart part;
    size_t size;

    if (lua_type(lua, 1) != LUA_TSTRING)
        ml_lua_fail(lua, "ctype takes a type's name in quotes: ctype(\"int\")");
    if (lua_type(lua, 2) == LUA_TSTRING) {
        structure = ml_spec_structure(lua_tostring(lua, 2), &error);
        if (structure == NULL)
            return ml_lua_raise(lua, error);
    }
    if (find_plain(name, &size))
        return push_type(lua, name, size, NULL);
    if (g_str_has_prefix(name, "struct ")) {
        const char *wrong = find_struct(name + strlen("struct "), structure, &part);
        if (wrong != NULL)
            return ml_lua_fail(lua, "ctype(\"%s\"): %s", name, wrong);
        return push_type(lua, name, part_size(&part), &part);
    }
    ml_lua_push_taken(lua, describe_unknown(name));
    return ml_lua_fail(lua, "%s", lua_tostring(lua, -1));
}

void
ml_ctype_setup(MlScript *script)
{
    static const MlWord words[] = {
        { "ctype", word_ctype, "ctype(\"struct box\"): size and members of a C type" },
    };

    ml_environment_add(script, script->learner_words, words, G_N_ELEMENTS(words));
}
