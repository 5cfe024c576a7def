/* The head of a Markdown file: lines "key: value" and "- point" between two `---`. */
#pragma once

#include <glib.h>

typedef struct {
    guint line; /* in the file, from 1 */
    char *key;  /* (nullable): NULL for "- point" */
    char *value;
} MlHeadLine;

/**
 * ml_head_read: read the head.
 * @name: (transfer none): of the file, for messages
 * @text: (transfer none): the whole file
 * @ret_body: (out) (transfer none): points into @text, behind the head
 * @ret_body_line: (out): the line on which the body begins, from 1
 *
 * Errors: ML_ERROR_INPUT: "NAME:1: …" where there is none or it is not closed; or the line that is
 * neither.
 * Returns: (transfer full) (element-type MlHeadLine).
 */
GPtrArray *ml_head_read(const char *name,
    const char *text,
    const char **ret_body,
    guint *ret_body_line,
    GError **error);
