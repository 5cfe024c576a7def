/* What a language runtime keeps on the heap for one value: a header, then the value. */
#pragma once

#include <stdint.h>

#include "core/part.h"

/* [excerpt] */
struct box {
    int64_t refs;     /* how many pointers lead here */
    const void *type; /* "this is an integer"        */
    int64_t value;    /* the integer                 */
};
/* [end] */

/* [excerpt text] */
struct text {
    int64_t refs;     /* how many pointers lead here   */
    const void *type; /* "this is a string"            */
    int64_t length;   /* characters, without the NUL   */
    char chars[];     /* the characters, and their NUL */
};
/* [end] */

/* What a string object of so many characters asks for, in bytes. */
static inline uint64_t
ml_text_bytes(uint64_t length)
{
    return sizeof(struct text) + length + 1;
}

/* The one type object of each kind; its address is what `type` holds. */
extern const char ml_int_type[];
extern const char ml_str_type[];

/**
 * ml_part_init_box, ml_part_init_text: describe a part whose blocks are such objects.
 */
void ml_part_init_box(MlPart *part, const char *name);
void ml_part_init_text(MlPart *part, const char *name);
