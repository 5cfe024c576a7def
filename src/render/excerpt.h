/* A structure's C, cut from the very file that is compiled: what stands between the lines
 * "[excerpt]" and "[end]" (each in a comment of its own), of its own file and of the headers of
 * this program that it includes, as far as they define a struct that it uses. */
#pragma once

#include <glib.h>

#include "core/structure.h"

typedef struct {
    char *file; /* "boxed_array.c" */
    guint line; /* of its first line */
    char *text; /* lines ended by \n */
} MlExcerpt;

void ml_excerpt_free(MlExcerpt *excerpt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlExcerpt, ml_excerpt_free)

/**
 * ml_excerpts: the structs, and then the functions that build.
 *
 * Errors: ML_ERROR_SURROUNDINGS where the source was not installed.
 * Returns: (transfer full) (element-type MlExcerpt): at least one.
 */
GPtrArray *ml_excerpts(const MlStructure *structure, GError **error);

/**
 * ml_excerpt_brief: what allocates and what is stored, and nothing else.
 *
 * Of a function its body, without checks for NULL and without the books that it keeps about itself
 * and never reads.  An excerpt that is no single function stays as it is.
 * Returns: (transfer full).
 */
MlExcerpt *ml_excerpt_brief(const MlExcerpt *excerpt);

/**
 * ml_excerpt_text: the excerpt with "boxed_array.c:38" on the right of its first line, or above it
 * where there is no room.
 *
 * Returns: (transfer full): styled lines ended by \n.
 */
char *ml_excerpt_text(const MlExcerpt *excerpt, int columns);

/**
 * ml_excerpt_whole_file: the whole file that a structure is built from.
 *
 * Errors: as ml_excerpts().  Returns: (transfer full).
 */
MlExcerpt *ml_excerpt_whole_file(const MlStructure *structure, GError **error);
