#include "structure/object.h"

#include <stddef.h>

const char ml_int_type[] = "int";
const char ml_str_type[] = "str";

static void
add_header(MlPart *part, size_t refs, size_t type, const char *type_name)
{
    ml_part_add(part, "refs", refs, sizeof(int64_t), ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ml_part_add(part, "type", type, sizeof(void *), ML_ROLE_OBJECT_HEADER, ML_FIELD_TYPE)
        ->type_name = type_name;
}

void
ml_part_init_box(MlPart *part, const char *name)
{
    ml_part_init(part, name, sizeof(struct box));
    add_header(part, offsetof(struct box, refs), offsetof(struct box, type), ml_int_type);
    ml_part_add(
        part, "value", offsetof(struct box, value), sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
}

void
ml_part_init_text(MlPart *part, const char *name)
{
    /* One element: the header and the final NUL, which is padding; the characters lie between. */
    ml_part_init(part, name, sizeof(struct text) + 1);
    add_header(part, offsetof(struct text, refs), offsetof(struct text, type), ml_str_type);
    ml_part_add(part,
        "length",
        offsetof(struct text, length),
        sizeof(int64_t),
        ML_ROLE_OBJECT_HEADER,
        ML_FIELD_INT);
    ml_part_add(part, "text", offsetof(struct text, chars), 0, ML_ROLE_DATA, ML_FIELD_TEXT);
}
