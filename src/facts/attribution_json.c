#include "facts/attribution_json.h"

#include "facts/json_read.h"

static const struct {
    const char *key;
    gsize offset;
} members[] = {
    { "new_pages", G_STRUCT_OFFSET(MlAttribution, n_new) },
    { "vanished_pages", G_STRUCT_OFFSET(MlAttribution, n_vanished) },
    { "owned_bytes", G_STRUCT_OFFSET(MlAttribution, owned) },
    { "allocator_bytes", G_STRUCT_OFFSET(MlAttribution, allocator) },
    { "free_bytes", G_STRUCT_OFFSET(MlAttribution, free) },
    { "allocator_only_bytes", G_STRUCT_OFFSET(MlAttribution, allocator_only) },
    { "unattributed_bytes", G_STRUCT_OFFSET(MlAttribution, unattributed) },
    { "already_resident_bytes", G_STRUCT_OFFSET(MlAttribution, already_resident) },
};

json_t *
ml_attribution_to_json(const MlAttribution *attribution)
{
    if (!attribution->is_known)
        return NULL;
    json_t *json = json_object();
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        const guint64 *value = G_STRUCT_MEMBER_P(attribution, members[i].offset);
        json_object_set_new(json, members[i].key, json_integer((json_int_t)*value));
    }
    return json;
}

void
ml_attribution_from_json(const json_t *json, MlAttribution *ret_attribution, GError **error)
{
    *ret_attribution = (MlAttribution){ .is_known = json != NULL };
    for (gsize i = 0; json != NULL && i < G_N_ELEMENTS(members); i++) {
        guint64 *value = G_STRUCT_MEMBER_P(ret_attribution, members[i].offset);
        *value = (guint64)ml_json_integer(json, members[i].key, error);
    }
}
