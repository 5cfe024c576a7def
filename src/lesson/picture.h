/* The picture of a structure that lives in a lesson's process, in characters, words and files. */
#pragma once

#include "facts/ledger.h"
#include "session/session.h"

typedef struct {
    MlSession *session;
    const MlHandle *handle;
    const MlLedger *ledger; /* of the like */
} MlPictureOf;

/**
 * ml_picture_exists: whether there is a kind of diagram for it: one that has the structure's name.
 */
gboolean ml_picture_exists(const MlStructure *structure);

/**
 * ml_picture_text: the picture in characters.
 *
 * Errors: those of walking the structure.  Returns: (transfer full): styled lines.
 */
char *ml_picture_text(const MlPictureOf *of, gboolean ascii, int columns, GError **error);

/**
 * ml_picture_words: the picture described.
 *
 * Returns: (transfer full).
 */
char *ml_picture_words(const MlPictureOf *of, GError **error);

/**
 * ml_picture_write: the picture as a file in the current folder.
 * @extension: "svg" or "png"
 *
 * It is called after the structure: "boxed-array.svg".  No file is ever overwritten: where there
 * is one of that name with other contents, the next is "boxed-array-2.svg".
 * Errors: ML_ERROR_SURROUNDINGS: no fonts, no room, no right to write.
 * Returns: (transfer full): the file's name.
 */
char *ml_picture_write(const MlPictureOf *of, const char *extension, GError **error);
