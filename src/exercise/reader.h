/* Reading a question's table; of use to question_read.c and question_lists.c alone. */
#pragma once

#include "exercise/private.h"

/* A question in the making: where errors are, and whether there was one. */
typedef struct {
    const char *where;
    const char *id; /* (nullable): before it is known */
    GError **error;
} MlReader;

/**
 * ml_reader_refuse: the error of this question: "file:line: question 'id': …".
 *
 * Returns: FALSE.
 */
gboolean ml_reader_refuse(const MlReader *reader, const char *format, ...) G_GNUC_PRINTF(2, 3);

/**
 * ml_reader_fields: whether the table has no fields but these.
 */
gboolean ml_reader_fields(const MlReader *reader, json_t *table, const char *const *known);

/**
 * ml_reader_text: a text, or a number where a formula is meant.
 * @ret_text: (out) (transfer full): untouched where there is no such field
 */
gboolean ml_reader_text(const MlReader *reader, json_t *table, const char *name, char **ret_text);

/**
 * ml_reader_is_id: small letters and digits, and what @extra holds; a letter first.
 */
gboolean ml_reader_is_id(const char *text, const char *extra);

/* The lists into the question; NULL: there is none. */
gboolean ml_reader_wrong(const MlReader *reader, MlQuestion *question, json_t *list);
gboolean ml_reader_choices(const MlReader *reader, MlQuestion *question, json_t *list);
gboolean ml_reader_hints(const MlReader *reader, MlQuestion *question, json_t *list);
gboolean ml_reader_at(const MlReader *reader, MlQuestion *question, json_t *list);
