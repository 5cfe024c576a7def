#include "core/role.h"

typedef struct {
    const char *id;
    const char *label;
    const char *short_label;
} RoleWords;

static const RoleWords words[ML_N_ROLES] = {
    [ML_ROLE_DATA] = { "data", "data", "data" },
    [ML_ROLE_POINTER] = { "pointer", "pointers", "pointer" },
    [ML_ROLE_OBJECT_HEADER] = { "object-header", "object header", "obj. header" },
    [ML_ROLE_INDEX] = { "index", "table index", "index" },
    [ML_ROLE_ALLOCATOR] = { "allocator", "malloc's own", "malloc" },
    [ML_ROLE_PADDING] = { "padding", "padding", "padding" },
    [ML_ROLE_UNUSED] = { "unused", "spare room", "spare" },
    [ML_ROLE_UNEXPLAINED] = { "unexplained", "unexplained", "unexpl." },
};

const char *
ml_role_id(MlRole role)
{
    return words[role].id;
}

const char *
ml_role_label(MlRole role)
{
    return words[role].label;
}

const char *
ml_role_short(MlRole role)
{
    return words[role].short_label;
}
