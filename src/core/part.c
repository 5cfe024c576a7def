#include "core/part.h"

#include <assert.h>
#include <string.h>

void
ml_part_init(MlPart *part, const char *name, size_t stride)
{
    memset(part, 0, sizeof *part);
    part->name = name;
    part->stride = (uint32_t)stride;
}

MlField *
ml_part_add(
    MlPart *part, const char *name, size_t offset, size_t size, MlRole role, MlFieldKind kind)
{
    assert(part->n_fields < ML_MAX_FIELDS);
    MlField *field = &part->fields[part->n_fields++];
    *field = (MlField){
        .name = name,
        .offset = (uint32_t)offset,
        .size = (uint32_t)size,
        .role = role,
        .kind = kind,
    };
    if (kind == ML_FIELD_TEXT)
        part->text = true;
    return field;
}

MlField *
ml_part_add_each(
    MlPart *part, const char *name, size_t offset, size_t size, MlRole role, MlFieldKind kind)
{
    MlField *field = ml_part_add(part, name, offset, size, role, kind);
    field->each = true;
    return field;
}

/* Blocks of some fields, and of others for each place. */
static void
roles_of_places(
    const MlPart *part, uint64_t n_blocks, uint64_t used, uint64_t ret_bytes[ML_N_ROLES])
{
    uint64_t covered = 0;
    for (uint32_t i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        uint64_t places = field->each ? n_blocks * part->room : n_blocks;
        uint64_t taken = field->each ? used : n_blocks;
        ret_bytes[field->role] += field->size * taken;
        ret_bytes[ML_ROLE_UNUSED] += field->size * (places - taken);
        covered += field->size * places;
    }
    ret_bytes[ML_ROLE_PADDING] += part->stride * n_blocks - covered;
}

void
ml_part_roles(
    const MlPart *part, uint64_t request_bytes, uint64_t used, uint64_t ret_bytes[ML_N_ROLES])
{
    memset(ret_bytes, 0, sizeof *ret_bytes * ML_N_ROLES);
    if (part->room > 0) {
        roles_of_places(part, request_bytes / part->stride, used, ret_bytes);
        return;
    }
    uint64_t covered = 0;
    for (uint32_t i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        ret_bytes[field->role] += field->size * used;
        covered += field->size;
    }
    uint64_t element_bytes = part->stride * used;
    ret_bytes[ML_ROLE_PADDING] += element_bytes - covered * used;
    if (part->text)
        ret_bytes[ML_ROLE_DATA] += request_bytes - element_bytes;
    else if (part->links)
        ret_bytes[ML_ROLE_POINTER] += request_bytes - element_bytes;
    else
        ret_bytes[ML_ROLE_UNUSED] += request_bytes - element_bytes;
}
